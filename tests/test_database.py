"""The pool: what it survives, what it says when it can't, and what it costs nobody."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.forking import holds_in_child
from thoth_storages.database import Connection, Database, is_lost
from thoth_storages.ephemeral import Cluster
from thoth_storages.exceptions import DatabaseNotInitializedError, DatabaseUnreachableError, NotConnectedError
from thoth_storages.settings import DatabaseSettings

MakeDatabase = Callable[..., Database]


def settings_for(conninfo: str, **others: object) -> DatabaseSettings:
    """Settings that connect where a connection string says."""
    parameters = {key: value for key, value in conninfo_to_dict(conninfo).items() if value is not None}
    return DatabaseSettings(parameters, **others)  # type: ignore[arg-type]


@pytest.fixture
def opened() -> Iterator[MakeDatabase]:
    """A function that opens a database, and closes it after the test."""
    databases: list[Database] = []

    def open_database(conninfo: str, **others: object) -> Database:
        database = Database(settings_for(conninfo, **others))
        database.open()
        databases.append(database)
        return database

    yield open_database
    for database in databases:
        database.close()


def one(connection: Connection) -> object:
    """Ask for a number."""
    return connection.execute("SELECT 1").fetchone()


def backend(connection: Connection) -> int:
    """Ask for the process that serves the connection."""
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert row is not None
    return int(row[0])


class TestOpening:
    def test_making_one_does_no_input_or_output(self) -> None:
        database = Database(settings_for("host=192.0.2.1 dbname=nowhere"))
        assert not database.is_open

    def test_using_one_that_is_not_open_is_refused(self, empty_database: str) -> None:
        with pytest.raises(NotConnectedError, match=r"call connect\(\) first"):
            Database(settings_for(empty_database)).read(one)

    def test_using_one_that_was_closed_is_refused(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database)
        database.read(one)
        database.close()
        with pytest.raises(NotConnectedError):
            database.read(one)

    def test_a_database_that_does_not_exist_is_none(self, opened: MakeDatabase, empty_database: str) -> None:
        missing = psycopg.conninfo.make_conninfo(empty_database, dbname="thoth_test_no_such_database")
        assert opened(missing).connect() is None
        with pytest.raises(
            DatabaseNotInitializedError,
            match=r"^There is no database 'thoth_test_no_such_database' on host .+ makes it",
        ):
            opened(missing).connect_to_existing()

    def test_an_unreachable_server_is_named_with_host_port_and_database(self, opened: MakeDatabase) -> None:
        database = opened("host=127.0.0.1 port=1 dbname=graph user=me password=hunter2")
        with pytest.raises(DatabaseUnreachableError) as caught:
            database.connect()
        assert "database 'graph' on host '127.0.0.1', port 1" in str(caught.value)

    def test_no_message_holds_the_password(self, opened: MakeDatabase) -> None:
        database = opened("host=127.0.0.1 port=1 dbname=graph user=me password=hunter2")
        with pytest.raises(DatabaseUnreachableError) as caught:
            database.connect()
        assert "hunter2" not in str(caught.value)


class TestSessions:
    def test_reads_run_in_autocommit_mode(self, opened: MakeDatabase, empty_database: str) -> None:
        def is_idle_after_a_statement(connection: Connection) -> bool:
            connection.execute("SELECT 1")
            return connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE

        assert opened(empty_database).read(is_idle_after_a_statement)

    def test_a_statement_may_run_as_long_as_the_settings_say(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, statement_timeout=1)
        with pytest.raises(psycopg.errors.QueryCanceled):
            database.read(lambda connection: connection.execute("SELECT pg_sleep(30)"))

    def test_no_time_out_is_set_for_zero(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, statement_timeout=0)
        assert database.read(lambda connection: connection.execute("SHOW statement_timeout").fetchone()) == ("0",)

    def test_integers_of_any_size_make_one_prepared_statement(self, opened: MakeDatabase, empty_database: str) -> None:
        def prepared(connection: Connection) -> object:
            for number in (1, 70_000, 5_000_000_000):
                connection.execute("SELECT %s", (number,), prepare=True)
            statements = "SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1'"
            return connection.execute(statements).fetchone()

        assert opened(empty_database).read(prepared) == (1,)

    def test_nothing_is_prepared_when_that_is_switched_off(self, opened: MakeDatabase, empty_database: str) -> None:
        def prepared(connection: Connection) -> object:
            connection.execute("SELECT %s", ("x",), prepare=True)
            return connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()

        assert opened(empty_database, prepared_statements=False).read(prepared) == (0,)

    def test_the_session_says_who_it_is(self, opened: MakeDatabase, empty_database: str) -> None:
        name = opened(empty_database).read(lambda connection: connection.execute("SHOW application_name").fetchone())
        assert name == ("thoth_storages",)

    def test_a_connection_keeps_one_cursor(self, opened: MakeDatabase, empty_database: str) -> None:
        assert opened(empty_database).read(lambda connection: connection.kept_cursor is connection.kept_cursor)

    def test_lending_a_connection_gives_it_back(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, pool_size=1, pool_timeout=5)
        for _ in range(3):
            with database.connection() as connection:
                assert one(connection) == (1,)


class TestThreads:
    def test_sixteen_threads_share_a_smaller_pool(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, pool_size=4)
        with ThreadPoolExecutor(16) as threads:
            backends = set(threads.map(lambda _: database.read(backend), range(320)))
        assert 1 <= len(backends) <= 4

    def test_a_pool_that_is_busy_says_so(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, pool_size=1, pool_timeout=0.2)
        with database.connection(), pytest.raises(DatabaseUnreachableError, match="KNOWLEDGE_GRAPH_POOL_SIZE"):
            database.read(one)


class TestFork:
    def test_a_child_gets_connections_of_its_own(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database)
        ours = database.read(backend)
        assert holds_in_child(lambda: database.read(backend) not in (ours, None))

    def test_the_parents_connections_outlive_the_child(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database)
        ours = database.read(backend)
        assert holds_in_child(lambda: database.read(one) == (1,))
        assert database.read(backend) == ours

    def test_a_fork_while_another_thread_holds_the_lock_does_not_hang(
        self, opened: MakeDatabase, empty_database: str
    ) -> None:
        database = opened(empty_database)
        with database._lock:
            assert holds_in_child(lambda: database.read(one) == (1,))


class TestRestart:
    def test_a_restart_of_the_server_costs_a_read_only_time(self, opened: MakeDatabase, cluster: Cluster) -> None:
        database = opened(cluster.conninfo("postgres"))
        before = database.read(backend)
        cluster.restart()
        assert database.read(backend) != before

    def test_every_idle_connection_of_a_pool_outlives_a_restart(self, opened: MakeDatabase, cluster: Cluster) -> None:
        database = opened(cluster.conninfo("postgres"), pool_size=4)
        fill_pool(database, 4)
        cluster.restart()
        with ThreadPoolExecutor(4) as threads:
            assert set(threads.map(lambda _: database.read(one), range(16))) == {(1,)}

    def test_a_killed_server_that_comes_back_is_found_again(self, opened: MakeDatabase, cluster: Cluster) -> None:
        database = opened(cluster.conninfo("postgres"))
        database.read(one)
        cluster.kill()
        cluster.start()
        assert database.read(one) == (1,)

    def test_a_server_that_stays_away_is_named(self, opened: MakeDatabase, cluster: Cluster) -> None:
        database = opened(cluster.conninfo("postgres"), pool_timeout=0.5)
        database.read(one)
        cluster.stop()
        with pytest.raises(DatabaseUnreachableError, match="Can't connect to database 'postgres'"):
            database.read(one)

    def test_a_read_that_fails_by_itself_is_not_repeated(self, opened: MakeDatabase, empty_database: str) -> None:
        runs: list[int] = []

        def fail(connection: Connection) -> None:
            runs.append(1)
            connection.execute("SELECT 1 / 0")

        with pytest.raises(psycopg.errors.DivisionByZero):
            opened(empty_database).read(fail)
        assert runs == [1]

    def test_a_terminated_session_counts_as_lost(self, empty_database: str) -> None:
        with psycopg.connect(empty_database) as victim, psycopg.connect(empty_database, autocommit=True) as killer:
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", (victim.info.backend_pid,))
            with pytest.raises(psycopg.OperationalError) as caught:
                victim.execute("SELECT 1")
        assert is_lost(caught.value)


class TestSnapshot:
    """A connection that is lent in a transaction, for as long as an iteration takes."""

    def test_nothing_can_be_written_in_it(self, opened: MakeDatabase, empty_database: str) -> None:
        with (
            pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
            opened(empty_database).snapshot() as connection,
        ):
            connection.execute("CREATE TABLE written ()")

    @pytest.mark.parametrize("statement", ["SELECT 1", "SELECT 1 / 0"])
    def test_the_connection_comes_back_idle(
        self, opened: MakeDatabase, empty_database: str, caplog: pytest.LogCaptureFixture, statement: str
    ) -> None:
        database = opened(empty_database, pool_size=1, pool_timeout=5)
        for _ in range(3):
            with suppress(psycopg.errors.DivisionByZero), database.snapshot() as connection:
                connection.execute(statement)
        assert database.read(lambda connection: connection.info.transaction_status.name) == "IDLE"
        assert "rolling back returned connection" not in caplog.text

    def test_a_lost_connection_is_replaced_before_it_begins(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, pool_size=1)
        lost = database.read(backend)
        terminate(empty_database, lost)
        with database.snapshot() as connection:
            assert backend(connection) != lost

    def test_one_that_is_lost_later_is_the_callers_matter(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, pool_size=1, pool_timeout=5)

        def lose_it() -> None:
            with database.snapshot() as connection:
                terminate(empty_database, backend(connection))
                connection.execute("SELECT 1")

        with pytest.raises(psycopg.OperationalError):
            lose_it()
        assert database.read(one) == (1,)

    def test_a_busy_pool_says_so(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database, pool_size=1, pool_timeout=0.2)
        with database.snapshot(), pytest.raises(DatabaseUnreachableError, match="all 1 are in use"):
            database.read(one)

    def test_a_child_that_leaves_it_leaves_the_transaction_to_its_parent(
        self, opened: MakeDatabase, empty_database: str
    ) -> None:
        database = opened(empty_database, pool_size=1)
        lending = database.snapshot()
        with lending as connection:
            assert holds_in_child(lambda: lending.__exit__(None, None, None) is False)
            assert connection.execute("SHOW transaction_read_only").fetchone() == ("on",)

    def test_a_database_may_be_closed_meanwhile(self, opened: MakeDatabase, empty_database: str) -> None:
        database = opened(empty_database)
        with database.snapshot() as connection:
            database.close()
            assert one(connection) == (1,)
        assert connection.closed


class TestWriting:
    @pytest.fixture
    def counters(self, empty_database: str) -> str:
        """A database with a table of two counters."""
        with psycopg.connect(empty_database) as connection:
            connection.execute("CREATE TABLE counter (id int PRIMARY KEY, value int NOT NULL)")
            connection.execute("INSERT INTO counter VALUES (1, 0), (2, 0)")
        return empty_database

    def test_a_write_is_one_transaction(self, opened: MakeDatabase, counters: str) -> None:
        def fail_in_the_middle(connection: Connection) -> None:
            connection.execute("UPDATE counter SET value = 1")
            connection.execute("SELECT 1 / 0")

        database = opened(counters)
        with pytest.raises(psycopg.errors.DivisionByZero):
            database.write(fail_in_the_middle)
        assert values(database) == [0, 0]

    def test_a_deadlock_never_reaches_the_caller(self, opened: MakeDatabase, counters: str) -> None:
        database = opened(counters)
        meet = threading.Barrier(2, timeout=30)
        first_runs: set[int] = set()

        def add(first: int, second: int) -> None:
            def increment(connection: Connection) -> None:
                connection.execute("UPDATE counter SET value = value + 1 WHERE id = %s", (first,))
                if first not in first_runs:
                    first_runs.add(first)
                    meet.wait()
                connection.execute("UPDATE counter SET value = value + 1 WHERE id = %s", (second,))

            database.write(increment)

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(add, (1, 2), (2, 1)))
        assert values(database) == [2, 2]

    def test_a_write_is_repeated_after_the_server_went_away(self, opened: MakeDatabase, counters: str) -> None:
        database = opened(counters)
        runs: list[int] = []

        def increment(connection: Connection) -> None:
            connection.execute("UPDATE counter SET value = value + 1")
            runs.append(connection.info.backend_pid)
            if len(runs) == 1:
                terminate(counters, connection.info.backend_pid)
            connection.execute("SELECT 1")

        database.write(increment)
        assert (values(database), len(runs)) == ([1, 1], 2)

    def test_repeating_has_a_bound(self, opened: MakeDatabase, counters: str) -> None:
        runs: list[int] = []

        def clash(connection: Connection) -> None:
            runs.append(1)
            raise psycopg.errors.SerializationFailure("again")

        with pytest.raises(psycopg.errors.SerializationFailure):
            opened(counters).write(clash)
        assert len(runs) == 8


def values(database: Database) -> list[int]:
    """The counters' values."""
    query = "SELECT value FROM counter ORDER BY id"
    return database.read(lambda connection: [row[0] for row in connection.execute(query)])


def terminate(conninfo: str, process: int) -> None:
    """End a session from outside, as an administrator or a failover does."""
    with psycopg.connect(conninfo, autocommit=True) as killer:
        killer.execute("SELECT pg_terminate_backend(%s, 5000)", (process,))


def fill_pool(database: Database, size: int) -> None:
    """Use that many connections at the same time, so that the pool holds them afterwards."""
    meet = threading.Barrier(size, timeout=30)
    with ThreadPoolExecutor(size) as threads:
        list(threads.map(lambda _: database.read(lambda _: meet.wait()), range(size)))


class TestLogging:
    def test_a_repeated_read_is_told(
        self, opened: MakeDatabase, empty_database: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        database = opened(empty_database)
        terminate(empty_database, database.read(backend))
        with caplog.at_level(logging.INFO, logger="thoth_storages.database"):
            assert database.read(one) == (1,)
        assert "connection to the knowledge graph was lost" in caplog.text
