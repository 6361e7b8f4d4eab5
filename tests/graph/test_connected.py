"""Connecting, and what is said of a database in each state that it can be in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from thoth_storages import GraphDatabase
from thoth_storages.ephemeral import Cluster
from thoth_storages.exceptions import (
    AlreadyConnectedError,
    DatabaseNotInitializedError,
    DatabaseUnreachableError,
    NotConnectedError,
)
from thoth_storages.sql import migrating
from thoth_storages.sql.migrating import SchemaState

PointTo = Callable[[str], None]
Connect = Callable[[str], GraphDatabase]


@pytest.fixture
def connect(point_to: PointTo) -> Iterator[Connect]:
    """A function that connects an adapter to the database of a connection string."""
    adapters: list[GraphDatabase] = []

    def connected(conninfo: str) -> GraphDatabase:
        point_to(conninfo)
        adapter = GraphDatabase()
        adapter.connect()
        adapters.append(adapter)
        return adapter

    yield connected
    for adapter in adapters:
        if adapter.is_connected():
            adapter.disconnect()


@pytest.fixture
def missing_database(empty_database: str) -> Iterator[str]:
    """A connection string that names a database which isn't there."""
    name = f"{psycopg.conninfo.conninfo_to_dict(empty_database)['dbname']}_missing"
    yield make_conninfo(empty_database, dbname=name)
    with psycopg.connect(empty_database, autocommit=True) as administrator:
        administrator.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def older_database(database: str) -> str:
    """A database one migration behind."""
    migrating.rollback(database)
    return database


@pytest.fixture
def newer_database(database: str) -> str:
    """A database with a migration that this library doesn't know."""
    with psycopg.connect(database, autocommit=True) as connection:
        pretend_newer(connection)
    return database


@pytest.fixture
def incompatible_database(newer_database: str) -> str:
    """A database with a migration that takes away what this library needs."""
    with psycopg.connect(newer_database, autocommit=True) as connection:
        connection.execute("INSERT INTO _yoyo_checksum (migration_id, sha256, stage) VALUES ('9999.later', '', 'post')")
    return newer_database


def pretend_newer(connection: psycopg.Connection) -> None:
    """Record a migration as a later version of this library would."""
    table = connection.execute(
        "SELECT min(table_name) FROM information_schema.columns "
        "WHERE column_name = 'migration_hash' AND table_name LIKE '%migration%'"
    ).fetchone()
    assert table is not None
    connection.execute(
        f"INSERT INTO {table[0]} (migration_hash, migration_id, applied_at_utc) "
        "VALUES ('f', '9999.later', now() AT TIME ZONE 'UTC')"
    )


class TestConnecting:
    def test_an_adapter_is_made_without_a_server(self, point_to: PointTo) -> None:
        point_to("host=127.0.0.1 port=1 user=nobody dbname=nothing")
        assert not GraphDatabase().is_connected()

    def test_using_it_before_connect_is_refused(self) -> None:
        with pytest.raises(NotConnectedError, match=r"call connect\(\) first"):
            GraphDatabase().get_depends_on("flask")

    def test_connecting_twice_is_refused(self, graph: GraphDatabase) -> None:
        with pytest.raises(AlreadyConnectedError):
            graph.connect()

    def test_disconnecting_without_a_connection_is_refused(self) -> None:
        with pytest.raises(NotConnectedError):
            GraphDatabase().disconnect()

    def test_it_can_be_connected_again(self, graph: GraphDatabase) -> None:
        graph.disconnect()
        assert not graph.is_connected()
        graph.connect()
        assert graph.get_python_packages_all() == []

    def test_an_unreachable_server_is_an_error_that_names_it(self, connect: Connect) -> None:
        with pytest.raises(DatabaseUnreachableError, match=r"'graph' on host '127\.0\.0\.1', port 1"):
            connect("host=127.0.0.1 port=1 user=nobody dbname=graph")

    def test_an_adapter_that_could_not_connect_is_not_connected(self, point_to: PointTo) -> None:
        point_to("host=127.0.0.1 port=1 user=nobody dbname=graph")
        adapter = GraphDatabase()
        with pytest.raises(DatabaseUnreachableError):
            adapter.connect()
        assert not adapter.is_connected()


class TestMissingDatabase:
    def test_connecting_warns(self, connect: Connect, missing_database: str, caplog: pytest.LogCaptureFixture) -> None:
        connect(missing_database)
        assert "There is no such database: run 'thoth-storages db migrate'" in caplog.text

    def test_a_question_names_the_command_that_helps(self, connect: Connect, missing_database: str) -> None:
        with pytest.raises(DatabaseNotInitializedError, match="thoth-storages db migrate"):
            connect(missing_database).get_depends_on("flask")

    def test_its_schema_is_not_initialized(self, connect: Connect, missing_database: str) -> None:
        with pytest.raises(DatabaseNotInitializedError):
            connect(missing_database).is_schema_up2date()

    def test_initializing_creates_it(self, connect: Connect, missing_database: str) -> None:
        adapter = connect(missing_database)
        adapter.initialize_schema()
        assert adapter.is_schema_up2date()
        assert adapter.get_python_packages_all() == []

    def test_it_is_used_as_soon_as_somebody_else_made_it(self, connect: Connect, missing_database: str) -> None:
        adapter = connect(missing_database)
        migrating.migrate(missing_database)
        assert adapter.get_python_packages_all() == []


class TestEmptyDatabase:
    def test_connecting_warns(self, connect: Connect, empty_database: str, caplog: pytest.LogCaptureFixture) -> None:
        connect(empty_database)
        assert "The database holds no schema" in caplog.text

    def test_a_question_names_the_command_that_helps(self, connect: Connect, empty_database: str) -> None:
        with pytest.raises(DatabaseNotInitializedError, match="thoth-storages db migrate"):
            connect(empty_database).get_depends_on("flask")

    def test_its_schema_is_not_initialized(self, connect: Connect, empty_database: str) -> None:
        with pytest.raises(DatabaseNotInitializedError):
            connect(empty_database).is_schema_up2date()

    def test_it_has_no_newest_migration(self, connect: Connect, empty_database: str) -> None:
        with pytest.raises(DatabaseNotInitializedError):
            connect(empty_database).get_table_alembic_version_head()

    def test_initializing_fills_it(self, connect: Connect, empty_database: str) -> None:
        adapter = connect(empty_database)
        adapter.initialize_schema()
        assert adapter.get_table_alembic_version_head() == adapter.get_script_alembic_version_head()


class TestOlderSchema:
    def test_connecting_warns(self, connect: Connect, older_database: str, caplog: pytest.LogCaptureFixture) -> None:
        connect(older_database)
        assert "older than this library needs" in caplog.text

    def test_it_is_not_up_to_date(self, connect: Connect, older_database: str) -> None:
        assert connect(older_database).is_schema_up2date() is False

    def test_a_question_names_the_command_that_helps(self, connect: Connect, older_database: str) -> None:
        with pytest.raises(DatabaseNotInitializedError, match="thoth-storages db migrate"):
            connect(older_database).get_python_packages_all()

    def test_a_variable_allows_questions(
        self, connect: Connect, older_database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KNOWLEDGE_GRAPH_ANY_SCHEMA", "1")
        assert connect(older_database).get_python_packages_all() == []

    def test_initializing_brings_it_up_to_date(self, connect: Connect, older_database: str) -> None:
        adapter = connect(older_database)
        adapter.initialize_schema()
        assert adapter.is_schema_up2date()


class TestCurrentSchema:
    def test_connecting_is_silent(self, connect: Connect, database: str, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.WARNING, logger="thoth_storages"):
            connect(database)
        assert not caplog.records

    def test_it_is_up_to_date(self, graph: GraphDatabase) -> None:
        assert graph.is_schema_up2date() is True

    def test_it_has_one_version(self, graph: GraphDatabase) -> None:
        assert graph.get_alembic_version_count_all() == 1

    def test_initializing_again_changes_nothing(self, graph: GraphDatabase) -> None:
        head = graph.get_table_alembic_version_head()
        graph.initialize_schema()
        assert graph.get_table_alembic_version_head() == head

    def test_dropping_everything_leaves_it_empty(self, graph: GraphDatabase) -> None:
        graph.drop_all()
        assert graph.schema_state() is SchemaState.EMPTY
        with pytest.raises(DatabaseNotInitializedError):
            graph.get_python_packages_all()

    def test_it_can_be_filled_again_after_dropping(self, graph: GraphDatabase) -> None:
        graph.drop_all()
        graph.initialize_schema()
        assert graph.get_python_packages_all() == []

    def test_a_schema_that_vanishes_under_a_service_is_told(self, graph: GraphDatabase, database: str) -> None:
        assert graph.get_python_packages_all() == []
        with psycopg.connect(database, autocommit=True) as connection:
            migrating.drop_all(connection)
        with pytest.raises(DatabaseNotInitializedError, match="holds no schema"):
            graph.get_python_packages_all()


class TestNewerSchema:
    def test_connecting_warns(self, connect: Connect, newer_database: str, caplog: pytest.LogCaptureFixture) -> None:
        connect(newer_database)
        assert "newer than this library knows" in caplog.text

    def test_it_is_not_up_to_date(self, connect: Connect, newer_database: str) -> None:
        assert connect(newer_database).is_schema_up2date() is False

    def test_questions_are_answered(self, connect: Connect, newer_database: str) -> None:
        assert connect(newer_database).get_python_packages_all() == []

    def test_initializing_does_nothing_and_warns(
        self, connect: Connect, newer_database: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        adapter = connect(newer_database)
        caplog.clear()
        adapter.initialize_schema()
        assert "newer than this library knows" in caplog.text


class TestSchemaThatIsTooNew:
    COMPLAINT = "newer than this library can work with: update the library"

    def test_connecting_warns(
        self, connect: Connect, incompatible_database: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        connect(incompatible_database)
        assert self.COMPLAINT in caplog.text

    def test_it_is_not_up_to_date(self, connect: Connect, incompatible_database: str) -> None:
        assert connect(incompatible_database).is_schema_up2date() is False

    def test_a_question_is_refused(self, connect: Connect, incompatible_database: str) -> None:
        with pytest.raises(DatabaseNotInitializedError, match=self.COMPLAINT):
            connect(incompatible_database).get_python_packages_all()

    def test_a_variable_allows_questions(
        self, connect: Connect, incompatible_database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KNOWLEDGE_GRAPH_ANY_SCHEMA", "1")
        assert connect(incompatible_database).get_python_packages_all() == []

    def test_initializing_does_nothing_and_warns(
        self, connect: Connect, incompatible_database: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        adapter = connect(incompatible_database)
        caplog.clear()
        adapter.initialize_schema()
        assert self.COMPLAINT in caplog.text

    def test_a_service_that_was_at_work_before_is_told_when_it_misses_something(
        self, graph: GraphDatabase, database: str
    ) -> None:
        assert graph.get_python_packages_all() == []
        with psycopg.connect(database, autocommit=True) as connection:
            pretend_newer(connection)
            connection.execute(
                "INSERT INTO _yoyo_checksum (migration_id, sha256, stage) VALUES ('9999.later', '', 'post')"
            )
            connection.execute("ALTER TABLE python_package_version RENAME package_name TO name")
        with pytest.raises(DatabaseNotInitializedError, match=self.COMPLAINT):
            graph.get_python_packages_all()


class TestOriginalsDatabase:
    def test_an_adopted_one_is_up_to_date(self, connect: Connect, original_database: str) -> None:
        assert connect(original_database).is_schema_up2date()

    def test_it_can_be_asked(self, connect: Connect, original_database: str) -> None:
        assert len(connect(original_database).get_python_packages_all(count=None, distinct=True)) > 50


class TestStateWithoutAConnection:
    def test_the_newest_known_migration_needs_none(self) -> None:
        assert GraphDatabase().get_script_alembic_version_head() == migrating.head()

    @pytest.mark.parametrize(
        "method", ["is_schema_up2date", "get_table_alembic_version_head", "initialize_schema", "drop_all"]
    )
    def test_everything_else_does(self, method: str) -> None:
        with pytest.raises(NotConnectedError):
            getattr(GraphDatabase(), method)()


class TestConnectionString:
    def test_the_originals_defaults_stand(self) -> None:
        assert GraphDatabase.construct_connection_string() == "postgresql://postgres:postgres@localhost:5432/postgres"

    def test_a_password_with_odd_characters_is_quoted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KNOWLEDGE_GRAPH_PASSWORD", "p@ss/w:rd")
        monkeypatch.setenv("KNOWLEDGE_GRAPH_SSL_DISABLED", "1")
        url = GraphDatabase.construct_connection_string()
        assert url == "postgresql://postgres:p%40ss%2Fw%3Ard@localhost:5432/postgres?sslmode=disable"
        assert psycopg.conninfo.conninfo_to_dict(url)["password"] == "p@ss/w:rd"


class TestRestart:
    def test_a_service_notices_nothing_of_a_restart(self, connect: Connect, cluster: Cluster) -> None:
        adapter = connect(cluster.create_database("graph"))
        adapter.initialize_schema()
        assert adapter.get_python_packages_all() == []
        cluster.restart()
        assert adapter.get_python_packages_all() == []
