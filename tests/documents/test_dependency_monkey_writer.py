"""Documents of Dependency Monkey in the tables: all of what they say, once, whatever the order."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import Document
from tests.documents.making_runs import MONKEY_ID, PYTORCH, monkey_document, renamed
from tests.documents.processes import write_at_once
from tests.documents.test_original import documents, troublesome
from tests.documents.writing import select, select_column, sequences
from tests.fix_rows import Rows
from tests.shared import shared_file, shared_files
from tests.statements import counted_statements
from thoth_storages.documents.dependency_monkey import dependency_monkey_rows
from thoth_storages.documents.dependency_monkey_writer import write_dependency_monkey_results
from thoth_storages.documents.environment import SoftwareEnvironment

Connection = psycopg.Connection[Any]

OLDER, NEWER = MONKEY_ID, "dependency-monkey-220201000000-0000000000000000"
FILLED = {
    "dependency_monkey_run": 1,
    "hardware_information": 1,
    "inspection_run": 4,
    "python_dependency_monkey_requirements": 2,
    "python_package_index": 1,
    "python_package_requirement": 2,
    "software_environment": 2,
}


def write(connection: Connection, *documents: Document) -> None:
    with connection.transaction():
        write_dependency_monkey_results(connection, [dependency_monkey_rows(document) for document in documents])


def results(connection: Connection) -> list[tuple[Any, ...]]:
    """Answer the results of inspections, with the run that asked for them."""
    query = """
    SELECT inspection_document_id, inspection_result_number, inspection_sync_state::text, dependency_monkey_document_id
    FROM inspection_run
    LEFT JOIN dependency_monkey_run AS run ON run.id = dependency_monkey_run_id
    ORDER BY 1, 2, inspection_run.id
    """
    return select(connection, query)


def generated(count: int = 12) -> list[Document]:
    """Make documents that ask for some of the same inspections, and for the same environments and requirements."""
    return [
        renamed(
            monkey_document(
                *(f"inspection-{name}" for name in (number, number + 1, "all")),
                count=number % 3 + 1,
                seed=number,
                project={
                    "requirements": {
                        "packages": {f"package-{number % 5}": "*", "numpy": {"version": ">1", "index": "x"}},
                        "source": [{"name": "x", "url": f"https://example.com/{number % 4}"}],
                    },
                    "runtime_environment": {"python_version": f"3.{number % 4}", "hardware": {"cpu_cores": number % 3}},
                },
            ),
            f"dependency-monkey-{number:012}",
        )
        for number in range(count)
    ]


def test_a_document_fills_every_table_of_its_kind(connection: Connection) -> None:
    write(connection, monkey_document("inspection-a", "inspection-b"))
    assert row_counts(connection) == FILLED


def test_a_run_stands_with_what_it_was_for(connection: Connection) -> None:
    write(connection, monkey_document("inspection-a"))
    query = """
    SELECT
      dependency_monkey_document_id, datetime::text, dependency_monkey_name, dependency_monkey_version, seed, decision,
      count, limit_latest_versions, debug, dependency_monkey_error, duration
    FROM dependency_monkey_run
    """
    moment = "2022-01-31 12:34:56.789012"
    assert select(connection, query) == [
        (MONKEY_ID, moment, "thoth-adviser", "0.50.0", 42, "random", 2, -1, True, False, 219)
    ]
    query = """
    SELECT
      run_place.environment_type::text, build_place.environment_type::text, run_place.os_name, build_place.os_version,
      run_hardware.cpu_model, build_hardware.cpu_family
    FROM dependency_monkey_run AS run
    JOIN software_environment AS run_place ON run_place.id = run.run_software_environment_id
    JOIN software_environment AS build_place ON build_place.id = run.build_software_environment_id
    JOIN hardware_information AS run_hardware ON run_hardware.id = run.run_hardware_information_id
    JOIN hardware_information AS build_hardware ON build_hardware.id = run.build_hardware_information_id
    """
    assert select(connection, query) == [("RUNTIME", "BUILDTIME", "rhel", "8", 94, 6)]


def test_a_run_stands_with_the_lines_of_its_pipfile(connection: Connection) -> None:
    write(connection, monkey_document())
    query = """
    SELECT line.name, line.version_range, i.url
    FROM python_dependency_monkey_requirements
    JOIN python_package_requirement AS line ON line.id = python_package_requirement_id
    LEFT JOIN python_package_index AS i ON i.id = line.python_package_index_id
    ORDER BY 1
    """
    assert select(connection, query) == [("flask", ">=1.0", None), ("torch", "*", PYTORCH)]


def test_results_that_are_not_there_are_pending(connection: Connection) -> None:
    write(connection, monkey_document("inspection-b", "inspection-a", count=2))
    assert results(connection) == [
        ("inspection-a", 0, "PENDING", MONKEY_ID),
        ("inspection-a", 1, "PENDING", MONKEY_ID),
        ("inspection-b", 0, "PENDING", MONKEY_ID),
        ("inspection-b", 1, "PENDING", MONKEY_ID),
    ]


def test_results_that_are_there_stay_as_they_are_and_are_tied_to_the_run(connection: Connection, rows: Rows) -> None:
    rows.inspection("inspection-a", 1, amun_version="0.7")
    write(connection, monkey_document("inspection-a", count=2))
    assert results(connection) == [
        ("inspection-a", 0, "PENDING", MONKEY_ID),
        ("inspection-a", 1, "SYNCED", MONKEY_ID),
    ]
    assert select_column(connection, "SELECT amun_version FROM inspection_run WHERE datetime IS NOT NULL") == ["0.7"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [False, True])
def test_an_inspection_belongs_to_the_older_of_the_runs_that_ask_for_it(
    connection: Connection, order: tuple[int, int], together: bool
) -> None:
    runs = [
        renamed(monkey_document("inspection-a", count=1), OLDER),
        renamed(monkey_document("inspection-a", "inspection-b", count=2), NEWER),
    ]
    written = [runs[number] for number in order]
    for batch in [written] if together else [[document] for document in written]:
        write(connection, *batch)
    assert results(connection) == [
        ("inspection-a", 0, "PENDING", OLDER),
        ("inspection-a", 1, "PENDING", NEWER),
        ("inspection-b", 0, "PENDING", NEWER),
        ("inspection-b", 1, "PENDING", NEWER),
    ]


@pytest.mark.parametrize("lower", ["dependency-monkey-A", "dependency-monkey-Z"])
def test_ids_are_compared_by_their_letters_whatever_the_databases_language(connection: Connection, lower: str) -> None:
    for document_id in ("dependency-monkey-a", lower):
        write(connection, renamed(monkey_document("inspection-a", count=1), document_id))
    assert [owner for *_, owner in results(connection)] == [lower]


def test_a_failed_run_is_stored_so_that_it_is_not_synced_again(
    connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    write(connection, monkey_document("inspection-a", report={"ERROR": "oom"}))
    assert select(
        connection, "SELECT dependency_monkey_document_id, dependency_monkey_error FROM dependency_monkey_run"
    ) == [(MONKEY_ID, True)]
    assert results(connection) == []
    assert MONKEY_ID in caplog.text


def test_a_run_for_nothing_known_is_stored(connection: Connection) -> None:
    for _ in range(2):
        write(connection, monkey_document(project=None))
    counts = row_counts(connection)
    assert counts == {"dependency_monkey_run": 1, "hardware_information": 1, "software_environment": 2}


def test_no_rows_are_written_for_no_documents(connection: Connection) -> None:
    write(connection)
    assert row_counts(connection) == {}


def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection) -> None:
    made = generated()
    write(connection, *made)
    before = contents(connection), sequences(connection)
    for document in made:
        write(connection, document)
    write(connection, *reversed(made))
    assert (contents(connection), sequences(connection)) == before


def test_documents_written_together_or_one_by_one_leave_the_same_tables(
    connection: Connection, other_connection: Connection
) -> None:
    made = generated()
    write(connection, *made)
    for document in reversed(made):
        write(other_connection, document)
    assert contents(connection) == contents(other_connection)


def test_a_document_that_changed_replaces_what_its_run_said(connection: Connection) -> None:
    write(connection, monkey_document("inspection-a", count=1))
    changed = monkey_document("inspection-a", "inspection-b", count=1, seed=None, project=None, error=True)
    write(connection, renamed(changed, MONKEY_ID, duration=None))
    query = "SELECT seed, duration, dependency_monkey_error, run_hardware_information_id FROM dependency_monkey_run"
    ((seed, duration, error, hardware_id),) = select(connection, query)
    assert (seed, duration, error) == (None, None, True)
    assert select_column(connection, f"SELECT cpu_model FROM hardware_information WHERE id = {hardware_id}") == [None]
    assert [name for name, *_ in results(connection)] == ["inspection-a", "inspection-b"]


def test_of_one_document_in_two_states_the_last_is_written(connection: Connection) -> None:
    write(connection, monkey_document(seed=1), monkey_document(seed=2))
    assert select_column(connection, "SELECT seed FROM dependency_monkey_run") == [2]


class TestADatabaseOfTheOriginal:
    """It has a row for each run that asked for an inspection, and perhaps several of one document."""

    @pytest.fixture
    def runs(self, connection: Connection, rows: Rows) -> list[int]:
        write(connection, renamed(monkey_document(count=1), OLDER), renamed(monkey_document(count=1), NEWER))
        return select_column(connection, "SELECT id FROM dependency_monkey_run ORDER BY dependency_monkey_document_id")

    @pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
    def test_rows_of_several_runs_stay(
        self, connection: Connection, rows: Rows, runs: list[int], order: tuple[int, ...]
    ) -> None:
        for number in order:
            pending: dict[str, Any] = {"inspection_sync_state": "PENDING", "datetime": None}
            rows.inspection("inspection-a", dependency_monkey_run_id=runs[number], **pending)
        before = contents(connection)
        for document_id in (OLDER, NEWER):
            write(connection, renamed(monkey_document("inspection-a", count=1), document_id))
            assert contents(connection) == before

    def test_a_row_of_no_run_is_tied_to_one_only_if_none_is(
        self, connection: Connection, rows: Rows, runs: list[int]
    ) -> None:
        rows.inspection("inspection-a")
        rows.inspection("inspection-a", dependency_monkey_run_id=runs[1])
        write(connection, renamed(monkey_document("inspection-a", count=1), NEWER))
        assert [owner for *_, owner in results(connection)] == [None, NEWER]
        write(connection, renamed(monkey_document("inspection-a", count=1), OLDER))
        assert [owner for *_, owner in results(connection)] == [OLDER, NEWER]

    def test_of_several_rows_of_a_document_one_says_what_the_document_says(
        self, connection: Connection, runs: list[int]
    ) -> None:
        copied = "dependency_monkey_document_id, datetime, dependency_monkey_name, dependency_monkey_version, decision"
        connection.execute(
            f"INSERT INTO dependency_monkey_run ({copied}, seed) SELECT {copied}, 7 FROM dependency_monkey_run"
            f" WHERE id = {runs[0]}".encode()
        )
        seeds = f"SELECT seed FROM dependency_monkey_run WHERE dependency_monkey_document_id = '{OLDER}' ORDER BY id"
        write(connection, renamed(monkey_document(seed=7), OLDER))
        assert select_column(connection, seeds) == [7, 7]
        before = contents(connection)
        write(connection, renamed(monkey_document(seed=7), OLDER))
        assert contents(connection) == before


KEYS = {
    "python_package_index": "url",
    "hardware_information": "cpu_cores",
    "software_environment": f"content_digest({', '.join(SoftwareEnvironment._fields[1:])}), environment_type",
    "python_package_requirement": "name, python_package_index_id",
    "dependency_monkey_run": "dependency_monkey_document_id",
    "python_dependency_monkey_requirements": "dependency_monkey_run_id, python_package_requirement_id",
    "inspection_run": "inspection_document_id, inspection_result_number",
}


@pytest.mark.parametrize("table", KEYS)
def test_rows_are_put_in_by_their_key_so_that_parallel_writers_meet_in_one_order(
    connection: Connection, table: str
) -> None:
    connection.execute(f"ALTER TABLE {table} ADD COLUMN place bigserial".encode())
    write(connection, *reversed(generated()))
    by_key = select(connection, f"SELECT {KEYS[table]} FROM {table} ORDER BY {KEYS[table]}")
    by_place = select(connection, f"SELECT {KEYS[table]} FROM {table} ORDER BY place")
    assert len(by_key) > 1
    assert by_place == by_key


def statements(connection: Connection, documents: Sequence[Document]) -> int:
    with counted_statements(connection) as sent:
        write(connection, *documents)
    return sent.statements


def test_documents_take_at_most_24_statements_however_many_there_are(connection: Connection) -> None:
    first = statements(connection, [monkey_document("inspection-a")])
    assert statements(connection, generated(40)) == first <= 24
    assert statements(connection, generated(40)) <= 24


@pytest.mark.parametrize("path", shared_files("documents/dependency-monkey/*.json"), ids=lambda path: path.stem)
def test_real_documents_are_written_in_as_many_statements(connection: Connection, path: Path) -> None:
    document = json.loads(path.read_bytes())
    assert statements(connection, [document]) <= 24
    asked = len(document["result"]["report"]["responses"]) * document["result"]["parameters"]["count"]
    assert Counter(state for _, _, state, _ in results(connection)) == {"PENDING": asked}
    before = contents(connection), sequences(connection)
    write(connection, document)
    assert (contents(connection), sequences(connection)) == before


def test_documents_leave_what_the_original_leaves(connection: Connection, original_database: str) -> None:
    shared_file("conformance/documents.jsonl.gz")
    write(connection, *documents("dependency-monkey"))
    with psycopg.connect(original_database) as original:
        theirs = contents(original)
    here = contents(connection)
    assert here["dependency_monkey_run"].total() == 3
    for table in ("dependency_monkey_run", "python_dependency_monkey_requirements"):
        assert here[table] == theirs[table]
    for table in here:
        assert here[table] - theirs[table] == Counter(), f"only here: {table}"
    requested = [row for row in theirs["inspection_run"].elements() if dict(row)["dependency_monkey_run_id"]]
    assert here["inspection_run"] == Counter(requested)


@pytest.mark.usefixtures("graph")
def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection
) -> None:
    made = generated(20)
    write(other_connection, *made)
    write_at_once(made, dependency_monkey_rows, write_dependency_monkey_results)
    assert contents(connection) == contents(other_connection)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert select_column(connection, deadlocks) == [0]


def test_what_troubles_the_original_is_stored(
    connection: Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = troublesome(tmp_path, "dependency-monkey")
    assert len(made) >= 4
    for document in made.values():
        write(connection, document)
    without_report = ("dependency-monkey-error", "dependency-monkey-report-null")
    failed = {made[name]["metadata"]["document_id"] for name in without_report}
    query = "SELECT dependency_monkey_document_id FROM dependency_monkey_run"
    assert set(select_column(connection, f"{query} WHERE dependency_monkey_error")) == failed
    stored = {document["metadata"]["document_id"] for document in made.values()}
    assert Counter(select_column(connection, query)) == Counter(stored)
    assert {message.partition(":")[0] for message in caplog.messages} == failed
