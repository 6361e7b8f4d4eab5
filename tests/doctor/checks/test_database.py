"""The checks of the database: can it be used at all?"""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.doctor.conftest import Run
from thoth_storages import queries
from thoth_storages.doctor import Status
from thoth_storages.doctor.checks import database as checks
from thoth_storages.sql import migrating

Connection = psycopg.Connection[Any]


def test_a_database_that_answers_is_named(run: Run, connection: Connection) -> None:
    result = run("connection")
    assert result.status is Status.OK
    assert f"database '{connection.info.dbname}' on host" in result.said
    assert "as postgres, without TLS; it answers in " in result.said


def test_one_that_answers_slowly_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_SLOW_SECONDS", 0)
    result = run("connection")
    assert (result.status, result.remedy) == (Status.WARN, "see what the server is busy with, or how far away it is")


def test_the_version_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run("server-version")
    assert (result.status, result.said.split()[0]) == (Status.OK, "PostgreSQL")
    monkeypatch.setattr(checks, "OLDEST_MAJOR", 99)
    result = run("server-version")
    assert (result.status, result.remedy) == (Status.FAIL, "upgrade the server to PostgreSQL 99 or newer")


class TestTheSchema:
    def test_that_is_current_is_well(self, run: Run) -> None:
        result = run("schema")
        assert (result.status, result.said) == (Status.OK, f"up to date, at {migrating.head()}")

    def test_that_is_empty_needs_to_be_migrated(self, run: Run, empty_database: str) -> None:
        result = run("schema", empty_database)
        assert (result.status, result.remedy) == (Status.FAIL, "run 'thoth-storages db migrate'")
        assert result.said == "the database holds no schema"

    def test_of_the_original_needs_to_be_adopted(self, run: Run, alembic_database: str) -> None:
        result = run("schema", alembic_database)
        assert (result.status, result.remedy) == (Status.FAIL, "run 'thoth-storages db migrate'")
        assert "the original's" in result.said

    @pytest.mark.parametrize(
        ("change", "status", "said"),
        [
            ("DELETE FROM _yoyo_migration WHERE migration_id = %(head)s", Status.FAIL, "older than"),
            ("INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '9999.x')", Status.WARN, "newer"),
            (
                "WITH later AS (INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '9999.x'))"
                " INSERT INTO _yoyo_checksum (migration_id, sha256, stage) VALUES ('9999.x', '', 'post')",
                Status.FAIL,
                "newer than this library can work with",
            ),
            ("UPDATE _yoyo_checksum SET sha256 = '' WHERE migration_id = %(head)s", Status.WARN, "changed after"),
            ("ALTER TABLE cve ADD COLUMN noise integer", Status.WARN, "column cve.noise"),
        ],
    )
    def test_that_is_not_as_it_should_be_is_told(
        self, run: Run, connection: Connection, change: str, status: Status, said: str
    ) -> None:
        connection.execute(change.encode(), {"head": migrating.head()})
        result = run("schema")
        assert result.status is status
        assert said in result.said
        assert result.remedy


class TestThePool:
    def test_that_has_room_is_well(self, run: Run) -> None:
        result = run("pool", KNOWLEDGE_GRAPH_POOL_SIZE="3")
        assert result.status is Status.OK
        assert result.said.startswith("a process opens up to 3 connections; ")

    def test_that_wants_more_connections_than_there_are_is_told(self, run: Run) -> None:
        result = run("pool", KNOWLEDGE_GRAPH_POOL_SIZE="5000")
        assert result.status is Status.WARN
        assert "KNOWLEDGE_GRAPH_POOL_SIZE" in str(result.remedy)

    def test_whose_connections_sleep_in_a_transaction_is_told(
        self, run: Run, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        numbers = {"allowed": 100, "used": 5, "idle_in_transaction": 2}
        monkeypatch.setattr(queries, "_get_connection_numbers", lambda connection: numbers, raising=False)
        result = run("pool")
        assert result.status is Status.WARN
        assert "2 have done nothing in an open transaction" in result.said
