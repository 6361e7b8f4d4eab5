"""The manifest of a dump: what was dumped, said by the server in the same snapshot, and the files that it became."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..exceptions import BackupError
from .fingerprint import Fingerprint

_VERSION = 1


@dataclass(frozen=True)
class FileContent:
    """The size of a file in bytes, and the SHA-256 of what is in it."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> FileContent:
        """Read a file."""
        with path.open("rb") as file:
            return cls(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True)
class Manifest:
    """What is known of a dump.

    ``created_at`` is when its snapshot was taken, with a time zone. ``schema_version`` is the newest migration of this
    library that the database had, None where it had none. ``files`` has one entry, the name of which is empty, unless
    the dump is a directory: then it names each file in it.
    """

    name: str
    created_at: dt.datetime
    dump_format: str
    database: str
    server_version: str
    program_version: str
    library_version: str
    schema_version: str | None
    tables: Mapping[str, Fingerprint]
    files: Mapping[str, FileContent]

    @property
    def size(self) -> int:
        """The size of the dump in bytes."""
        return sum(file.size for file in self.files.values())

    @property
    def server_major(self) -> int:
        """The major version of the server that was dumped."""
        match = re.match(r"\d+", self.server_version)
        return int(match[0]) if match else 0

    def to_json(self) -> bytes:
        """Write the manifest as JSON."""
        content = {"manifest_version": _VERSION, **asdict(self), "created_at": self.created_at.isoformat()}
        return json.dumps(content, indent=1).encode() + b"\n"


def read_manifest(content: bytes, origin: str) -> Manifest:
    """Read a manifest; raises BackupError, which names its ``origin``, for what isn't one, or is of a newer library."""
    try:
        fields: dict[str, Any] = json.loads(content)
        if (version := fields.pop("manifest_version")) != _VERSION:
            raise BackupError(
                f"{origin}: the manifest is of version {version}, and this library reads {_VERSION}: update it"
            )
        tables = {name: Fingerprint(**each) for name, each in fields.pop("tables").items()}
        files = {name: FileContent(**each) for name, each in fields.pop("files").items()}
        created_at = dt.datetime.fromisoformat(fields.pop("created_at"))
        return Manifest(**fields, created_at=created_at, tables=tables, files=files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"{origin}: this is no manifest of a dump: {error}") from error


def read_files(dump: Path) -> dict[str, FileContent]:
    """Read the file that a dump is, or the files in the directory that it is."""
    return {name: FileContent.of(path) for name, path in _files(dump)}


def check_files(dump: Path, manifest: Manifest) -> None:
    """Raise BackupError when a dump isn't, to the byte, what it was when it was made."""
    found = dict(_files(dump))
    for name in sorted({*manifest.files, *found}):
        where = dump / name if name else dump
        if name not in found:
            raise BackupError(f"{where} is missing: the dump isn't whole")
        if name not in manifest.files:
            raise BackupError(f"{where} was added after the dump was made")
        _check_file(where, manifest.files[name])


def _check_file(path: Path, recorded: FileContent) -> None:
    size = path.stat().st_size
    if size != recorded.size:
        raise BackupError(f"{path} isn't what was dumped: it has {size} bytes, not {recorded.size}")
    if FileContent.of(path) != recorded:
        raise BackupError(f"{path} isn't what was dumped: it has the right size, but other bytes in it")


def _files(dump: Path) -> Iterator[tuple[str, Path]]:
    if dump.is_dir():
        yield from ((path.name, path) for path in sorted(dump.iterdir()))
    elif dump.exists():
        yield "", dump
