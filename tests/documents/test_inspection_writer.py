"""Inspections in the tables: all of what their documents say, once, whatever the order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import Document
from tests.documents.making_inspections import (
    CONV2D,
    ENVIRONMENT,
    INSPECTION_ID,
    MATMUL,
    REPORTS,
    SPEED,
    full_document,
    inspection_document,
    python_stack,
    report,
    solve,
    write,
)
from tests.documents.making_runs import monkey_document, renamed
from tests.documents.processes import write_at_once
from tests.documents.test_original import documents as conformance_documents
from tests.documents.test_original import troublesome
from tests.documents.writing import select, select_column, sequences
from tests.fix_postgres import PointTo
from tests.fix_rows import Rows
from tests.shared import shared_file
from tests.statements import counted_statements
from tests.waiting import wait_until
from thoth_storages.documents import solver_rows, write_solver_results
from thoth_storages.documents.dependency_monkey import dependency_monkey_rows
from thoth_storages.documents.dependency_monkey_writer import write_dependency_monkey_results
from thoth_storages.documents.inspection import inspection_rows
from thoth_storages.documents.inspection_writer import write_inspection_results
from thoth_storages.exceptions import SolverNotRunError, ThothStorageExceptionError
from thoth_storages.sql.named import queries

Connection = psycopg.Connection[Any]

INDICATOR_TABLES = ["pi_conv1d", "pi_conv2d", "pi_matmul", "pi_pybench"]


def some_documents() -> list[Document]:
    """Make inspections of several results each, one for each indicator, and one without a script."""
    stdouts = [*REPORTS.values(), report("PiConv2D", {**CONV2D, "padding": "SAME"}), None]
    return [
        full_document(stdout=stdout, document_id=f"{INSPECTION_ID}{place}", number=number)
        for place, stdout in enumerate(stdouts)
        for number in range(3)
    ]


def test_a_document_fills_its_tables(connection: Connection, rows: Rows) -> None:
    solve(rows)
    before = Counter(row_counts(connection))
    write(connection, full_document())
    assert Counter(row_counts(connection)) - before == {
        "hardware_information": 2,
        "software_environment": 2,
        "python_package_requirement": 2,
        "python_requirements": 1,
        "has_python_requirements": 2,
        "python_requirements_lock": 1,
        "has_python_requirement_lock": 2,
        "python_software_stack": 1,
        "inspection_run": 1,
        "pi_matmul": 1,
    }


RUNS = """
SELECT
  run.inspection_document_id,
  run.inspection_result_number,
  run.datetime::text,
  run.inspection_sync_state::text,
  run.amun_version,
  run.build_requests_cpu,
  run.build_requests_memory,
  run.run_requests_cpu,
  run.run_requests_memory,
  build_hardware.cpu_model,
  run_hardware.cpu_model,
  build_environment.environment_type::text,
  concat_ws(' ', run_environment.environment_type, run_environment.os_name, run_environment.os_version,
    run_environment.python_version, run_environment.cuda_version),
  stack.software_stack_type::text,
  (
    SELECT string_agg(concat_ws(' ', v.package_name, v.package_version, i.url), ', ' ORDER BY v.package_name)
    FROM has_python_requirement_lock AS locked
    JOIN python_package_version AS v ON v.id = locked.python_package_version_id
    JOIN python_package_index AS i ON i.id = v.python_package_index_id
    WHERE locked.python_requirements_lock_id = stack.python_requirements_lock_id
  ),
  (
    SELECT string_agg(concat_ws(' ', line.name, line.version_range), ', ' ORDER BY line.name)
    FROM has_python_requirements AS has
    JOIN python_package_requirement AS line ON line.id = has.python_package_requirement_id
    WHERE has.python_requirements_id = stack.python_requirements_id
  ),
  monkey.dependency_monkey_document_id
FROM inspection_run AS run
LEFT JOIN hardware_information AS build_hardware ON build_hardware.id = run.build_hardware_information_id
LEFT JOIN hardware_information AS run_hardware ON run_hardware.id = run.run_hardware_information_id
LEFT JOIN software_environment AS build_environment ON build_environment.id = run.build_software_environment_id
LEFT JOIN software_environment AS run_environment ON run_environment.id = run.run_software_environment_id
LEFT JOIN python_software_stack AS stack ON stack.id = run.inspection_software_stack_id
LEFT JOIN dependency_monkey_run AS monkey ON monkey.id = run.dependency_monkey_run_id
ORDER BY 1, 2, 4
"""


def test_a_document_is_stored_whole(connection: Connection, rows: Rows) -> None:
    solve(rows)
    write(connection, full_document(number=3))
    assert select(connection, RUNS) == [
        (
            INSPECTION_ID,
            3,
            "2022-01-31 12:34:56.789012",
            "SYNCED",
            None,
            1.0,
            1.0,
            2.0,
            4.0,
            13,
            85,
            "BUILDTIME",
            "RUNTIME rhel 8 3.8",
            "INSPECTION",
            "flask 1.0 https://pypi.org/simple, six 1.16.0 https://pypi.org/simple",
            "flask *, six *",
            None,
        )
    ]


def test_little_may_be_known(connection: Connection) -> None:
    document = inspection_document(
        specification={"@created": None, "build": None, "run": None}, runtime_environment=None
    )
    write(connection, document)
    nothing = (None,) * 4
    assert select(connection, RUNS) == [
        (INSPECTION_ID, 0, None, "SYNCED", None, *nothing, None, None, "BUILDTIME", "RUNTIME", *nothing)
    ]


def test_writing_again_changes_nothing_and_counts_no_sequence_up(connection: Connection, rows: Rows) -> None:
    solve(rows)
    documents = some_documents()
    write(connection, *documents)
    before, counted = contents(connection), sequences(connection)
    touched = "SELECT xmin::text FROM inspection_run ORDER BY id"
    transactions = select_column(connection, touched)
    for document in documents:
        write(connection, document)
    write(connection, *reversed(documents), *documents)
    assert contents(connection) == before
    assert sequences(connection) == counted
    assert select_column(connection, touched) == transactions
    assert before["inspection_run"].total() == len(documents)


def test_together_or_one_by_one_in_another_order_is_the_same(
    connection: Connection, other_connection: Connection, rows: Rows
) -> None:
    solve(rows)
    solve(Rows(other_connection))
    documents = some_documents()
    write(connection, *documents)
    for document in reversed(documents):
        write(other_connection, document)
    assert contents(connection) == contents(other_connection)


def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection, rows: Rows, database: str, point_to: PointTo
) -> None:
    point_to(database)
    solve(rows)
    solve(Rows(other_connection))
    documents = some_documents()
    write(other_connection, *documents)
    write_at_once(documents, inspection_rows, write_inspection_results)
    assert contents(connection) == contents(other_connection)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert select_column(connection, deadlocks) == [0]


def test_of_two_writers_of_one_result_the_second_waits_and_finds_its_row(connection: Connection, database: str) -> None:
    waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(database) as first, psycopg.connect(database) as second, ThreadPoolExecutor(1) as pool:
        write_inspection_results(first, [inspection_rows(inspection_document())])
        changed = inspection_document(specification={"run": {"requests": {"cpu": "8"}}})
        done = pool.submit(write_inspection_results, second, [inspection_rows(changed)])
        wait_until(lambda: select_column(connection, waiting) or done.done(), "the second writer")
        first.commit()
        done.result(timeout=60)
        second.commit()
    assert select_column(connection, "SELECT run_requests_cpu FROM inspection_run") == [8.0]


def test_a_changed_document_changes_its_row(connection: Connection) -> None:
    write(connection, inspection_document())
    write(connection, inspection_document(specification={"@created": "2023-01-01T00:00:00", "run": {}}))
    query = "SELECT datetime::text, run_requests_cpu FROM inspection_run"
    assert select(connection, query) == [("2023-01-01 00:00:00", None)]


def test_of_several_documents_of_one_result_the_last_is_written(connection: Connection) -> None:
    write(connection, *(inspection_document(specification={"run": {"requests": {"cpu": cpu}}}) for cpu in "132"))
    assert select_column(connection, "SELECT run_requests_cpu FROM inspection_run") == [2.0]


def test_results_of_one_inspection_share_what_they_ran_in(connection: Connection, rows: Rows) -> None:
    solve(rows)
    write(connection, *(full_document(number=number) for number in range(3)))
    counts = row_counts(connection)
    assert (counts["inspection_run"], counts["pi_matmul"]) == (3, 3)
    assert (counts["python_software_stack"], counts["software_environment"], counts["hardware_information"]) == (
        1,
        2,
        2,
    )


def test_another_measurement_of_a_result_is_added(connection: Connection) -> None:
    for elapsed in (1.5, 2.5, 1.5):
        write(connection, inspection_document(report("PiMatmul", MATMUL, {**SPEED, "elapsed": elapsed})))
    assert select_column(connection, "SELECT elapsed FROM pi_matmul ORDER BY 1") == [1.5, 2.5]


def test_no_documents_write_nothing(connection: Connection) -> None:
    write(connection)
    assert row_counts(connection) == {}


class TestDependencyMonkey:
    """A run of Dependency Monkey asks for inspections: their rows are there before their results."""

    @pytest.fixture
    def monkey(self, rows: Rows) -> int:
        """A run of Dependency Monkey, not the first row of anything."""
        values = {"dependency_monkey_name": "x", "dependency_monkey_version": "1", "decision": "all"}
        runs = [
            rows.add(
                "dependency_monkey_run",
                dependency_monkey_document_id=f"dependency-monkey-{n}",
                datetime="2022-01-01",
                **values,
            )
            for n in (1, 2)
        ]
        return runs[1]

    @staticmethod
    def pending(rows: Rows, monkey: int, number: int) -> None:
        rows.inspection(
            INSPECTION_ID, number, inspection_sync_state="PENDING", datetime=None, dependency_monkey_run_id=monkey
        )

    def test_what_it_asked_for_is_synced_and_stays_tied_to_it(
        self, connection: Connection, rows: Rows, monkey: int
    ) -> None:
        solve(rows)
        for number in (1, 0):
            self.pending(rows, monkey, number)
        write(connection, full_document(number=0))
        found = select(connection, RUNS)
        assert [run[1] for run in found] == [0, 1]
        assert [run[3] for run in found] == ["SYNCED", "PENDING"]
        assert {run[-1] for run in found} == {"dependency-monkey-2"}
        assert found[0][13] == "INSPECTION"
        assert [measured[1] for measured in measurements(connection)] == [0]

    def test_a_result_of_which_it_does_not_know_is_added(self, connection: Connection, rows: Rows, monkey: int) -> None:
        self.pending(rows, monkey, 0)
        write(connection, inspection_document(number=1))
        found = [(run[1], run[3], run[-1]) for run in select(connection, RUNS)]
        assert found == [(0, "PENDING", "dependency-monkey-2"), (1, "SYNCED", None)]

    def test_that_it_asked_for_a_result_does_not_make_it_synced(
        self, connection: Connection, rows: Rows, monkey: int
    ) -> None:
        self.pending(rows, monkey, 0)
        is_synced = queries.sync.inspection_result_is_synced
        assert not is_synced(connection, INSPECTION_ID, 0)
        write(connection, inspection_document())
        assert is_synced(connection, INSPECTION_ID, 0)
        assert not is_synced(connection, INSPECTION_ID, 1)
        assert not is_synced(connection, "inspection-other", 0)

    @pytest.mark.parametrize("first", [0, 1, 2])
    def test_it_makes_no_difference_which_comes_first(
        self, connection: Connection, other_connection: Connection, rows: Rows, first: int
    ) -> None:
        """Both lock the inspection's id first, so one of them always sees what the other one did."""
        write_monkey = write_dependency_monkey_results
        runs = [
            renamed(monkey_document(INSPECTION_ID, count=number), f"dependency-monkey-{number}") for number in (1, 2)
        ]
        steps: list[Callable[[Connection], None]] = [
            lambda connected: write(connected, full_document(number=0), full_document(number=1)),
            lambda connected: write_monkey(connected, [dependency_monkey_rows(runs[0])]),
            lambda connected: write_monkey(connected, [dependency_monkey_rows(runs[1])]),
        ]
        solve(rows)
        solve(Rows(other_connection))
        for step in steps:
            step(connection)
        for step in [*steps[first:], *reversed(steps[:first])]:
            with other_connection.transaction():
                step(other_connection)
        assert contents(connection) == contents(other_connection)
        asked_for = [(run[1], run[3], run[-1]) for run in select(connection, RUNS)]
        assert asked_for == [(0, "SYNCED", "dependency-monkey-1"), (1, "SYNCED", "dependency-monkey-2")]

    def test_processes_that_write_both_at_once_leave_the_tables_of_one(
        self, connection: Connection, other_connection: Connection, rows: Rows, database: str, point_to: PointTo
    ) -> None:
        point_to(database)
        solve(rows)
        solve(Rows(other_connection))
        inspections, names = some_documents(), [f"{INSPECTION_ID}{place}" for place in range(6)]
        runs = [renamed(monkey_document(*names), f"dependency-monkey-{number}") for number in range(6)]
        write(other_connection, *inspections)
        with other_connection.transaction():
            write_dependency_monkey_results(other_connection, [dependency_monkey_rows(run) for run in runs])
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(write_at_once, inspections, inspection_rows, write_inspection_results, processes=4)
            write_at_once(runs, dependency_monkey_rows, write_dependency_monkey_results, processes=4)
            done.result(timeout=120)
        assert contents(connection) == contents(other_connection)

    def test_writing_again_leaves_it_tied(self, connection: Connection, rows: Rows, monkey: int) -> None:
        self.pending(rows, monkey, 0)
        write(connection, inspection_document())
        before = contents(connection)
        write(connection, inspection_document())
        assert contents(connection) == before


class TestRowsOfTheOriginal:
    """The original may leave several rows of one result: the first is the one that is written."""

    def test_the_first_says_what_the_document_says(self, connection: Connection, rows: Rows) -> None:
        first, second = rows.inspection(INSPECTION_ID, run_requests_cpu=7), rows.inspection(INSPECTION_ID)
        write(connection, inspection_document())
        query = "SELECT id, run_requests_cpu FROM inspection_run ORDER BY id"
        assert select(connection, query) == [(first, 2.0), (second, None)]

    def test_a_later_one_that_says_it_already_is_left_alone(self, connection: Connection, rows: Rows) -> None:
        document = inspection_document(REPORTS["PiMatmul"])
        write(connection, document)
        rows.inspection(INSPECTION_ID, id=-1)
        before = contents(connection)
        write(connection, document)
        assert contents(connection) == before


def test_a_version_that_was_not_solved_where_it_ran_is_refused_and_nothing_stays(
    connection: Connection, rows: Rows
) -> None:
    rows.version("flask", "1.0", **ENVIRONMENT)
    rows.version("six", "1.16.0", **{**ENVIRONMENT, "python_version": "3.9"})
    before = contents(connection)
    message = (
        rf"^{INSPECTION_ID}: six 1\.16\.0 from https://pypi\.org/simple is locked but wasn't solved by a solver for "
        r"rhel 8 3\.8: sync the solver's documents first$"
    )
    with pytest.raises(SolverNotRunError, match=message):
        write(connection, full_document())
    assert contents(connection) == before


def test_a_stack_that_ran_nobody_knows_where_is_refused(connection: Connection, rows: Rows) -> None:
    solve(rows)
    document = full_document(runtime_environment=None)
    with pytest.raises(SolverNotRunError, match=r"flask 1\.0 .* as its environment isn't known"):
        write(connection, document)


def statements(connection: Connection, *documents: Document) -> int:
    with counted_statements(connection) as sent:
        write(connection, *documents)
    return sent.statements


def test_the_number_of_statements_depends_on_no_number_of_documents_or_packages(
    connection: Connection, rows: Rows
) -> None:
    solve(rows)
    documents = some_documents()
    assert 20 < statements(connection, full_document(document_id="inspection-small")) <= 34
    assert statements(connection, *documents) <= 37
    assert statements(connection, *documents) <= 24
    large = {f"p{number}": f"{number}.0" for number in range(200)}
    for name, version in large.items():
        rows.version(name, version, **ENVIRONMENT)
    document = inspection_document(REPORTS["PiMatmul"], specification={"python": python_stack(**large)})
    assert statements(connection, document) <= 34


def test_a_rewritten_run_takes_no_more(connection: Connection, rows: Rows) -> None:
    solve(rows)
    document = full_document()
    write(connection, document)
    document["specification"]["@created"] = "2023-01-01T00:00:00"
    assert statements(connection, document) <= 20


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("inspection_run", "inspection_document_id, inspection_result_number"),
        *((table, "inspection_run_id") for table in INDICATOR_TABLES),
    ],
)
def test_rows_are_put_in_by_their_key_so_that_parallel_writers_meet_in_one_order(
    connection: Connection, rows: Rows, table: str, key: str
) -> None:
    solve(rows)
    connection.execute(f"ALTER TABLE {table} ADD COLUMN place bigserial".encode())
    write(connection, *reversed(some_documents()))
    placed = select_column(connection, f"SELECT place FROM {table} ORDER BY {key}")
    assert placed == sorted(placed)
    assert len(placed) > 1


def measurements(connection: Connection) -> list[Any]:
    """Answer what was measured, with the result that it belongs to."""
    each = " UNION ALL ".join(
        f"SELECT '{table}' AS table_name, inspection_run_id, to_jsonb(pi) AS pi FROM {table} AS pi"
        for table in INDICATOR_TABLES
    )
    query = f"""
    SELECT inspection_document_id, inspection_result_number, table_name, (pi - 'id' - 'inspection_run_id')::text
    FROM ({each}) AS measured
    JOIN inspection_run AS run ON run.id = inspection_run_id
    ORDER BY 1, 2, 3, 4
    """
    return select(connection, query)


@pytest.mark.parametrize("over", [True, False], ids=["over the original's rows", "where they were"])
def test_the_documents_leave_what_the_original_leaves(original_database: str, over: bool) -> None:
    """Stacks are compared by what they hold, as the original identifies them by something else."""
    with psycopg.connect(original_database, autocommit=True) as connection:
        runs, measured = select(connection, RUNS), measurements(connection)
        if not over:
            for table in INDICATOR_TABLES:
                connection.execute(f"DELETE FROM {table}".encode())
            connection.execute("DELETE FROM inspection_run WHERE inspection_sync_state = 'SYNCED'")
        for document in reversed(conformance_documents("inspection")):
            write(connection, document)
        assert select(connection, RUNS) == runs
        assert measurements(connection) == measured
        assert len(measured) == 14


def test_the_real_documents_are_stored_after_those_of_their_solvers(connection: Connection) -> None:
    solved = sorted(shared_file("documents/solver").glob("1x-solver-rhel-*.json"))
    with connection.transaction():
        write_solver_results(connection, [solver_rows(json.loads(path.read_bytes())) for path in solved])
    documents = [json.loads(path.read_bytes()) for path in sorted(shared_file("documents/inspection").iterdir())]
    write(connection, *documents)
    counts = row_counts(connection)
    assert (counts["inspection_run"], counts["pi_matmul"], counts["pi_conv2d"]) == (14, 7, 7)
    two_ran_the_same = 3
    assert counts["python_software_stack"] == two_ran_the_same


def test_what_troubles_the_original_is_stored_or_refused_by_the_path(connection: Connection, tmp_path: Path) -> None:
    documents = troublesome(tmp_path, "inspection")
    stream = map(json.loads, (tmp_path / "edge.jsonl").read_text().splitlines())
    solved = [solver_rows(item["document"]) for item in stream if item["kind"] == "solver"]
    with connection.transaction():
        write_solver_results(connection, solved)
    refused: dict[str, str] = {}
    for name, document in documents.items():
        try:
            write(connection, document)
        except ThothStorageExceptionError as error:
            refused[name] = str(error)
    reasons = {
        "inspection-unknown-pi": "result.name: a registered performance indicator",
        "inspection-unsolved": "is locked but wasn't solved by a solver for rhel 8 3.8 (and 1 more)",
        "inspection-lock-without-index": "noindex 1.0 from https://pypi.org/simple is locked but wasn't solved",
    }
    assert {name: reason for name, reason in reasons.items() if reason in refused.get(name, "")} == reasons
    assert len(refused) == len(reasons)
    stored = {"inspection-of-dependency-monkey", "inspection-no-hardware", "inspection-no-python"}
    assert set(documents) == stored | set(refused)
    assert row_counts(connection)["inspection_run"] == len(stored)
