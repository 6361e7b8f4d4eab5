"""Documents of the reverse solver in the tables: dependencies of known versions on a new release."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import PYPI, Document
from tests.documents.making_reverse_solver import REVERSE_ID, dependent, reverse_document
from tests.documents.processes import write_at_once
from tests.documents.test_original import documents as conformance_documents
from tests.documents.test_original import troublesome
from tests.documents.writing import select, sequences
from tests.fix_postgres import PointTo
from tests.fix_rows import Rows
from tests.statements import counted_statements
from thoth_storages import queries
from thoth_storages.documents.reverse_solver import reverse_solver_rows
from thoth_storages.documents.reverse_solver_writer import write_reverse_solver_results

Connection = psycopg.Connection[Any]

RHEL_8 = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
TABLES = ["depends_on", "python_package_version_entity"]


def write(connection: Connection, *documents: Document) -> None:
    with connection.transaction():
        write_reverse_solver_results(connection, [reverse_solver_rows(document) for document in documents])


def dependencies(connection: Connection) -> list[tuple[Any, ...]]:
    query = """
    SELECT
      version.package_name, version.package_version, entity.package_name, entity.package_version,
      version_range, extra, marker, marker_evaluation_result
    FROM depends_on
    JOIN python_package_version AS version ON version.id = depends_on.version_id
    JOIN python_package_version_entity AS entity ON entity.id = depends_on.entity_id
    WHERE entity.python_package_index_id IS NULL
    ORDER BY version.package_name, version.package_version, entity.package_version, extra NULLS FIRST
    """
    return select(connection, query)


def test_the_release_is_what_known_versions_depend_on(connection: Connection, rows: Rows) -> None:
    for version in ("1.0", "1.1"):
        rows.version("flask", version, **RHEL_8)
    write(
        connection,
        reverse_document(
            dependent(),
            dependent(
                version="1.1", version_range=None, extra=["dev", "test"], marker="m", marker_evaluation_result=False
            ),
        ),
    )
    assert dependencies(connection) == [
        ("flask", "1.0", "werkzeug", "2.0", ">=0.1", None, None, True),
        ("flask", "1.1", "werkzeug", "2.0", "*", "dev", "m", False),
        ("flask", "1.1", "werkzeug", "2.0", "*", "test", "m", False),
    ]


def test_the_answer_about_a_version_has_the_release_in_it(connection: Connection, rows: Rows) -> None:
    rows.depends_on(rows.version("flask", **RHEL_8), "werkzeug", "1.0", version_range=">=0.1")
    write(connection, reverse_document(dependent()))
    answer = queries.get_depends_on(connection, "flask", "1.0", PYPI)
    assert answer == {None: [("werkzeug", "1.0"), ("werkzeug", "2.0")]}


def test_only_the_version_of_the_named_environment_and_index_depends_on_it(connection: Connection, rows: Rows) -> None:
    for others in ({"os_version": "9"}, {"python_version": "3.9"}, {"os_name": "fedora"}):
        rows.version("flask", **RHEL_8 | others)
    for index_url in (None, "https://example.com/simple"):
        rows.version("flask", index_url=index_url, **RHEL_8)
    write(connection, reverse_document(dependent()))
    assert dependencies(connection) == []
    rows.version("flask", **RHEL_8)
    write(connection, reverse_document(dependent()))
    assert len(dependencies(connection)) == 1


def test_a_version_without_an_index_depends_on_it_when_it_is_named_so(connection: Connection, rows: Rows) -> None:
    rows.version("flask", index_url=None, **RHEL_8)
    write(connection, reverse_document(dependent(index_url=None)))
    assert len(dependencies(connection)) == 1


def test_a_release_that_nothing_depends_on_is_known_by_name(connection: Connection) -> None:
    write(connection, reverse_document())
    assert row_counts(connection) == {"python_package_version_entity": 1}


def test_the_rules_about_a_package_hold_for_its_release(connection: Connection, rows: Rows) -> None:
    rows.rule("werkzeug", version_range=">=2")
    write(connection, reverse_document(), reverse_document(version="1.9"))
    assert row_counts(connection)["python_package_version_entity_rules_association"] == 1


def test_unknown_dependents_are_left_out_with_a_warning_and_the_others_are_stored(
    connection: Connection, rows: Rows, caplog: pytest.LogCaptureFixture
) -> None:
    rows.version("flask", **RHEL_8)
    unknown = [dependent("gone", f"{number}.0", extra=["a", "b"]) for number in range(5)]
    write(
        connection,
        reverse_document(*unknown[:4], dependent()),
        reverse_document(dependent(), document_id="revsolver-b"),
    )
    assert [row[0] for row in dependencies(connection)] == ["flask"]
    gone = [f"gone {number}.0 of {PYPI} (rhel 8 3.8)" for number in range(3)]
    assert caplog.messages == [
        f"{REVERSE_ID}: 4 of 5 dependents on werkzeug 2.0 aren't stored, as no solver has seen them in their "
        f"environments: {', '.join(gone)}, …"
    ]
    assert "gone" not in str(contents(connection))


def test_a_document_whose_dependents_are_all_unknown_leaves_its_release(
    connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    write(connection, reverse_document(dependent()))
    assert row_counts(connection) == {"python_package_version_entity": 1}
    assert "1 of 1 dependents on werkzeug 2.0 aren't stored" in caplog.text
    assert not caplog.text.rstrip().endswith("…")


def test_a_dependent_that_a_solver_sees_later_is_completed_by_writing_again(connection: Connection, rows: Rows) -> None:
    rows.version("flask", **RHEL_8)
    document = reverse_document(dependent(), dependent("late"))
    write(connection, document)
    rows.version("late", **RHEL_8)
    write(connection, document)
    assert [row[0] for row in dependencies(connection)] == ["flask", "late"]


def some_documents(rows: Rows) -> list[Document]:
    """Twelve documents about as many releases, of which the same twenty versions depend on each."""
    versions = [f"{major}.{minor}" for major, minor in itertools.product(range(4), range(5))]
    for version in versions:
        rows.version("flask", version, **RHEL_8)
    entries = [dependent(version=version, extra=["dev", "test"], marker=f"m{version}") for version in versions]
    releases = itertools.product(("werkzeug", "click", "jinja2"), range(4))
    return [
        reverse_document(*entries, name=name, version=f"{number}.0", document_id=f"revsolver-{name}-{number}")
        for name, number in releases
    ]


def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection, rows: Rows) -> None:
    documents = some_documents(rows)
    write(connection, *documents)
    before = contents(connection), sequences(connection)
    for document in documents:
        write(connection, document)
    write(connection, *documents, *documents)
    assert (contents(connection), sequences(connection)) == before
    assert row_counts(connection)["depends_on"] == 12 * 20 * 2


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


def statements(connection: Connection, *documents: Document) -> int:
    with counted_statements(connection) as sent:
        write(connection, *documents)
    return sent.statements


def test_a_batch_takes_eleven_statements_at_most_whatever_it_holds(connection: Connection, rows: Rows) -> None:
    rows.rule("werkzeug")
    documents = some_documents(rows)
    assert statements(connection, documents[0]) == 11
    assert statements(connection, *documents) == 11
    assert statements(connection, *documents) == 9


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("python_package_version_entity", "package_name, package_version"),
        ("depends_on", "version_id, entity_id, version_range, extra, marker, marker_evaluation_result"),
    ],
)
def test_rows_are_put_in_by_their_key_so_that_parallel_writers_meet_in_one_order(
    connection: Connection, rows: Rows, table: str, key: str
) -> None:
    documents = some_documents(rows)
    for document in documents:
        document["result"].reverse()
    connection.execute(f"ALTER TABLE {table} ADD COLUMN place bigserial".encode())
    before = row_counts(connection).get(table, 0)
    write(connection, *reversed(documents))
    placed = select(connection, f"SELECT place FROM {table} WHERE place > {before} ORDER BY {key}")
    assert placed == sorted(placed)
    assert len(placed) > 10


def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    connection: Connection, other_connection: Connection, rows: Rows, database: str, point_to: PointTo
) -> None:
    point_to(database)
    documents = some_documents(rows)
    some_documents(Rows(other_connection))
    write(other_connection, *documents)
    write_at_once(documents, reverse_solver_rows, write_reverse_solver_results)
    assert contents(connection) == contents(other_connection)


def test_the_documents_leave_what_the_original_leaves(original_database: str) -> None:
    documents = conformance_documents("revsolver")
    releases = [tuple(document["metadata"]["arguments"]["app.py"].values()) for document in documents]
    with psycopg.connect(original_database, autocommit=True) as connection:
        original = contents(connection, TABLES)
        for release in releases:
            connection.execute(
                "DELETE FROM python_package_version_entity"
                " WHERE (package_name, package_version) = (%s, %s) AND python_package_index_id IS NULL",
                release,
            )
        without = contents(connection, TABLES)
        for document in reversed(documents):
            write(connection, document)
        assert contents(connection, TABLES) == original
    assert original["depends_on"].total() - without["depends_on"].total() == sum(
        len(document["result"]) for document in documents
    )


def test_what_troubles_the_original_is_stored(
    connection: Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    documents = troublesome(tmp_path, "revsolver")
    assert len(documents) == 3
    for document in documents.values():
        write(connection, document)
    assert len(caplog.messages) == 3
    assert row_counts(connection) == {"python_package_version_entity": 2}
