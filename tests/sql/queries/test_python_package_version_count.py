"""In how many environments solvers have seen versions of Python packages."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries

OTHER = "https://index.example.com/simple"
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}


@pytest.fixture
def versions(rows: Rows) -> None:
    """flask 1.0 in three environments and on a second index, flask 2.0 and numpy 1.0 in one, and one without index."""
    rows.version("flask", "1.0")
    rows.version("flask", "1.0", os_name="rhel", os_version="8", python_version="3.8")
    rows.version("flask", "1.0", os_name="rhel", os_version="9", python_version="3.9")
    rows.version("flask", "1.0", index_url=OTHER)
    rows.version("flask", "2.0", os_name="rhel", os_version="9", python_version="3.9")
    rows.version("numpy", "1.0")
    rows.version("unparsed", "1.0", index_url=None)


@pytest.mark.usefixtures("versions")
class TestCounts:
    """The three ways of counting environments by version."""

    @pytest.mark.parametrize("distinct", [False, True])
    def test_each_version_has_the_number_of_its_environments(
        self, connection: psycopg.Connection, distinct: bool
    ) -> None:
        assert queries.get_python_package_versions_count(connection, distinct=distinct) == {
            ("flask", "1.0", OTHER): 1,
            ("flask", "1.0", PYPI): 3,
            ("flask", "2.0", PYPI): 1,
            ("numpy", "1.0", PYPI): 1,
        }

    @pytest.mark.parametrize("distinct", [False, True])
    def test_the_versions_of_an_index_stand_under_its_address(
        self, connection: psycopg.Connection, distinct: bool
    ) -> None:
        answer = queries.get_python_package_versions_count_per_index(connection, PYPI, distinct=distinct)
        assert answer == {PYPI: {("flask", "1.0"): 3, ("flask", "2.0"): 1, ("numpy", "1.0"): 1}}

    @pytest.mark.parametrize("distinct", [False, True])
    def test_the_versions_of_a_package_stand_by_index(self, connection: psycopg.Connection, distinct: bool) -> None:
        answer = queries.get_python_package_versions_count_per_version(connection, "Flask", distinct=distinct)
        assert answer == {"1.0": {OTHER: 1, PYPI: 3}, "2.0": {PYPI: 1}}

    @pytest.mark.parametrize("environment", [FEDORA, *({name: value} for name, value in FEDORA.items())], ids=str)
    def test_an_environment_leaves_the_versions_seen_in_it(
        self, connection: psycopg.Connection, environment: dict[str, Any]
    ) -> None:
        counted = queries.get_python_package_versions_count(connection, **environment)
        assert counted == {("flask", "1.0", OTHER): 1, ("flask", "1.0", PYPI): 1, ("numpy", "1.0", PYPI): 1}
        per_index = queries.get_python_package_versions_count_per_index(connection, PYPI, **environment)
        assert per_index == {PYPI: {("flask", "1.0"): 1, ("numpy", "1.0"): 1}}
        per_version = queries.get_python_package_versions_count_per_version(connection, "flask", **environment)
        assert per_version == {"1.0": {OTHER: 1, PYPI: 1}}

    def test_a_build_of_a_system_is_asked_for_as_the_system(self, connection: psycopg.Connection) -> None:
        counted = queries.get_python_package_versions_count(connection, os_name="ubi", os_version="8.5")
        assert counted == {("flask", "1.0", PYPI): 1}

    @pytest.mark.parametrize("start_offset", [0, 1000])
    @pytest.mark.parametrize("url", ["https://unknown.example.com/simple", "https://empty.example.com/simple"])
    def test_an_index_without_versions_is_the_key_of_an_empty_dict(
        self, connection: psycopg.Connection, rows: Rows, url: str, start_offset: int
    ) -> None:
        rows.index("https://empty.example.com/simple")
        answer = queries.get_python_package_versions_count_per_index(connection, url, start_offset=start_offset)
        assert answer == {url: {}}

    def test_a_page_beyond_the_end_of_an_index_keeps_its_key(self, connection: psycopg.Connection) -> None:
        answer = queries.get_python_package_versions_count_per_index(connection, PYPI, start_offset=3)
        assert answer == {PYPI: {}}

    def test_an_unknown_package_has_no_versions(self, connection: psycopg.Connection) -> None:
        assert queries.get_python_package_versions_count_per_version(connection, "unknown") == {}

    def test_solvers_count_the_same(self, connection: psycopg.Connection) -> None:
        for stem, arguments in [("count", ()), ("count_per_index", (PYPI,)), ("count_per_version", ("flask",))]:
            plain = getattr(queries, f"get_python_package_versions_{stem}")(connection, *arguments)
            assert getattr(queries, f"get_solved_python_package_versions_{stem}")(connection, *arguments) == plain != {}


@pytest.mark.usefixtures("versions")
class TestVersionsOfEachPackage:
    """_get_python_package_versions_all_count, from which the graph makes a PythonQueryResult."""

    @pytest.mark.parametrize("distinct", [False, True])
    def test_each_package_has_its_number_of_versions_over_all_environments(
        self, connection: psycopg.Connection, distinct: bool
    ) -> None:
        answer = queries._get_python_package_versions_all_count(connection, distinct=distinct)
        assert answer == [("flask", 5, 2), ("numpy", 1, 2)]

    def test_packages_can_come_by_their_number_of_versions(self, connection: psycopg.Connection, rows: Rows) -> None:
        for number in range(6):
            rows.version("zict", f"{number}.0")
        answer = queries._get_python_package_versions_all_count(connection, most_versions_first=True)
        assert answer == [("zict", 6, 3), ("flask", 5, 3), ("numpy", 1, 3)]

    @pytest.mark.parametrize(
        ("page", "expected"),
        [
            ({"count": 1}, [("flask", 5, 2)]),
            ({"start_offset": 1}, [("numpy", 1, 2)]),
            ({"start_offset": 2}, [(None, 0, 2)]),
            ({"count": 0}, [(None, 0, 2)]),
            ({"os_name": "fedora"}, [("flask", 2, 2), ("numpy", 1, 2)]),
            ({"os_version": "9"}, [("flask", 2, 1)]),
            ({"python_version": "3.8"}, [("flask", 1, 1)]),
            ({"os_name": "plan9"}, [(None, 0, 0)]),
        ],
        ids=str,
    )
    def test_the_number_of_packages_is_that_of_all_pages(
        self, connection: psycopg.Connection, page: dict[str, Any], expected: list[tuple[str | None, int, int]]
    ) -> None:
        assert queries._get_python_package_versions_all_count(connection, **page) == expected
