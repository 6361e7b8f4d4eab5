"""Going through long answers with the adapter's own connections: what that holds, and when it lets go."""

from __future__ import annotations

import gc
import itertools
import tracemalloc
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Any

import psycopg
import pytest

from tests.cli.samples import sample_values
from tests.fix_rows import Rows
from tests.forking import holds_in_child
from thoth_storages import GraphDatabase, queries
from thoth_storages.exceptions import (
    DatabaseError,
    DatabaseNotInitializedError,
    DatabaseUnreachableError,
    NotConnectedError,
    NotFoundError,
)
from thoth_storages.sql import migrating
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query

PointTo = Callable[[str], None]

LISTS = [query for query in catalog.in_namespace("") if query.source.iterating_names and not query.name.startswith("_")]
MANY = 50_000
# Without the checks of foreign keys, which take most of the time; the rows are as solvers leave them.
FILL = f"""
SET session_replication_role = replica;
INSERT INTO python_package_index (url, verify_ssl) VALUES ('https://pypi.org/simple', TRUE);
INSERT INTO python_package_version
  (package_name, package_version, os_name, os_version, python_version, entity_id, python_package_index_id)
SELECT 'package-' || n / 10, n % 10 || '.0', 'rhel', '8', '3.8', n, 1
FROM generate_series(1, {MANY}) AS n;
"""


@pytest.fixture
def small_pool(database: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch) -> Iterator[GraphDatabase]:
    """An adapter with two connections at most, that soon gives up waiting for one."""
    point_to(database)
    monkeypatch.setenv("KNOWLEDGE_GRAPH_POOL_SIZE", "2")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_POOL_TIMEOUT", "5")
    adapter = GraphDatabase()
    adapter.connect()
    yield adapter
    adapter.disconnect()


@pytest.fixture
def versions(rows: Rows) -> list[str]:
    """Versions of a package, more than a page holds."""
    known = [f"{number}.0" for number in range(120)]
    for version in known:
        rows.version("flask", version)
    return sorted(known)


@pytest.fixture
def indexes(connection: psycopg.Connection) -> None:
    """Five thousand package indexes, more than come from the server at once."""
    connection.execute(
        "INSERT INTO python_package_index (url, verify_ssl)"
        " SELECT 'https://' || n, TRUE FROM generate_series(1, 5000) AS n"
    )


def begin(graph: GraphDatabase) -> Generator[tuple[str, str | None, str], None, None]:
    """An iteration whose first element was taken, so that it holds a connection."""
    iteration = graph.iterate_python_package_versions_all()
    next(iteration)
    return iteration


def length_of(iterate: Callable[[], Iterable[Any]]) -> int:
    return sum(1 for _ in iterate())


def everything_of(query: Query) -> dict[str, Any]:
    """Parameters that ask for all rows, in their order; required ones have some value or other."""
    everything = {"count": None, "randomize": False}
    wanted = {name: value for name, value in everything.items() if name in query.header.signature.names}
    return {**sample_values(query, is_full=False), **wanted}


def answered(ask: Callable[[], Iterable[Any]]) -> list[Any] | None:
    """What is answered, or None when there is no such record."""
    try:
        return list(ask())
    except NotFoundError:
        return None


class TestAnswers:
    def test_everything_comes_unless_a_page_is_asked_for(self, graph: GraphDatabase, versions: list[str]) -> None:
        everything = graph.get_python_package_versions_all(count=None)
        assert list(graph.iterate_python_package_versions_all()) == everything
        assert [version for _, version, _ in everything] == versions
        assert list(graph.iterate_python_package_versions_all(start_offset=5, count=3)) == everything[5:8]

    def test_elements_have_the_form_that_they_have_in_the_list(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.version("flask")
        rows.rule("flask", version_range="<1")
        assert list(graph.iterate_python_package_version_names_all()) == ["flask"]
        assert list(graph.iterate_python_packages_all()) == [("flask", "https://pypi.org/simple")]
        assert list(graph.iterate_python_rule_all()) == graph.get_python_rule_all()
        assert isinstance(next(graph.iterate_python_rule_all()), dict)

    def test_an_alias_is_the_same(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.version("flask")
        assert list(graph.iterate_solved_python_packages_all()) == list(graph.iterate_python_packages_all())

    def test_nothing_known_is_what_the_list_raises_at_the_first_element(self, graph: GraphDatabase) -> None:
        iteration = graph.iterate_python_package_version_import_packages_all("flask")
        with pytest.raises(NotFoundError, match=r"^get_python_package_version_import_packages_all: no record for imp"):
            next(iteration)

    def test_kept_answers_are_not_used(self, graph: GraphDatabase, rows: Rows) -> None:
        assert graph.get_python_cve_records_all("flask") == []
        rows.vulnerability(rows.entity("flask"), "CVE-1")
        assert [record["cve_id"] for record in graph.iterate_python_cve_records_all("flask")] == ["CVE-1"]

    def test_every_list_of_a_filled_graph_is_its_elements(self, original_database: str) -> None:
        filled = 0
        with psycopg.connect(original_database, autocommit=True) as connection:
            # A cursor's plan may be another, and with it the order of a list that promises none.
            connection.execute("SET cursor_tuple_fraction = 1")
            for query in LISTS:
                arguments = everything_of(query)
                listed = answered(partial(query.execute, connection, arguments))
                assert (query.name, answered(partial(query.iterate, connection, arguments))) == (query.name, listed)
                filled += listed not in ([], None)
        assert filled > 15


class TestCalling:
    def test_an_adapter_that_is_not_connected_says_so_at_once(self) -> None:
        with pytest.raises(NotConnectedError, match=r"call connect\(\) first"):
            GraphDatabase().iterate_python_packages_all()

    def test_a_wrong_argument_is_refused_at_once(self, graph: GraphDatabase) -> None:
        with pytest.raises(ValueError, match="count: -1 is negative"):
            graph.iterate_python_packages_all(count=-1)

    def test_a_schema_that_vanished_is_told_at_the_first_element(self, graph: GraphDatabase, database: str) -> None:
        assert list(graph.iterate_python_packages_all()) == []
        with psycopg.connect(database, autocommit=True) as connection:
            migrating.drop_all(connection)
        for _ in range(2):
            iteration = graph.iterate_python_packages_all()
            with pytest.raises(DatabaseNotInitializedError, match="holds no schema"):
                next(iteration)

    def test_it_is_used_as_soon_as_somebody_made_the_schema(self, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        adapter = GraphDatabase()
        adapter.connect()
        iteration = adapter.iterate_python_packages_all()
        migrating.migrate(empty_database)
        assert list(iteration) == []
        adapter.disconnect()


class TestConnections:
    def test_one_that_nobody_began_holds_none(self, small_pool: GraphDatabase, versions: list[str]) -> None:
        waiting = [small_pool.iterate_python_package_versions_all() for _ in range(5)]
        assert len(list(waiting[0])) == len(versions)

    @pytest.mark.usefixtures("versions")
    def test_each_under_way_counts_in_the_pool(
        self, small_pool: GraphDatabase, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = begin(small_pool), begin(small_pool)
        monkeypatch.setattr(small_pool.database._live_pool(), "timeout", 0.2)
        with pytest.raises(DatabaseUnreachableError, match="all 2 are in use; raise KNOWLEDGE_GRAPH_POOL_SIZE"):
            begin(small_pool)
        assert len(list(first)) == len(list(second)) == 119

    @pytest.mark.usefixtures("versions")
    def test_going_through_to_the_end_gives_it_back(self, small_pool: GraphDatabase) -> None:
        for _ in range(5):
            assert len(list(small_pool.iterate_python_package_versions_all())) == 120

    @pytest.mark.usefixtures("versions")
    def test_leaving_early_gives_it_back(self, small_pool: GraphDatabase) -> None:
        for _ in range(5):
            for _ in small_pool.iterate_python_package_versions_all():
                break

    @pytest.mark.usefixtures("versions")
    def test_closing_gives_it_back(self, small_pool: GraphDatabase) -> None:
        kept = []
        for _ in range(5):
            with closing(small_pool.iterate_python_package_versions_all()) as iteration:
                next(iteration)
            kept.append(iteration)
        assert [list(iteration) for iteration in kept] == [[]] * 5

    @pytest.mark.usefixtures("versions")
    def test_garbage_gives_it_back(self, small_pool: GraphDatabase) -> None:
        for _ in range(5):
            circle: list[Any] = [begin(small_pool)]
            circle.append(circle)
            del circle
            gc.collect()

    @pytest.mark.usefixtures("versions")
    def test_garbage_that_is_collected_inside_the_pool_does_not_hang(self, small_pool: GraphDatabase) -> None:
        iteration = begin(small_pool)
        with small_pool.database._live_pool()._lock:  # as this thread has it while it borrows a connection
            iteration.close()
        for _ in range(5):
            assert len(list(begin(small_pool))) == 119

    @pytest.mark.usefixtures("versions")
    def test_no_transaction_and_no_cursor_is_left_behind(self, small_pool: GraphDatabase, connection: Any) -> None:
        for take in (1, 1000):
            iteration = small_pool.iterate_python_package_versions_all()
            assert list(itertools.islice(iteration, take))
            iteration.close()
            small_pool.database.read(lambda lent: lent.execute("SELECT 1"))
        states = connection.execute(
            "SELECT DISTINCT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        ).fetchall()
        assert states == [("idle",)]

    def test_other_questions_can_be_asked_meanwhile(self, small_pool: GraphDatabase, versions: list[str]) -> None:
        asked = [
            small_pool.get_python_package_versions_count_all(name, version)
            for name, version, _ in small_pool.iterate_python_package_versions_all()
        ]
        assert asked == [1] * len(versions)

    def test_threads_go_through_answers_at_the_same_time(self, graph: GraphDatabase, versions: list[str]) -> None:
        with ThreadPoolExecutor(8) as threads:
            lengths = threads.map(lambda _: len(list(graph.iterate_python_package_versions_all())), range(32))
        assert set(lengths) == {len(versions)}

    @pytest.mark.usefixtures("versions")
    def test_disconnecting_lets_one_under_way_end(self, graph: GraphDatabase) -> None:
        iteration = begin(graph)
        graph.disconnect()
        assert len(list(iteration)) == 119
        graph.connect()

    def test_a_connection_that_the_server_closed_is_replaced(
        self, small_pool: GraphDatabase, versions: list[str], connection: Any
    ) -> None:
        begin(small_pool)
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        assert len(list(small_pool.iterate_python_package_versions_all())) == len(versions)

    @pytest.mark.usefixtures("indexes")
    def test_rows_are_those_of_the_beginning(self, graph: GraphDatabase, connection: Any) -> None:
        iteration = graph.iterate_python_package_index_urls_all()
        next(iteration)
        connection.execute("DELETE FROM python_package_index")
        assert len(list(iteration)) == 4999


@pytest.mark.usefixtures("indexes")
class TestFork:
    """Of an answer that the server still holds a part of."""

    def test_a_child_is_told_to_begin_another_one_and_can(self, graph: GraphDatabase) -> None:
        iteration = graph.iterate_python_package_index_urls_all()
        next(iteration)

        def begins_another() -> bool:
            with pytest.raises(DatabaseError, match="began in the parent process"):
                list(iteration)
            return len(list(graph.iterate_python_package_index_urls_all())) == 5000

        assert holds_in_child(begins_another)
        assert len(list(iteration)) == 4999

    def test_a_child_that_drops_it_leaves_the_parents_alone(self, graph: GraphDatabase) -> None:
        circle: list[Any] = [graph.iterate_python_package_index_urls_all()]
        circle.append(circle)
        next(circle[0])

        def drops_it() -> bool:
            circle.clear()
            gc.collect()
            return len(graph.get_python_package_index_urls_all()) == 5000

        assert holds_in_child(drops_it)
        assert len(list(circle[0])) == 4999

    def test_a_child_begins_one_that_the_parent_only_made(self, graph: GraphDatabase) -> None:
        iteration = graph.iterate_python_package_index_urls_all()
        assert holds_in_child(lambda: len(list(iteration)) == 5000)
        assert len(list(iteration)) == 5000


class TestMemory:
    """Of 50,000 rows, as Python allocates it."""

    @pytest.fixture
    def many(self, graph: GraphDatabase, connection: psycopg.Connection) -> GraphDatabase:
        """A graph of so many versions of packages."""
        connection.execute(FILL)
        return graph

    @staticmethod
    def traced(action: Callable[[], Any]) -> tuple[int, int, int]:
        """What an action answers, what is left of it in bytes, and the most that there was until then."""
        gc.collect()
        tracemalloc.start()
        try:
            answer = action()
            left, peak = tracemalloc.get_traced_memory()
            return answer if isinstance(answer, int) else len(answer), left, peak
        finally:
            tracemalloc.stop()

    def test_a_list_takes_little_more_than_itself_and_an_iteration_nearly_nothing(self, many: GraphDatabase) -> None:
        many.get_python_package_versions_all(count=1)
        for ask, size in (
            (many.get_python_package_versions_all, 10_000_000),
            (many.get_python_package_version_names_all, 2_500_000),
        ):
            length, left, peak = self.traced(partial(ask, count=None))
            assert length == MANY
            assert size < left < peak < 1.2 * left
        for iterate in (many.iterate_python_package_versions_all, many.iterate_python_package_version_names_all):
            length, _, peak = self.traced(partial(length_of, iterate))
            assert length == MANY
            assert peak < 3_000_000


def test_the_callers_own_connection_can_be_used_meanwhile(connection: psycopg.Connection, versions: list[str]) -> None:
    asked = [
        queries.get_python_package_versions_count_all(connection, name, version)
        for name, version, _ in queries.iterate_python_package_versions_all(connection)
    ]
    assert asked == [1] * len(versions)
