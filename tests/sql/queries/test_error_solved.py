"""Package versions and documents of solver runs that ended in an error."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries

OTHER = "https://index.example.com/simple"
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
ALL = [("flask", "1.0", OTHER), ("flask", "1.0", PYPI), ("flask", "1.0", PYPI), ("numpy", "2.0", PYPI)]
DOCUMENTS = ["solver-4", "solver-1", "solver-2", "solver-3"]

# which of ALL and DOCUMENTS a filter leaves
FILTERS: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [0, 1, 2, 3]),
    ({"package_name": "Flask"}, [0, 1, 2]),
    ({"package_version": "2.0"}, [3]),
    ({"index_url": OTHER}, [0]),
    ({"index_url": "https://pypi.python.org/simple"}, [1, 2, 3]),
    ({"index_url": "https://unknown.example.com"}, []),
    ({"package_name": "flask", "package_version": "1.0", "index_url": PYPI}, [1, 2]),
    ({"os_name": "rhel"}, [2]),
    ({"os_version": "8"}, [2]),
    ({"python_version": "3.8"}, [2]),
    ({"os_name": "ubi", "os_version": "8.4", "python_version": "3.8"}, [2]),
    ({"unsolvable": True}, [2]),
    ({"unparseable": True}, [3]),
    ({"unparseable": True, "package_name": "flask"}, []),
    ({"package_name": "pytest"}, []),
]


@pytest.fixture
def errors(rows: Rows) -> None:
    """Errors on the versions of ``ALL`` in the documents of the same place, and a version without an error."""
    rows.solved(rows.version("flask", "1.0"), "solver-1", error=True)
    rows.solved(rows.version("flask", "1.0", **RHEL), "solver-2", error=True, error_unsolvable=True)
    rows.solved(rows.version("numpy", "2.0"), "solver-3", error=True, error_unparseable=True)
    rows.solved(rows.version("flask", "1.0", index_url=OTHER), "solver-4", error=True)
    rows.solved(rows.version("pytest", "1.0"), "solver-5")


@pytest.mark.usefixtures("errors")
class TestErrors:
    """The versions, their number, and the documents, all with the same filters."""

    @pytest.mark.parametrize(("filters", "left"), FILTERS, ids=str)
    def test_a_filter_leaves_the_versions_that_fit(
        self, connection: psycopg.Connection, filters: dict[str, Any], left: list[int]
    ) -> None:
        answer = queries.get_error_solved_python_package_versions_all(connection, **filters)
        assert answer == [ALL[number] for number in left]
        assert queries.get_error_solved_python_package_versions_count_all(connection, **filters) == len(left)

    @pytest.mark.parametrize(("filters", "left"), FILTERS, ids=str)
    def test_distinct_leaves_a_version_once_whatever_its_environments(
        self, connection: psycopg.Connection, filters: dict[str, Any], left: list[int]
    ) -> None:
        unique = list(dict.fromkeys(ALL[number] for number in left))
        assert queries.get_error_solved_python_package_versions_all(connection, **filters, distinct=True) == unique
        number = queries.get_error_solved_python_package_versions_count_all(connection, **filters, distinct=True)
        assert number == len(unique)

    @pytest.mark.parametrize(("filters", "left"), FILTERS, ids=str)
    def test_a_filter_leaves_the_documents_that_hold_such_an_error(
        self, connection: psycopg.Connection, filters: dict[str, Any], left: list[int]
    ) -> None:
        expected = sorted(DOCUMENTS[number] for number in left)
        assert queries.get_error_solved_document_id_all(connection, **filters) == expected

    @pytest.mark.parametrize(
        "name",
        [
            "get_error_solved_python_package_versions_all",
            "get_error_solved_python_package_versions_count_all",
            "get_error_solved_document_id_all",
        ],
    )
    def test_unsolvable_and_unparseable_exclude_each_other(self, connection: psycopg.Connection, name: str) -> None:
        with pytest.raises(ValueError, match=r"either unsolvable or unparseable"):
            getattr(queries, name)(connection, unsolvable=True, unparseable=True)

    def test_a_version_with_two_failed_runs_in_an_environment_stands_there_once(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        rows.solved(rows.version("flask", "1.0", index_url=OTHER), "solver-6", error=True)
        assert queries.get_error_solved_python_package_versions_all(connection, index_url=OTHER) == ALL[:1]
        assert queries.get_error_solved_document_id_all(connection, index_url=OTHER) == ["solver-4", "solver-6"]

    def test_a_version_whose_later_run_succeeded_had_an_error_all_the_same(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        rows.solved(rows.version("flask", "1.0", index_url=OTHER), "solver-6")
        assert queries.get_error_solved_python_package_versions_all(connection, index_url=OTHER) == ALL[:1]

    def test_a_version_without_an_index_has_a_document_but_no_place_among_the_versions(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        rows.solved(rows.version("broken", "1.0", index_url=None), "solver-0", error=True, error_unparseable=True)
        assert queries.get_error_solved_python_package_versions_all(connection, "broken") == []
        assert queries.get_error_solved_python_package_versions_count_all(connection, "broken") == 0
        assert queries.get_error_solved_document_id_all(connection, "broken") == ["solver-0"]


class TestDocuments:
    """What only get_error_solved_document_id_all has."""

    @pytest.fixture
    def document(self, rows: Rows) -> None:
        """One document with errors on three versions, and one with another error."""
        for number in range(3):
            rows.solved(rows.version("flask", f"{number}.0"), "solver-1", error=True)
        rows.solved(rows.version("numpy", "1.0"), "solver-2", error=True)

    @pytest.mark.usefixtures("document")
    def test_a_document_stands_there_for_every_version_unless_distinct(self, connection: psycopg.Connection) -> None:
        assert queries.get_error_solved_document_id_all(connection) == ["solver-1"] * 3 + ["solver-2"]
        assert queries.get_error_solved_document_id_all(connection, distinct=True) == ["solver-1", "solver-2"]

    @pytest.mark.usefixtures("document")
    @pytest.mark.parametrize(
        ("page", "expected"),
        [
            ({"start_offset": 2, "count": 1}, ["solver-1"]),
            ({"start_offset": 2, "count": 1, "limit_results": False}, ["solver-1"] * 3 + ["solver-2"]),
            ({"count": 0, "limit_results": False, "distinct": True}, ["solver-1", "solver-2"]),
        ],
        ids=str,
    )
    def test_without_limited_results_there_is_no_page(
        self, connection: psycopg.Connection, page: dict[str, Any], expected: list[str]
    ) -> None:
        assert queries.get_error_solved_document_id_all(connection, **page) == expected

    def test_an_error_on_a_package_that_is_not_provided_has_a_document(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        rows.insert(
            "solved",
            datetime="2022-01-01",
            document_id="solver-9",
            error=True,
            error_unparseable=False,
            error_unsolvable=False,
            is_provided=False,
            ecosystem_solver_id=rows.solver(**RHEL),
            version_id=None,
        )
        assert queries.get_error_solved_document_id_all(connection) == ["solver-9"]
        assert queries.get_error_solved_document_id_all(connection, **RHEL) == ["solver-9"]
        assert queries.get_error_solved_document_id_all(connection, os_name="fedora") == []
        assert queries.get_error_solved_document_id_all(connection, "flask") == []
