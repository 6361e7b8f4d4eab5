"""Metrics of the graph's database, and of an adapter's pool and caches."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from tests.metrics.reading import labelled, samples_of
from thoth_storages import GraphDatabase
from thoth_storages.metrics import graph as parts
from thoth_storages.sql import migrating
from thoth_storages.sql.migrating import SchemaState

Connection = psycopg.Connection[Any]


def states(connection: Connection) -> dict[str, float]:
    return labelled(samples_of(parts.schema(connection)), "schema_state", "state")


class TestTheSchema:
    def test_of_a_current_database_has_the_librarys_number(self, connection: Connection) -> None:
        samples = samples_of(parts.schema(connection))
        assert samples["database_schema_version"] == int(migrating.head().split(".")[0])
        assert labelled(samples, "schema_state", "state") == {
            state.value: state.value == "current" for state in SchemaState
        }

    def test_of_an_empty_database_has_no_number(self, empty_database: str) -> None:
        with psycopg.connect(empty_database, autocommit=True) as connection:
            samples = samples_of(parts.schema(connection))
        assert "database_schema_version" not in samples
        assert samples['schema_state{state="empty"}'] == 1

    def test_that_is_older_is_told(self, database: str, connection: Connection) -> None:
        migrating.rollback(database, count=1)
        samples = samples_of(parts.schema(connection))
        assert samples["database_schema_version"] < int(migrating.head().split(".")[0])
        assert samples['schema_state{state="older"}'] == 1


def test_tables_have_rows_and_the_database_a_size(connection: Connection, rows: Rows) -> None:
    rows.index()
    connection.execute("ANALYZE python_package_index")
    samples = samples_of(parts.tables(connection))
    assert samples['table_rows{table="python_package_index"}'] == 1
    assert samples["database_size_bytes"] > 1_000_000


def test_connections_are_those_of_everybody(database: str, connection: Connection) -> None:
    with psycopg.connect(database, application_name="adviser"):
        samples = samples_of(parts.connections(connection))
    assert samples['database_connections{application="adviser",state="idle"}'] == 1


def test_documents_of_a_kind_without_any_have_no_newest(connection: Connection, rows: Rows) -> None:
    rows.adviser_run("adviser-1")
    samples = samples_of(parts.documents(connection))
    assert labelled(samples, "synced_documents", "kind")["adviser"] == 1
    assert labelled(samples, "synced_documents", "kind")["solver"] == 0
    assert list(labelled(samples, "newest_synced_document_timestamp_seconds", "kind")) == ["adviser"]


class TestThePool:
    def test_that_was_never_used_has_its_size_and_zeros(self, graph: GraphDatabase) -> None:
        samples = samples_of(parts.pool(graph.database.statistics()))
        assert samples["pool_connections_max"] == 10
        assert {value for name, value in samples.items() if name != "pool_connections_max"} == {0}

    def test_counts_what_it_was_asked_for(self, graph: GraphDatabase) -> None:
        for _ in range(3):
            graph.get_ecosystem_solver_all()
        samples = samples_of(parts.pool(graph.database.statistics()))
        assert samples["pool_requests_total"] == 3
        assert samples["pool_connections"] == samples["pool_connections_idle"] == samples["pool_connects_total"] == 1


@pytest.mark.parametrize(("asked", "hits", "misses"), [(0, 0, 0), (1, 0, 1), (3, 2, 1)])
def test_caches_count_hits_and_misses_by_query(
    graph: GraphDatabase, rows: Rows, asked: int, hits: int, misses: int
) -> None:
    rows.version("flask")
    for _ in range(asked):
        graph.get_depends_on("flask")
    samples = samples_of(parts.caches(graph.stats()))
    assert samples['cache_hits_total{query="get_depends_on"}'] == hits
    assert samples['cache_misses_total{query="get_depends_on"}'] == misses
    assert samples['cache_size{query="get_depends_on"}'] == misses
    assert samples['cache_max_size{query="get_depends_on"}'] == 8192
