"""Making a backup."""

from __future__ import annotations

from pathlib import Path

from ..exceptions import DatabaseNotInitializedError
from .dump import DumpFormat, write_dump
from .manifest import Manifest
from .places import BackupPlace


def create_backup(
    conninfo: str, place: BackupPlace, dump_format: DumpFormat = DumpFormat.CUSTOM, *, jobs: int = 1
) -> str:
    """Dump a database into a place, and answer the backup's name.

    Raises BackupError when the dump can't be made, DatabaseNotInitializedError for a database that has no table; then
    nothing is kept.
    """

    def write(path: Path, name: str) -> Manifest:
        manifest = write_dump(conninfo, path, name, dump_format, jobs=jobs)
        if not manifest.tables:
            raise DatabaseNotInitializedError(f"Database {manifest.database!r} has no tables: there is nothing to dump")
        return manifest

    return place.create(write)
