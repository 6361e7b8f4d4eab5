"""A dump: pg_dump run on a snapshot, and what the tables held in that same snapshot."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import psycopg

from .. import __version__
from ..sql import migrating
from ..sql.migrating.server import connect
from .fingerprint import Fingerprint, asking, take_fingerprints
from .manifest import Manifest, read_files
from .programs import Access, failure, find_client

_PRIVATE_FILE = 0o600
_PRIVATE_DIRECTORY = 0o700


class DumpFormat(Enum):
    """A form in which pg_dump writes."""

    PLAIN = "plain"
    """SQL, as psql runs it; what the original's cron job wrote."""
    CUSTOM = "custom"
    """One compressed file, for pg_restore."""
    DIRECTORY = "directory"
    """A directory with a compressed file for each table, written and restored by several processes at a time."""


@dataclass(frozen=True)
class _Snapshot:
    """What is known of a database at the moment that is dumped."""

    identifier: str
    moment: dt.datetime
    connection: psycopg.Connection[Any]


def write_dump(conninfo: str, path: Path, name: str, dump_format: DumpFormat, *, jobs: int = 1) -> Manifest:
    """Dump a database into a file, or a directory, which must not be there; only this user can read it.

    ``jobs`` processes write a directory; ``name`` is the manifest's. Raises BackupError when pg_dump fails; what it
    wrote until then is left for the caller to remove.
    """
    with _snapshot(conninfo) as snapshot:
        major = snapshot.connection.info.server_version // 10000
        program = find_client("pg_dump", at_least=major)
        _make_private(path, dump_format)
        with _running(program, _options(snapshot, path, dump_format, jobs), Access.of(conninfo)):
            tables = take_fingerprints(asking(snapshot.connection))
        return _manifest(snapshot, path, name, dump_format, program, tables)


def flush(path: Path) -> None:
    """Have what is in a file, or in a directory and its files, written to the disk."""
    if path.is_dir():
        for each in path.iterdir():
            flush(each)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _snapshot(conninfo: str) -> Iterator[_Snapshot]:
    with connect(conninfo) as connection:
        # pg_dump imports the snapshot while this transaction is open: nothing may end it before
        connection.execute("SET statement_timeout = 0")
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot(), clock_timestamp()").fetchone()
        assert row is not None
        yield _Snapshot(row[0], row[1].astimezone(dt.UTC), connection)
        connection.execute("COMMIT")


def _make_private(path: Path, dump_format: DumpFormat) -> None:
    """Make what pg_dump will fill, so that nobody else can read it even while it is written."""
    if dump_format is DumpFormat.DIRECTORY:
        path.mkdir(_PRIVATE_DIRECTORY)
    else:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE))


def _options(snapshot: _Snapshot, path: Path, dump_format: DumpFormat, jobs: int) -> list[str]:
    options = [f"--format={dump_format.value}", f"--file={path}", f"--snapshot={snapshot.identifier}", "--no-password"]
    return [*options, f"--jobs={jobs}"] if dump_format is DumpFormat.DIRECTORY else options


@contextmanager
def _running(program: Path, options: list[str], access: Access) -> Iterator[None]:
    """Have pg_dump run beside a block; raises BackupError at the block's end when it failed."""
    with tempfile.TemporaryFile() as said:
        command = [str(program), *options, f"--dbname={access.conninfo}"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=said, env=dict(access.environment))
        try:
            yield
            process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if process.returncode != 0:
            said.seek(0)
            raise failure(program, process.returncode, said.read().decode(errors="replace"))


def _manifest(
    snapshot: _Snapshot, path: Path, name: str, dump_format: DumpFormat, program: Path, tables: dict[str, Fingerprint]
) -> Manifest:
    connection = snapshot.connection
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    applied = migrating.applied(connection)
    return Manifest(
        name=name,
        created_at=snapshot.moment,
        dump_format=dump_format.value,
        database=connection.info.dbname,
        server_version=connection.info.parameter_status("server_version") or "",
        program_version=said.strip(),
        library_version=__version__,
        schema_version=applied[-1] if applied else None,
        tables=tables,
        files=read_files(path),
    )
