"""Backups in the object store."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..backup_names import backup_moment, backup_name
from ..exceptions import BackupError, NotFoundError
from ..objectstore import GraphBackupStore
from ..objectstore.transfer import OnTransfer
from .manifest import Manifest, read_manifest
from .places import Backup, Write, flaw_of


def open_backup_store(*, on_transfer: OnTransfer | None = None) -> BackupStore:
    """Connect to the backups in the object store that the environment names.

    ``on_transfer(done, total)`` is called with bytes as they go or come. Raises SettingMissingError and
    ObjectStoreError.
    """
    store = GraphBackupStore()
    store.connect()
    return BackupStore(store, on_transfer=on_transfer)


class BackupStore:
    """Backups where ``GraphBackupStore`` has them.

    Each is one object, so a directory can't be stored. One that is made, or fetched, lies in the folder for temporary
    files (``TMPDIR``) meanwhile.
    """

    def __init__(self, store: GraphBackupStore, *, on_transfer: OnTransfer | None = None) -> None:
        """Use a connected store; ``on_transfer(done, total)`` is called with bytes as they go or come."""
        self._store = store
        self._on_transfer = on_transfer

    def __str__(self) -> str:
        return f"the object store, bucket {self._store.ceph.bucket!r}, {self._store.ceph.prefix}"

    def listing(self) -> list[Backup]:
        """Answer the backups, oldest first; raises ObjectStoreError where they can't be listed."""
        found = ((backup_moment(name), name) for name in self._store.get_document_listing())
        return sorted((self._backup(moment, name) for moment, name in found if moment), key=lambda each: each.moment)

    def create(self, write: Write) -> str:
        """Have a dump written, store it, and answer its name; the oldest ones beyond those that are kept are removed.

        Raises BackupError when there is one of this second already, or the dump is a directory.
        """
        name = backup_name(dt.datetime.now(dt.UTC))
        if self._store.document_exists(name):
            raise BackupError(f"{name} was made in this very second: try again")
        with tempfile.TemporaryDirectory(prefix="thoth-backup-") as folder:
            path = Path(folder) / name
            manifest = write(path, name)
            if path.is_dir():
                raise BackupError("The object store takes a dump as one object: the format directory is for folders")
            # the dump is stored last, so that there is none without a manifest
            self._store.store_manifest(name, manifest.to_json())
            return self._store.store_dump(path, backup_id=name, on_transfer=self._on_transfer)

    def manifest(self, name: str) -> Manifest | None:
        """Answer what is known of a backup, or None."""
        try:
            return read_manifest(self._store.retrieve_manifest(name), f"the manifest of {name}")
        except NotFoundError:
            return None

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """Lend a copy of the dump; raises NotFoundError."""
        with tempfile.TemporaryDirectory(prefix="thoth-backup-") as folder:
            path = Path(folder) / name
            self._store.ceph.retrieve_file(name, path, on_transfer=self._on_transfer)
            yield path

    def delete(self, name: str) -> None:
        """Remove a backup and its manifest."""
        self._store.delete(name)

    def remove_unfinished(self) -> None:
        """Remove the parts of uploads that were never finished."""
        self._store.remove_unfinished()

    def _backup(self, moment: dt.datetime, name: str) -> Backup:
        size = int(self._store.ceph.retrieve_document_attr(name, "ContentLength"))
        try:
            manifest = self.manifest(name)
        except BackupError as error:
            return Backup(name, moment, size, None, str(error))
        return Backup(name, moment, size, manifest, flaw_of(size, manifest))
