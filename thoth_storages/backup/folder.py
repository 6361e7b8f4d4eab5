"""Backups in a folder."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..backup_names import backup_moment, backup_name
from ..exceptions import BackupError, NotFoundError
from .dump import flush
from .manifest import Manifest, read_manifest
from .places import Backup, Write, flaw_of

_MANIFEST = ".manifest.json"
_UNFINISHED = ".partial"
_LEFT_ALONE = dt.timedelta(days=1)


class BackupFolder:
    """Backups ``<folder>/pg_dump-<moment>``, each with ``<folder>/pg_dump-<moment>.manifest.json`` beside it.

    A dump that isn't finished has the ending ``.partial``. Files that are no backups by their names are left alone, but
    ``manifest()`` and ``fetched()`` take any name.
    """

    def __init__(self, folder: Path) -> None:
        """Do nothing yet: the folder is made when a backup is."""
        self.folder = folder

    def __str__(self) -> str:
        return str(self.folder)

    def listing(self) -> list[Backup]:
        """Answer the backups, oldest first; raises OSError where the folder can't be read."""
        found = ((backup_moment(path.name), path) for path in self.folder.iterdir())
        return sorted((self._backup(moment, path) for moment, path in found if moment), key=lambda each: each.moment)

    def create(self, write: Write) -> str:
        """Have a dump written, and answer its name; raises BackupError when there is one of this second already."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = backup_name(dt.datetime.now(dt.UTC))
        path = self.folder / name
        if path.exists():
            raise BackupError(f"{path} was made in this very second: try again")
        unfinished = path.with_name(f"{name}{_UNFINISHED}")
        try:
            manifest = write(unfinished, name)
            flush(unfinished)
            self._write_manifest(manifest)
            unfinished.rename(path)
        except FileExistsError as error:
            raise BackupError(f"{error.filename} is being made in this very second: try again") from error
        except BaseException:
            _remove(unfinished)
            _remove(self._manifest_path(name))
            raise
        flush(self.folder)
        return name

    def manifest(self, name: str) -> Manifest | None:
        """Answer what is known of a dump in the folder, or None."""
        path = self._manifest_path(name)
        return read_manifest(path.read_bytes(), str(path)) if path.exists() else None

    @contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """Lend the path of a dump in the folder; raises NotFoundError."""
        path = self.folder / name
        if not path.exists():
            raise NotFoundError(f"No dump {path}")
        yield path

    def delete(self, name: str) -> None:
        """Remove a dump and its manifest."""
        # under this name nobody takes what is left of a directory for a dump
        unfinished = self.folder / f"{name}{_UNFINISHED}"
        (self.folder / name).rename(unfinished)
        _remove(unfinished)
        _remove(self._manifest_path(name))

    def remove_unfinished(self) -> None:
        """Remove what wasn't finished and hasn't been written to for a day."""
        before = (dt.datetime.now(dt.UTC) - _LEFT_ALONE).timestamp()
        for path in self.folder.glob(f"*{_UNFINISHED}"):
            if backup_moment(path.name.removesuffix(_UNFINISHED)) and path.stat().st_mtime < before:
                _remove(path)

    def _backup(self, moment: dt.datetime, path: Path) -> Backup:
        size = sum(each.stat().st_size for each in path.iterdir()) if path.is_dir() else path.stat().st_size
        try:
            manifest = self.manifest(path.name)
        except BackupError as error:
            return Backup(path.name, moment, size, None, str(error))
        return Backup(path.name, moment, size, manifest, flaw_of(size, manifest))

    def _manifest_path(self, name: str) -> Path:
        return self.folder / f"{name}{_MANIFEST}"

    def _write_manifest(self, manifest: Manifest) -> None:
        path = self._manifest_path(manifest.name)
        with path.open("xb") as file:
            file.write(manifest.to_json())
            file.flush()
            os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
