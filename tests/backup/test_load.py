"""Loading dumps of newer programs and servers than those that are here."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from tests.backup.conftest import CopyDump
from tests.backup.restoring import NOTHING, nothing_changes, restore
from thoth_storages.backup import DumpFormat
from thoth_storages.backup.load import load_dump
from thoth_storages.exceptions import BackupError


@pytest.mark.parametrize("dump_format", [DumpFormat.CUSTOM, DumpFormat.DIRECTORY])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_of_a_newer_pg_dump_says_what_is_needed(
    dump_format: DumpFormat, jobs: int, copy_dump: CopyDump, empty_database: str
) -> None:
    dump = copy_dump(dump_format)
    header = dump / "toc.dat" if dump.is_dir() else dump
    content = bytearray(header.read_bytes())
    content[content.index(b"PGDMP") + len("PGDMP") + 1] = 99
    header.write_bytes(content)
    Path(f"{dump}.manifest.json").unlink()
    with (
        nothing_changes(empty_database),
        pytest.raises(
            BackupError,
            match=rf"^{dump} was written by a newer pg_dump than \S+/pg_restore, of PostgreSQL \d+, can read: install "
            rf"the postgresql-client of the version that was dumped\n{NOTHING}$",
        ),
    ):
        restore(dump, empty_database, jobs=jobs)


def test_a_dump_of_a_newer_server_that_this_one_refuses_says_so(copy_dump: CopyDump, empty_database: str) -> None:
    dump = copy_dump(DumpFormat.PLAIN)
    Path(f"{dump}.manifest.json").unlink()
    newer = re.sub(r"(?m)^(-- Dumped from database version) .*", r"\1 99.1", dump.read_text())
    dump.write_text(newer.replace("SET statement_timeout = 0;", "SET statement_timeout = 0;\nSET foresight = on;"))
    with (
        nothing_changes(empty_database),
        pytest.raises(
            BackupError,
            match=r'^psql ended with code 3: .*"foresight"; the dump is of PostgreSQL 99, and this server of \d+: '
            rf"restore it into one of 99 or newer\n{NOTHING}$",
        ),
    ):
        restore(dump, empty_database)
    dump.write_text(newer)
    restore(dump, empty_database)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_archive_of_a_newer_server_that_this_one_refuses_says_so(
    jobs: int, copy_dump: CopyDump, small_database: str
) -> None:
    dump = copy_dump(DumpFormat.CUSTOM)
    with psycopg.connect(small_database) as connection:
        version = str(connection.info.parameter_status("server_version")).encode()
    # the first is the server's, the second is pg_dump's
    dump.write_bytes(dump.read_bytes().replace(version, b"99" + version[2:], 1))
    with pytest.raises(BackupError, match=r"already exists.*; the dump is of PostgreSQL 99, and this server of \d+: "):
        load_dump(dump, small_database, jobs=jobs)
