"""The slow queries of a report, on a server that counts them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from thoth_storages.ephemeral import Cluster
from thoth_storages.report import Section
from thoth_storages.report.parts.statements import statements

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
    for _ in range(3):
        connection.execute("/* get_depends_on */\nSELECT generate_series(1, 2)")
    # another choice of optional lines
    connection.execute("/* get_depends_on */\nSELECT generate_series(1, 4), 1")
    connection.execute("SELECT 1")
    found = by_name(statements(connection))
    _, total, calls, mean, longest, rows = found["get_depends_on"]
    assert (calls, rows) == (4, 10)
    assert mean == pytest.approx(total / 4)
    assert total / 4 <= longest <= total
    assert "" in found


def test_names_are_told_from_remarks(connection: Connection) -> None:
    connection.execute("/* _get_server */\nSELECT 1")
    connection.execute("/* A remark. */ SELECT 2, 2")
    assert {"", "_get_server"} <= set(by_name(statements(connection)))
    assert "A remark." not in by_name(statements(connection))


def test_the_slowest_in_all_come_first(connection: Connection) -> None:
    connection.execute("/* get_fast */ SELECT 1")
    connection.execute("/* get_slow */ SELECT pg_sleep(0.1)")
    (table,) = statements(connection).tables
    assert table.rows[0][0] == "get_slow"


def test_statements_of_other_databases_are_not_counted(connection: Connection, counting: Cluster) -> None:
    with psycopg.connect(counting.conninfo("postgres"), autocommit=True) as elsewhere:
        elsewhere.execute("/* get_elsewhere */ SELECT 1")
    assert "get_elsewhere" not in by_name(statements(connection))


def test_what_a_role_may_not_see_is_said(connection: Connection) -> None:
    connection.execute("/* get_secret */ SELECT 1")
    connection.execute("CREATE ROLE nobody_special")
    try:
        connection.execute("GRANT USAGE ON SCHEMA tools TO nobody_special")
        connection.execute("SET ROLE nobody_special")
        section = statements(connection)
        connection.execute("RESET ROLE")
    finally:
        connection.execute("DROP OWNED BY nobody_special")
        connection.execute("DROP ROLE nobody_special")
    assert "get_secret" not in by_name(section)
    assert any("hidden from this one" in note for note in section.notes)


def test_a_database_without_the_extension_is_told_what_to_do(connection: Connection) -> None:
    connection.execute("DROP EXTENSION pg_stat_statements")
    section = statements(connection)
    assert "CREATE EXTENSION pg_stat_statements" in section.problem
    assert section.tables == ()
