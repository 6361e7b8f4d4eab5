"""Dumps of the knowledge graph, the last few of which are kept."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from ..backup_names import DATETIME_FORMAT, backup_moment, backup_name, surplus
from ..exceptions import DocumentError, ObjectStoreAccessError
from ..settings import BACKUPS_KEPT
from .results import ResultStorageBase
from .transfer import OnTransfer

_LOGGER = logging.getLogger(__name__)
# A folder of their own: services, and the original, take whatever lies beside the dumps for one.
_MANIFESTS = "graph-backup-manifest"


class _BackupsKept:
    """What the variable says when it is asked for: importing this module can't fail because of it."""

    def __get__(self, instance: object, owner: type) -> int:
        return BACKUPS_KEPT.get()


class GraphBackupStore(ResultStorageBase):
    """Dumps ``pg_dump-<moment in UTC>``.

    >>> store = GraphBackupStore()
    >>> store.connect()
    >>> store.store_dump("/tmp/pg_dump")
    'pg_dump-24-02-29-12-30-00'
    """

    RESULT_TYPE = "graph-backup"
    GRAPH_BACKUP_STORE_ROTATE = _BackupsKept()
    """How many are kept; the variable ``GRAPH_BACKUP_STORE_ROTATE``, or 21."""
    _BACKUP_FILE_DATETIME_FORMAT: ClassVar[str] = DATETIME_FORMAT

    def store_dump(
        self, dump_file_path: str | Path, *, backup_id: str | None = None, on_transfer: OnTransfer | None = None
    ) -> str:
        """Store a dump, remove the oldest ones beyond those that are kept, and answer the new one's id.

        The id is that of this moment unless it is given. ``on_transfer(done, total)`` is called with bytes as they go.
        Nothing is removed unless the new dump is stored whole. Raises DocumentError for an empty file: that is no dump.
        """
        if Path(dump_file_path).stat().st_size == 0:
            raise DocumentError(f"{dump_file_path}: the file is empty, so it is no dump, and isn't stored")
        backup_id = backup_id or backup_name(dt.datetime.now(dt.UTC))
        self.ceph.store_file(dump_file_path, backup_id, on_transfer=on_transfer)
        self._rotate_backups(newest=backup_id)
        return backup_id

    def store_manifest(self, backup_id: str, manifest: bytes) -> None:
        """Store what is known of a backup; it isn't listed with the backups, and is deleted with its own."""
        self._sibling(_MANIFESTS).store_blob(manifest, backup_id)

    def retrieve_manifest(self, backup_id: str) -> bytes:
        """Answer what is known of a backup; raises NotFoundError where nothing was stored."""
        return self._sibling(_MANIFESTS).retrieve_blob(backup_id)

    def delete(self, document_id: str) -> None:
        """Delete a backup, and what is known of it; one that isn't there is no error."""
        self.ceph.delete(document_id)
        self._sibling(_MANIFESTS).delete(document_id)

    def remove_unfinished(self) -> None:
        """Throw away the parts of backups that were never finished, if that is allowed."""
        try:
            self.ceph.abort_uploads()
        except ObjectStoreAccessError as error:
            _LOGGER.warning("Parts of backups that were never finished can't be removed: %s", error)

    def _rotate_backups(self, newest: str) -> None:
        """Remove the oldest ones first, but for the newest, whatever the clocks of those who made the others said."""
        older = [backup_id for _, backup_id in sorted(self._backups()) if backup_id != newest]
        for backup_id in surplus(older, self._is_good, self.GRAPH_BACKUP_STORE_ROTATE - 1):
            _LOGGER.info("Removing the backup %s: %d are kept", backup_id, self.GRAPH_BACKUP_STORE_ROTATE)
            self.delete(backup_id)
        self.remove_unfinished()

    def _backups(self) -> Iterator[tuple[dt.datetime, str]]:
        for backup_id in self.get_document_listing():
            if moment := backup_moment(backup_id):
                yield moment, backup_id
            else:
                _LOGGER.error("%s%s is no backup by its name: it isn't touched", self.ceph.prefix, backup_id)

    def _is_good(self, backup_id: str) -> bool:
        return bool(self.ceph.retrieve_document_attr(backup_id, "ContentLength"))
