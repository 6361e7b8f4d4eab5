"""Filling an empty database with a dump: all of it, or an error."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

from ..exceptions import BackupError
from ..sql.migrating.server import connect
from .dump import DumpFormat
from .programs import Access, failure, find_client, find_clients, major
from .script import restorable, settings_unknown_to

_ARCHIVE = b"PGDMP"
_GZIP = b"\x1f\x8b"
_WITHOUT_ROLES = ("--no-owner", "--no-privileges")
_PIPE_BYTES = 1 << 20
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


def load_dump(dump: Path, conninfo: str, *, jobs: int = 1, environment: Mapping[str, str] = os.environ) -> None:
    """Restore a dump into an empty database, with everything owned by the role that connects.

    It is one transaction, unless ``jobs`` processes do it: that takes a directory or an archive, and what fails may
    leave a part of it. Raises BackupError when the dump isn't whole, the server refuses something in it, or no program
    here is new enough to read it.
    """
    access = Access.of(conninfo, environment)
    dump_format = format_of(dump)
    with connect(conninfo) as connection:
        server_major = connection.info.server_version // 10000
    if dump_format is DumpFormat.PLAIN:
        with _telling_versions(_head_of(dump), server_major), dump.open("rb") as file:
            _run_script(restorable(file, server_major=server_major, origin=str(dump)), access)
        return
    program, listed = _reader_of(dump)
    with _telling_versions(listed, server_major):
        if jobs > 1:
            _run_in_parallel(dump, program, access, jobs, server_major=server_major)
        else:
            with _script_of(dump, program, access) as lines:
                _run_script(restorable(lines, server_major=server_major, origin=str(dump)), access)


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


def _run_script(lines: Iterable[bytes], access: Access) -> None:
    """Have psql run a script in one transaction, which is undone when the script, or reading it, fails."""
    program = find_client("psql")
    options = ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--single-transaction", "--file=-"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [program, *options, f"--dbname={access.conninfo}"],
            env=dict(access.environment),
            bufsize=_PIPE_BYTES,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            _feed(process, _restricted(lines, program))
        except BaseException:
            # At an orderly end of its input psql would commit what it has.
            process.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):
                process.communicate()
        if process.returncode != 0:
            said.seek(0)
            raise failure(program, process.returncode, said.read().decode(errors="replace"))


def _feed(process: subprocess.Popen[bytes], lines: Iterable[bytes]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.writelines(lines)
        process.stdin.flush()
    except BrokenPipeError:
        # it has ended already, and its exit code and its words say why
        return


def _restricted(lines: Iterable[bytes], psql: Path) -> Iterator[bytes]:
    """Keep a script from using psql's own commands, with which a dump could run programs on this machine."""
    key = secrets.token_hex(16).encode()
    can_restrict = _can_restrict(psql)
    if can_restrict:
        yield b"\\restrict " + key + b"\n"
    yield from lines
    if can_restrict:
        yield b"\\unrestrict " + key + b"\n"


@cache
def _can_restrict(psql: Path) -> bool:
    said = subprocess.run([psql, "--help=commands"], capture_output=True, text=True).stdout
    return "\\restrict" in said


def _reader_of(dump: Path) -> tuple[Path, bytes]:
    """Find the oldest pg_restore that can read an archive, and what it says of it.

    Raises BackupError with the words of the newest one, or, when that is too old, what to install.
    """
    for program in find_clients("pg_restore"):
        listed = subprocess.run([program, "--list", dump], capture_output=True)
        if listed.returncode == 0:
            return program, listed.stdout
    if _NEWER_ARCHIVE in listed.stderr:
        raise BackupError(
            f"{dump} was written by a newer pg_dump than {program}, of PostgreSQL {major(program)}, can read: install "
            "the postgresql-client of the version that was dumped"
        )
    raise _failed(dump, program, listed.returncode, listed.stderr)


def _failed(dump: Path, program: Path, returncode: int, said: bytes) -> BackupError:
    error = failure(program, returncode, said.decode(errors="replace"))
    return BackupError(f"{dump} can't be restored: {error}")
