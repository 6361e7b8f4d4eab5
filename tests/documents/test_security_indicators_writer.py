"""Documents of security indicators in the tables: one row a document, tied to one package version."""

from __future__ import annotations

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import PYPI, Document, package, solver_document
from tests.documents.making_security_indicators import COUNTS, INDICATORS_ID, indicators_document, numbered_document
from tests.documents.processes import write_at_once
from tests.documents.test_original import documents as conformance_documents
from tests.documents.test_original import troublesome
from tests.documents.writing import select, select_column, sequences
from tests.documents.writing import write as write_solver
from tests.fix_postgres import PointTo
from tests.fix_rows import Rows
from tests.shared import shared_file
from tests.statements import counted_statements
from tests.waiting import wait_until
from thoth_storages import queries
from thoth_storages.documents.security_indicators import SecurityCounts, security_indicators_rows
from thoth_storages.documents.security_indicators_writer import write_security_indicators_results
from thoth_storages.exceptions import SolverNotRunError, ThothStorageExceptionError

Connection = psycopg.Connection[Any]

TABLES = ["si_aggregated_run", "si_aggregated"]
ENVIRONMENTS = [("fedora", "35", "3.10"), ("rhel", "8", "3.8"), ("rhel", "9", "3.9")]
"""In the order in which they count."""


def write(connection: Connection, *documents: Document) -> None:
    with connection.transaction():
        write_security_indicators_results(connection, [security_indicators_rows(document) for document in documents])


def seen_in(rows: Rows, environment: tuple[str, str, str], name: str = "flask") -> int:
    os_name, os_version, python_version = environment
    return rows.version(name, "1.0", os_name=os_name, os_version=os_version, python_version=python_version)


def environments_analysed(connection: Connection) -> list[tuple[Any, ...]]:
    query = """
    SELECT version.os_name, version.os_version, version.python_version
    FROM si_aggregated AS analysed
    JOIN python_package_version AS version
      ON version.id = analysed.python_package_version_id
      AND version.entity_id = analysed.python_package_version_entity_id
    """
    return select(connection, query)


def test_every_count_is_found_again_in_its_column(connection: Connection, rows: Rows) -> None:
    rows.version("flask")
    write(connection, indicators_document())
    answer = queries.get_si_aggregated_python_package_version(connection, "flask", "1.0", PYPI)
    assert answer == {**COUNTS._asdict(), "error": False}
    run = "SELECT si_aggregated_run_document_id, datetime::text FROM si_aggregated_run"
    assert select(connection, run) == [(INDICATORS_ID, "2021-11-24 16:41:27.222462")]


def test_a_run_that_failed_is_stored_with_its_error_and_zeros(connection: Connection, rows: Rows) -> None:
    rows.version("flask")
    write(connection, indicators_document() | {"error": True, "result": None})
    answer = queries.get_si_aggregated_python_package_version(connection, "flask", "1.0", PYPI)
    assert answer == {**SecurityCounts()._asdict(), "error": True}


@pytest.mark.parametrize(
    "unseen",
    [("django", "1.0", PYPI), ("flask", "2.0", PYPI), ("flask", "1.0", "https://example.com/simple")],
)
def test_a_package_version_that_no_solver_saw_is_refused_by_the_id_and_nothing_is_written(
    connection: Connection, rows: Rows, unseen: tuple[str, str, str]
) -> None:
    rows.version("flask", "1.0")
    rows.version("flask", "1.0", index_url=None)
    name, version, index_url = unseen
    rows.entity(name, version, index_url=index_url)
    before = contents(connection)
    document = indicators_document(name, version, index_url, document_id="security-indicator-2")
    with pytest.raises(SolverNotRunError) as raised:
        write(connection, indicators_document(), document)
    assert f"security-indicator-2: metadata.arguments.app.py: no solver has seen {name} {version} of" in str(
        raised.value
    )
    assert contents(connection) == before


@pytest.mark.parametrize("order", list(itertools.permutations(ENVIRONMENTS)))
def test_of_several_environments_the_first_by_name_counts_whichever_was_stored_first(
    connection: Connection, rows: Rows, order: tuple[tuple[str, str, str], ...]
) -> None:
    for environment in order:
        seen_in(rows, environment)
    # Rows read by this key come in that order without being asked to.
    connection.execute("DROP INDEX python_package_version_key")
    write(connection, indicators_document())
    assert environments_analysed(connection) == [ENVIRONMENTS[0]]


def test_written_again_after_a_solver_saw_an_earlier_environment_it_moves_there(
    connection: Connection, rows: Rows
) -> None:
    seen_in(rows, ENVIRONMENTS[1])
    write(connection, indicators_document())
    for environment in (ENVIRONMENTS[2], ENVIRONMENTS[0]):
        seen_in(rows, environment)
    assert environments_analysed(connection) == [ENVIRONMENTS[1]]
    write(connection, indicators_document())
    assert environments_analysed(connection) == [ENVIRONMENTS[0]]


def test_a_version_without_an_index_is_none_of_an_index(connection: Connection, rows: Rows) -> None:
    rows.version("flask", index_url=None, os_name="arch")
    seen_in(rows, ENVIRONMENTS[1])
    write(connection, indicators_document())
    assert environments_analysed(connection) == [ENVIRONMENTS[1]]


def some_documents(rows: Rows) -> list[Document]:
    """Twelve documents about three package versions, seen in two environments each."""
    for name, environment in itertools.product(("flask", "click", "jinja2"), ENVIRONMENTS[:2]):
        seen_in(rows, environment, name)
    return [numbered_document(number, ("flask", "click", "jinja2")[number % 3]) for number in range(12)]


def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection, rows: Rows) -> None:
    documents = some_documents(rows)
    write(connection, *documents)
    before = contents(connection), sequences(connection)
    for document in documents:
        write(connection, document)
    write(connection, *documents, *documents)
    assert (contents(connection), sequences(connection)) == before
    assert row_counts(connection)["si_aggregated_run"] == row_counts(connection)["si_aggregated"] == 12


def test_documents_written_together_or_one_by_one_leave_the_same_tables(
    connection: Connection, other_connection: Connection, rows: Rows
) -> None:
    documents = some_documents(rows)
    some_documents(Rows(other_connection))
    write(connection, *documents)
    for document in reversed(documents):
        write(other_connection, document)
    assert contents(connection) == contents(other_connection)


def test_no_rows_are_written_for_no_documents(connection: Connection) -> None:
    write(connection)
    assert row_counts(connection) == {}


def counts_of_runs(connection: Connection) -> list[int]:
    query = "SELECT total_number_of_lines_with_code FROM si_aggregated_run ORDER BY id"
    return select_column(connection, query)


def test_a_document_that_has_changed_is_what_the_table_says(connection: Connection, rows: Rows) -> None:
    rows.version("flask")
    write(connection, indicators_document(), numbered_document(7))
    write(connection, indicators_document(first=100) | {"error": True}, numbered_document(7))
    assert counts_of_runs(connection) == [31, 124]
    assert select_column(connection, "SELECT error FROM si_aggregated_run ORDER BY id") == [False, True]
    assert row_counts(connection)["si_aggregated"] == 2


@pytest.mark.parametrize(("first", "expected"), [(1, [25, 125]), (101, [25, 125]), (201, [225, 125])])
def test_of_several_rows_that_the_original_wrote_of_a_document_one_says_what_it_says(
    connection: Connection, rows: Rows, first: int, expected: list[int]
) -> None:
    rows.version("flask")
    write(connection, indicators_document(document_id="security-indicator-a"))
    write(connection, indicators_document(document_id="security-indicator-b", first=101))
    connection.execute("UPDATE si_aggregated_run SET si_aggregated_run_document_id = 'security-indicator-x'")
    for _ in range(2):
        write(connection, indicators_document(document_id="security-indicator-x", first=first))
    assert counts_of_runs(connection) == expected
    assert row_counts(connection)["si_aggregated"] == 2


def statements(connection: Connection, *documents: Document) -> int:
    with counted_statements(connection) as sent:
        write(connection, *documents)
    return sent.statements


def test_a_batch_takes_ten_statements_at_most_whatever_it_holds(connection: Connection, rows: Rows) -> None:
    documents = some_documents(rows)
    assert statements(connection, documents[0]) == 9
    assert statements(connection, *documents) == 9
    assert statements(connection, *documents) == 7
    changed = [document | {"error": True} for document in documents]
    assert statements(connection, *changed, numbered_document(99)) == 10


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("si_aggregated_run", 'si_aggregated_run_document_id COLLATE "C"'),
        ("si_aggregated", "si_aggregated_run_id, python_package_version_entity_id"),
    ],
)
def test_rows_are_put_in_by_their_key_so_that_parallel_writers_meet_in_one_order(
    connection: Connection, rows: Rows, table: str, key: str
) -> None:
    documents = some_documents(rows)
    connection.execute(f"ALTER TABLE {table} ADD COLUMN place bigserial".encode())
    write(connection, *reversed(documents))
    placed = select_column(connection, f"SELECT place FROM {table} ORDER BY {key}")
    assert placed == sorted(placed)
    assert len(placed) == len(documents)


def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection, rows: Rows, database: str, point_to: PointTo
) -> None:
    point_to(database)
    documents = some_documents(rows)
    some_documents(Rows(other_connection))
    write(other_connection, *documents)
    write_at_once(documents, security_indicators_rows, write_security_indicators_results)
    assert contents(connection) == contents(other_connection)


def test_of_two_writers_of_one_document_the_second_waits_and_finds_its_row(
    connection: Connection, rows: Rows, database: str
) -> None:
    rows.version("flask")
    waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(database) as first, psycopg.connect(database) as second, ThreadPoolExecutor(1) as pool:
        write_security_indicators_results(first, [security_indicators_rows(indicators_document())])
        changed = [security_indicators_rows(indicators_document(first=100))]
        done = pool.submit(write_security_indicators_results, second, changed)
        wait_until(lambda: select_column(connection, waiting) or done.done(), "the second writer")
        first.commit()
        done.result(timeout=60)
        second.commit()
    assert counts_of_runs(connection) == [124]


def test_the_documents_leave_what_the_original_leaves(original_database: str) -> None:
    with psycopg.connect(original_database, autocommit=True) as connection:
        original = contents(connection, TABLES)
        connection.execute("DELETE FROM si_aggregated_run")
        for document in reversed(conformance_documents("security-indicators")):
            write(connection, document)
        assert contents(connection, TABLES) == original
        assert original["si_aggregated"].total() == 30


def test_a_real_document_is_stored_after_that_of_its_solver(connection: Connection) -> None:
    paths = [
        shared_file("documents/solver/1x-solver-rhel-8-py38-220101000000-b92bc8e951ec2cf2.json"),
        shared_file("documents/security-indicators/security-indicator-211124154025-de8d82a3227adc99.json"),
    ]
    solved, analysed = (json.loads(path.read_bytes()) for path in paths)
    write_solver(connection, solved)
    write(connection, analysed)
    answer = queries.get_si_aggregated_python_package_version(connection, "filedepot", "0.7.1", PYPI)
    assert (answer["severity_high_confidence_low"], answer["total_number_of_lines"]) == (7, 2602)


def test_a_version_whose_solving_failed_was_seen(connection: Connection) -> None:
    failed = {"package_name": "flask", "package_version": "1.0", "index_url": PYPI, "type": "command_error"}
    write_solver(connection, solver_document(package("click", "8.0"), errors=[failed]))
    write(connection, indicators_document())
    assert environments_analysed(connection) == [("rhel", "8", "3.8")]


def test_what_troubles_the_original_is_stored_or_refused_by_the_path(
    connection: Connection, rows: Rows, tmp_path: Path
) -> None:
    documents = troublesome(tmp_path, "security-indicators")
    failed = documents["si-error-no-result"]["metadata"]["arguments"]["app.py"]
    rows.version(failed["package_name"], failed["package_version"], index_url=failed["package_index"])
    refused: dict[str, str] = {}
    for name, document in documents.items():
        try:
            write(connection, document)
        except ThothStorageExceptionError as error:
            refused[name] = str(error)
    assert len(documents) == 3
    assert set(refused) == {"si-not-solved", "si-error-metadata"}
    assert "no solver has seen not-solved" in refused["si-not-solved"]
    assert refused["si-error-metadata"].endswith("metadata.arguments: an object is needed, found nothing")
    assert select_column(connection, "SELECT error FROM si_aggregated_run") == [True]
