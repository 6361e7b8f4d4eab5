"""Deleting what documents brought into the graph: in bounded batches, whoever else deletes or writes at the time."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import full_document
from tests.documents.writing import write
from tests.fix_rows import PYPI, YESTERDAY, Rows
from tests.waiting import wait_until
from thoth_storages import GraphDatabase, queries
from thoth_storages.documents import solver_rows, write_solver_results
from thoth_storages.graph import batches, deletions

Connection = psycopg.Connection[Any]

RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
TODAY = YESTERDAY + dt.timedelta(days=1)
KINDS = ("SOLVER_RUNS", "ADVISER_RUNS", "IMAGE_ANALYSES")


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two documents a batch."""
    for kind in KINDS:
        monkeypatch.setattr(deletions, kind, getattr(deletions, kind)._replace(documents_at_once=2))


@pytest.fixture
def batches_deleted(connection: Connection) -> Callable[[str], list[int]]:
    """A function that answers how many rows of a table each transaction has deleted so far."""
    connection.execute(
        """
        CREATE TABLE deletion (relation text, transaction xid8);
        CREATE FUNCTION note_deletion() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN INSERT INTO deletion VALUES (TG_TABLE_NAME, pg_current_xact_id()); RETURN NULL; END';
        """
    )
    for table in ("solved", "adviser_run", "package_extract_run", "ecosystem_solver", "found_rpm"):
        connection.execute(
            f"CREATE TRIGGER note AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION note_deletion()".encode()
        )

    def deleted(table: str) -> list[int]:
        query = "SELECT count(*) FROM deletion WHERE relation = %s GROUP BY transaction ORDER BY transaction"
        return [count for (count,) in connection.execute(query, (table,))]

    return deleted


def documents(connection: Connection) -> list[str]:
    """The ids of the documents of the adviser's runs, in order."""
    return queries._get_adviser_documents_to_delete(connection)


@contextmanager
def held(conninfo: str, table: str, condition: str) -> Iterator[None]:
    """Keep others from deleting some rows for a while."""
    with psycopg.connect(conninfo) as holding:
        holding.execute(f"SELECT FROM {table} WHERE {condition} FOR UPDATE".encode())
        yield


def number_waiting(connection: Connection) -> int:
    """How many sessions of the database wait for a lock."""
    row = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    ).fetchone()
    assert row is not None
    return int(row[0])


class TestSolvers:
    def test_solvers_of_the_environment_are_deleted_with_their_runs_and_counted(
        self, graph: GraphDatabase, connection: Connection, rows: Rows
    ) -> None:
        version_id = rows.version("flask", **RHEL)
        rows.solved(version_id, "solver-rhel-1")
        newer = rows.add(
            "ecosystem_solver", ecosystem="python", solver_name="solver-rhel-8-py38", solver_version="2", **RHEL
        )
        rows.solved(version_id, "solver-rhel-2", ecosystem_solver_id=newer)
        rows.solved(rows.version("flask", **FEDORA), "solver-fedora-1")
        assert graph.delete_solved(**RHEL) == 2
        assert graph.delete_solved(**RHEL) == 0
        assert row_counts(connection)["solved"] == 1
        assert graph.get_ecosystem_solver_all() == ["solver-fedora-35-py310"]

    def test_package_versions_stay(self, graph: GraphDatabase, rows: Rows) -> None:
        version_id = rows.version("flask", **RHEL)
        rows.solved(version_id)
        rows.depends_on(version_id, "click")
        graph.delete_solved(**RHEL)
        assert graph.python_package_version_exists("flask", "1.0", PYPI)
        assert graph.get_depends_on("flask", "1.0") == {None: [("click", "1.0")]}

    def test_the_environment_is_normalised(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.solved(rows.version("flask", **RHEL))
        assert graph.delete_solved(os_name="ubi", os_version="8.4", python_version="3.8") == 1
        assert graph.get_solver_documents_count_all() == 0

    @pytest.mark.parametrize("different", [{"os_name": "fedora"}, {"os_version": "9"}, {"python_version": "3.10"}])
    def test_another_environment_has_no_solvers_to_delete(
        self, graph: GraphDatabase, rows: Rows, different: dict[str, str]
    ) -> None:
        rows.solved(rows.version("flask", **RHEL))
        assert graph.delete_solved(**{**RHEL, **different}) == 0
        assert graph.get_solver_documents_count_all() == 1

    @pytest.mark.parametrize("nothing", [None, ""])
    @pytest.mark.parametrize("name", list(RHEL))
    def test_all_three_parts_of_an_environment_must_be_given(
        self, graph: GraphDatabase, rows: Rows, name: str, nothing: str | None
    ) -> None:
        rows.solved(rows.version("flask", **RHEL))
        with pytest.raises(ValueError, match=f"^{name} must be given"):
            graph.delete_solved(**{**RHEL, name: nothing})
        with pytest.raises(TypeError, match=name):
            graph.delete_solved(**{key: value for key, value in RHEL.items() if key != name})
        assert graph.get_solver_documents_count_all() == 1

    def test_a_document_is_deleted_with_all_its_runs(self, graph: GraphDatabase, rows: Rows) -> None:
        for version in ("1.0", "2.0"):
            rows.solved(rows.version("flask", version), "solver-1")
        rows.solved(rows.version("flask", "1.0"), "solver-2")
        assert [graph.delete_solver_result(document_id) for document_id in ("solver-1", "solver-1", "x")] == [2, 0, 0]
        assert graph.solver_document_id_exists("solver-2")
        assert graph.get_ecosystem_solver_count_all() == 1


class TestRuns:
    @pytest.fixture
    def runs(self, rows: Rows) -> None:
        """Runs of the adviser and image analyses: of yesterday by version 1, of today by versions 1 and 2."""
        for number, (version, moment) in enumerate([("1", YESTERDAY), ("1", TODAY), ("2", TODAY)]):
            rows.adviser_run(f"adviser-{number}", adviser_version=version, datetime=moment)
            rows.image_analysis(f"package-extract-{number}", package_extract_version=version, datetime=moment)

    @pytest.mark.parametrize(
        ("method", "version", "exists"),
        [
            ("delete_adviser_run", "adviser_version", "adviser_document_id_exist"),
            ("delete_package_extract_run", "package_extract_version", "analysis_document_id_exist"),
        ],
    )
    @pytest.mark.usefixtures("runs")
    class TestChosen:
        @pytest.mark.parametrize(
            ("end_datetime", "value", "left"),
            [
                (TODAY, None, [False, True, True]),
                (TODAY.replace(tzinfo=dt.timezone(dt.timedelta(hours=1))), None, [False, True, True]),
                (YESTERDAY.replace(tzinfo=dt.timezone(dt.timedelta(hours=-1))), None, [False, True, True]),
                (YESTERDAY, None, [True, True, True]),
                (None, "1", [False, False, True]),
                (TODAY, "1", [False, True, True]),
                (TODAY, "2", [True, True, True]),
                (None, "3", [True, True, True]),
            ],
        )
        def test_by_a_moment_and_a_version(
            self,
            graph: GraphDatabase,
            method: str,
            version: str,
            exists: str,
            end_datetime: dt.datetime | None,
            value: str | None,
            left: list[bool],
        ) -> None:
            prefix = "adviser" if "adviser" in method else "package-extract"
            assert getattr(graph, method)(**{"end_datetime": end_datetime, version: value}) == left.count(False)
            assert [getattr(graph, exists)(f"{prefix}-{number}") for number in range(3)] == left

        @pytest.mark.parametrize(
            ("end_datetime", "value", "message"),
            [
                (None, None, "end_datetime or {version} is needed: without it all"),
                ("2022-01-01", None, "end_datetime is a datetime, not '2022-01-01'"),
                (TODAY.date(), "1", "end_datetime is a datetime, not datetime.date"),
                (1646370367, None, "end_datetime is a datetime, not 1646370367"),
                (TODAY, "", "{version} is a text like '1.2.3', not ''"),
                (None, 1, "{version} is a text like '1.2.3', not 1"),
            ],
        )
        def test_what_would_be_all_or_can_t_be_meant_is_refused(
            self,
            graph: GraphDatabase,
            connection: Connection,
            method: str,
            version: str,
            exists: str,
            end_datetime: Any,
            value: Any,
            message: str,
        ) -> None:
            before = contents(connection)
            with pytest.raises(ValueError, match=message.format(version=version)):
                getattr(graph, method)(**{"end_datetime": end_datetime, version: value})
            with pytest.raises(ValueError, match="is needed"):
                getattr(graph, method)()
            assert contents(connection) == before

    @pytest.mark.usefixtures("runs")
    def test_one_is_deleted_by_its_document(self, graph: GraphDatabase, connection: Connection) -> None:
        assert [graph.delete_adviser_result("adviser-1") for _ in range(2)] == [1, 0]
        assert [graph.delete_analysis_result("package-extract-1") for _ in range(2)] == [1, 0]
        assert documents(connection) == ["adviser-0", "adviser-2"]
        assert queries._get_package_extract_documents_to_delete(connection) == [
            "package-extract-0",
            "package-extract-2",
        ]

    @pytest.mark.usefixtures("runs")
    def test_a_document_of_another_kind_isn_t_there(self, graph: GraphDatabase, connection: Connection) -> None:
        before = contents(connection)
        assert graph.delete_adviser_result("package-extract-1") == 0
        assert graph.delete_analysis_result("adviser-1") == 0
        assert graph.delete_solver_result("adviser-1") == 0
        assert contents(connection) == before


@pytest.mark.usefixtures("two_at_once")
class TestBatches:
    def test_each_is_a_transaction_of_a_bounded_number_of_documents(
        self, graph: GraphDatabase, rows: Rows, batches_deleted: Callable[[str], list[int]]
    ) -> None:
        for number in range(5):
            rows.solved(rows.version("flask", f"{number}.0"), f"solver-{number}")
            rows.adviser_run(f"adviser-{number}")
            rows.found_rpm(rows.image_analysis(f"package-extract-{number}"), "bash")
        assert graph.delete_solved(**FEDORA) == 1
        assert graph.delete_adviser_run(end_datetime=TODAY) == 5
        assert graph.delete_package_extract_run(end_datetime=TODAY) == 5
        assert batches_deleted("solved") == [2, 2, 1]
        assert batches_deleted("ecosystem_solver") == [1]
        assert batches_deleted("adviser_run") == [2, 2, 1]
        assert batches_deleted("package_extract_run") == batches_deleted("found_rpm") == [2, 2, 1]

    def test_documents_are_whole_in_them(
        self, graph: GraphDatabase, rows: Rows, batches_deleted: Callable[[str], list[int]]
    ) -> None:
        for number, runs in enumerate([1, 4, 3]):
            for version in range(runs):
                rows.solved(rows.version("flask", f"{version}.0"), f"solver-{number}")
        graph.delete_solved(**FEDORA)
        assert batches_deleted("solved") == [5, 3]

    def test_a_process_that_is_killed_has_deleted_whole_batches_and_another_finishes(
        self, graph: GraphDatabase, connection: Connection, database: str, rows: Rows
    ) -> None:
        ids = [f"adviser-{number}" for number in range(6)]
        for document_id in ids:
            rows.adviser_run(document_id, unresolved=(rows.entity("flask"), rows.entity("click")))
        with held(database, "adviser_run", "adviser_document_id = 'adviser-3'"):
            child = os.fork()
            if child == 0:
                try:
                    graph.delete_adviser_run(end_datetime=TODAY)
                finally:
                    os._exit(0)
            wait_until(lambda: number_waiting(connection), "a deletion that waits for its second batch")
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        wait_until(lambda: not number_waiting(connection), "the end of the killed process's session")
        assert documents(connection) == ids[2:]
        assert row_counts(connection)["has_unresolved"] == 8
        assert graph.delete_adviser_run(end_datetime=TODAY) == 4
        assert row_counts(connection).keys() == {"python_package_version_entity", "python_package_index"}

    def test_what_was_deleted_before_an_error_stays_deleted_and_is_logged(
        self, graph: GraphDatabase, connection: Connection, rows: Rows, caplog: pytest.LogCaptureFixture
    ) -> None:
        for number in range(5):
            rows.adviser_run(f"adviser-{number}")
        connection.execute(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''kept''; END';
            CREATE TRIGGER refuse BEFORE DELETE ON adviser_run FOR EACH ROW
            WHEN (OLD.adviser_document_id = 'adviser-3') EXECUTE FUNCTION refuse();
            """
        )
        with (
            caplog.at_level(logging.INFO, logger=batches.__name__),
            pytest.raises(psycopg.errors.RaiseException, match="kept"),
        ):
            graph.delete_adviser_run(end_datetime=TODAY)
        assert documents(connection) == ["adviser-2", "adviser-3", "adviser-4"]
        assert caplog.messages == ["Deleted 2 runs of the adviser"]

    def test_the_number_of_runs_is_logged(
        self, graph: GraphDatabase, rows: Rows, caplog: pytest.LogCaptureFixture
    ) -> None:
        for number in range(3):
            rows.solved(rows.version("flask", f"{number}.0"), f"solver-{number}")
        with caplog.at_level(logging.INFO, logger=batches.__name__):
            graph.delete_solved(**FEDORA)
        assert caplog.messages == ["Deleted 3 runs of solvers"]


class TestTwoAtOnce:
    @pytest.mark.usefixtures("two_at_once")
    def test_delete_everything_once(
        self, graph: GraphDatabase, connection: Connection, database: str, rows: Rows
    ) -> None:
        for number in range(20):
            rows.adviser_run(f"adviser-{number}")
        with ThreadPoolExecutor(2) as pool:
            with held(database, "adviser_run", "adviser_document_id = 'adviser-0'"):
                deleting = [pool.submit(graph.delete_adviser_run, end_datetime=TODAY) for _ in range(2)]
                wait_until(lambda: number_waiting(connection) == 2, "two that want the same batch")
            deleted = [each.result(timeout=60) for each in deleting]
        assert sum(deleted) == 20
        assert documents(connection) == []

    @pytest.mark.usefixtures("two_at_once")
    def test_count_solvers_once(self, graph: GraphDatabase, connection: Connection, database: str, rows: Rows) -> None:
        for number in range(20):
            rows.solved(rows.version("flask", f"{number}.0"), f"solver-{number}")
        with ThreadPoolExecutor(2) as pool:
            with held(database, "solved", "document_id = 'solver-0'"):
                deleting = [pool.submit(graph.delete_solved, **FEDORA) for _ in range(2)]
                wait_until(lambda: number_waiting(connection) == 2, "two that want the same batch")
            deleted = [each.result(timeout=60) for each in deleting]
        assert sorted(deleted) == [0, 1]
        assert graph.get_solver_documents_count_all() == 0


class TestBesideWriters:
    def test_solvers_wait_for_a_sync_that_is_about_to_write_their_runs(
        self, graph: GraphDatabase, connection: Connection, database: str
    ) -> None:
        document = solver_rows(full_document())
        write(connection, full_document())
        with ThreadPoolExecutor(1) as pool:
            with psycopg.connect(database) as syncing:
                (solver,) = document.solvers
                names = [[solver.solver_name], [solver.solver_version], *([part] for part in solver.environment)]
                queries.sync.insert_solvers(syncing, *names)
                deleting = pool.submit(graph.delete_solved, **RHEL)
                wait_until(lambda: number_waiting(connection), "a deletion that waits for the sync")
                write_solver_results(syncing, [document])
            assert deleting.result(timeout=60) == 1
        assert row_counts(connection).keys().isdisjoint({"solved", "ecosystem_solver"})

    def test_a_sync_that_waits_for_the_deletion_loses_nothing(
        self, graph: GraphDatabase, connection: Connection, database: str
    ) -> None:
        write(connection, full_document())
        before = contents(connection)

        def sync(connection: Connection) -> None:
            write_solver_results(connection, [solver_rows(full_document())])

        with ThreadPoolExecutor(1) as pool:
            with psycopg.connect(database) as deleting:
                queries._lock_solvers(deleting)
                queries._delete_solvers(deleting, **RHEL)
                syncing = pool.submit(graph.write, sync)
                wait_until(lambda: number_waiting(connection), "a sync that waits for the deletion")
            syncing.result(timeout=60)
        assert contents(connection) == before

    @pytest.mark.parametrize(
        ("method", "document_id"),
        [("delete_adviser_result", "adviser-1"), ("delete_analysis_result", "package-extract-1")],
    )
    def test_a_document_that_is_being_written_is_waited_for(
        self, graph: GraphDatabase, connection: Connection, database: str, rows: Rows, method: str, document_id: str
    ) -> None:
        with ThreadPoolExecutor(1) as pool:
            with psycopg.connect(database) as writing:
                queries.sync.lock_documents(writing, [document_id])
                deleting = pool.submit(getattr(graph, method), document_id)
                wait_until(lambda: number_waiting(connection), "a deletion that waits for the writer")
                Rows(writing).adviser_run("adviser-1")
                Rows(writing).image_analysis("package-extract-1")
            assert deleting.result(timeout=60) == 1


class TestKeptAnswers:
    @pytest.mark.parametrize(
        "delete", [lambda graph: graph.delete_solved(**FEDORA), lambda graph: graph.delete_solver_result("solver-1")]
    )
    def test_are_forgotten(self, graph: GraphDatabase, rows: Rows, delete: Callable[[GraphDatabase], int]) -> None:
        rows.solved(rows.version("flask"), "solver-1", error=True)
        assert graph.has_python_solver_error("flask", "1.0", PYPI, **FEDORA)
        assert delete(graph) == 1
        assert graph.stats()["memory_cache_info"]["has_python_solver_error"]["currsize"] == 0

    @pytest.mark.parametrize(
        "delete",
        [
            lambda graph: graph.delete_analysis_result("package-extract-1"),
            lambda graph: graph.delete_package_extract_run(end_datetime=TODAY),
        ],
    )
    def test_about_images_are_asked_for_again(
        self, graph: GraphDatabase, rows: Rows, delete: Callable[[GraphDatabase], int]
    ) -> None:
        rows.found_rpm(rows.image_analysis("package-extract-1"), "bash")
        assert len(graph.get_rpm_package_version_all("package-extract-1")) == 1
        assert delete(graph) == 1
        assert graph.get_rpm_package_version_all("package-extract-1") == []
