"""What stops a migrator: a signal, a crash of the server, a lock that it doesn't get, a limit; and what it leaves."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.databases import catalog
from tests.sql.migrating.conftest import Write
from tests.sql.migrating.running import ids, run, start, until
from thoth_storages.ephemeral import Cluster
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import Limits, migrate

BRAKE = "SELECT pg_sleep(60) FROM brake;"
"""A statement that takes a minute as long as the table ``brake`` holds a row."""


@pytest.fixture
def braked(empty_database: str, folder: Write) -> Path:
    """A folder whose second migration stops between two statements, until the table ``brake`` is emptied."""
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE brake AS SELECT 1 AS one")
    return folder(
        m0001_apples="CREATE TABLE apple (id integer);",
        m0002_pears=f"CREATE TABLE pear (id integer);\n{BRAKE}\nCREATE TABLE plum (id integer);",
    )


def is_braking(conninfo: str) -> bool:
    statement = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE %s AND state = 'active'"
    with psycopg.connect(conninfo) as connection:
        return connection.execute(statement, ("SELECT pg_sleep(60)%",)).fetchone() is not None


def release(conninfo: str) -> None:
    with psycopg.connect(conninfo) as connection:
        connection.execute("TRUNCATE brake")


def test_a_migrator_that_is_killed_leaves_nothing_that_the_next_run_does_not_finish(
    empty_database: str, braked: Path
) -> None:
    with start(empty_database, braked) as process:
        until(lambda: is_braking(empty_database))
        process.send_signal(signal.SIGKILL)
    assert ids(empty_database) == ["0001.apples"]
    # The server notices within a second that its client is gone; the next run waits for that, and not for a minute.
    release(empty_database)
    started = time.monotonic()
    assert migrate(empty_database, directory=braked) == ["0002.pears"]
    assert time.monotonic() - started < 20
    assert migrate(empty_database, directory=braked) == []


def test_a_server_that_crashes_leaves_nothing_that_the_next_run_does_not_finish(
    cluster: Cluster, folder: Write
) -> None:
    conninfo = cluster.create_database("thoth_test_crash")
    run(conninfo, "CREATE TABLE brake AS SELECT 1 AS one")
    directory = folder(
        m0001_apples="CREATE TABLE apple (id integer);",
        m0002_pears=f"CREATE TABLE pear (id integer);\n{BRAKE}\nCREATE TABLE plum (id integer);",
    )
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(migrate, conninfo, directory=directory)
        until(lambda: is_braking(conninfo))
        cluster.kill()
        with pytest.raises(MigrationError, match=r"^0002\.pears\.sql:3:1: "):
            running.result(timeout=30)
    cluster.start()
    conninfo = cluster.conninfo("thoth_test_crash")
    assert ids(conninfo) == ["0001.apples"]
    release(conninfo)
    assert migrate(conninfo, directory=directory) == ["0002.pears"]


def test_a_migration_without_a_transaction_that_was_killed_is_run_again(empty_database: str, folder: Write) -> None:
    run(empty_database, "CREATE TABLE apple AS SELECT 1 AS id")
    run(empty_database, "CREATE TABLE brake AS SELECT 1 AS one")
    directory = folder(
        m0001_index=f"""-- stage: pre
-- transactional: false
DROP INDEX CONCURRENTLY IF EXISTS apple_key;
CREATE UNIQUE INDEX CONCURRENTLY apple_key ON apple (id);
{BRAKE}
"""
    )
    with start(empty_database, directory) as process:
        until(lambda: is_braking(empty_database))
        process.send_signal(signal.SIGKILL)
    assert ids(empty_database) == []
    assert "apple_key" in catalog(empty_database)
    release(empty_database)
    assert migrate(empty_database, directory=directory) == ["0001.index"]


def test_a_migration_that_gets_no_lock_is_tried_again(
    empty_database: str, two: Path, folder: Write, caplog: pytest.LogCaptureFixture
) -> None:
    migrate(empty_database, directory=two)
    directory = folder(m0003_colours="ALTER TABLE apple ADD colour text;")
    with psycopg.connect(empty_database) as reader, ThreadPoolExecutor(1) as threads:
        reader.execute("SELECT FROM apple")
        running = threads.submit(migrate, empty_database, directory=directory, limits=Limits(lock_seconds=0.1))
        until(lambda: "0003.colours got no lock, attempt 1" in caplog.text)
        reader.rollback()
        assert running.result(timeout=30) == ["0003.colours"]


def test_trying_again_has_an_end(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    directory = folder(m0003_colours="ALTER TABLE apple ADD colour text;")
    with psycopg.connect(empty_database) as reader:
        reader.execute("SELECT FROM apple")
        with pytest.raises(
            MigrationError, match=r"(?s)^0003\.colours\.sql:2:1: .*2 attempts got no lock within 0\.1 s"
        ):
            migrate(empty_database, directory=directory, limits=Limits(lock_seconds=0.1, lock_attempts=2))
    assert ids(empty_database) == ["0001.apples", "0002.pears"]


def test_a_statement_that_takes_too_long_is_ended(empty_database: str, braked: Path) -> None:
    with pytest.raises(MigrationError, match=r"^0002\.pears\.sql:3:1: canceling statement due to statement timeout"):
        migrate(empty_database, directory=braked, limits=Limits(statement_seconds=0.2))
    assert ids(empty_database) == ["0001.apples"]


def test_waiting_for_another_migrator_has_an_end(empty_database: str, braked: Path) -> None:
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(migrate, empty_database, directory=braked)
        until(lambda: is_braking(empty_database))
        with pytest.raises(MigrationError, match=r"another migrator was at work for 0\.1 s: process"):
            migrate(empty_database, directory=braked, limits=Limits(wait_seconds=0.1))
        run(
            empty_database,
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'",
        )
        with pytest.raises(MigrationError, match="canceling statement"):
            running.result(timeout=30)


def test_interrupting_from_the_keyboard_undoes_the_running_migration(empty_database: str, braked: Path) -> None:
    with start(empty_database, braked) as process:
        until(lambda: is_braking(empty_database))
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
    assert ids(empty_database) == ["0001.apples"]
    release(empty_database)
    assert migrate(empty_database, directory=braked) == ["0002.pears"]
