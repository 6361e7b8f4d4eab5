"""Solvers, their runs and documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import YESTERDAY, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

OTHER_INDEX = "https://index.example.com/simple"
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
FILTERS: list[dict[str, Any]] = [{"os_name": "rhel"}, {"os_version": "36"}, {"python_version": "3.9"}]

Connection = psycopg.Connection[Any]


def hours(number: int) -> dt.datetime:
    """A moment some hours after yesterday's."""
    return YESTERDAY + dt.timedelta(hours=number)


class TestSolvers:
    def test_a_solver_of_several_versions_stands_once(self, connection: Connection, rows: Rows) -> None:
        name = "solver-rhel-8-py38"
        for solver_version in ("1.10", "1.11"):
            rows.add("ecosystem_solver", ecosystem="python", solver_name=name, solver_version=solver_version, **RHEL)
        rows.solver(**FEDORA)
        assert queries.get_ecosystem_solver_all(connection) == ["solver-fedora-35-py310", "solver-rhel-8-py38"]
        assert queries.get_ecosystem_solver_count_all(connection) == 2

    def test_an_empty_graph_has_no_solvers(self, connection: Connection) -> None:
        assert queries.get_ecosystem_solver_all(connection) == []
        assert queries.get_ecosystem_solver_count_all(connection) == 0


class TestLastDatetime:
    def test_the_latest_run_of_all_solvers_counts(self, connection: Connection, rows: Rows) -> None:
        rows.solved(rows.version("flask", **FEDORA), "solver-1", datetime=hours(2))
        rows.solved(rows.version("flask", **RHEL), "solver-2", datetime=hours(3))
        rows.solved(rows.version("click", **RHEL), "solver-3", datetime=hours(1))
        assert queries.get_last_solver_datetime(connection) == hours(3)

    @pytest.mark.parametrize("change", FILTERS)
    def test_each_part_of_the_environment_is_a_filter(
        self, connection: Connection, rows: Rows, change: dict[str, Any]
    ) -> None:
        rows.solved(rows.version("flask"), "solver-1", datetime=hours(2))
        rows.solved(rows.version("flask", **change), "solver-2", datetime=hours(1))
        assert queries.get_last_solver_datetime(connection, **change) == hours(1)

    def test_an_environment_is_normalised(self, connection: Connection, rows: Rows) -> None:
        rows.solved(rows.version("flask", **RHEL), datetime=hours(1))
        assert queries.get_last_solver_datetime(connection, "ubi", "8.5") == hours(1)

    @pytest.mark.parametrize("environment", [{}, RHEL])
    def test_no_run_is_an_error(self, connection: Connection, rows: Rows, environment: dict[str, Any]) -> None:
        rows.solver(**RHEL)
        with pytest.raises(NotFoundError):
            queries.get_last_solver_datetime(connection, **environment)


class TestDocuments:
    @pytest.fixture(autouse=True)
    def documents(self, rows: Rows) -> None:
        """Two documents that solved flask (one of them click as well) and one that solved an older flask."""
        rows.solved(rows.version("flask"), "solver-b", datetime=hours(1))
        rows.solved(rows.version("click"), "solver-b", datetime=hours(1))
        rows.solved(rows.version("flask"), "solver-a", datetime=hours(2))
        rows.solved(rows.version("flask", "0.9"), "solver-c", datetime=hours(3))

    def test_a_document_is_counted_once(self, connection: Connection) -> None:
        assert queries.get_solver_documents_count_all(connection) == 3

    @pytest.mark.parametrize(("document_id", "exists"), [("solver-b", True), ("solver-", False), ("", False)])
    def test_a_document_exists_when_it_was_synced(self, connection: Connection, document_id: str, exists: bool) -> None:
        assert queries.solver_document_id_exists(connection, document_id) is exists

    @pytest.mark.parametrize(
        ("asked", "ids"),
        [
            (("Flask",), ["solver-a", "solver-b", "solver-c"]),
            (("flask", "01.0"), ["solver-a", "solver-b"]),
            (("flask", "1.0", "https://pypi.python.org/simple"), ["solver-a", "solver-b"]),
            (("flask", "1.0", OTHER_INDEX), []),
            (("unheard-of",), []),
        ],
    )
    def test_documents_are_found_by_package(
        self, connection: Connection, asked: tuple[str, ...], ids: list[str]
    ) -> None:
        assert queries.get_solver_document_id_all(connection, *asked) == ids

    def test_the_latest_document_is_first_when_sorted(self, connection: Connection) -> None:
        answer = queries.get_solver_document_id_all(connection, "flask", sort=True)
        assert answer == ["solver-c", "solver-a", "solver-b"]

    @pytest.mark.parametrize("change", FILTERS)
    def test_each_part_of_the_environment_is_a_filter(
        self, connection: Connection, rows: Rows, change: dict[str, Any]
    ) -> None:
        rows.solved(rows.version("flask", **change), "solver-d")
        assert queries.get_solver_document_id_all(connection, "flask", **change) == ["solver-d"]

    def test_an_environment_is_normalised(self, connection: Connection, rows: Rows) -> None:
        rows.solved(rows.version("flask", **RHEL), "solver-d")
        answer = queries.get_solver_document_id_all(connection, "flask", os_name="ubi", os_version="8.5")
        assert answer == ["solver-d"]


class TestRuns:
    @pytest.fixture(autouse=True)
    def runs(self, rows: Rows) -> None:
        """Four runs, at midnights of 2022: two on Fedora, two on RHEL of which one failed to parse and one to solve."""
        unsolvable = {"error": True, "error_unsolvable": True}
        unparseable = {"error": True, "error_unparseable": True}
        rows.solved(rows.version("a", **FEDORA), "solver-2", datetime=dt.datetime(2022, 2, 1))
        rows.solved(rows.version("b", **FEDORA), "solver-4", datetime=dt.datetime(2022, 4, 1), error=True)
        rows.solved(rows.version("c", **RHEL), "solver-1", datetime=dt.datetime(2022, 1, 31), **unsolvable)
        rows.solved(rows.version("d", **RHEL), "solver-3", datetime=dt.datetime(2022, 3, 1), **unparseable)

    @pytest.mark.parametrize(
        ("filters", "numbers"),
        [
            ({}, "1234"),
            ({"os_name": "fedora"}, "24"),
            ({"os_name": "ubi", "os_version": "8.5"}, "13"),
            ({"os_version": "35"}, "24"),
            ({"python_version": "3.8"}, "13"),
            ({"os_name": "debian"}, ""),
            ({"has_error": True}, "134"),
            ({"unsolvable": True}, "1"),
            ({"unparseable": True}, "3"),
            ({"unparseable": True, "os_name": "fedora"}, ""),
            ({"has_error": True, "os_name": "fedora"}, "4"),
            ({"start_offset": 1, "count": 2}, "23"),
            ({"start_offset": 1, "count": None}, "234"),
            ({"os_name": "fedora", "start_offset": 1, "count": 1}, "4"),
            ({"count": 0}, ""),
        ],
    )
    def test_filters_choose_runs_from_the_oldest(
        self, connection: Connection, filters: dict[str, Any], numbers: str
    ) -> None:
        answer = queries.get_solver_run_document_ids_all(connection, **filters)
        assert answer == [f"solver-{number}" for number in numbers]

    @pytest.mark.parametrize(
        ("dates", "numbers"),
        [
            (("31-01-2022",), "234"),
            (("01-02-2022", "01-04-2022"), "3"),
            ((None, "01-02-2022"), "1"),
            (("02-04-2022",), ""),
        ],
    )
    def test_dates_are_ends_that_are_excluded(
        self, connection: Connection, dates: tuple[Any, ...], numbers: str
    ) -> None:
        answer = queries.get_solver_run_document_ids_all(connection, *dates)
        assert answer == [f"solver-{number}" for number in numbers]

    @pytest.mark.parametrize("date", ["2022-01-31", "31.01.2022", "31-02-2022", "yesterday", ""])
    @pytest.mark.parametrize("name", ["initial_date", "final_date"])
    def test_another_form_of_a_date_is_refused(self, connection: Connection, name: str, date: str) -> None:
        asked: dict[str, Any] = {name: date}
        with pytest.raises(ValueError, match=f"{name}.*DD-MM-YYYY"):
            queries.get_solver_run_document_ids_all(connection, **asked)

    def test_a_run_on_several_versions_stands_once_for_each(self, connection: Connection, rows: Rows) -> None:
        rows.solved(rows.version("e", **FEDORA), "solver-2", datetime=dt.datetime(2022, 2, 1))
        assert queries.get_solver_run_document_ids_all(connection, os_name="fedora").count("solver-2") == 2
