"""Versions of Python packages that solvers have seen."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries

OTHER = "https://index.example.com/simple"
ALL = [("flask", "1.0", OTHER), ("flask", "1.0", PYPI), ("flask", "1.0", PYPI), ("flask", "2.0", PYPI)]
ALL += [("numpy", "1.0", PYPI)]

FILTERS: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({}, ALL),
    ({"package_name": "flask"}, ALL[:4]),
    ({"package_name": "Flask"}, ALL[:4]),
    ({"package_version": "1.0"}, ALL[:3] + ALL[4:]),
    ({"package_name": "flask", "package_version": "2.0.0"}, []),
    ({"index_url": OTHER}, ALL[:1]),
    ({"index_url": "https://pypi.python.org/simple"}, ALL[1:]),
    ({"index_url": "https://unknown.example.com"}, []),
    ({"package_name": "flask", "package_version": "1.0", "index_url": PYPI}, ALL[1:3]),
    ({"os_name": "rhel"}, [ALL[1], ALL[4]]),
    ({"os_version": "8"}, [ALL[1], ALL[4]]),
    ({"python_version": "3.8"}, [ALL[1], ALL[4]]),
    ({"os_name": "ubi", "os_version": "8.6"}, [ALL[1], ALL[4]]),
    ({"os_version": "8.6"}, []),
    ({"os_name": "fedora", "os_version": "35", "python_version": "3.10"}, [*ALL[:2], ALL[3]]),
    ({"is_missing": True}, ALL[3:4]),
    ({"is_missing": False}, [*ALL[:3], ALL[4]]),
    ({"package_name": "unknown"}, []),
]


@pytest.fixture
def versions(rows: Rows) -> None:
    """Put the versions of ``ALL`` into the graph, and one without an index."""
    rows.version("numpy", "1.0", os_name="rhel", os_version="8", python_version="3.8")
    rows.version("flask", "2.0", is_missing=True)
    rows.version("flask", "1.0", os_name="rhel", os_version="8", python_version="3.8")
    rows.version("flask", "1.0")
    rows.version("flask", "1.0", index_url=OTHER)
    rows.version("unparsed", "1.0", index_url=None)


@pytest.mark.usefixtures("versions")
class TestVersions:
    """get_python_package_versions_all and its number."""

    @pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
    def test_a_filter_leaves_what_fits(
        self, connection: psycopg.Connection, filters: dict[str, Any], expected: list[tuple[str, str, str]]
    ) -> None:
        assert queries.get_python_package_versions_all(connection, **filters) == expected
        assert queries.get_python_package_versions_count_all(connection, **filters) == len(expected)

    @pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
    def test_distinct_leaves_one_of_each(
        self, connection: psycopg.Connection, filters: dict[str, Any], expected: list[tuple[str, str, str]]
    ) -> None:
        unique = list(dict.fromkeys(expected))
        assert queries.get_python_package_versions_all(connection, **filters, distinct=True) == unique
        assert queries.get_python_package_versions_count_all(connection, **filters, distinct=True) == len(unique)

    def test_name_version_and_index_may_be_given_by_position(self, connection: psycopg.Connection) -> None:
        assert queries.get_python_package_versions_all(connection, "flask", "1.0", OTHER) == ALL[:1]
        assert queries.get_python_package_versions_count_all(connection, "flask", "1.0", OTHER) == 1

    def test_rows_are_tuples_that_go_into_sets(self, connection: psycopg.Connection) -> None:
        assert set(queries.get_python_package_versions_all(connection)) == set(ALL)

    def test_a_page_has_a_hundred_rows_unless_told_otherwise(self, connection: psycopg.Connection, rows: Rows) -> None:
        for number in range(100):
            rows.version("zict", f"{number}.0")
        assert len(queries.get_python_package_versions_all(connection)) == 100
        assert len(queries.get_python_package_versions_all(connection, count=None)) == 105
        assert len(queries.get_python_package_versions_all(connection, start_offset=100, count=None)) == 5
        assert queries.get_python_package_versions_all(connection, count=0) == []

    def test_the_solved_versions_are_the_same(self, connection: psycopg.Connection) -> None:
        assert queries.get_solved_python_package_versions_all(connection) == ALL
        assert queries.get_solved_python_package_versions_count_all(connection, distinct=True) == 4


def test_a_version_is_found_in_any_spelling(connection: psycopg.Connection, rows: Rows) -> None:
    rows.version("zope-interface", "1.0rc1")
    expected = [("zope-interface", "1.0rc1", PYPI)]
    assert queries.get_python_package_versions_all(connection, "zope.interface", "1.0-RC1") == expected


@pytest.mark.usefixtures("versions")
class TestNamesOfAnIndex:
    """get_python_package_versions_per_index."""

    def test_a_name_stands_there_for_every_version_and_environment(self, connection: psycopg.Connection) -> None:
        answer = queries.get_python_package_versions_per_index(connection, PYPI)
        assert answer == {PYPI: ["flask", "flask", "flask", "numpy"]}

    def test_distinct_leaves_one_of_each(self, connection: psycopg.Connection) -> None:
        answer = queries.get_python_package_versions_per_index(connection, index_url=PYPI, distinct=True)
        assert answer == {PYPI: ["flask", "numpy"]}

    @pytest.mark.parametrize("url", ["https://empty.example.com/simple", "https://unknown.example.com/simple"])
    def test_an_index_without_packages_is_the_key_of_an_empty_list(
        self, connection: psycopg.Connection, rows: Rows, url: str
    ) -> None:
        rows.index("https://empty.example.com/simple")
        assert queries.get_python_package_versions_per_index(connection, url) == {url: []}

    def test_the_key_is_the_address_in_use_of_an_older_one(self, connection: psycopg.Connection) -> None:
        older = "https://pypi.python.org/simple"
        answer = queries.get_python_package_versions_per_index(connection, older, distinct=True)
        assert answer == {PYPI: ["flask", "numpy"]}
