"""The slow queries of a report, on a server that counts them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.cli.calling import call, succeed
from tests.fix_postgres import PointTo
from thoth_storages import queries
from thoth_storages.ephemeral import Cluster
from thoth_storages.report import Section
from thoth_storages.report.parts import naming
from thoth_storages.report.parts.statements import statements, top
from thoth_storages.sql.migrating import migrate

Connection = psycopg.Connection[Any]

_numbers = itertools.count()


@pytest.fixture(scope="module")
def counting() -> Iterator[Cluster]:
    """A server that counts statements."""
    with Cluster(settings={"shared_preload_libraries": "pg_stat_statements"}) as cluster:
        yield cluster


@pytest.fixture
def connection(counting: Cluster) -> Iterator[Connection]:
    """A connection to a new database with the extension."""
    name = f"counting_{next(_numbers)}"
    with psycopg.connect(counting.create_database(name), autocommit=True) as connected:
        connected.execute("CREATE SCHEMA tools")
        connected.execute("CREATE EXTENSION pg_stat_statements SCHEMA tools")
        connected.execute("SELECT tools.pg_stat_statements_reset()")
        yield connected
    counting.drop_database(name)


def by_name(section: Section) -> dict[str, tuple[Any, ...]]:
    (table,) = section.tables
    return {row[0]: tuple(row) for row in table.rows}


def test_statements_are_counted_by_the_names_of_queries(connection: Connection) -> None:
    migrate(connection.info.dsn)
    for count in (1, 2, 3):
        queries.get_python_package_versions_all(connection, count=count)
    # another choice of optional lines
    queries.get_python_package_versions_all(connection, package_name="flask")
    connection.execute("SELECT 1")
    found = by_name(statements(connection))
    _, total, calls, mean, longest, rows = found["get_python_package_versions_all"]
    assert (calls, rows) == (4, 0)
    assert mean == pytest.approx(total / 4)
    assert total / 4 <= longest <= total
    assert found[""][2] >= 1


def test_the_slowest_in_all_come_first(connection: Connection) -> None:
    connection.execute("SELECT pg_sleep(0.1)")
    queries._get_server(connection)
    (table,) = statements(connection).tables
    assert table.rows[0][0] == ""
    assert table.rows[0][1] >= 100


def test_statements_of_other_databases_are_not_counted(connection: Connection, counting: Cluster) -> None:
    with psycopg.connect(counting.conninfo("postgres"), autocommit=True) as elsewhere:
        queries.get_database_size(elsewhere)
    assert "get_database_size" not in by_name(statements(connection))


def test_what_a_role_may_not_see_is_said(connection: Connection) -> None:
    queries.get_database_size(connection)
    connection.execute("CREATE ROLE nobody_special")
    try:
        connection.execute("GRANT USAGE ON SCHEMA tools TO nobody_special")
        connection.execute("SET ROLE nobody_special")
        section = statements(connection)
        connection.execute("RESET ROLE")
    finally:
        connection.execute("DROP OWNED BY nobody_special")
        connection.execute("DROP ROLE nobody_special")
    assert "get_database_size" not in by_name(section)
    assert any("hidden from this one" in note for note in section.notes)


def test_the_command_line_lists_what_took_the_most_time(connection: Connection, point_to: PointTo) -> None:
    migrate(connection.info.dsn)
    queries.get_python_package_versions_all(connection)
    queries.get_python_package_versions_all(connection, package_name="flask")
    point_to(connection.info.dsn)
    found = {each["name"]: each for each in json.loads(succeed("sql", "top", "--count", "1000", "--output", "json"))}
    counted = found["get_python_package_versions_all"]
    assert (counted["calls"], counted["rows"]) == (2, 0)
    assert counted["mean_ms"] == pytest.approx(counted["total_ms"] / 2, abs=0.1)
    lines = succeed("sql", "top", "--count", "1").splitlines()
    assert (lines[0].split()[:2], len(lines)) == (["NAME", "TOTAL"], 3)
    connection.execute("DROP EXTENSION pg_stat_statements")
    result = call("sql", "top")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The extension pg_stat_statements isn't installed in this database")


def test_queries_that_the_server_counts_as_one_stand_in_one_line_with_all_their_names(connection: Connection) -> None:
    # they differ in a constant, and the server keeps the text of whichever came first
    for _ in range(2):
        queries._get_amcheck_schema(connection)
    found = {each.name: each for each in top(connection) or ()}
    assert found["_get_amcheck_schema, _get_pg_stat_statements_schema"].calls == 3


def test_queries_that_do_the_same_are_told_by_all_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = naming._Lines("a_name", frozenset({"SELECT ?"}), frozenset({"SELECT ?"}))
    monkeypatch.setattr(naming, "_queries", lambda: (lines, lines._replace(name="other_name")))
    assert naming.names_of("/* other_name */\nSELECT 1") == ("other_name", "a_name")
    assert naming.names_of("SELECT 1") == ("a_name", "other_name")
    assert naming.names_of("SELECT now()") == ()


def test_a_database_without_the_extension_is_told_what_to_do(connection: Connection) -> None:
    connection.execute("DROP EXTENSION pg_stat_statements")
    section = statements(connection)
    assert "CREATE EXTENSION pg_stat_statements" in section.problem
    assert section.tables == ()
