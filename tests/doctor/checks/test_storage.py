"""The checks of what is on the server's disks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.doctor.conftest import Run
from tests.graph.test_administration import damage
from tests.waiting import wait_until
from thoth_storages import queries
from thoth_storages.backup.scratch import SCRATCH_PREFIX
from thoth_storages.doctor import Status
from thoth_storages.doctor.checks import storage
from thoth_storages.ephemeral import Server

Connection = psycopg.Connection[Any]


@pytest.fixture
def modest(database: str, connection: Connection) -> Iterator[str]:
    """The database as a role sees it that may do nothing special."""
    role = sql.Identifier(f"thoth_test_{os.getpid()}_doctor")
    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
    connection.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    yield make_conninfo(database, user=f"thoth_test_{os.getpid()}_doctor")
    connection.execute(sql.SQL("DROP ROLE {}").format(role))


class TestBloat:
    def test_tables_that_were_never_analysed_are_told(self, run: Run, connection: Connection) -> None:
        connection.execute("CREATE TABLE t AS SELECT 1 AS id")
        result = run("bloat")
        assert (result.status, result.remedy) == (Status.WARN, "run ANALYZE")
        assert result.said == "never analysed, so nothing is known: t"

    def test_the_records_of_a_new_schema_are_no_reason_to_warn(self, run: Run) -> None:
        assert run("bloat").status is Status.OK

    def test_a_tight_database_is_well(self, run: Run, connection: Connection) -> None:
        connection.execute("ANALYZE")
        assert run("bloat").status is Status.OK

    def test_what_is_half_empty_is_named(
        self, run: Run, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(storage, "_BLOATED_MEBIBYTES", 1)
        connection.execute(
            "CREATE TABLE t AS SELECT n AS id, repeat('x', 100) AS text FROM generate_series(1, 60000) AS n"
        )
        connection.execute("CREATE INDEX t_idx ON t (id, text)")
        connection.execute("DELETE FROM t WHERE id % 10 <> 0")
        connection.execute("VACUUM ANALYZE t")
        result = run("bloat")
        assert result.status is Status.WARN
        assert result.said.startswith("bloated: t (")
        assert ", t_idx (" in result.said


class TestAmcheck:
    def test_sound_indexes_are_well(self, run: Run) -> None:
        result = run("amcheck")
        if result.status is Status.UNKNOWN:
            pytest.skip(f"needs the contrib modules of PostgreSQL: {result.said}")
        assert (result.status, result.said) == (Status.OK, "no index is damaged")

    def test_a_damaged_index_is_named(self, run: Run, connection: Connection) -> None:
        if run("amcheck").status is Status.UNKNOWN:
            pytest.skip("needs the contrib modules of PostgreSQL")
        damage(connection)
        result = run("amcheck")
        assert (result.status, result.said) == (Status.FAIL, "index sorted_idx is damaged")
        assert str(result.remedy).endswith("REINDEX INDEX CONCURRENTLY sorted_idx")

    def test_without_the_extension_nobody_can_tell(self, run: Run, modest: str) -> None:
        result = run("amcheck", modest)
        assert result.status is Status.UNKNOWN
        assert "CREATE EXTENSION amcheck" in result.said


class TestFreeSpace:
    def test_of_this_machine_is_compared_with_the_largest_table(self, run: Run, postgres: Server) -> None:
        result = run("free-space")
        assert result.status is Status.OK
        assert " are free where the server keeps its data (" in result.said
        assert "the largest table, " in result.said

    @pytest.mark.parametrize(("free", "status"), [(0, Status.FAIL), (2**28 // 4096, Status.WARN), (2**40, Status.OK)])
    def test_that_is_too_little_is_told(
        self, run: Run, free: int, status: Status, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disk = SimpleNamespace(f_bavail=free, f_frsize=4096, f_blocks=2**18)
        monkeypatch.setattr(storage, "os", SimpleNamespace(statvfs=lambda folder: disk))
        largest = ("t", 2**30, None)
        monkeypatch.setattr(queries, "_get_largest_table", lambda connection: largest, raising=False)
        result = run("free-space")
        assert result.status is status
        assert (result.remedy is None) == (status is Status.OK)

    def test_of_another_machine_cannot_be_known(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(storage, "_visible_folder", lambda connection, location: None)
        result = run("free-space")
        assert result.status is Status.UNKNOWN
        assert result.said.endswith("; the server's disk can't be seen from here")

    def test_cannot_be_known_by_a_role_that_may_not_know_the_folder(self, run: Run, modest: str) -> None:
        result = run("free-space", modest)
        assert result.status is Status.UNKNOWN
        assert "pg_monitor" in str(result.remedy)

    def test_of_a_database_without_tables_is_no_matter(self, run: Run, empty_database: str) -> None:
        assert run("free-space", empty_database).status is Status.OK


@pytest.mark.parametrize(("age", "status"), [(7, Status.OK), (600_000_000, Status.WARN), (1_300_000_000, Status.FAIL)])
def test_numbers_of_transactions_that_are_running_out_are_told(
    run: Run, age: int, status: Status, monkeypatch: pytest.MonkeyPatch
) -> None:
    ages = [("graph", age), ("other", 3)]
    monkeypatch.setattr(queries, "_get_transaction_ages", lambda connection: ages, raising=False)
    result = run("wraparound")
    assert result.status is status
    assert f"{age:,} back (database graph)" in result.said
    assert (result.remedy is None) == (status is Status.OK)


def test_a_new_server_has_numbers_left(run: Run) -> None:
    assert run("wraparound").status is Status.OK


class TestScratchDatabases:
    def test_none_is_left_by_a_restore_that_ends(self, run: Run) -> None:
        assert run("scratch-databases").status is Status.OK

    def test_one_that_a_killed_restore_left_is_told_with_the_command_that_drops_it(
        self, run: Run, connection: Connection, postgres: Server
    ) -> None:
        name = f"{SCRATCH_PREFIX}of_{connection.info.dbname}"
        with psycopg.connect(postgres.create_database(name)):
            assert run("scratch-databases").status is Status.OK
        wait_until(lambda: run("scratch-databases").status is Status.WARN, "the session is gone")
        result = run("scratch-databases")
        assert result.said.startswith(f"left behind by interrupted restores: {name} (")
        connection.execute(str(result.remedy).rpartition(": ")[2].encode())
        assert run("scratch-databases").status is Status.OK
