"""Several processes that write at once, and processes that are killed while they write."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.contents import contents, row_counts
from tests.documents.making import DOCUMENT_ID, Document, described, full_document, solver_document
from tests.documents.test_solver_writer import generated, solved_on, summary_and_license
from tests.documents.writing import select_column, write
from tests.fix_postgres import PointTo
from tests.waiting import wait_until
from thoth_storages.documents import solver_rows, write_solver_results

Connection = psycopg.Connection[Any]
Start = Callable[[list[Document], int], "subprocess.Popen[str]"]

ROOT = Path(__file__).parents[2]
TIMEOUT = 60


@pytest.fixture
def start(database: str, point_to: PointTo, tmp_path: Path) -> Iterator[Start]:
    """A function that starts a process which writes documents into ``database``, in the order of a seed."""
    point_to(database)
    started: list[subprocess.Popen[str]] = []

    def start_process(documents: list[Document], seed: int) -> subprocess.Popen[str]:
        path = tmp_path / f"{len(started)}.json"
        path.write_text(json.dumps(documents))
        command = [sys.executable, "-m", "tests.documents.sync_process", str(path), str(seed)]
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start_process
    for process in started:
        process.kill()
        process.communicate()


def finish(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 0, errors


def test_four_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection, start: Start
) -> None:
    documents = [*generated(), full_document(), *(solved_on(day, f"day {day}") for day in range(1, 20))]
    write(other_connection, *documents)
    for process in [start(documents, seed) for seed in range(4)]:
        finish(process)
    assert contents(connection) == contents(other_connection)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert select_column(connection, deadlocks) == [0]


@contextmanager
def locked(conninfo: str, table: str) -> Iterator[Connection]:
    """Let others read a table for a while, but not write to it."""
    with psycopg.connect(conninfo) as locking:
        locking.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.Identifier(table)))
        yield locking


def waiting(connection: Connection) -> list[int]:
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    return select_column(connection, query)


def wait_for_lock(connection: Connection, process: subprocess.Popen[str]) -> None:
    wait_until(lambda: waiting(connection) or process.poll() is not None, "a process that waits for a lock")
    assert process.poll() is None, process.communicate()


def others(connection: Connection) -> list[int]:
    query = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND application_name = 'thoth_storages'
    """
    return select_column(connection, query)


@pytest.mark.parametrize("table", ["python_package_metadata", "python_package_version", "solved", "depends_on"])
def test_of_a_process_that_is_killed_nothing_stays_and_syncing_again_completes_it(
    connection: Connection, other_connection: Connection, database: str, start: Start, table: str
) -> None:
    before, killed = solved_on(1, "before"), full_document()
    write(connection, before)
    untouched = contents(connection)
    with locked(database, table):
        process = start([killed], 1)
        wait_for_lock(connection, process)
        process.kill()
        process.wait()
    wait_until(lambda: not others(connection), "the end of the killed process's session")
    assert contents(connection) == untouched
    finish(start([killed], 1))
    write(other_connection, before, killed)
    assert contents(connection) == contents(other_connection)


def test_a_server_that_ends_the_session_costs_the_writer_a_retry(
    connection: Connection, other_connection: Connection, database: str, start: Start
) -> None:
    with locked(database, "solved"):
        process = start([full_document()], 1)
        wait_for_lock(connection, process)
        select_column(connection, f"SELECT pg_terminate_backend({waiting(connection)[0]})")
    finish(process)
    write(other_connection, full_document())
    assert contents(connection) == contents(other_connection)


@pytest.mark.parametrize("newer_first", [True, False])
def test_of_two_transactions_at_once_the_newer_document_describes(
    connection: Connection, database: str, start: Start, newer_first: bool
) -> None:
    """The second transaction waits for the first one's locks, and sees what that committed."""
    write(connection, solved_on(1, "known"))
    first, second = solved_on(3, "new"), solved_on(2, "old")
    if not newer_first:
        first, second = second, first
    with psycopg.connect(database) as holding:
        write_solver_results(holding, [solver_rows(first)])
        process = start([second], 1)
        wait_for_lock(connection, process)
    finish(process)
    assert summary_and_license(connection) == [("new", "new", None)]


def test_of_two_transactions_at_once_that_add_a_version_the_newer_document_describes(
    connection: Connection, database: str, start: Start
) -> None:
    newer = solver_document(
        described(Summary="new"), document_id=DOCUMENT_ID[:-1] + "0", datetime="2023-01-01T00:00:00"
    )
    with psycopg.connect(database) as holding:
        write_solver_results(holding, [solver_rows(solver_document(described(Summary="old")))])
        process = start([newer], 1)
        wait_for_lock(connection, process)
    finish(process)
    assert [row[0] for row in summary_and_license(connection)] == ["new"]
    assert row_counts(connection)["solved"] == 2
