"""Restoring: into what is empty, or in the place of what is there; and what fails leaves that as it was."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from tests.backup.conftest import CopyDump
from tests.backup.making import FORMATS, TABLES, flip_a_byte, truncate
from tests.backup.restoring import NOTHING, fingerprints, name_of, nothing_changes, restore, scratch_databases
from tests.backup.test_dump import programs_with
from thoth_storages import queries
from thoth_storages.backup import DumpFormat
from thoth_storages.ephemeral import BINDIR_VARIABLE, Server, find_programs
from thoth_storages.exceptions import BackupError, NotFoundError

Restore = Callable[..., None]


def change_manifest(dump: Path) -> None:
    """Let the manifest speak of one more row in a table, and of other ones in another."""
    path = Path(f"{dump}.manifest.json")
    manifest = json.loads(path.read_text())
    manifest["tables"]["public.mixture"]["rows"] += 1
    manifest["tables"]["public.colour"]["content_hash"] = "1"
    path.write_text(json.dumps(manifest))


def objects_of_users(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as connection:
        return queries._get_objects_of_users(connection)


@pytest.mark.parametrize("dump_format", FORMATS)
class TestABackup:
    def test_fills_an_empty_database(
        self, dump_format: DumpFormat, dumps: dict[DumpFormat, Path], small_database: str, empty_database: str
    ) -> None:
        restore(dumps[dump_format], empty_database)
        assert fingerprints(empty_database) == fingerprints(small_database)
        with psycopg.connect(empty_database) as connection:
            assert queries._get_never_analyzed_tables(connection) == []
            row = connection.execute(
                "SELECT doubled(21), obj_description('colour'::regclass),"
                " pg_get_functiondef('doubled(integer)'::regprocedure)"
            ).fetchone()
        assert row is not None
        assert row[:2] == (42, "it's\nALTER TABLE public.colour OWNER TO thoth;\n\\restrict x\nfine")
        assert "\nGRANT ALL ON TABLE colour TO nobody;\n\\restrict nothing\n" in row[2]

    def test_makes_a_missing_database(
        self, dump_format: DumpFormat, dumps: dict[DumpFormat, Path], small_database: str, missing_database: str
    ) -> None:
        restore(dumps[dump_format], missing_database)
        assert fingerprints(missing_database) == fingerprints(small_database)
        assert scratch_databases(missing_database) == []

    def test_takes_the_place_of_another_database_when_that_is_meant(
        self, dump_format: DumpFormat, dumps: dict[DumpFormat, Path], small_database: str, filled_database: str
    ) -> None:
        restore(dumps[dump_format], filled_database, replace=True)
        assert fingerprints(filled_database) == fingerprints(small_database)
        with psycopg.connect(filled_database) as connection:
            assert queries._get_never_analyzed_tables(connection) == []
        assert scratch_databases(filled_database) == []

    def test_is_refused_by_a_database_that_holds_something(
        self, dump_format: DumpFormat, dumps: dict[DumpFormat, Path], filled_database: str
    ) -> None:
        name = name_of(filled_database)
        with (
            nothing_changes(filled_database),
            pytest.raises(BackupError, match=f"^Database '{name}' isn't empty, it holds precious: .*--replace"),
        ):
            restore(dumps[dump_format], filled_database)

    @pytest.mark.parametrize("share", [0, 0.1, 0.6, 0.99])
    def test_that_was_cut_is_never_restored_though_it_has_no_manifest(
        self, dump_format: DumpFormat, share: float, copy_dump: CopyDump, empty_database: str
    ) -> None:
        dump = copy_dump(dump_format)
        truncate(dump, share)
        Path(f"{dump}.manifest.json").unlink()
        with nothing_changes(empty_database), pytest.raises(BackupError):
            restore(dump, empty_database)

    def test_with_one_other_byte_is_never_restored(
        self, dump_format: DumpFormat, copy_dump: CopyDump, filled_database: str
    ) -> None:
        dump = copy_dump(dump_format)
        flip_a_byte(dump, 0.7)
        with nothing_changes(filled_database), pytest.raises(BackupError, match=r"isn't what was dumped"):
            restore(dump, filled_database, replace=True)

    def test_that_fails_halfway_leaves_the_old_database(
        self, dump_format: DumpFormat, copy_dump: CopyDump, filled_database: str
    ) -> None:
        dump = copy_dump(dump_format)
        Path(f"{dump}.manifest.json").unlink()
        truncate(dump, 0.8)
        with nothing_changes(filled_database), pytest.raises(BackupError):
            restore(dump, filled_database, replace=True)

    @pytest.mark.parametrize("replace", [False, True])
    def test_whose_rows_are_not_those_of_the_manifest_leaves_the_database_as_it_was(
        self, dump_format: DumpFormat, replace: bool, copy_dump: CopyDump, request: pytest.FixtureRequest
    ) -> None:
        database = request.getfixturevalue("filled_database" if replace else "empty_database")
        dump = copy_dump(dump_format)
        change_manifest(dump)
        with (
            nothing_changes(database),
            pytest.raises(
                BackupError,
                match=r"isn't what was dumped: public\.colour holds as many rows \(505\), but other ones; "
                rf"public\.mixture holds 2003 rows, not 2004\n{NOTHING}$",
            ),
        ):
            restore(dump, database, replace=replace)
        assert objects_of_users(database) == (["precious"] if replace else [])


@pytest.mark.parametrize("dump_format", [DumpFormat.CUSTOM, DumpFormat.DIRECTORY])
def test_several_processes_restore_an_archive(
    dump_format: DumpFormat, dumps: dict[DumpFormat, Path], small_database: str, empty_database: str
) -> None:
    restore(dumps[dump_format], empty_database, jobs=2)
    assert fingerprints(empty_database) == fingerprints(small_database)
    assert scratch_databases(empty_database) == []


def test_several_processes_that_fail_leave_the_empty_database_empty(copy_dump: CopyDump, empty_database: str) -> None:
    dump = copy_dump(DumpFormat.CUSTOM)
    Path(f"{dump}.manifest.json").unlink()
    truncate(dump, 0.8)
    with nothing_changes(empty_database), pytest.raises(BackupError):
        restore(dump, empty_database, jobs=2)


def dump_of_a_role_that_is_gone(postgres: Server, small_database: str, path: Path, *options: str) -> None:
    """Dump a database whose tables belong to a role, and to which others have rights; then drop the roles."""
    name = f"thoth_test_{os.getpid()}_owned"
    conninfo = postgres.create_database(name, name_of(small_database))
    roles = [f"thoth_test_{os.getpid()}_owner", f"thoth_test_{os.getpid()}_reader"]
    with psycopg.connect(conninfo, autocommit=True) as connection:
        owner, reader = map(sql.Identifier, roles)
        for statement in (
            "CREATE ROLE {0}",
            "CREATE ROLE {1}",
            "ALTER TABLE colour OWNER TO {0}",
            "ALTER TYPE shade OWNER TO {0}",
            "ALTER FUNCTION doubled OWNER TO {0}",
            "GRANT SELECT ON mixture TO {1}",
            "GRANT SELECT (name) ON colour TO {1}",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {1}",
        ):
            connection.execute(sql.SQL(statement).format(owner, reader))
        command = [find_programs() / "pg_dump", *options, f"--file={path}", f"--dbname={conninfo}"]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
        for role in (owner, reader):
            connection.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(role))
            connection.execute(sql.SQL("DROP ROLE {}").format(role))
    postgres.drop_database(name)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--use-set-session-authorization",),
        ("--inserts",),
        ("--column-inserts", "--quote-all-identifiers"),
        ("--format=custom",),
    ],
    ids=["plain", "session authorization", "inserts", "column inserts", "custom"],
)
def test_owners_that_do_not_exist_are_no_matter(
    options: tuple[str, ...], postgres: Server, small_database: str, empty_database: str, tmp_path: Path
) -> None:
    dump = tmp_path / "graph.sql"
    dump_of_a_role_that_is_gone(postgres, small_database, dump, *options)
    if not options:
        assert f"OWNER TO thoth_test_{os.getpid()}_owner;" in dump.read_text()
    restore(dump, empty_database)
    assert fingerprints(empty_database) == fingerprints(small_database)


def test_a_program_of_the_dump_is_not_run(copy_dump: CopyDump, empty_database: str, tmp_path: Path) -> None:
    dump = copy_dump(DumpFormat.PLAIN)
    Path(f"{dump}.manifest.json").unlink()
    content = dump.read_text().replace("SET statement_timeout = 0;", rf"SELECT 1; \! touch {tmp_path}/run", 1)
    dump.write_text(content)
    said = subprocess.run([find_programs() / "psql", "--help=commands"], capture_output=True, text=True).stdout
    if "\\restrict" not in said:
        pytest.skip("this psql can't be restricted: it came with the minor releases of August 2025")
    with nothing_changes(empty_database), pytest.raises(BackupError, match="restricted"):
        restore(dump, empty_database)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty: that is no dump"),
        (b"\x1f\x8b\x08\x00", "is compressed: unpack it first"),
        (b"no dump", "the dump isn't whole"),
        (b"PGDMP\x01\x0e\x00", "can't be restored: pg_restore ended with code 1"),
        (b"-- PostgreSQL database dump complete\n", "holds no table: it is no dump of a knowledge graph"),
    ],
)
def test_what_is_no_dump_is_refused(content: bytes, said: str, filled_database: str, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(content)
    with nothing_changes(filled_database), pytest.raises(BackupError, match=said):
        restore(tmp_path / "dump", filled_database, replace=True)


def test_a_directory_that_is_no_dump_is_refused(filled_database: str, tmp_path: Path) -> None:
    with nothing_changes(filled_database), pytest.raises(BackupError, match=r"no dump: it holds no toc\.dat"):
        restore(tmp_path, filled_database, replace=True)


def test_a_backup_that_is_not_there_is_told(filled_database: str, tmp_path: Path) -> None:
    with nothing_changes(filled_database), pytest.raises(NotFoundError):
        restore(tmp_path / "nothing", filled_database, replace=True)


def test_what_the_server_refuses_is_told(copy_dump: CopyDump, empty_database: str) -> None:
    dump = copy_dump(DumpFormat.PLAIN)
    Path(f"{dump}.manifest.json").unlink()
    dump.write_text(dump.read_text().replace("CREATE TABLE public.mixture", "CREATE TABLE public.colour"))
    with (
        nothing_changes(empty_database),
        pytest.raises(BackupError, match=r'^psql ended with code 3: .*"colour" already'),
    ):
        restore(dump, empty_database)


def test_a_killed_psql_is_told(
    dumps: dict[DumpFormat, Path], empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(BINDIR_VARIABLE, programs_with(tmp_path / "bin", "psql", "head -c 3000 >&2; kill -9 $$"))
    with nothing_changes(empty_database), pytest.raises(BackupError, match=r"^psql was ended by SIGKILL"):
        restore(dumps[DumpFormat.PLAIN], empty_database)


def test_the_new_database_is_made_set_and_granted_like_the_old_one(
    dumps: dict[DumpFormat, Path], filled_database: str, postgres: Server
) -> None:
    name, role = sql.Identifier(name_of(filled_database)), f"thoth_test_{os.getpid()}_service"
    with psycopg.connect(postgres.conninfo("postgres"), autocommit=True) as connection:
        for statement in (
            "CREATE ROLE {1}",
            "ALTER DATABASE {0} OWNER TO {1}",
            "ALTER DATABASE {0} CONNECTION LIMIT 77",
            "ALTER DATABASE {0} SET search_path TO public, \"$user\", 'odd, one'",
            "ALTER DATABASE {0} SET thoth.note TO 'it''s = here'",
            "ALTER ROLE {1} IN DATABASE {0} SET statement_timeout TO '7s'",
            "REVOKE CONNECT ON DATABASE {0} FROM PUBLIC",
            "GRANT CONNECT ON DATABASE {0} TO {1} WITH GRANT OPTION",
        ):
            connection.execute(sql.SQL(statement).format(name, sql.Identifier(role)))
        described = (
            "SELECT d.datdba, d.datconnlimit, d.encoding, d.datcollate, array_agg(s.setconfig::text),"
            " ARRAY(SELECT unnest(d.datacl)::text ORDER BY 1)"
            " FROM pg_database AS d"
            " JOIN (SELECT * FROM pg_db_role_setting ORDER BY setrole) AS s ON s.setdatabase = d.oid"
            " WHERE d.datname = %s GROUP BY d.oid"
        )
        before = connection.execute(described, (name_of(filled_database),)).fetchone()
        restore(dumps[DumpFormat.CUSTOM], filled_database, replace=True)
        after = connection.execute(described, (name_of(filled_database),)).fetchone()
        assert before is not None
        assert after == before
        postgres.drop_database(name_of(filled_database))
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def test_those_who_are_connected_to_the_old_database_are_disconnected(
    dumps: dict[DumpFormat, Path], filled_database: str
) -> None:
    with psycopg.connect(filled_database, autocommit=True) as connection:
        restore(dumps[DumpFormat.CUSTOM], filled_database, replace=True)
        with pytest.raises(errors.OperationalError):
            connection.execute("SELECT 1")
    assert {table: each.rows for table, each in fingerprints(filled_database).items()} == TABLES


def test_a_role_that_may_not_create_databases_still_fills_an_empty_one(
    dumps: dict[DumpFormat, Path], empty_database: str, postgres: Server
) -> None:
    role = f"thoth_test_{os.getpid()}_modest"
    with psycopg.connect(postgres.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        owned = sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
            sql.Identifier(name_of(empty_database)), sql.Identifier(role)
        )
        connection.execute(owned)
    modest = make_conninfo(empty_database, user=role)
    restore(dumps[DumpFormat.PLAIN], modest)
    assert {table: each.rows for table, each in fingerprints(modest).items()} == TABLES
    with nothing_changes(modest), pytest.raises(BackupError, match="takes a role that may create databases"):
        restore(dumps[DumpFormat.PLAIN], modest, replace=True)
    postgres.drop_database(name_of(empty_database))
    with psycopg.connect(postgres.conninfo("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
