from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.sql.migrating.conftest import Write
from tests.sql.migrating.running import ids, run, start, until
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import Limits, migrate, rollback
from thoth_storages.sql.migrating.concurrently import patience
from thoth_storages.sql.migrating.server import connect

NOT_IN_A_TRANSACTION = "-- stage: pre\n-- transactional: false\n"


@pytest.fixture
def directory(empty_database: str, folder: Write) -> Path:
    """A folder whose migration builds two indexes on the table ``apple``, which has a thousand rows."""
    run(empty_database, "CREATE TABLE apple AS SELECT id, id % 10 AS colour FROM generate_series(1, 1000) AS id")
    return folder(
        m0001_indexes=f"""{NOT_IN_A_TRANSACTION}
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS apple_key ON apple (id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS apple_colour_idx ON apple (colour);
""",
        m0001_indexes_rollback="DROP INDEX CONCURRENTLY IF EXISTS apple_colour_idx, apple_key;",
    )


@pytest.fixture
def older_transaction(empty_database: str, directory: Path) -> Iterator[psycopg.Connection]:
    """A transaction that read the table before anybody builds an index on it."""
    with psycopg.connect(empty_database) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        connection.execute("SELECT FROM apple")
        yield connection


def indexes(conninfo: str) -> dict[str, bool]:
    """The indexes of the table, and whether they are whole."""
    with psycopg.connect(conninfo) as connection:
        found = connection.execute(
            "SELECT indexrelid::regclass::text, indisvalid FROM pg_index WHERE indrelid = 'apple'::regclass"
        )
        return dict(found.fetchall())


WHOLE = {"apple_key": True, "apple_colour_idx": True}


def test_a_half_built_index_is_dropped_and_built_again(
    empty_database: str, directory: Path, older_transaction: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    with start(empty_database, directory) as process:
        until(lambda: indexes(empty_database) == {"apple_key": False})
        process.send_signal(signal.SIGKILL)
    assert ids(empty_database) == []
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(migrate, empty_database, directory=directory)
        until(lambda: "apple_key, which an interrupted run left half-built" in caplog.text or running.done())
        older_transaction.rollback()
        assert running.result(timeout=30) == ["0001.indexes"]
    assert indexes(empty_database) == WHOLE


def test_what_was_built_before_the_interruption_stays(empty_database: str, directory: Path) -> None:
    run(empty_database, "CREATE UNIQUE INDEX apple_key ON apple (id)")
    migrate(empty_database, directory=directory)
    assert indexes(empty_database) == WHOLE


def test_half_built_indexes_of_others_are_left_alone(
    empty_database: str, directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run(empty_database, "CREATE SCHEMA other CREATE TABLE apple (id integer) CREATE INDEX apple_key ON apple (id)")
    run(empty_database, "CREATE INDEX theirs_idx ON apple (id)")
    run(
        empty_database,
        "UPDATE pg_index SET indisvalid = FALSE"
        " WHERE indexrelid IN ('theirs_idx'::regclass, 'other.apple_key'::regclass)",
    )
    with caplog.at_level(logging.WARNING):
        migrate(empty_database, directory=directory)
    assert indexes(empty_database) == WHOLE | {"theirs_idx": False}
    assert "half-built" not in caplog.text


def test_a_unique_index_that_meets_duplicates_is_built_once_they_are_gone(empty_database: str, directory: Path) -> None:
    run(empty_database, "INSERT INTO apple VALUES (1, 1)")
    for _ in range(2):
        with pytest.raises(MigrationError, match=r"^0001\.indexes\.sql:4:1: could not create unique index"):
            migrate(empty_database, directory=directory)
    assert indexes(empty_database) == {"apple_key": False}
    run(empty_database, "DELETE FROM apple WHERE id = 1")
    assert migrate(empty_database, directory=directory) == ["0001.indexes"]
    assert indexes(empty_database) == WHOLE


def test_a_concurrent_build_outwaits_older_transactions(
    empty_database: str, directory: Path, older_transaction: psycopg.Connection
) -> None:
    limits = Limits(lock_seconds=0.05, lock_attempts=1)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(migrate, empty_database, directory=directory, limits=limits)
        waiting = "SELECT FROM pg_stat_activity WHERE wait_event = 'virtualxid' AND now() - query_start > '0.2 s'"
        with psycopg.connect(empty_database, autocommit=True) as looking:
            until(lambda: running.done() or looking.execute(waiting.encode()).fetchone() is not None)
        older_transaction.rollback()
        assert running.result(timeout=30) == ["0001.indexes"]


def test_a_concurrent_build_is_undone_without_a_transaction_too(empty_database: str, folder: Write) -> None:
    run(empty_database, "CREATE TABLE apple (id integer)")
    directory = folder(
        m0001_index=f"{NOT_IN_A_TRANSACTION}CREATE INDEX CONCURRENTLY IF NOT EXISTS apple_key ON apple (id);",
        m0001_index_rollback="DROP INDEX CONCURRENTLY IF EXISTS apple_key;",
    )
    migrate(empty_database, directory=directory)
    assert rollback(empty_database, directory=directory) == ["0001.index"]
    assert indexes(empty_database) == {}


def test_patience_ends_with_the_build(empty_database: str) -> None:
    with connect(f"{empty_database} options='-c lock_timeout=1234'") as connection:
        with patience(connection):
            assert connection.execute("SHOW lock_timeout").fetchone() == ("0",)
        assert connection.execute("SHOW lock_timeout").fetchone() == ("1234ms",)
