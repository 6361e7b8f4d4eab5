"""Documents of the provenance checker in the tables: all of what they say, once, whatever the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import PYPI, Document
from tests.documents.making_runs import PROVENANCE_ID, PYTORCH, missing, provenance_document, renamed
from tests.documents.processes import write_at_once
from tests.documents.test_original import documents, troublesome
from tests.documents.writing import select, select_column, sequences
from tests.fix_rows import Rows
from tests.shared import shared_file
from tests.statements import counted_statements
from thoth_storages.documents.provenance_checker import provenance_checker_rows
from thoth_storages.documents.provenance_checker_writer import write_provenance_checker_results

Connection = psycopg.Connection[Any]

FILLED = {
    "external_python_requirements": 1,
    "external_python_requirements_lock": 1,
    "external_python_software_stack": 1,
    "has_external_python_requirement": 2,
    "has_external_python_requirement_lock": 3,
    "provenance_checker_run": 1,
    "python_package_index": 2,
    "python_package_requirement": 2,
    "python_package_version_entity": 4,
}


def write(connection: Connection, *documents: Document) -> None:
    with connection.transaction():
        write_provenance_checker_results(connection, [provenance_checker_rows(document) for document in documents])


def generated(count: int = 12) -> list[Document]:
    """Make documents that name some of the same packages, indexes and files."""
    return [
        renamed(
            provenance_document(
                missing(
                    f"package-{number % 5}", f"=={number % 2}", source={"url": f"https://example.com/{number % 4}"}
                ),
                missing("gone", None, source=None),
                error=number % 2 == 0,
                origin=None if number % 3 else f"https://github.com/acme/{number}",
                requirements={
                    "packages": {f"package-{number % 5}": "*", "numpy": {"version": ">1", "index": "x"}},
                    "source": [{"name": "x", "url": f"https://example.com/{number % 3}"}],
                },
                requirements_locked={
                    "default": {f"package-{each % 7}": {"version": f"=={each}"} for each in range(number, 2 * number)}
                },
            ),
            f"provenance-checker-{number:012}",
        )
        for number in range(count)
    ]


def test_a_document_fills_every_table_of_its_kind(connection: Connection) -> None:
    write(connection, provenance_document(missing("lost")))
    assert row_counts(connection) == FILLED


def test_a_run_stands_with_the_users_stack(connection: Connection) -> None:
    write(connection, provenance_document(error=True))
    query = """
    SELECT
      provenance_checker_document_id, datetime::text, provenance_checker_version, provenance_checker_name, origin,
      debug, provenance_checker_error, duration
    FROM provenance_checker_run
    """
    run = (PROVENANCE_ID, "2022-01-31 12:34:56.789012", "0.50.0", "thoth-adviser", "https://github.com/acme/x")
    assert select(connection, query) == [(*run, False, True, 219)]
    query = """
    SELECT entity.package_name, entity.package_version, i.url
    FROM provenance_checker_run AS run
    JOIN external_python_software_stack AS stack ON stack.id = run.user_software_stack_id
    JOIN has_external_python_requirement_lock AS locked
      ON locked.external_python_requirements_locked_id = stack.external_python_requirements_lock_id
    JOIN python_package_version_entity AS entity ON entity.id = locked.python_package_version_entity_id
    JOIN python_package_index AS i ON i.id = entity.python_package_index_id
    ORDER BY 1
    """
    assert select(connection, query) == [
        ("flask", "1.0", PYPI),
        ("torch", "2.0", PYTORCH),
        ("werkzeug", "0.15", PYPI),
    ]


def test_missing_packages_are_known_by_name(connection: Connection) -> None:
    entries = [missing("lost"), missing("Lost", None), missing("lost", "1.0", source=None)]
    write(connection, provenance_document(*entries))
    query = """
    SELECT package_version, i.url
    FROM python_package_version_entity
    LEFT JOIN python_package_index AS i ON i.id = python_package_index_id
    WHERE package_name = 'lost'
    """
    assert Counter(select(connection, query)) == Counter([("2.0", PYTORCH), (None, PYTORCH), ("1.0", None)])


def test_missing_packages_are_tied_to_the_rules_about_them(connection: Connection, rows: Rows) -> None:
    rows.rule("torch")
    write(connection, provenance_document(missing(), requirements_locked=None))
    assert row_counts(connection)["python_package_version_entity_rules_association"] == 1


def test_a_run_without_files_stands_with_an_empty_stack(connection: Connection) -> None:
    failed = provenance_document(error=True)
    failed["result"] |= {"parameters": {"project": None}, "report": None}
    for document_id in (PROVENANCE_ID, f"{PROVENANCE_ID}2", PROVENANCE_ID):
        write(connection, renamed(failed, document_id))
    counts = row_counts(connection)
    assert (counts["provenance_checker_run"], counts["external_python_software_stack"]) == (2, 1)


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
    assert row_counts(connection)["provenance_checker_run"] == len(made)


def test_a_document_that_changed_replaces_what_its_run_said(connection: Connection) -> None:
    write(connection, provenance_document())
    write(connection, provenance_document(error=True, origin=None, requirements=None))
    query = """
    SELECT provenance_checker_error, origin, external_python_requirements_id
    FROM provenance_checker_run
    JOIN external_python_software_stack AS stack ON stack.id = user_software_stack_id
    """
    assert select(connection, query) == [(True, None, None)]


def test_of_one_document_in_two_states_the_last_is_written(connection: Connection) -> None:
    write(connection, provenance_document(origin="a"), provenance_document(origin="b"))
    assert select_column(connection, "SELECT origin FROM provenance_checker_run") == ["b"]


def test_of_several_rows_of_a_document_one_says_what_the_document_says(connection: Connection) -> None:
    """Databases of the original may hold them."""
    write(connection, provenance_document(origin="a"))
    connection.execute(
        "INSERT INTO provenance_checker_run SELECT nextval('provenance_checker_run_id_seq'), document_id, datetime,"
        " version, name, 'b', debug, error, duration, stack_id FROM provenance_checker_run AS run (id, document_id,"
        " datetime, version, name, origin, debug, error, duration, stack_id)"
    )
    before = contents(connection)
    for origin in ("b", "a"):
        write(connection, provenance_document(origin=origin))
        assert contents(connection) == before
    write(connection, provenance_document(origin="c"))
    assert select_column(connection, "SELECT origin FROM provenance_checker_run ORDER BY id") == ["c", "b"]


KEYS = {
    "python_package_index": "url",
    "python_package_version_entity": "package_name, package_version, python_package_index_id",
    "python_package_requirement": "name, python_package_index_id",
    "external_python_requirements": "requirements_hash",
    "external_python_requirements_lock": "requirements_lock_hash",
    "external_python_software_stack": "external_python_requirements_lock_id, external_python_requirements_id",
    "provenance_checker_run": "provenance_checker_document_id",
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


def test_documents_take_at_most_40_statements_however_many_there_are(connection: Connection, rows: Rows) -> None:
    rows.rule("flask")
    first = statements(connection, [provenance_document(missing())])
    assert statements(connection, generated(40)) <= first <= 40
    assert statements(connection, generated(40)) <= 40


def test_documents_leave_what_the_original_leaves(connection: Connection, original_database: str) -> None:
    shared_file("conformance/documents.jsonl.gz")
    write(connection, *documents("provenance-checker"))
    with psycopg.connect(original_database) as original:
        original.execute(
            "UPDATE python_package_index"
            " SET enabled = FALSE, only_if_package_seen = TRUE, verify_ssl = TRUE, warehouse_api_url = NULL"
        )
        theirs = contents(original)
    here = contents(connection)
    assert here["provenance_checker_run"].total() == 10
    assert _without_hashes(here["provenance_checker_run"]) == _without_hashes(theirs["provenance_checker_run"])
    for table in here:
        assert _without_hashes(here[table]) - _without_hashes(theirs[table]) == Counter(), f"only here: {table}"


def _without_hashes(found: Counter[Any]) -> Counter[Any]:
    """Leave out what identifies stacks: a digest here, and a fuzzy hash of ids there."""

    def cut(content: Any) -> Any:
        if not isinstance(content, tuple):
            return content
        return tuple(cut(each) for each in content if not (isinstance(each, tuple) and str(each[0]).endswith("_hash")))

    counted: Counter[Any] = Counter()
    for content, count in found.items():
        counted[cut(content)] += count
    return counted


@pytest.mark.usefixtures("graph")
def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection
) -> None:
    made = generated(20)
    write(other_connection, *made)
    write_at_once(made, provenance_checker_rows, write_provenance_checker_results)
    assert contents(connection) == contents(other_connection)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert select_column(connection, deadlocks) == [0]


def test_what_troubles_the_original_is_stored(connection: Connection, tmp_path: Path) -> None:
    made = troublesome(tmp_path, "provenance-checker")
    assert len(made) >= 3
    for document in made.values():
        write(connection, document)
    stored = {document["metadata"]["document_id"] for document in made.values()}
    assert set(select_column(connection, "SELECT provenance_checker_document_id FROM provenance_checker_run")) == stored
    query = """
    SELECT package_version FROM python_package_version_entity
    WHERE package_name = 'x' AND python_package_index_id IS NULL
    """
    assert select_column(connection, query) == ["1.0"]
