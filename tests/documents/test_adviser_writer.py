"""Documents of the adviser in the tables: all of what they say, once, whatever the order."""

from __future__ import annotations

import itertools
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import PYPI, Document
from tests.documents.making_advisers import (
    ADVISER_ID,
    ENVIRONMENT,
    ORIGIN,
    adviser_document,
    have_solved,
    kebechet_document,
    pipfile,
    pipfile_lock,
    product,
    unresolved_document,
    write_advisers,
)
from tests.documents.processes import write_at_once
from tests.documents.writing import select, select_column, sequences
from tests.fix_postgres import PointTo
from tests.fix_rows import Rows
from tests.statements import counted_statements
from thoth_storages.documents.adviser import adviser_rows
from thoth_storages.documents.adviser_writer import write_adviser_results
from thoth_storages.exceptions import SolverNotRunError

Connection = psycopg.Connection[Any]


@pytest.fixture(autouse=True)
def _solved(rows: Rows) -> None:
    have_solved(rows)


def full_document(**metadata: Any) -> Document:
    """Make a document that puts a row into every table that the adviser fills."""
    report = {
        "products": [product("six", "flask"), product("flask", score=0.25)],
        "_ERROR_DETAILS": {"unresolved": ["lost", "gone"]},
    }
    return adviser_document(
        asked={"source_type": "kebechet", "origin": ORIGIN, "is_s2i": False, "re_run_adviser_id": "adviser-1"},
        project={"requirements_locked": pipfile_lock("six", "unseen")},
        result={"report": report, "stack_info": [{"message": "x"}], "advised_configuration": {"x": 1}},
        **metadata,
    )


def some_documents() -> list[Document]:
    """Make documents that have much in common."""
    return [
        full_document(),
        unresolved_document("lost", "six", document_id="adviser-unresolved"),
        adviser_document(result={"error": True, "report": None}, document_id="adviser-error"),
        adviser_document(product("six"), project={"runtime_environment": None}, document_id="adviser-anywhere"),
        *(kebechet_document("six", "flask", day=day) for day in (3, 1)),
        kebechet_document("werkzeug", day=2, parameters={"limit": None}, duration=None),
    ]


def test_a_document_fills_every_table_that_the_adviser_fills(connection: Connection, rows: Rows) -> None:
    rows.installation("acme/app", "prod")
    before = row_counts(connection)
    write_advisers(connection, full_document())
    added = {table: count for table, total in row_counts(connection).items() if (count := total - before.get(table, 0))}
    assert added == {
        "advised": 2,
        "adviser_run": 1,
        "external_hardware_information": 1,
        "external_python_requirements": 1,
        "external_python_requirements_lock": 1,
        "external_python_software_stack": 1,
        "external_software_environment": 1,
        "has_external_python_requirement": 1,
        "has_external_python_requirement_lock": 2,
        "has_python_requirement_lock": 3,
        "has_python_requirements": 1,
        "has_unresolved": 2,
        "python_package_requirement": 1,
        "python_package_version_entity": 3,
        "python_requirements": 1,
        "python_requirements_lock": 2,
        "python_software_stack": 2,
    }


def test_the_run_says_what_the_document_says(connection: Connection) -> None:
    write_advisers(connection, full_document())
    query = """
    SELECT
      adviser_document_id, run.datetime::text, adviser_version, adviser_name, run.count, "limit", origin,
      source_type::text, is_s2i, debug, need_re_run, re_run_adviser_id, limit_latest_versions, adviser_error,
      recommendation_type::text, requirements_format::text, duration, advised_configuration_changes,
      additional_stack_info, external_build_software_environment_id, environment.environment_name,
      environment.os_name, environment.os_version, environment.python_version, hardware.cpu_model
    FROM adviser_run AS run
    JOIN external_software_environment AS environment ON environment.id = external_run_software_environment_id
    JOIN external_hardware_information AS hardware ON hardware.id = external_hardware_information_id
    """
    assert select(connection, query) == [
        (
            *(ADVISER_ID, "2022-01-31 12:34:56.789012", "0.50.0", "thoth-adviser", 1, 1000, ORIGIN, "KEBECHET"),
            *(False, False, True, "adviser-1", -1, False, "LATEST", "PIPENV", 8, True, True, None),
            *("prod", "rhel", "8", "3.8", 94),
        )
    ]


def test_the_user_s_stack_is_that_of_both_files(connection: Connection) -> None:
    write_advisers(connection, full_document())
    query = """
    SELECT
      ARRAY(
        SELECT line.name
        FROM has_external_python_requirement AS has
        JOIN python_package_requirement AS line ON line.id = has.python_package_requirement_id
        WHERE has.external_python_requirements_id = stack.external_python_requirements_id
      ),
      ARRAY(
        SELECT concat_ws(' ', entity.package_name, entity.package_version, i.url)
        FROM has_external_python_requirement_lock AS has
        JOIN python_package_version_entity AS entity ON entity.id = has.python_package_version_entity_id
        JOIN python_package_index AS i ON i.id = entity.python_package_index_id
        WHERE has.external_python_requirements_locked_id = stack.external_python_requirements_lock_id
        ORDER BY entity.package_name
      )
    FROM adviser_run AS run
    JOIN external_python_software_stack AS stack ON stack.id = run.user_software_stack_id
    """
    assert select(connection, query) == [(["flask"], [f"six 1.0 {PYPI}", f"unseen 1.0 {PYPI}"])]


def test_a_run_may_have_no_stack(connection: Connection) -> None:
    write_advisers(connection, adviser_document(project={"requirements": None}))
    assert select_column(connection, "SELECT user_software_stack_id FROM adviser_run") == [None]


def test_advised_stacks_are_made_of_versions_that_were_solved(connection: Connection) -> None:
    write_advisers(connection, full_document())
    query = """
    SELECT
      stack.software_stack_type::text,
      stack.overall_score,
      ARRAY(
        SELECT concat_ws(' ', version.package_name, version.package_version, version.os_name, version.os_version)
        FROM has_python_requirement_lock AS has
        JOIN python_package_version AS version ON version.id = has.python_package_version_id
        WHERE has.python_requirements_lock_id = stack.python_requirements_lock_id
        ORDER BY version.package_name
      )
    FROM advised
    JOIN python_software_stack AS stack ON stack.id = advised.python_software_stack_id
    ORDER BY stack.overall_score DESC
    """
    assert select(connection, query) == [
        ("ADVISED", 0.5, ["flask 1.0 rhel 8", "six 1.0 rhel 8"]),
        ("ADVISED", 0.25, ["flask 1.0 rhel 8"]),
    ]


def test_unresolved_packages_are_known_by_name_only(connection: Connection) -> None:
    write_advisers(connection, unresolved_document("lost", "six"))
    query = """
    SELECT entity.package_name, entity.package_version, entity.python_package_index_id
    FROM has_unresolved
    JOIN python_package_version_entity AS entity ON entity.id = python_package_version_entity_id
    ORDER BY 1
    """
    assert select(connection, query) == [("lost", None, None), ("six", None, None)]
    assert select_column(connection, "SELECT need_re_run FROM adviser_run") == [True]


def test_rules_are_tied_to_what_is_unresolved_or_locked(connection: Connection, rows: Rows) -> None:
    rows.rule("lost")
    rows.rule("unseen", version_range="==1.0")
    write_advisers(connection, full_document())
    assert row_counts(connection)["python_package_version_entity_rules_association"] == 2


def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection, rows: Rows) -> None:
    rows.installation("acme/app", "prod")
    documents = some_documents()
    write_advisers(connection, *documents)
    before = contents(connection), sequences(connection)
    for document in documents:
        write_advisers(connection, document)
    write_advisers(connection, *documents[::-1], *documents)
    assert (contents(connection), sequences(connection)) == before


def test_documents_written_together_or_one_by_one_leave_the_same_tables(
    connection: Connection, other_connection: Connection, rows: Rows
) -> None:
    documents = some_documents()
    for place in (connection, other_connection):
        have_solved(Rows(place))
        Rows(place).installation("acme/app", "prod")
    write_advisers(connection, *documents)
    for document in reversed(documents):
        write_advisers(other_connection, document)
    assert contents(connection) == contents(other_connection)
    assert row_counts(connection)["adviser_run"] == len(documents)


def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection, database: str, point_to: PointTo
) -> None:
    documents = [*some_documents(), *(kebechet_document("six", day=day) for day in range(4, 12))]
    for place in (connection, other_connection):
        have_solved(Rows(place))
        Rows(place).installation("acme/app", "prod")
    write_advisers(other_connection, *documents)
    point_to(database)
    write_at_once(documents, adviser_rows, write_adviser_results)
    assert contents(connection) == contents(other_connection)
    deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert select_column(connection, deadlocks) == [0]


def test_a_document_that_says_something_else_by_now_replaces_what_it_said(
    connection: Connection, other_connection: Connection
) -> None:
    new = adviser_document(product("six"), duration=9, asked={"source_type": "cli"}, parameters={"count": None})
    new["result"]["parameters"]["project"]["runtime_environment"] = {**ENVIRONMENT, "name": None}
    write_advisers(connection, adviser_document(product("six")))
    write_advisers(connection, new)
    have_solved(Rows(other_connection))
    write_advisers(other_connection, new)
    for table in ("adviser_run", "advised"):
        assert contents(connection)[table] == contents(other_connection)[table]


def test_of_several_rows_of_a_document_none_is_lost_and_one_says_what_the_document_says(
    connection: Connection, rows: Rows
) -> None:
    """The original adds a row when something has changed since it synced the document first."""
    write_advisers(connection, adviser_document())
    for duration in (6, 7):
        rows.adviser_run(ADVISER_ID, duration=duration)
    for document in (adviser_document(), adviser_document(duration=9), adviser_document(duration=7)):
        write_advisers(connection, document)
        durations = select_column(connection, "SELECT duration FROM adviser_run ORDER BY id")
        assert durations[1:] == [6, 7]
        assert durations[0] == document["metadata"]["duration"]


def test_a_row_that_says_what_the_document_says_is_taken_before_an_older_one(
    connection: Connection, rows: Rows
) -> None:
    rows.adviser_run(ADVISER_ID)
    write_advisers(connection, adviser_document(document_id="adviser-2"))
    connection.execute("UPDATE adviser_run SET adviser_document_id = %s", (ADVISER_ID,))
    before = contents(connection)
    write_advisers(connection, adviser_document())
    assert contents(connection) == before


@pytest.mark.parametrize("alone", [True, False])
def test_a_stack_that_is_not_solved_is_refused_with_its_document(connection: Connection, alone: bool) -> None:
    others = [] if alone else [adviser_document(product("six"), document_id="adviser-1"), full_document()]
    before = contents(connection)
    bad = adviser_document(product("six"), product("six", "Unseen"), document_id="adviser-2")
    message = (
        rf"^adviser-2: unseen 1\.0 from {PYPI} is locked but wasn't solved by a solver for rhel 8 3\.8: "
        r"sync the solver's documents first$"
    )
    with pytest.raises(SolverNotRunError, match=message):
        write_advisers(connection, *others, bad)
    assert contents(connection) == before


def test_no_rows_are_written_for_no_documents(connection: Connection) -> None:
    before = row_counts(connection)
    with connection.transaction():
        write_adviser_results(connection, [])
    assert row_counts(connection) == before


def test_of_a_document_given_twice_the_last_counts(connection: Connection) -> None:
    write_advisers(connection, adviser_document(duration=1), adviser_document(duration=2))
    assert select_column(connection, "SELECT duration FROM adviser_run") == [2]


# What rows are put in by.
KEYS = {
    "adviser_run": "adviser_document_id",
    "advised": "adviser_run_id, python_software_stack_id",
    "has_unresolved": "adviser_run_id, python_package_version_entity_id",
}


@pytest.mark.parametrize("table", KEYS)
def test_rows_are_put_in_by_their_key_so_that_parallel_writers_meet_in_one_order(
    connection: Connection, table: str
) -> None:
    connection.execute(f"ALTER TABLE {table} ADD COLUMN place bigserial".encode())
    documents = [full_document(document_id=f"adviser-{9 - number}") for number in range(5)]
    write_advisers(connection, *documents)
    by_key = select(connection, f"SELECT {KEYS[table]} FROM {table} ORDER BY {KEYS[table]}")
    by_place = select(connection, f"SELECT {KEYS[table]} FROM {table} ORDER BY place")
    assert len(by_key) >= 5
    assert by_place == by_key


_NOTE_INSERTS = """
CREATE TABLE inserts (place bigserial, inserted_into text);
CREATE FUNCTION note_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO inserts (inserted_into) VALUES (TG_TABLE_NAME);
  RETURN NULL;
END $$;
"""


def test_all_lines_are_put_in_before_the_files_that_they_are_in(connection: Connection) -> None:
    """Else a writer of users' stacks could wait for a line while this one waited for its file."""
    connection.execute(_NOTE_INSERTS)
    tables = ["python_package_requirement", "external_python_requirements", "python_requirements"]
    for table in tables:
        trigger = f"CREATE TRIGGER note AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION note_insert()"
        connection.execute(trigger.encode())
    advised = product("six")
    advised["project"]["requirements"] = pipfile("another", "one")
    write_advisers(connection, adviser_document(advised))
    inserted = select_column(connection, "SELECT inserted_into FROM inserts ORDER BY place")
    assert [table for table, _ in itertools.groupby(inserted)] == tables


def statements(connection: Connection, *documents: Document) -> int:
    with counted_statements(connection) as sent:
        write_advisers(connection, *documents)
    return sent.statements


def large_document() -> Document:
    """Make a document with many of everything."""
    names = [f"package-{number}" for number in range(300)]
    document = full_document(document_id="adviser-large")
    document["result"]["parameters"]["project"]["requirements"] = pipfile(*names)
    document["result"]["parameters"]["project"]["requirements_locked"] = pipfile_lock(*names)
    report = document["result"]["report"]
    report["_ERROR_DETAILS"]["unresolved"] = names
    report["products"] = [product("six", "flask", score=number / 100) for number in range(100)]
    return document


def test_a_document_takes_at_most_80_statements_whatever_it_holds(connection: Connection, rows: Rows) -> None:
    rows.installation("acme/app", "prod")
    rows.rule("lost")
    assert 60 < statements(connection, full_document()) <= 80
    assert statements(connection, large_document()) <= 80
    assert statements(connection, large_document()) <= 60


def test_many_documents_take_as_many_statements_as_one(connection: Connection, rows: Rows) -> None:
    rows.installation("acme/app", "prod")
    re_runs = [
        adviser_document(document_id=f"adviser-re-run-{number}", asked={"re_run_adviser_id": f"adviser-{number}"})
        for number in range(20)
    ]
    firsts = [unresolved_document(f"lost-{number}", document_id=f"adviser-{number}") for number in range(20)]
    assert statements(connection, *firsts) <= 80
    assert statements(connection, *some_documents(), *re_runs, large_document()) <= 80
