"""Environments in which solvers run, and have seen package versions."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.sql.named import catalog

FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}


def test_the_environments_of_solvers_stand_there_once_each(connection: psycopg.Connection, rows: Rows) -> None:
    rows.solver(**RHEL)
    rows.solver(**FEDORA)
    rows.add("ecosystem_solver", ecosystem="python", solver_name="solver-rhel-8-py38", solver_version="1.11.0", **RHEL)
    assert queries.get_solved_python_package_versions_software_environment_all(connection) == [FEDORA, RHEL]


def test_without_solvers_there_is_no_environment(connection: psycopg.Connection) -> None:
    assert queries.get_solved_python_package_versions_software_environment_all(connection) == []


@pytest.mark.parametrize("distinct", [False, True])
@pytest.mark.parametrize("asked", [("flask", "1.0", PYPI), ("Flask", "v1.0", "https://pypi.python.org/simple")])
def test_the_environments_of_a_version_are_those_that_saw_it(
    connection: psycopg.Connection, rows: Rows, asked: tuple[str, str, str], distinct: bool
) -> None:
    rows.version("flask", "1.0", **RHEL)
    rows.version("flask", "1.0", **FEDORA)
    rows.version("flask", "2.0", os_name="rhel", os_version="9", python_version="3.9")
    rows.version("flask", "1.0", index_url="https://index.example.com/simple", os_name="plan9")
    answer = queries.get_solved_python_package_version_environments_all(connection, *asked, distinct=distinct)
    assert answer == [FEDORA, RHEL]


@pytest.mark.parametrize("unknown", [("numpy", "1.0", PYPI), ("flask", "2.0", PYPI), ("flask", "1.0", "https://x")])
def test_an_unknown_version_has_no_environment(
    connection: psycopg.Connection, rows: Rows, unknown: tuple[str, str, str]
) -> None:
    rows.version("flask", "1.0")
    assert queries.get_solved_python_package_version_environments_all(connection, *unknown) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("rhel", "8", "3.8"), True),
        (("ubi", "8.5", "3.8"), True),
        (("rhel", "9", "3.8"), False),
        (("rhel", "8", "3.9"), False),
        (("fedora", "8", "3.8"), False),
    ],
    ids=str,
)
def test_an_environment_exists_when_a_version_was_seen_in_it(
    connection: psycopg.Connection, rows: Rows, asked: tuple[str, str, str], expected: bool
) -> None:
    rows.version("flask", "1.0", **RHEL)
    assert queries.solved_software_environment_exists(connection, *asked) is expected


def test_an_environment_of_a_solver_that_has_seen_nothing_does_not_exist(
    connection: psycopg.Connection, rows: Rows
) -> None:
    rows.solver(**RHEL)
    assert queries.solved_software_environment_exists(connection, **RHEL) is False


class TestSolvedMeansSeen:
    """A version that a solver failed on counts as solved, so questions on solved packages are those on packages."""

    SOLVED = (
        "get_solved_python_package_versions_all",
        "get_solved_python_package_versions_count",
        "get_solved_python_package_versions_count_all",
        "get_solved_python_package_versions_count_per_index",
        "get_solved_python_package_versions_count_per_version",
        "get_solved_python_packages_all",
        "get_solved_python_packages_all_versions",
        "get_solved_python_packages_count_all",
    )

    def test_these_are_all_that_can_be_asked_of_solved_packages_and_of_packages(self) -> None:
        solved = {name for query in catalog.values() for name in query.names if name.startswith("get_solved_")}
        assert {name for name in solved if name.replace("_solved", "") in catalog} == set(self.SOLVED)

    @pytest.mark.parametrize("solved", SOLVED)
    def test_the_answers_are_the_same(self, connection: psycopg.Connection, rows: Rows, solved: str) -> None:
        rows.solved(rows.version("flask", "1.0", **RHEL))
        rows.solved(rows.version("flask", "1.1", **FEDORA), error=True, error_unsolvable=True)
        seen = solved.replace("_solved", "")
        required = {"index_url": PYPI, "package_name": "flask"}
        parameters = catalog[seen].header.signature.parameters
        arguments = {each.name: required[each.name] for each in parameters if each.default is None}
        answer = getattr(queries, solved)(connection, **arguments)
        assert answer == getattr(queries, seen)(connection, **arguments)
        assert answer
