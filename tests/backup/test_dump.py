"""Dumping: what pg_dump and the manifest say is of one moment, and what fails is told and leaves nothing."""

from __future__ import annotations

import datetime as dt
import os
import stat
import threading
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.backup.making import FORMATS, TABLES
from thoth_storages import __version__
from thoth_storages.backup import BackupFolder, DumpFormat, create_backup
from thoth_storages.backup.fingerprint import asking, take_fingerprints
from thoth_storages.backup.load import load_dump
from thoth_storages.ephemeral import BINDIR_VARIABLE, Server, find_programs
from thoth_storages.exceptions import BackupError, DatabaseNotInitializedError, DatabaseUnreachableError
from thoth_storages.sql import migrating


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    return BackupFolder(tmp_path / "backups")


def contents(folder: BackupFolder) -> list[str]:
    return [path.name for path in folder.folder.iterdir()]


def programs_with(folder: Path, name: str, script: str) -> str:
    """A directory with the programs of PostgreSQL, one of which is replaced by a script that may use ``$real``."""
    folder.mkdir()
    for path in find_programs().iterdir():
        (folder / path.name).symlink_to(path)
    (folder / name).unlink()
    (folder / name).write_text(
        f'#!/bin/bash\nreal={find_programs() / name}\ncase "$*" in --version) exec "$real" "$@" ;; esac\n{script}\n'
    )
    (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("dump_format", FORMATS)
class TestADump:
    def test_has_a_manifest_that_says_what_was_dumped(
        self, dump_format: DumpFormat, dumps: dict[DumpFormat, Path], small_database: str
    ) -> None:
        dump = dumps[dump_format]
        manifest = BackupFolder(dump.parent).manifest(dump.name)
        assert manifest is not None
        with psycopg.connect(small_database, autocommit=True) as connection:
            assert manifest.tables == take_fingerprints(asking(connection))
            assert manifest.server_version == connection.info.parameter_status("server_version")
            assert manifest.database == connection.info.dbname
        assert manifest.name == dump.name
        assert abs(manifest.created_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=10)
        assert manifest.dump_format == dump_format.value
        assert manifest.program_version.startswith("pg_dump (PostgreSQL) ")
        assert (manifest.library_version, manifest.schema_version) == (__version__, None)

    def test_can_be_read_by_its_owner_only(self, dump_format: DumpFormat, dumps: dict[DumpFormat, Path]) -> None:
        mode = stat.S_IMODE(dumps[dump_format].stat().st_mode)
        assert mode == (0o700 if dump_format is DumpFormat.DIRECTORY else 0o600)

    @pytest.mark.parametrize(
        ("script", "said"),
        [
            ("kill -9 $$", r"^pg_dump was ended by SIGKILL$"),
            ('"$real" "$@" && kill -9 $$', r"^pg_dump was ended by SIGKILL$"),
            ('ulimit -f 8; exec "$real" "$@"', r"^pg_dump was ended by SIGXFSZ$"),
            ('trap \'\' XFSZ; ulimit -f 8; exec "$real" "$@"', r"^pg_dump ended with code 1: .*: File too large"),
            ('exec "$real" --no-such-option', r"^pg_dump ended with code 1: unrecognized option '--no-such-option'"),
        ],
        ids=["killed at once", "killed at the end", "too large", "no room", "refused"],
    )
    def test_that_fails_is_none(
        self,
        dump_format: DumpFormat,
        script: str,
        said: str,
        folder: BackupFolder,
        small_database: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv(BINDIR_VARIABLE, programs_with(tmp_path / "bin", "pg_dump", script))
        with pytest.raises(BackupError, match=said):
            create_backup(small_database, folder, dump_format)
        assert contents(folder) == []


@pytest.mark.parametrize("dump_format", [DumpFormat.PLAIN, DumpFormat.DIRECTORY])
def test_the_dump_and_its_manifest_are_of_one_moment_though_others_write(
    dump_format: DumpFormat, empty_database: str, postgres: Server, folder: BackupFolder
) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("CREATE TABLE tick (id integer GENERATED ALWAYS AS IDENTITY, pair integer)")
    stop = threading.Event()

    def write() -> None:
        with psycopg.connect(empty_database, autocommit=True) as connection:
            while not stop.is_set():
                connection.execute("INSERT INTO tick (pair) VALUES (1), (2)")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        name = create_backup(empty_database, folder, dump_format, jobs=2)
    finally:
        stop.set()
        writer.join()
    target = postgres.create_database(f"thoth_test_{os.getpid()}_ticks")
    try:
        load_dump(folder.folder / name, target)
        with psycopg.connect(target, autocommit=True) as connection:
            found = take_fingerprints(asking(connection))
    finally:
        postgres.drop_database(f"thoth_test_{os.getpid()}_ticks")
    manifest = folder.manifest(name)
    assert manifest is not None
    assert manifest.tables == found
    assert found["public.tick"].rows % 2 == 0


def test_a_dump_of_a_graph_says_which_schema_it_has(database: str, folder: BackupFolder) -> None:
    manifest = folder.manifest(create_backup(database, folder))
    assert manifest is not None
    assert manifest.schema_version == migrating.head()


def test_the_password_is_no_argument_of_a_program(
    postgres: Server, small_database: str, folder: BackupFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "noted"
    script = f'echo "$@" >{noted}; echo "$PGPASSWORD" >{noted}.password; exec "$real" "$@"'
    monkeypatch.setenv(BINDIR_VARIABLE, programs_with(tmp_path / "bin", "pg_dump", script))
    create_backup(make_conninfo(small_database, password="a secret"), folder)
    assert "secret" not in noted.read_text()
    assert f"dbname={conninfo_to_dict(small_database)['dbname']}" in noted.read_text()
    assert Path(f"{noted}.password").read_text() == "a secret\n"


def test_the_snapshot_outlives_time_outs_of_the_database(
    postgres: Server, small_database: str, folder: BackupFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"thoth_test_{os.getpid()}_hasty"
    conninfo = postgres.create_database(name, str(conninfo_to_dict(small_database)["dbname"]))
    with psycopg.connect(conninfo, autocommit=True) as connection:
        statement = sql.SQL("ALTER DATABASE {} SET idle_in_transaction_session_timeout = 100")
        connection.execute(statement.format(sql.Identifier(name)))
    slow = programs_with(tmp_path / "bin", "pg_dump", 'sleep 0.3; exec "$real" "$@"')
    monkeypatch.setenv(BINDIR_VARIABLE, slow)
    try:
        manifest = folder.manifest(create_backup(conninfo, folder))
    finally:
        postgres.drop_database(name)
    assert manifest is not None
    assert {table: each.rows for table, each in manifest.tables.items()} == TABLES


def test_a_database_without_tables_is_refused(empty_database: str, folder: BackupFolder) -> None:
    with pytest.raises(DatabaseNotInitializedError, match="has no tables: there is nothing to dump"):
        create_backup(empty_database, folder)
    assert contents(folder) == []


def test_an_unreachable_server_is_told(folder: BackupFolder) -> None:
    with pytest.raises(DatabaseUnreachableError, match=r"host '127\.0\.0\.1', port 1"):
        create_backup("host=127.0.0.1 port=1 dbname=graph", folder)
    assert contents(folder) == []
