"""Deleting what documents brought into the graph, by the named queries: what is chosen, what goes, what stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.fix_rows import YESTERDAY, Rows
from thoth_storages import queries

Connection = psycopg.Connection[Any]

RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
TODAY = YESTERDAY + dt.timedelta(days=1)


def column(connection: Connection, query: str) -> list[Any]:
    """The first column of a query's rows."""
    return [row[0] for row in connection.execute(query.encode())]


def tables_read(database: str, delete: Callable[[Connection], int]) -> tuple[set[str], set[str]]:
    """The tables that a deletion scans though it needn't, and those of which it uses an index."""
    with psycopg.connect(database) as connection:
        # Tables of few rows are scanned wherever that is possible; with this, only where there is no index.
        connection.execute("SET enable_seqscan = off")
        assert delete(connection) == 1
        scanned = column(connection, "SELECT relname FROM pg_stat_xact_user_tables WHERE seq_scan > 0")
        used = column(connection, "SELECT relname FROM pg_stat_xact_user_tables WHERE idx_scan > 0")
    return set(scanned), set(used)


@pytest.fixture
def runs(rows: Rows) -> None:
    """Runs of solvers and advisers, and image analyses, of two days and versions; one document of each has two."""
    for number in range(3):
        rows.solved(rows.version("flask", f"{number}.0", **RHEL), f"solver-rhel-{number}")
        rows.solved(rows.version("flask", f"{number}.0", **FEDORA), f"solver-fedora-{number}")
    rows.solved(rows.version("click", "8.0", **RHEL), "solver-rhel-1")
    hardware_id = rows.add("external_hardware_information", cpu_cores=4)
    old: dict[str, Any] = {"adviser_version": "1.0"}
    new: dict[str, Any] = {"adviser_version": "2.0", "datetime": TODAY}
    rows.adviser_run("adviser-b", **old, external_hardware_information_id=hardware_id)
    rows.adviser_run("adviser-a", **old)
    rows.adviser_run("adviser-c", **new)
    rows.adviser_run("adviser-c", **new, external_hardware_information_id=hardware_id)
    rows.image_analysis("package-extract-b", package_extract_version="1.0")
    rows.image_analysis("package-extract-a", package_extract_version="1.0", datetime=TODAY)
    rows.image_analysis("package-extract-c", package_extract_version="2.0", datetime=TODAY)
    rows.image_analysis("package-extract-c", package_extract_version="2.0", datetime=TODAY, debug=True)


SOLVERS = queries._get_solver_documents_to_delete, queries._delete_solver_runs, "solved", "document_id"
ADVISERS = (
    queries._get_adviser_documents_to_delete,
    queries._delete_adviser_runs,
    "adviser_run",
    "adviser_document_id",
)
ANALYSES = (
    queries._get_package_extract_documents_to_delete,
    queries._delete_package_extract_runs,
    "package_extract_run",
    "analysis_document_id",
)
Runs = tuple[Callable[..., list[str]], Callable[..., int], str, str]


def name_of(value: Any) -> str:
    """Name a parameter the same in every process: the text of a method has its address in it."""
    return str(value[2]) if isinstance(value, tuple) else str(value)


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize(
    ("runs_of", "filters", "chosen"),
    [
        (SOLVERS, {}, [f"solver-{name}-{number}" for name in ("fedora", "rhel") for number in range(3)]),
        (SOLVERS, RHEL, ["solver-rhel-0", "solver-rhel-1", "solver-rhel-2"]),
        (SOLVERS, {"os_name": "ubi", "os_version": "8.4"}, ["solver-rhel-0", "solver-rhel-1", "solver-rhel-2"]),
        (SOLVERS, {"os_version": "35"}, ["solver-fedora-0", "solver-fedora-1", "solver-fedora-2"]),
        (SOLVERS, {"python_version": "3.11"}, []),
        (SOLVERS, {**RHEL, "python_version": "3.10"}, []),
        (ADVISERS, {}, ["adviser-a", "adviser-b", "adviser-c"]),
        (ADVISERS, {"end_datetime": TODAY}, ["adviser-a", "adviser-b"]),
        (ADVISERS, {"end_datetime": TODAY.replace(tzinfo=dt.UTC)}, ["adviser-a", "adviser-b"]),
        (ADVISERS, {"end_datetime": YESTERDAY}, []),
        (ADVISERS, {"adviser_version": "2.0"}, ["adviser-c"]),
        (ADVISERS, {"adviser_version": "2.0", "end_datetime": TODAY}, []),
        (ADVISERS, {"external_hardware_information_id": 1}, ["adviser-b", "adviser-c"]),
        (ANALYSES, {}, ["package-extract-a", "package-extract-b", "package-extract-c"]),
        (ANALYSES, {"end_datetime": TODAY}, ["package-extract-b"]),
        (ANALYSES, {"package_extract_version": "1.0"}, ["package-extract-a", "package-extract-b"]),
        (ANALYSES, {"package_extract_version": "1.0", "end_datetime": TODAY}, ["package-extract-b"]),
    ],
    ids=name_of,
)
class TestChoosing:
    def test_documents_are_named_once_and_in_order(
        self, connection: Connection, runs_of: Runs, filters: dict[str, Any], chosen: list[str]
    ) -> None:
        assert runs_of[0](connection, **filters) == chosen

    def test_pages_begin_after_a_document_and_concatenate_to_the_whole(
        self, connection: Connection, runs_of: Runs, filters: dict[str, Any], chosen: list[str]
    ) -> None:
        documents = runs_of[0]
        found = documents(connection, **filters, count=2)
        while page := documents(connection, **filters, count=2, after_document_id=found[-1] if found else None):
            assert len(page) <= 2
            found += page
        assert found == chosen

    def test_the_runs_of_the_documents_are_deleted_and_counted(
        self, connection: Connection, runs_of: Runs, filters: dict[str, Any], chosen: list[str]
    ) -> None:
        documents, delete, table, document_id = runs_of
        every = documents(connection)
        before = column(connection, f"SELECT {document_id} FROM {table}")
        deleted = delete(connection, every, **filters)
        left = column(connection, f"SELECT {document_id} FROM {table}")
        assert deleted == len(before) - len(left)
        assert documents(connection, **filters) == []
        assert (deleted > 0) is bool(chosen)
        assert {each for each in every if each not in left} <= set(chosen)


@pytest.mark.usefixtures("runs")
@pytest.mark.parametrize(
    ("runs_of", "document_id", "number_of_runs"),
    [(SOLVERS, "solver-rhel-1", 2), (ADVISERS, "adviser-c", 2), (ANALYSES, "package-extract-b", 1)],
    ids=name_of,
)
def test_without_filters_all_runs_of_the_given_documents_are_deleted_and_no_others(
    connection: Connection, runs_of: Runs, document_id: str, number_of_runs: int
) -> None:
    documents, delete, *_ = runs_of
    before = documents(connection)
    assert [delete(connection, [document_id, "unknown"]) for _ in range(2)] == [number_of_runs, 0]
    assert documents(connection) == [each for each in before if each != document_id]
    assert delete(connection, []) == 0


def test_a_run_on_other_hardware_stays_though_the_document_is_the_same(connection: Connection, runs: None) -> None:
    assert queries._delete_adviser_runs(connection, ["adviser-c"], external_hardware_information_id=1) == 1
    assert queries._get_adviser_documents_to_delete(connection) == ["adviser-a", "adviser-b", "adviser-c"]


def _adviser_run_with_all_that_hangs_on_it(rows: Rows) -> None:
    run_id = rows.adviser_run("deleted", unresolved=(rows.entity("flask"),))
    stack_id = rows.add("python_software_stack", software_stack_type="ADVISED")
    rows.insert("advised", adviser_run_id=run_id, python_software_stack_id=stack_id)


def _analysis_with_all_that_hangs_on_it(rows: Rows) -> None:
    run_id = rows.image_analysis("deleted")
    deb_id = rows.add("deb_package_version", package_name="bash", package_version="5.0", arch="amd64")
    digest_id = rows.add("python_file_digest", sha256="0" * 64)
    interpreter_id = rows.add("python_interpreter", path="/usr/bin/python3")
    symbol_id = rows.add("versioned_symbol", library_name="libc.so.6", symbol="GLIBC_2.34")
    rows.identified(run_id, rows.entity("flask"))
    rows.found_rpm(run_id, "bash")
    rows.insert("found_deb", package_extract_run_id=run_id, deb_package_version_id=deb_id)
    rows.insert("found_python_file", package_extract_run_id=run_id, python_file_digest_id=digest_id, file="/a.py")
    rows.insert("found_python_interpreter", package_extract_run_id=run_id, python_interpreter_id=interpreter_id)
    rows.insert("detected_symbol", package_extract_run_id=run_id, versioned_symbol_id=symbol_id)


CASCADES = pytest.mark.parametrize(
    ("delete", "fill", "hanging", "shared"),
    [
        (
            queries._delete_adviser_runs,
            _adviser_run_with_all_that_hangs_on_it,
            {"advised", "has_unresolved"},
            {"python_software_stack", "python_package_version_entity"},
        ),
        (
            queries._delete_package_extract_runs,
            _analysis_with_all_that_hangs_on_it,
            {
                "detected_symbol",
                "found_deb",
                "found_python_file",
                "found_python_interpreter",
                "found_rpm",
                "identified",
            },
            {
                "deb_package_version",
                "python_file_digest",
                "python_interpreter",
                "python_package_version_entity",
                "rpm_package_version",
                "versioned_symbol",
            },
        ),
    ],
    ids=["adviser", "image analysis"],
)


@CASCADES
class TestWhatHangsOnARun:
    def test_goes_with_it_and_what_is_shared_stays(
        self,
        connection: Connection,
        rows: Rows,
        delete: Callable[..., int],
        fill: Callable[[Rows], None],
        hanging: set[str],
        shared: set[str],
    ) -> None:
        fill(rows)
        assert _references(connection, "adviser_run" if "advised" in hanging else "package_extract_run") == hanging
        assert _filled(connection, hanging | shared) == hanging | shared
        assert delete(connection, ["deleted"]) == 1
        assert _filled(connection, hanging | shared) == shared

    def test_is_found_by_an_index(
        self,
        database: str,
        rows: Rows,
        delete: Callable[..., int],
        fill: Callable[[Rows], None],
        hanging: set[str],
        shared: set[str],
    ) -> None:
        fill(rows)
        scanned, used = tables_read(database, lambda connection: delete(connection, ["deleted"]))
        assert scanned == set()
        assert hanging <= used


def _references(connection: Connection, table: str) -> set[str]:
    """The tables whose rows are deleted with those of a table."""
    return set(
        column(
            connection,
            "SELECT conrelid::regclass::text FROM pg_constraint"
            f" WHERE contype = 'f' AND confdeltype = 'c' AND confrelid = '{table}'::regclass",
        )
    )


def _filled(connection: Connection, tables: set[str]) -> set[str]:
    return {table for table in tables if column(connection, f"SELECT count(*) FROM {table}") != [0]}


class TestSolvers:
    def test_those_of_one_environment_go_with_their_runs(self, connection: Connection, runs: None) -> None:
        assert [queries._delete_solvers(connection, **RHEL) for _ in range(2)] == [1, 0]
        assert queries.get_ecosystem_solver_all(connection) == ["solver-fedora-35-py310"]
        assert column(connection, "SELECT DISTINCT left(document_id, 13) FROM solved") == ["solver-fedora"]

    @pytest.mark.parametrize("different", [{"os_name": "fedora"}, {"os_version": "9"}, {"python_version": "3.9"}])
    def test_another_environment_is_not_theirs(
        self, connection: Connection, runs: None, different: dict[str, str]
    ) -> None:
        assert queries._delete_solvers(connection, **{**RHEL, **different}) == 0

    def test_their_runs_are_found_by_an_index(self, database: str, runs: None) -> None:
        scanned, used = tables_read(database, lambda connection: queries._delete_solvers(connection, **RHEL))
        assert "solved" in used - scanned

    def test_a_lock_keeps_others_from_writing_but_not_from_reading(
        self, connection: Connection, database: str, runs: None
    ) -> None:
        connection.execute("SET lock_timeout = '100ms'")
        with psycopg.connect(database) as locking:
            queries._lock_solvers(locking)
            assert queries.get_ecosystem_solver_count_all(connection) == 2
            with pytest.raises(psycopg.errors.LockNotAvailable):
                queries._delete_solvers(connection, **RHEL)
        assert queries._delete_solvers(connection, **RHEL) == 1
