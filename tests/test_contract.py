"""What forty services rely on beyond names and arguments."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

import thoth_storages
from tests.fix_rows import YESTERDAY, Rows
from tests.forking import holds_in_child
from thoth_storages import GraphDatabase, queries
from thoth_storages.sql.named import catalog


def answers_a_list(name: str, method: Callable[..., object]) -> bool:
    """Whether a method answers a list, as its query says, or its annotation where Python finishes it."""
    query = catalog.find(name)
    if query and query.header.returns:
        return query.header.returns.is_list
    return str(inspect.signature(method).return_annotation).startswith("list[")


PUBLIC = sorted(name for query in catalog.in_namespace("") for name in query.names if not name.startswith("_"))
# One element an image and one a platform, made of what stands in memory anyway.
SHORT = {"get_thoth_s2i_all", "get_python_package_version_platform_all"}
LISTS = sorted(
    name
    for name, method in inspect.getmembers(GraphDatabase, inspect.isfunction)
    if re.match("(get|retrieve)_", name) and name not in SHORT and answers_a_list(name, method)
)


class TestClass:
    def test_the_constructor_takes_nothing(self) -> None:
        assert list(inspect.signature(GraphDatabase).parameters) == []

    def test_a_page_holds_a_hundred_rows(self) -> None:
        assert GraphDatabase.DEFAULT_COUNT == GraphDatabase().DEFAULT_COUNT == 100

    @pytest.mark.parametrize("name", PUBLIC)
    def test_every_query_is_a_function_on_the_class(self, name: str) -> None:
        function = inspect.getattr_static(GraphDatabase, name)
        assert inspect.isfunction(function)
        assert next(iter(inspect.signature(function).parameters)) == "self"
        assert function.__doc__

    @pytest.mark.parametrize("name", PUBLIC)
    def test_every_page_is_a_hundred_rows_by_default(self, name: str) -> None:
        parameters = inspect.signature(getattr(GraphDatabase, name)).parameters
        if "count" in parameters:
            assert parameters["count"].default == GraphDatabase.DEFAULT_COUNT
            assert parameters["start_offset"].default == 0

    def test_a_method_can_be_stubbed_on_the_class(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(GraphDatabase, "get_depends_on", lambda self, package_name: {None: [(package_name, "1")]})
        assert GraphDatabase().get_depends_on("x") == {None: [("x", "1")]}

    def test_help_reads_well(self) -> None:
        text = inspect.getdoc(GraphDatabase.get_depends_on)
        assert text is not None
        assert text.startswith("Dependencies of a Python package")
        assert "NotFoundError" in text

    def test_the_version_is_told(self) -> None:
        assert thoth_storages.__version__.count(".") == 2

    def test_a_type_error_names_an_unknown_keyword(self) -> None:
        with pytest.raises(TypeError, match=r"get_depends_on\(\) got an unexpected keyword argument 'packagename'"):
            GraphDatabase().get_depends_on(packagename="flask")  # type: ignore[call-arg]


class TestIterating:
    """Each list can be gone through element by element."""

    @pytest.mark.parametrize("name", LISTS)
    def test_it_takes_the_same_arguments_and_everything_by_default(self, name: str) -> None:
        iterating = inspect.signature(getattr(GraphDatabase, re.sub("^[a-z]+", "iterate", name))).parameters
        listing = inspect.signature(getattr(GraphDatabase, name)).parameters
        assert [(each.name, each.kind) for each in iterating.values()] == [
            (each.name, each.kind) for each in listing.values()
        ]
        changed = {each for each in listing if iterating[each].default != listing[each].default}
        assert changed == listing.keys() & {"count"}
        assert all(iterating[each].default is None for each in changed)

    def test_nothing_else_is_named_so(self) -> None:
        iterating = {name for name in dir(GraphDatabase) if name.startswith("iterate_")}
        assert iterating == {re.sub("^[a-z]+", "iterate", name) for name in LISTS}
        assert len(iterating) > 40


class TestAnswers:
    def test_rows_can_stand_in_a_set(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.version("flask", "2.0")
        assert set(graph.get_python_package_versions_all()) == {("flask", "2.0", "https://pypi.org/simple")}

    def test_datetimes_are_naive_and_utc(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.solved(rows.version("flask", "2.0"))
        assert graph.get_last_solver_datetime() == YESTERDAY
        assert dt.datetime.now(dt.UTC).replace(tzinfo=None) > graph.get_last_solver_datetime()

    def test_pages_are_offsets_of_rows(self, graph: GraphDatabase, rows: Rows) -> None:
        for number in range(5):
            rows.version("flask", f"{number}.0")
        whole = graph.get_python_package_versions_all()
        assert [graph.get_python_package_versions_all(start_offset=offset, count=2) for offset in range(5)] == [
            whole[offset : offset + 2] for offset in range(5)
        ]

    def test_count_none_is_everything(self, graph: GraphDatabase, rows: Rows) -> None:
        for number in range(103):
            rows.version("flask", f"{number}.0")
        assert len(graph.get_python_package_versions_all()) == 100
        assert len(graph.get_python_package_versions_all(count=None)) == 103

    @pytest.mark.parametrize("page", [{"count": -1}, {"start_offset": -1}])
    def test_a_negative_page_is_refused(self, graph: GraphDatabase, page: dict[str, int]) -> None:
        ask: Callable[..., object] = graph.get_python_package_versions_all
        with pytest.raises(ValueError, match=f"{next(iter(page))}: -1 is negative"):
            ask(**page)


class TestSharing:
    def test_sixteen_threads_share_one_adapter(self, graph: GraphDatabase, rows: Rows) -> None:
        names = [f"package-{number}" for number in range(40)]
        for name in names:
            rows.depends_on(rows.version(name), "click", "8.0")

        def ask(name: str) -> bool:
            return graph.is_schema_up2date() and graph.get_depends_on(name) == {None: [("click", "8.0")]}

        with ThreadPoolExecutor(16) as threads:
            assert all(threads.map(ask, names * 5))

    def test_a_child_forked_after_connect_asks_on_its_own(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.depends_on(rows.version("flask"), "click", "8.0")
        graph.get_depends_on("flask")
        assert holds_in_child(lambda: graph.get_depends_on("flask", "1.0") == {None: [("click", "8.0")]})
        graph.cache_clear()
        assert graph.get_depends_on("flask") == {None: [("click", "8.0")]}

    def test_children_of_a_child_ask_as_well(self, graph: GraphDatabase) -> None:
        assert holds_in_child(lambda: holds_in_child(lambda: graph.get_python_packages_all() == []))


class TestOwnConnections:
    def test_a_query_runs_inside_the_callers_transaction(self, connection: psycopg.Connection, rows: Rows) -> None:
        with connection.transaction(force_rollback=True):
            rows.version("flask", "2.0")
            assert queries.python_package_exists(connection, "flask")
        assert not queries.python_package_exists(connection, "flask")

    def test_each_public_query_is_there(self) -> None:
        assert set(PUBLIC) <= set(dir(queries))


class TestDebugging:
    @pytest.fixture
    def logged(
        self,
        database: str,
        point_to: Callable[[str], None],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> str:
        """What is logged of one question when statements are to be logged."""
        point_to(database)
        monkeypatch.setenv("KNOWLEDGE_GRAPH_PASSWORD", "hunter2")
        monkeypatch.setenv("THOTH_STORAGES_DEBUG_QUERIES", "1")
        adapter = GraphDatabase()
        with caplog.at_level("INFO"):
            adapter.connect()
            adapter.python_package_exists("Flask_Admin")
        adapter.disconnect()
        return caplog.text

    def test_each_statement_is_logged_with_its_querys_name_parameters_and_time(self, logged: str) -> None:
        assert "python_package_exists" in logged
        assert "{'package_name': 'flask-admin'}" in logged
        assert " ms " in logged
        assert "SELECT" in logged

    def test_a_password_is_never_logged(self, logged: str) -> None:
        assert "hunter2" not in logged

    def test_nothing_is_logged_otherwise(self, graph: GraphDatabase, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level("INFO"):
            graph.python_package_exists("flask")
        assert "SELECT" not in caplog.text
