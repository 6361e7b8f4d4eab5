"""Questions about the database itself: rows of a table, and damage."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from tests.fix_postgres import PointTo
from tests.fix_rows import Rows
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import DatabaseError, DatabaseNotInitializedError, NotConnectedError
from thoth_storages.graph import administration

Connection = psycopg.Connection[Any]


class TestEntities:
    def test_rows_of_any_table_are_counted(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.depends_on(rows.version("flask"), "click")
        rows.adviser_run()
        tables = ("depends_on", "python_package_version_entity", "adviser_run", "pi_matmul")
        assert [graph.get_entity_count(table) for table in tables] == [1, 2, 1, 0]

    @pytest.mark.parametrize("entity", ["packages", "", "pg_class", "cve; DROP TABLE cve", "CVE", "_yoyo_log"])
    def test_what_is_no_table_of_the_graph_is_refused_with_the_tables_that_are(
        self, graph: GraphDatabase, entity: str
    ) -> None:
        with pytest.raises(ValueError, match=r"adviser_run, cve, .*versioned_symbol$") as refused:
            graph.get_entity_count(entity)
        assert repr(entity) in str(refused.value)
        assert graph.get_entity_count("cve") == 0

    def test_a_database_without_tables_says_what_helps(self, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        adapter = GraphDatabase()
        adapter.connect()
        with pytest.raises(DatabaseNotInitializedError, match="db migrate"):
            adapter.get_entity_count("cve")
        adapter.disconnect()

    def test_it_takes_a_connection(self) -> None:
        with pytest.raises(NotConnectedError):
            GraphDatabase().get_entity_count("cve")
        with pytest.raises(NotConnectedError):
            GraphDatabase().is_database_corrupted()


def damage(connection: Connection) -> None:
    """Leave an index in the wrong order, as an upgrade that changes how texts are compared does."""
    comparing = (
        "CREATE OR REPLACE FUNCTION compare(integer, integer) RETURNS integer"
        " LANGUAGE sql AS 'SELECT btint4cmp({arguments})'"
    )
    connection.execute(comparing.format(arguments="$1, $2"))
    connection.execute(
        "CREATE OPERATOR CLASS changing_ops FOR TYPE integer USING btree AS"
        " OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 compare(integer, integer)"
    )
    connection.execute("CREATE TABLE sorted AS SELECT n FROM generate_series(1, 100) AS n")
    connection.execute("CREATE INDEX sorted_idx ON sorted (n changing_ops)")
    connection.execute(comparing.format(arguments="$2, $1"))


@pytest.fixture
def checkable(connection: Connection) -> None:
    """Nothing, where the server has amcheck; where it hasn't the test is skipped."""
    found = connection.execute("SELECT FROM pg_available_extensions WHERE name = 'amcheck'").fetchone()
    if found is None:
        pytest.skip("needs the contrib modules of PostgreSQL: amcheck")


@pytest.fixture
def role(connection: Connection) -> Iterator[str]:
    """A role that isn't a superuser, and may read what is in the database."""
    name = f"{connection.info.dbname}_reader"
    connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'secret'").format(sql.Identifier(name)))
    connection.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(sql.Identifier(name)))
    yield name
    connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
    connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


@pytest.fixture
def reader(role: str, database: str, point_to: PointTo) -> Iterator[GraphDatabase]:
    """The adapter, connected as that role."""
    point_to(make_conninfo(database, user=role, password="secret"))
    adapter = GraphDatabase()
    adapter.connect()
    yield adapter
    adapter.disconnect()


def extensions(connection: Connection) -> set[str]:
    """The extensions that are installed."""
    return {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}


@pytest.mark.usefixtures("checkable")
class TestCorruption:
    @pytest.mark.parametrize("installed", [False, True], ids=["not installed", "installed"])
    def test_a_sound_database_is_not_corrupted(
        self, graph: GraphDatabase, connection: Connection, rows: Rows, installed: bool
    ) -> None:
        if installed:
            connection.execute("CREATE SCHEMA tools")
            connection.execute("CREATE EXTENSION amcheck SCHEMA tools")
        rows.depends_on(rows.version("flask"), "click")
        before = extensions(connection)
        assert graph.is_database_corrupted() is False
        assert extensions(connection) == before

    @pytest.mark.parametrize("installed", [False, True], ids=["not installed", "installed"])
    def test_a_damaged_index_is_found_and_named_in_the_log(
        self, graph: GraphDatabase, connection: Connection, caplog: pytest.LogCaptureFixture, installed: bool
    ) -> None:
        if installed:
            connection.execute("CREATE EXTENSION amcheck")
        damage(connection)
        before = extensions(connection)
        with caplog.at_level(logging.ERROR, logger=administration.__name__):
            assert graph.is_database_corrupted() is True
        assert "sorted_idx" in caplog.text
        assert extensions(connection) == before
        # the connection of the pool is usable again
        assert graph.get_python_cve_records_count() == 0
        connection.execute("REINDEX INDEX sorted_idx")
        assert graph.is_database_corrupted() is False

    def test_a_role_that_may_not_check_gets_an_error_instead_of_an_answer(
        self, reader: GraphDatabase, connection: Connection
    ) -> None:
        damage(connection)
        for _ in ("not installed", "installed, but not for this role"):
            with pytest.raises(DatabaseError, match="CREATE EXTENSION amcheck") as refused:
                reader.is_database_corrupted()
            assert isinstance(refused.value.__cause__, errors.InsufficientPrivilege)
            connection.execute("CREATE EXTENSION IF NOT EXISTS amcheck")

    def test_a_role_that_was_let_to_can_check(self, reader: GraphDatabase, connection: Connection, role: str) -> None:
        connection.execute("CREATE EXTENSION amcheck")
        grant = "GRANT EXECUTE ON FUNCTION bt_index_check(regclass) TO {}"
        connection.execute(sql.SQL(grant).format(sql.Identifier(role)))
        assert reader.is_database_corrupted() is False

    def test_where_nothing_may_be_created_there_is_an_error_instead_of_an_answer(
        self, graph: GraphDatabase, connection: Connection
    ) -> None:
        # as on a standby
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name))
        graph.disconnect()
        graph.connect()
        with pytest.raises(DatabaseError, match="read-only transaction"):
            graph.is_database_corrupted()
