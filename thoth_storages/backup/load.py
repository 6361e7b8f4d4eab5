"""Filling an empty database with a dump: all of it, or an error."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO, LiteralString

from ..exceptions import BackupError
from ..sql.migrating.server import connect
from ..words import listed
from .dump import DumpFormat
from .fingerprint import Ask, Fingerprint, asking, differences, take_fingerprints
from .manifest import Manifest
from .programs import Access, failure, find_clients, major
from .psql import run_script
from .script import restorable, settings_unknown_to

Tables = dict[str, Fingerprint]

_ARCHIVE = b"PGDMP"
_GZIP = b"\x1f\x8b"
_WITHOUT_ROLES = ("--no-owner", "--no-privileges")
# No dump has statistics, without which walks over dependencies take four times as long.
_ANALYSIS: tuple[LiteralString, ...] = ("SET statement_timeout = 0", "ANALYZE")
_HEAD_BYTES = 4096
_DUMPED_FROM = re.compile(rb"Dumped from database version:? (\d+)")
_NEWER_ARCHIVE = b"unsupported version"
_REFUSED = re.compile("psql ended with code 3|could not execute query")


def format_of(dump: Path) -> DumpFormat:
    """Tell the format of a dump by what is in it; raises BackupError for what is none."""
    if dump.is_dir():
        if not (dump / "toc.dat").is_file():
            raise BackupError(f"{dump} is a directory, but no dump: it holds no toc.dat")
        return DumpFormat.DIRECTORY
    with dump.open("rb") as file:
        start = file.read(len(_ARCHIVE))
    if not start:
        raise BackupError(f"{dump} is empty: that is no dump")
    if start.startswith(_GZIP):
        raise BackupError(f"{dump} is compressed: unpack it first, as by gunzip")
    return DumpFormat.CUSTOM if start == _ARCHIVE else DumpFormat.PLAIN


def load_dump(
    dump: Path,
    conninfo: str,
    manifest: Manifest | None = None,
    *,
    jobs: int = 1,
    environment: Mapping[str, str] = os.environ,
) -> dict[str, Fingerprint]:
    """Restore a dump into an empty database, with everything owned by the role that connects, and answer its tables.

    What was restored is compared with the manifest, where there is one, and analyzed. It is one transaction, unless
    ``jobs`` processes do it: that takes a directory or an archive, and what fails may leave a part of it. Raises
    BackupError when the dump isn't whole, holds something else than its manifest says, or, without one, no table at
    all, when the server refuses something in it, or no program here is new enough to read it.
    """
    access = Access.of(conninfo, environment)
    dump_format = format_of(dump)
    with connect(conninfo) as connection:
        server_major = connection.info.server_version // 10000
    finish = partial(_tables_of, manifest=manifest, origin=str(dump))
    if dump_format is DumpFormat.PLAIN:
        with _telling_versions(_head_of(dump), server_major), dump.open("rb") as file:
            return _load_script(file, server_major, str(dump), access, finish)
    program, contents = _reader_of(dump)
    with _telling_versions(contents, server_major):
        if jobs == 1:
            with _script_of(dump, program, access) as lines:
                return _load_script(lines, server_major, str(dump), access, finish)
        _run_in_parallel(dump, program, access, jobs, server_major=server_major)
    with connect(conninfo) as connection:
        for statement in _ANALYSIS:
            connection.execute(statement)
        return finish(asking(connection))


def _load_script(
    lines: Iterable[bytes], server_major: int, origin: str, access: Access, finish: Callable[[Ask], Tables]
) -> Tables:
    script = restorable(lines, server_major=server_major, origin=origin)
    return run_script(chain(script, (f"{each};\n".encode() for each in _ANALYSIS)), access, finish)


def _tables_of(ask: Ask, *, manifest: Manifest | None, origin: str) -> Tables:
    """Answer the fingerprints of what was restored; raises BackupError when it isn't what the manifest says."""
    found = take_fingerprints(ask)
    if not found:
        raise BackupError(f"{origin} holds no table: it is no dump of a knowledge graph")
    if manifest is not None and (said := differences(manifest.tables, found)):
        raise BackupError(f"What is restored from {origin} isn't what was dumped: {listed(said, separator='; ')}")
    return found


@contextmanager
def _telling_versions(said: bytes, server_major: int) -> Iterator[None]:
    """Say of what a server refuses that the dump is of a newer one, where the dump says so of itself."""
    match = _DUMPED_FROM.search(said)
    dumped_major = int(match[1]) if match else 0
    try:
        yield
    except BackupError as error:
        if dumped_major > server_major and _REFUSED.search(str(error)):
            raise BackupError(
                f"{error}; the dump is of PostgreSQL {dumped_major}, and this server of {server_major}: "
                f"restore it into one of {dumped_major} or newer"
            ) from error
        raise


def _head_of(dump: Path) -> bytes:
    with dump.open("rb") as file:
        return file.read(_HEAD_BYTES)


def _run_in_parallel(dump: Path, program: Path, access: Access, jobs: int, *, server_major: int) -> None:
    if settings_unknown_to(server_major) - settings_unknown_to(major(program)):
        raise BackupError(
            f"{program} is of PostgreSQL {major(program)}, and uses settings that the server, {server_major}, doesn't "
            f"know: restore {dump} in one process (--jobs 1), or install postgresql-client-{server_major}"
        )
    options = [*_WITHOUT_ROLES, "--exit-on-error", "--no-password", f"--jobs={jobs}", f"--dbname={access.conninfo}"]
    done = subprocess.run(
        [program, *options, dump], env=dict(access.environment), stdin=subprocess.DEVNULL, capture_output=True
    )
    if done.returncode != 0:
        raise _failed(dump, program, done.returncode, done.stderr)


@contextmanager
def _script_of(dump: Path, program: Path, access: Access) -> Iterator[Iterable[bytes]]:
    """Lend an archive as lines of SQL, which end with an error when pg_restore can't read it to its end."""
    command = [str(program), *_WITHOUT_ROLES, "--file=-", str(dump)]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, env=dict(access.environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
        )
        try:
            yield _lines_to_the_end(process, dump, program, said)
        finally:
            process.kill()
            process.communicate()


def _lines_to_the_end(process: subprocess.Popen[bytes], dump: Path, program: Path, said: IO[bytes]) -> Iterator[bytes]:
    assert process.stdout is not None
    yield from process.stdout
    if process.wait() != 0:
        said.seek(0)
        raise _failed(dump, program, process.returncode, said.read())


def _reader_of(dump: Path) -> tuple[Path, bytes]:
    """Find the oldest pg_restore that can read an archive, and what it says of it.

    Raises BackupError with the words of the newest one, or, when that is too old, what to install.
    """
    for program in find_clients("pg_restore"):
        contents = subprocess.run([program, "--list", dump], capture_output=True)
        if contents.returncode == 0:
            return program, contents.stdout
    if _NEWER_ARCHIVE in contents.stderr:
        raise BackupError(
            f"{dump} was written by a newer pg_dump than {program}, of PostgreSQL {major(program)}, can read: install "
            "the postgresql-client of the version that was dumped"
        )
    raise _failed(dump, program, contents.returncode, contents.stderr)


def _failed(dump: Path, program: Path, returncode: int, said: bytes) -> BackupError:
    error = failure(program, returncode, said.decode(errors="replace"))
    return BackupError(f"{dump} can't be restored: {error}")
