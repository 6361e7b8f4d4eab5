"""What packages depend on, and what depends on them."""

from __future__ import annotations

import itertools
from contextlib import nullcontext
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
OTHER_INDEX = "https://index.example.com/simple"
WINDOWS, LINUX = 'sys_platform == "win32"', 'sys_platform == "linux"'

Connection = psycopg.Connection[Any]


class TestDependsOn:
    @pytest.fixture(autouse=True)
    def flask(self, rows: Rows) -> int:
        """Flask with dependencies of every kind, in one environment."""
        flask = rows.version("flask", "1.0")
        rows.depends_on(flask, "click", "8.0")
        rows.depends_on(flask, "click", "7.0")
        rows.depends_on(flask, "asgiref", "3.4", extra="async")
        rows.depends_on(flask, "pytest", "6.2", extra="test")
        rows.depends_on(flask, "colorama", "0.4", marker=WINDOWS, marker_evaluation_result=False)
        return flask

    def test_dependencies_are_grouped_by_the_extra_that_asks_for_them(self, connection: Connection) -> None:
        assert queries.get_depends_on(connection, "flask", "1.0", PYPI, **FEDORA) == {
            None: [("click", "7.0"), ("click", "8.0"), ("colorama", "0.4")],
            "async": [("asgiref", "3.4")],
            "test": [("pytest", "6.2")],
        }

    @pytest.mark.parametrize(
        ("extras", "asked_for"),
        [
            (None, {None, "async", "test"}),
            (frozenset(), {None, "async", "test"}),
            (frozenset([None]), {None}),
            (frozenset(["test"]), {"test"}),
            (frozenset([None, "test"]), {None, "test"}),
            (frozenset(["unheard-of"]), set()),
        ],
    )
    def test_extras_choose_groups(
        self, connection: Connection, extras: frozenset[str | None] | None, asked_for: set[str | None]
    ) -> None:
        assert set(queries.get_depends_on(connection, "flask", extras=extras)) == asked_for

    @pytest.mark.parametrize("result", [True, False])
    def test_the_result_of_the_marker_chooses_dependencies(self, connection: Connection, result: bool) -> None:
        answer = queries.get_depends_on(connection, "flask", marker_evaluation_result=result)
        assert (("colorama", "0.4") in answer[None]) is not result

    def test_a_dependency_that_is_known_with_and_without_an_index_stands_once(
        self, connection: Connection, rows: Rows, flask: int
    ) -> None:
        rows.depends_on(flask, "click", "8.0", index_url=PYPI)
        assert queries.get_depends_on(connection, "flask")[None].count(("click", "8.0")) == 1

    def test_a_dependency_under_two_extras_stands_under_both(
        self, connection: Connection, rows: Rows, flask: int
    ) -> None:
        rows.depends_on(flask, "click", "8.0", extra="test")
        answer = queries.get_depends_on(connection, "flask")
        assert ("click", "8.0") in answer[None]
        assert ("click", "8.0") in answer["test"]

    def test_a_dependency_without_a_version_is_answered(self, connection: Connection, rows: Rows, flask: int) -> None:
        rows.depends_on(flask, "unresolved", None, extra="test")
        assert queries.get_depends_on(connection, "flask")["test"] == [("pytest", "6.2"), ("unresolved", None)]

    @pytest.mark.parametrize(
        "others",
        [
            {"package_version": "1.1"},
            {"index_url": OTHER_INDEX},
            {"os_name": "rhel"},
            {"os_version": "36"},
            {"python_version": "3.9"},
        ],
    )
    def test_a_filter_keeps_what_fits_and_only_that(
        self, connection: Connection, rows: Rows, others: dict[str, Any]
    ) -> None:
        other = rows.version("flask", **others)
        rows.depends_on(other, "other", "1.0")
        assert queries.get_depends_on(connection, "flask", **others) == {None: [("other", "1.0")]}
        assert ("other", "1.0") in queries.get_depends_on(connection, "flask")[None]

    def test_what_is_missing_and_what_is_not_can_be_told_apart(self, connection: Connection, rows: Rows) -> None:
        rows.depends_on(rows.version("flask", "1.1", is_missing=True), "other", "1.0")
        assert queries.get_depends_on(connection, "flask", is_missing=True) == {None: [("other", "1.0")]}
        assert ("other", "1.0") not in queries.get_depends_on(connection, "flask", is_missing=False)[None]

    def test_arguments_are_normalised(self, connection: Connection, rows: Rows) -> None:
        rows.depends_on(rows.version("zope-interface", "5.0", **RHEL), "six", "1.0")
        ubi: dict[str, Any] = {"os_name": "ubi", "os_version": "8.5", "python_version": "3.8"}
        alias = "https://pypi.python.org/simple"
        assert queries.get_depends_on(connection, "Zope.Interface", "5.00", alias, **ubi) == {None: [("six", "1.0")]}

    def test_a_known_package_without_dependencies_answers_an_empty_dict(
        self, connection: Connection, rows: Rows
    ) -> None:
        rows.version("six", "1.16.0")
        assert queries.get_depends_on(connection, "six", "1.16.0", PYPI, **FEDORA) == {}

    @pytest.mark.parametrize(
        "filters",
        [{"package_version": "9.9"}, {"index_url": "https://unknown.example.com"}, RHEL, {"is_missing": True}],
    )
    def test_what_no_solver_has_seen_is_an_error(self, connection: Connection, filters: dict[str, Any]) -> None:
        with pytest.raises(NotFoundError, match="flask"):
            queries.get_depends_on(connection, "flask", **filters)


class TestMarkers:
    """Both queries on markers speak of the same dependency."""

    @pytest.fixture(autouse=True)
    def flask(self, rows: Rows) -> int:
        flask = rows.version("flask", "1.0")
        rows.depends_on(flask, "click", "8.0")
        rows.depends_on(flask, "colorama", "0.4", marker=WINDOWS, marker_evaluation_result=False)
        return flask

    @staticmethod
    def ask(
        connection: Connection, name: str, version: str, index_url: str = PYPI, **others: Any
    ) -> tuple[str | None, bool]:
        """The marker and its result."""
        asked = {"dependency_name": name, "dependency_version": version, **FEDORA, **others}
        return (
            queries.get_python_environment_marker(connection, "flask", "1.0", index_url, **asked),
            queries.get_python_environment_marker_evaluation_result(connection, "flask", "1.0", index_url, **asked),
        )

    @pytest.mark.parametrize(
        ("name", "version", "answer"),
        [
            ("click", "8.0", (None, True)),
            ("colorama", "0.4", (WINDOWS, False)),
            ("COLORAMA", "00.4", (WINDOWS, False)),
        ],
    )
    def test_the_marker_and_its_result_are_those_of_the_dependency(
        self, connection: Connection, name: str, version: str, answer: tuple[str | None, bool]
    ) -> None:
        assert self.ask(connection, name, version) == answer

    def test_of_several_markers_one_that_holds_is_answered(
        self, connection: Connection, rows: Rows, flask: int
    ) -> None:
        rows.depends_on(flask, "colorama", "0.4", marker=LINUX, marker_evaluation_result=True)
        assert self.ask(connection, "colorama", "0.4") == (LINUX, True)

    def test_of_several_markers_that_hold_the_one_without_an_extra_is_answered(
        self, connection: Connection, rows: Rows, flask: int
    ) -> None:
        rows.depends_on(flask, "six", "1.0", marker='extra == "test"', extra="test")
        rows.depends_on(flask, "six", "1.0", marker=LINUX)
        assert self.ask(connection, "six", "1.0") == (LINUX, True)

    @pytest.mark.parametrize(("result", "is_found"), [(True, False), (False, True), (None, True)])
    def test_a_marker_can_be_asked_for_by_its_result(
        self, connection: Connection, result: bool | None, is_found: bool
    ) -> None:
        asked = {"dependency_name": "colorama", "dependency_version": "0.4", **FEDORA}
        with nullcontext() if is_found else pytest.raises(NotFoundError, match="colorama"):
            marker = queries.get_python_environment_marker(
                connection, "flask", "1.0", PYPI, marker_evaluation_result=result, **asked
            )
            assert marker == WINDOWS

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "unheard-of"},
            {"version": "8.1"},
            {"index_url": OTHER_INDEX},
            {"os_name": "rhel"},
            {"os_version": "36"},
            {"python_version": "3.9"},
        ],
    )
    def test_what_no_package_asks_for_is_an_error(
        self, connection: Connection, rows: Rows, change: dict[str, Any]
    ) -> None:
        rows.index(OTHER_INDEX)
        asked = {"name": "click", "version": "8.0", **change}
        with pytest.raises(NotFoundError):
            self.ask(connection, **asked)
        dependency = {"dependency_name": asked.pop("name"), "dependency_version": asked.pop("version")}
        where = {"index_url": PYPI, **FEDORA, **asked}
        with pytest.raises(NotFoundError):
            queries.get_python_environment_marker_evaluation_result(connection, "flask", "1.0", **where, **dependency)


class TestDependents:
    @pytest.fixture(autouse=True, params=[0, 2000], ids=["unpopular", "popular"])
    def dependencies_that_are_left_out(self, request: pytest.FixtureRequest, rows: Rows) -> None:
        """Make the package so popular that the query goes another way, by a dependent that has no index."""
        asking = rows.version("asking", index_url=None)
        statement = """
        WITH asked AS (
          INSERT INTO python_package_version_entity (package_name, package_version)
          SELECT 'click', '0.' || number FROM generate_series(1, %s) AS number
          RETURNING id
        )
        INSERT INTO depends_on (version_id, entity_id, version_range, marker_evaluation_result)
        SELECT %s, id, '*', TRUE FROM asked
        """
        rows.connection.execute(statement, (request.param, asking))

    @pytest.mark.parametrize("size", [1, 3, 7])
    def test_pages_make_up_the_whole(self, connection: Connection, rows: Rows, size: int) -> None:
        for environment, name in itertools.product((RHEL, FEDORA), ("zict", "flask", "black")):
            version_id = rows.version(name, "1.0", **environment)
            for version, extra in itertools.product(("7.0", "8.0"), (None, "b", "a")):
                rows.depends_on(version_id, "click", version, extra=extra)
        whole = queries.get_python_package_version_dependents_all(connection, "click", count=None)
        pages = [
            queries.get_python_package_version_dependents_all(connection, "click", start_offset=start, count=size)
            for start in range(0, 12, size)
        ]
        assert len(whole) == 9
        assert list(itertools.chain.from_iterable(pages)) == whole

    def test_how_a_dependent_asks_for_the_package_is_answered(self, connection: Connection, rows: Rows) -> None:
        rows.depends_on(rows.version("flask", "1.0"), "click", "8.0", version_range=">=7", extra="cli", marker="m")
        assert queries.get_python_package_version_dependents_all(connection, "Click") == [
            {
                "package_name": "flask",
                "package_version": "1.0",
                "index_url": PYPI,
                "version_range": ">=7",
                "marker_evaluation_result": True,
                "marker": "m",
                "extra": "cli",
            }
        ]

    def test_versions_and_environments_of_one_dependent_that_ask_alike_stand_once(
        self, connection: Connection, rows: Rows
    ) -> None:
        for environment in (FEDORA, RHEL):
            for version in ("7.0", "8.0"):
                rows.depends_on(rows.version("flask", "1.0", **environment), "click", version)
        assert len(queries.get_python_package_version_dependents_all(connection, "click")) == 1

    def test_the_dependent_that_was_solved_first_is_first_wherever_that_was(
        self, connection: Connection, rows: Rows
    ) -> None:
        for name, environment in (("zict", RHEL), ("flask", FEDORA), ("flask", RHEL), ("zict", FEDORA)):
            rows.depends_on(rows.version(name, "1.0", **environment), "click", "8.0")
        assert dependents(connection, "click") == ["zict", "flask"]
        assert dependents(connection, "click", **FEDORA) == ["flask", "zict"]

    def test_a_record_without_the_dependency_doesn_t_count_for_the_order(
        self, connection: Connection, rows: Rows
    ) -> None:
        rows.version("zict", "1.0", **RHEL)
        rows.depends_on(rows.version("flask", "1.0"), "click", "8.0")
        rows.depends_on(rows.version("zict", "1.0"), "click", "8.0")
        assert dependents(connection, "click") == ["flask", "zict"]

    @pytest.mark.parametrize(("start_offset", "expected"), [(0, [None]), (1, ["a"]), (2, ["b"]), (3, [])])
    def test_a_page_is_a_number_of_ways_to_ask_not_of_versions(
        self, connection: Connection, rows: Rows, start_offset: int, expected: list[str | None]
    ) -> None:
        flask, again = rows.version("flask", "1.0"), rows.version("flask", "1.0", **RHEL)
        for version_id, extra in ((flask, "b"), (flask, None), (again, "a"), (again, "b")):
            rows.depends_on(version_id, "click", "8.0", extra=extra)
        page = queries.get_python_package_version_dependents_all(
            connection, "click", start_offset=start_offset, count=1
        )
        assert [row["extra"] for row in page] == expected

    def test_versions_of_a_package_and_its_indexes_are_told_apart(self, connection: Connection, rows: Rows) -> None:
        other = "https://index.example.com/simple"
        for version, index_url in (("1.0", PYPI), ("2.0", PYPI), ("1.0", other)):
            rows.depends_on(rows.version("flask", version, index_url=index_url), "click", "8.0")
        answer = queries.get_python_package_version_dependents_all(connection, "click", count=None)
        found = [(row["package_version"], row["index_url"]) for row in answer]
        assert found == [("1.0", PYPI), ("2.0", PYPI), ("1.0", other)]

    def test_a_dependent_without_an_index_is_left_out(self, connection: Connection, rows: Rows) -> None:
        rows.depends_on(rows.version("flask", "1.0", index_url=None), "click", "8.0")
        assert queries.get_python_package_version_dependents_all(connection, "click") == []

    @pytest.mark.parametrize("change", [{"os_name": "rhel"}, {"os_version": "36"}, {"python_version": "3.9"}])
    def test_a_filter_keeps_the_dependents_of_an_environment(
        self, connection: Connection, rows: Rows, change: dict[str, Any]
    ) -> None:
        rows.depends_on(rows.version("flask", "1.0"), "click")
        rows.depends_on(rows.version("black", "22.0", **change), "click")
        answer = queries.get_python_package_version_dependents_all(connection, "click", **change)
        assert [row["package_name"] for row in answer] == ["black"]

    def test_an_unknown_package_has_no_dependents(self, connection: Connection) -> None:
        assert queries.get_python_package_version_dependents_all(connection, "unheard-of") == []


def dependents(connection: Connection, package_name: str, **environment: Any) -> list[str]:
    """The names of the dependents, in the order of the answer."""
    answer = queries.get_python_package_version_dependents_all(connection, package_name, **environment)
    return [row["package_name"] for row in answer]


class TestDependentPackages:
    @pytest.fixture(autouse=True)
    def dependents(self, rows: Rows) -> None:
        for environment in (FEDORA, RHEL):
            for version in ("1.0", "1.1"):
                rows.depends_on(rows.version("flask", version, **environment), "click", "8.0")
        rows.depends_on(rows.version("black", "22.0", index_url=None), "click", "8.0")
        rows.depends_on(rows.version("pip-tools", "6.0"), "click", "7.0")

    def test_dependents_of_a_version_are_grouped_by_name(self, connection: Connection) -> None:
        answer = queries.retrieve_dependent_packages(connection, "Click", "8.0")
        assert answer == {"black": ["22.0"], "flask": ["1.0", "1.1"]}

    @pytest.mark.parametrize("asked", [("click", "9.9"), ("unheard-of", "1.0"), ("click",)])
    def test_nothing_found_is_an_empty_dict(self, connection: Connection, asked: tuple[str, ...]) -> None:
        assert queries.retrieve_dependent_packages(connection, *asked) == {}
