"""Python packages by name and index."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries

OTHER = "https://index.example.com/simple"

FEDORA: list[dict[str, Any]] = [
    {"os_name": "fedora"},
    {"os_version": "35"},
    {"python_version": "3.10"},
    {"os_name": "fedora", "os_version": "35", "python_version": "3.10"},
]
RHEL: list[dict[str, Any]] = [
    {"os_name": "rhel"},
    {"os_version": "8"},
    {"python_version": "3.8"},
    {"os_name": "ubi", "os_version": "8.5", "python_version": "3.8"},
]


@pytest.fixture
def packages(rows: Rows) -> None:
    """Two versions of flask on two indexes, one of them in two environments, and numpy in the other environment."""
    rows.version("flask", "1.0")
    rows.version("flask", "1.0", os_name="rhel", os_version="8", python_version="3.8")
    rows.version("flask", "2.0")
    rows.version("flask", "1.0", index_url=OTHER)
    rows.version("numpy", "1.0", os_name="rhel", os_version="8", python_version="3.8")


@pytest.mark.usefixtures("packages")
class TestPackages:
    """Packages with their index: get_python_packages_all."""

    def test_a_package_stands_there_for_every_version_and_environment(self, connection: psycopg.Connection) -> None:
        assert queries.get_python_packages_all(connection) == [
            ("flask", OTHER),
            ("flask", PYPI),
            ("flask", PYPI),
            ("flask", PYPI),
            ("numpy", PYPI),
        ]

    def test_distinct_leaves_one_of_each_on_an_index(self, connection: psycopg.Connection) -> None:
        expected = [("flask", OTHER), ("flask", PYPI), ("numpy", PYPI)]
        assert queries.get_python_packages_all(connection, distinct=True) == expected

    @pytest.mark.parametrize("environment", FEDORA, ids=str)
    def test_an_environment_leaves_what_was_seen_in_it(
        self, connection: psycopg.Connection, environment: dict[str, Any]
    ) -> None:
        expected = [("flask", OTHER), ("flask", PYPI), ("flask", PYPI)]
        assert queries.get_python_packages_all(connection, **environment) == expected

    @pytest.mark.parametrize("environment", RHEL, ids=str)
    def test_a_build_of_a_system_is_asked_for_as_the_system(
        self, connection: psycopg.Connection, environment: dict[str, Any]
    ) -> None:
        assert queries.get_python_packages_all(connection, **environment) == [("flask", PYPI), ("numpy", PYPI)]

    def test_a_package_without_an_index_has_no_place_in_the_answer(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        rows.version("unparsed", "1.0", index_url=None)
        assert "unparsed" not in dict(queries.get_python_packages_all(connection))

    def test_the_solved_packages_are_the_same(self, connection: psycopg.Connection) -> None:
        assert queries.get_solved_python_packages_all(connection) == queries.get_python_packages_all(connection)


@pytest.mark.usefixtures("packages")
class TestVersionsOfPackages:
    """Versions grouped by name: get_python_packages_all_versions, and their number."""

    @pytest.mark.parametrize("distinct", [False, True])
    def test_a_version_stands_there_once_whatever_its_environments(
        self, connection: psycopg.Connection, distinct: bool
    ) -> None:
        assert queries.get_python_packages_all_versions(connection, distinct=distinct) == {
            "flask": [("1.0", OTHER), ("1.0", PYPI), ("2.0", PYPI)],
            "numpy": [("1.0", PYPI)],
        }
        assert queries.get_python_packages_count_all(connection, distinct=distinct) == 4

    @pytest.mark.parametrize("environment", FEDORA, ids=str)
    def test_an_environment_leaves_the_versions_seen_in_it(
        self, connection: psycopg.Connection, environment: dict[str, Any]
    ) -> None:
        expected = {"flask": [("1.0", OTHER), ("1.0", PYPI), ("2.0", PYPI)]}
        assert queries.get_python_packages_all_versions(connection, **environment) == expected
        assert queries.get_python_packages_count_all(connection, **environment) == 3

    @pytest.mark.parametrize("environment", RHEL, ids=str)
    def test_a_build_of_a_system_is_asked_for_as_the_system(
        self, connection: psycopg.Connection, environment: dict[str, Any]
    ) -> None:
        expected = {"flask": [("1.0", PYPI)], "numpy": [("1.0", PYPI)]}
        assert queries.get_python_packages_all_versions(connection, **environment) == expected
        assert queries.get_python_packages_count_all(connection, **environment) == 2

    def test_a_page_is_a_number_of_versions_not_of_names(self, connection: psycopg.Connection) -> None:
        page = queries.get_python_packages_all_versions(connection, start_offset=1, count=3)
        assert page == {"flask": [("1.0", PYPI), ("2.0", PYPI)], "numpy": [("1.0", PYPI)]}

    def test_a_version_without_an_index_is_not_counted(self, connection: psycopg.Connection, rows: Rows) -> None:
        rows.version("unparsed", "1.0", index_url=None)
        assert queries.get_python_packages_count_all(connection) == 4
        assert "unparsed" not in queries.get_python_packages_all_versions(connection)

    def test_the_solved_versions_are_the_same(self, connection: psycopg.Connection) -> None:
        expected = queries.get_python_packages_all_versions(connection)
        assert queries.get_solved_python_packages_all_versions(connection) == expected
        assert queries.get_solved_python_packages_count_all(connection) == 4


@pytest.mark.usefixtures("packages")
class TestNames:
    """Names alone: get_python_package_version_names_all, and their number."""

    @pytest.mark.parametrize("sort", [False, True])
    def test_names_come_sorted_once_for_every_version_and_environment(
        self, connection: psycopg.Connection, sort: bool
    ) -> None:
        assert queries.get_python_package_version_names_all(connection, sort=sort) == ["flask"] * 4 + ["numpy"]
        assert queries.get_python_package_version_names_count_all(connection) == 5

    def test_distinct_leaves_one_of_each(self, connection: psycopg.Connection) -> None:
        assert queries.get_python_package_version_names_all(connection, distinct=True) == ["flask", "numpy"]
        assert queries.get_python_package_version_names_count_all(connection, distinct=True) == 2

    @pytest.mark.parametrize(
        ("environments", "expected"), [(FEDORA, ["flask"] * 3), (RHEL, ["flask", "numpy"])], ids=["fedora", "rhel"]
    )
    def test_an_environment_leaves_the_names_seen_in_it(
        self, connection: psycopg.Connection, environments: list[dict[str, Any]], expected: list[str]
    ) -> None:
        for environment in environments:
            assert queries.get_python_package_version_names_all(connection, **environment) == expected
            assert queries.get_python_package_version_names_count_all(connection, **environment) == len(expected)

    @pytest.mark.parametrize(
        ("like", "expected"),
        [
            ("%a%", ["flask"]),
            ("n%", ["numpy"]),
            ("_umpy", ["numpy"]),
            ("numpy", ["numpy"]),
            ("FLASK", []),
            ("num", []),
            ("", []),
        ],
    )
    def test_like_is_a_pattern_that_fits_the_whole_name(
        self, connection: psycopg.Connection, like: str, expected: list[str]
    ) -> None:
        assert queries.get_python_package_version_names_all(connection, distinct=True, like=like) == expected
        assert queries.get_python_package_version_names_count_all(connection, distinct=True, like=like) == len(expected)

    def test_a_package_without_an_index_has_a_name_all_the_same(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        rows.version("unparsed", "1.0", index_url=None)
        assert "unparsed" in queries.get_python_package_version_names_all(connection)


@pytest.mark.parametrize("asked", ["flask-sqlalchemy", "Flask_SQLAlchemy"])
def test_a_package_exists_in_any_spelling_of_its_name(connection: psycopg.Connection, rows: Rows, asked: str) -> None:
    rows.version("flask-sqlalchemy", "1.0", index_url=None)
    assert queries.python_package_exists(connection, asked) is True


def test_a_package_that_no_solver_has_seen_does_not_exist(connection: psycopg.Connection, rows: Rows) -> None:
    rows.entity("flask", "1.0")
    assert queries.python_package_exists(connection, "flask") is False


def test_known_names_are_those_of_solved_and_unsolved_packages(connection: psycopg.Connection, rows: Rows) -> None:
    rows.version("numpy", "1.0")
    rows.entity("flask", "1.0")
    rows.entity("flask", "2.0", index_url=None)
    assert queries.get_python_package_version_entities_names_all(connection) == ["flask", "numpy"]


@pytest.mark.parametrize("distinct", [False, True])
def test_known_versions_are_told_apart_by_index_and_by_the_lack_of_one(
    connection: psycopg.Connection, rows: Rows, distinct: bool
) -> None:
    for package_version, index_url in [("1.0", PYPI), ("1.0", OTHER), ("1.0", None), (None, None)]:
        rows.entity("flask", package_version, index_url=index_url)
    assert queries.get_python_package_version_entities_count_all(connection, distinct=distinct) == 4


@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        ("get_python_packages_all", []),
        ("get_python_packages_all_versions", {}),
        ("get_python_packages_count_all", 0),
        ("get_python_package_version_names_all", []),
        ("get_python_package_version_names_count_all", 0),
        ("get_python_package_version_entities_names_all", []),
        ("get_python_package_version_entities_count_all", 0),
    ],
)
def test_an_empty_graph_answers_nothing(connection: psycopg.Connection, name: str, nothing: Any) -> None:
    assert getattr(queries, name)(connection) == nothing
