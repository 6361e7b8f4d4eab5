"""Numbers of package versions that are known, yet that no solver has seen."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries

OTHER = "https://index.example.com/simple"
DISABLED = "https://disabled.example.com/simple"
RHEL: list[dict[str, Any]] = [
    {"os_name": "rhel"},
    {"os_version": "8"},
    {"python_version": "3.8"},
    {"os_name": "ubi", "os_version": "8.5", "python_version": "3.10"},
]


@pytest.fixture
def unsolved(rows: Rows) -> None:
    """Three versions of flask and one of numpy that are unsolved, one that is solved, and some that never will be."""
    rows.entity("numpy", "1.0")
    rows.entity("flask", "3.0")
    rows.entity("flask", "3.0", index_url=OTHER)
    rows.entity("flask", "2.0")
    rows.version("flask", "1.0")
    rows.index(DISABLED, enabled=False)
    rows.entity("flask", "4.0", index_url=DISABLED)
    rows.entity("flask", "4.0", index_url=None)
    rows.entity("flask", None)
    rows.rule("flask", entity_ids=(rows.entity("flask", "5.0"),))


@pytest.mark.usefixtures("unsolved")
class TestCounts:
    """The three ways of counting."""

    @pytest.mark.parametrize("distinct", [False, True])
    def test_each_unsolved_version_counts_once(self, connection: psycopg.Connection, distinct: bool) -> None:
        assert queries.get_unsolved_python_package_versions_count(connection, distinct=distinct) == {
            ("flask", "2.0", PYPI): 1,
            ("flask", "3.0", OTHER): 1,
            ("flask", "3.0", PYPI): 1,
            ("numpy", "1.0", PYPI): 1,
        }

    @pytest.mark.parametrize("distinct", [False, True])
    @pytest.mark.parametrize("url", [PYPI, "https://pypi.python.org/simple"])
    def test_the_versions_of_an_index_stand_under_its_address(
        self, connection: psycopg.Connection, url: str, distinct: bool
    ) -> None:
        answer = queries.get_unsolved_python_package_versions_count_per_index(connection, url, distinct=distinct)
        assert answer == {PYPI: {("flask", "2.0"): 1, ("flask", "3.0"): 1, ("numpy", "1.0"): 1}}

    @pytest.mark.parametrize("distinct", [False, True])
    def test_the_versions_of_a_package_stand_by_index(self, connection: psycopg.Connection, distinct: bool) -> None:
        answer = queries.get_unsolved_python_package_versions_count_per_version(connection, "Flask", distinct=distinct)
        assert answer == {"2.0": {PYPI: 1}, "3.0": {OTHER: 1, PYPI: 1}}

    @pytest.mark.parametrize("environment", RHEL, ids=str)
    def test_in_another_environment_there_is_more_to_solve(
        self, connection: psycopg.Connection, environment: dict[str, Any]
    ) -> None:
        counted = queries.get_unsolved_python_package_versions_count(connection, **environment)
        assert len(counted) == 5
        assert counted["flask", "1.0", PYPI] == 1
        per_index = queries.get_unsolved_python_package_versions_count_per_index(connection, PYPI, **environment)
        assert per_index[PYPI]["flask", "1.0"] == 1
        per_version = queries.get_unsolved_python_package_versions_count_per_version(connection, "flask", **environment)
        assert per_version["1.0"] == {PYPI: 1}

    @pytest.mark.parametrize("url", [DISABLED, "https://unknown.example.com/simple"])
    def test_an_index_with_nothing_to_solve_is_the_key_of_an_empty_dict(
        self, connection: psycopg.Connection, url: str
    ) -> None:
        assert queries.get_unsolved_python_package_versions_count_per_index(connection, url) == {url: {}}

    def test_a_page_beyond_the_end_of_an_index_keeps_its_key(self, connection: psycopg.Connection) -> None:
        answer = queries.get_unsolved_python_package_versions_count_per_index(connection, PYPI, start_offset=3)
        assert answer == {PYPI: {}}

    def test_an_unknown_package_has_nothing_to_solve(self, connection: psycopg.Connection) -> None:
        assert queries.get_unsolved_python_package_versions_count_per_version(connection, "unknown") == {}
