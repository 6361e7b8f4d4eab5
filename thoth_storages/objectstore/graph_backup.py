"""Dumps of the knowledge graph, the last few of which are kept."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from ..exceptions import DocumentError, ObjectStoreAccessError
from ..settings import BACKUPS_KEPT
from .results import ResultStorageBase
from .transfer import OnTransfer

_LOGGER = logging.getLogger(__name__)
_STEM = "pg_dump-"


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
    _BACKUP_FILE_DATETIME_FORMAT: ClassVar[str] = "%y-%m-%d-%H-%M-%S"

    def store_dump(self, dump_file_path: str | Path, *, on_transfer: OnTransfer | None = None) -> str:
        """Store a dump, remove the oldest ones beyond those that are kept, and answer the new one's id.

        ``on_transfer(done, total)`` is called with bytes as they go. Nothing is removed unless the new dump is stored
        whole. Raises DocumentError for an empty file: that is no dump.
        """
        if Path(dump_file_path).stat().st_size == 0:
            raise DocumentError(f"{dump_file_path}: the file is empty, so it is no dump, and isn't stored")
        moment = dt.datetime.now(dt.UTC).strftime(self._BACKUP_FILE_DATETIME_FORMAT)
        backup_id = f"{_STEM}{moment}"
        self.ceph.store_file(dump_file_path, backup_id, on_transfer=on_transfer)
        self._rotate_backups(newest=backup_id)
        return backup_id

    def _rotate_backups(self, newest: str) -> None:
        """Remove the oldest ones first, but for the newest, whatever the clocks of those who made the others said."""
        older = [backup_id for _, backup_id in sorted(self._backups()) if backup_id != newest]
        # One that is empty is no backup: it must not push out one that is.
        good = list(filter(self._is_good, older))
        surplus = set(good[: max(0, len(good) + 1 - self.GRAPH_BACKUP_STORE_ROTATE)])
        while surplus:
            backup_id = older.pop(0)
            _LOGGER.info("Removing the backup %s: %d are kept", backup_id, self.GRAPH_BACKUP_STORE_ROTATE)
            self.ceph.delete(backup_id)
            surplus.discard(backup_id)
        self._remove_unfinished()

    def _backups(self) -> Iterator[tuple[dt.datetime, str]]:
        for backup_id in self.get_document_listing():
            try:
                moment = dt.datetime.strptime(backup_id, f"{_STEM}{self._BACKUP_FILE_DATETIME_FORMAT}")
            except ValueError:
                _LOGGER.error("%s%s is no backup by its name: it isn't touched", self.ceph.prefix, backup_id)
            else:
                yield moment, backup_id

    def _is_good(self, backup_id: str) -> bool:
        return bool(self.ceph.retrieve_document_attr(backup_id, "ContentLength"))

    def _remove_unfinished(self) -> None:
        try:
            self.ceph.abort_uploads()
        except ObjectStoreAccessError as error:
            _LOGGER.warning("Parts of backups that were never finished can't be removed: %s", error)
