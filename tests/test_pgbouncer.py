"""A service behind PgBouncer in transaction mode, where a prepared statement may be in another session than its use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fix_rows import Rows
from thoth_storages import GraphDatabase

PointTo = Callable[[str], None]


@pytest.fixture
def graph_behind_pgbouncer(
    pgbouncer: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch
) -> Iterator[GraphDatabase]:
    """The adapter, connected by way of PgBouncer with prepared statements switched off."""
    point_to(pgbouncer)
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PREPARED_STATEMENTS", "0")
    monkeypatch.setenv("THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE", "0")
    adapter = GraphDatabase()
    adapter.connect()
    yield adapter
    adapter.disconnect()


def test_many_threads_are_answered_over_few_sessions(graph_behind_pgbouncer: GraphDatabase, rows: Rows) -> None:
    rows.depends_on(rows.version("flask", "2.0"), "click", "8.0")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: graph_behind_pgbouncer.get_depends_on("flask", "2.0"), range(200)))
    assert answers == [{None: [("click", "8.0")]}] * 200


def test_writes_go_through_as_well(graph_behind_pgbouncer: GraphDatabase) -> None:
    assert graph_behind_pgbouncer.register_python_package_index("https://example.com/simple")
    assert graph_behind_pgbouncer.get_python_package_index_urls_all() == ["https://example.com/simple"]


def test_long_answers_are_gone_through_over_few_sessions(graph_behind_pgbouncer: GraphDatabase, rows: Rows) -> None:
    for number in range(10):
        rows.version("flask", f"{number}.0")
    first, second = (graph_behind_pgbouncer.iterate_python_package_versions_all() for _ in range(2))
    assert list(zip(first, second, strict=True)) == [
        (version, version) for version in graph_behind_pgbouncer.get_python_package_versions_all()
    ]


def test_the_state_of_the_schema_is_told(graph_behind_pgbouncer: GraphDatabase) -> None:
    assert graph_behind_pgbouncer.is_schema_up2date()
