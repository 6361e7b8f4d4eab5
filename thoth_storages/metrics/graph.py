"""Metrics of the graph's database, and of an adapter's pool and caches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from ..graph.answers import Statistics
from ..sql import migrating
from ..sql.migrating import SchemaState
from ..sql.named import queries
from .library import schema_version

Connection = psycopg.Connection[Any]

_POOL_GAUGES = {
    "pool_size": ("connections", "Connections of this process' pool."),
    "pool_available": ("connections_idle", "Connections of this process' pool that nobody uses."),
    "pool_max": ("connections_max", "Most connections of this process' pool."),
    "requests_waiting": ("waiting", "Threads that wait for a connection."),
}
_POOL_COUNTERS = {
    "requests_num": ("requests", "Times that a connection was asked for.", 1),
    "requests_queued": ("requests_queued", "Times that one had to be waited for.", 1),
    "requests_errors": ("requests_errors", "Times that none was had.", 1),
    "requests_wait_ms": ("wait_seconds", "Time that was spent waiting for connections.", 1000),
    "connections_num": ("connects", "Times that the pool connected to the server.", 1),
    "connections_errors": ("connect_errors", "Times that it couldn't.", 1),
    "connections_lost": ("connections_lost", "Connections that were found to be dead.", 1),
}
_CACHE_COUNTERS = {"hits": "Answers that came from a cache.", "misses": "Answers that a cache didn't have."}
_CACHE_GAUGES = {
    "currsize": ("size", "Answers that a cache holds."),
    "maxsize": ("max_size", "Most answers that a cache holds."),
}


def schema(connection: Connection) -> Iterator[Metric]:
    """Tell the newest migration of the database, and how its schema stands to the library's."""
    applied = migrating.applied(connection)
    state = migrating.schema_state(connection)
    if applied:
        yield schema_version("database", "The number of the newest migration that the database has.", applied[-1])
    metric = GaugeMetricFamily(
        "thoth_storages_schema_state", "1 for how the schema stands to the library's.", labels=["state"]
    )
    for each in SchemaState:
        metric.add_metric([each.value], each is state)
    yield metric


def tables(connection: Connection) -> Iterator[Metric]:
    """Estimate the rows of each table, and tell the size of the database."""
    rows = GaugeMetricFamily("thoth_storages_table_rows", "Rows of a table, an estimate.", labels=["table"])
    for table, number in queries._get_estimated_row_counts(connection).items():
        rows.add_metric([table], number)
    yield rows
    size = queries.get_database_size(connection)
    yield GaugeMetricFamily("thoth_storages_database_size_bytes", "Size of the database with its indexes.", value=size)


def connections(connection: Connection) -> Iterator[Metric]:
    """Count the connections to the database, whosoever they are, as the server sees them."""
    metric = GaugeMetricFamily(
        "thoth_storages_database_connections",
        "Connections to the database, by the application's name and by what they do.",
        labels=["application", "state"],
    )
    for labels, number in queries._get_connection_counts(connection).items():
        metric.add_metric(labels, number)
    yield metric


def documents(connection: Connection) -> list[Metric]:
    """Count the documents in the graph."""
    number = GaugeMetricFamily("thoth_storages_synced_documents", "Documents in the graph.", labels=["kind"])
    newest = GaugeMetricFamily(
        "thoth_storages_newest_synced_document_timestamp_seconds",
        "When the newest document in the graph was made.",
        labels=["kind"],
    )
    for kind, documents, made_at in queries._get_synced_document_counts(connection):
        number.add_metric([kind], documents)
        if made_at is not None:
            newest.add_metric([kind], made_at)
    return [number, newest]


def pool(statistics: Mapping[str, int]) -> Iterator[Metric]:
    """Tell what an adapter's pool counted."""
    for key, (name, description) in _POOL_GAUGES.items():
        yield GaugeMetricFamily(f"thoth_storages_pool_{name}", description, value=statistics.get(key, 0))
    for key, (name, description, divisor) in _POOL_COUNTERS.items():
        value = statistics.get(key, 0) / divisor
        yield CounterMetricFamily(f"thoth_storages_pool_{name}", description, value=value)


def caches(statistics: Statistics) -> Iterator[Metric]:
    """Tell what an adapter's caches counted."""
    by_query = statistics["memory_cache_info"]
    for key, description in _CACHE_COUNTERS.items():
        counter = CounterMetricFamily(f"thoth_storages_cache_{key}", description, labels=["query"])
        for query, numbers in by_query.items():
            counter.add_metric([query], numbers[key])
        yield counter
    for key, (name, description) in _CACHE_GAUGES.items():
        gauge = GaugeMetricFamily(f"thoth_storages_cache_{name}", description, labels=["query"])
        for query, numbers in by_query.items():
            gauge.add_metric([query], numbers[key])
        yield gauge
