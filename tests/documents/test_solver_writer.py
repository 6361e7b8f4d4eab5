"""Solver documents in the tables: all of what they say, once, whatever the order."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.making import (
    DOCUMENT_ID,
    PYPI,
    Document,
    dependency,
    described,
    failure,
    full_document,
    package,
    solver_document,
)
from tests.documents.writing import select, select_column, sequences, write
from tests.fix_rows import Rows
from tests.shared import shared_file
from tests.statements import counted_statements
from thoth_storages.documents import SolverRows, write_solver_results

Connection = psycopg.Connection[Any]

GENERATED = Path(__file__).parents[1] / "data" / "solver-documents.json"
"""Documents of all outcomes by generate_documents.py --seed 3 --packages 40 --versions 3 --solvers 3 --deps 20."""

FILLED = {
    "depends_on": 3,
    "ecosystem_solver": 1,
    "found_import_package": 2,
    "has_artifact": 2,
    "has_metadata_classifier": 2,
    "has_metadata_distutils": 3,
    "has_metadata_platform": 1,
    "has_metadata_project_url": 1,
    "has_metadata_provides_extra": 1,
    "has_metadata_requires_external": 1,
    "has_metadata_supported_platform": 1,
    "import_package": 2,
    "python_artifact": 2,
    "python_package_index": 1,
    "python_package_license": 1,
    "python_package_metadata": 1,
    "python_package_metadata_classifier": 2,
    "python_package_metadata_distutils": 3,
    "python_package_metadata_platform": 1,
    "python_package_metadata_project_url": 1,
    "python_package_metadata_provides_extra": 1,
    "python_package_metadata_requires_external": 1,
    "python_package_metadata_supported_platform": 1,
    "python_package_version": 4,
    "python_package_version_entity": 7,
    "solved": 5,
}


def generated() -> list[Document]:
    documents: list[Document] = json.loads(GENERATED.read_bytes())
    return documents


def test_a_document_fills_every_table_that_solvers_fill(connection: Connection) -> None:
    write(connection, full_document())
    assert row_counts(connection) == FILLED


def test_the_runs_tell_how_each_version_ended(connection: Connection) -> None:
    write(connection, full_document())
    query = """
    SELECT version.package_name, solved.error, error_unparseable, error_unsolvable, is_provided
    FROM solved
    LEFT JOIN python_package_version AS version ON version.id = solved.version_id
    ORDER BY 1
    """
    assert select(connection, query) == [
        ("broken", True, False, False, True),
        ("flask", False, False, False, None),
        ("lost", True, False, True, None),
        ("odd name", True, True, False, None),
        (None, True, False, False, False),
    ]
    run = "SELECT DISTINCT document_id, datetime::text, duration FROM solved"
    assert select(connection, run) == [(DOCUMENT_ID, "2022-01-31 12:34:56.789012", 8)]


def test_a_version_stands_in_its_environment_with_its_description(connection: Connection) -> None:
    write(connection, full_document())
    query = """
    SELECT
      version.package_version, i.url, version.os_name, version.os_version, version.python_version, metadata.summary,
      license.license_identifier, version.package_license_warning, version.is_missing, version.provides_source_distro
    FROM python_package_version AS version
    JOIN python_package_index AS i ON i.id = version.python_package_index_id
    JOIN python_package_version_entity AS entity
      ON entity.id = version.entity_id AND entity.python_package_index_id = i.id
    JOIN python_package_metadata AS metadata ON metadata.id = version.python_package_metadata_id
    JOIN python_package_license AS license ON license.id = version.package_license
    WHERE version.package_name = 'flask'
    """
    assert select(connection, query) == [
        ("1.0", PYPI, "rhel", "8", "3.8", "A microframework", "MIT", None, False, True),
    ]


def test_dependencies_lead_to_entities_without_an_index(connection: Connection) -> None:
    write(connection, full_document())
    query = """
    SELECT entity.package_name, entity.package_version, version_range, extra, marker, marker_evaluation_result
    FROM depends_on
    JOIN python_package_version AS version ON version.id = depends_on.version_id AND version.package_name = 'flask'
    JOIN python_package_version_entity AS entity ON entity.id = depends_on.entity_id
    WHERE entity.python_package_index_id IS NULL
    ORDER BY 1, 2
    """
    assert select(connection, query) == [
        ("python-dotenv", "0.19", ">=0.1", "dotenv", "extra == 'dotenv'", True),
        ("werkzeug", "0.14", ">=0.1", None, None, True),
        ("werkzeug", "0.15", ">=0.1", None, None, True),
    ]


def test_one_dependency_under_two_extras_and_two_markers_is_four_rows(connection: Connection) -> None:
    depends = [dependency(extra=["a", "b"], marker=marker) for marker in (None, "m" * 5000)]
    for _ in range(2):
        write(connection, solver_document(package(dependencies=depends)))
    assert row_counts(connection)["depends_on"] == 4


@pytest.mark.parametrize("duration", [8, None])
def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection, duration: int | None) -> None:
    documents = [full_document(duration=duration), *generated()]
    write(connection, *documents)
    before = contents(connection), sequences(connection)
    for document in documents:
        write(connection, document)
    write(connection, *documents)
    assert (contents(connection), sequences(connection)) == before


def test_documents_written_together_or_one_by_one_leave_the_same_tables(
    connection: Connection, other_connection: Connection
) -> None:
    documents = [full_document(), *generated()]
    write(connection, *documents)
    for document in reversed(documents):
        write(other_connection, document)
    assert contents(connection) == contents(other_connection)
    assert contents(connection)["depends_on"].total() > 100


def summary_and_license(connection: Connection) -> list[tuple[Any, ...]]:
    query = """
    SELECT metadata.summary, license.license_identifier, version.package_license_warning
    FROM python_package_version AS version
    LEFT JOIN python_package_metadata AS metadata ON metadata.id = version.python_package_metadata_id
    LEFT JOIN python_package_license AS license ON license.id = version.package_license
    """
    return select(connection, query)


def solved_on(day: int, summary: str, *, warning: bool = False, document_id: str | None = None) -> Document:
    solved = described(Summary=summary)
    license_ = {"full_name": summary, "identifier_spdx": summary}
    solved["package_license"] = {"license": license_, "license_version": "1", "warning": warning}
    document_id = document_id or f"solver-rhel-8-py38-2201{day:02}000000-{summary}"
    return solver_document(solved, datetime=f"2022-01-{day:02}T00:00:00", document_id=document_id)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_document_describes_a_version_whatever_the_order(
    connection: Connection, order: tuple[int, ...]
) -> None:
    documents = [solved_on(1, "old", warning=True), solved_on(3, "new"), solved_on(2, "older", warning=True)]
    for number in order:
        write(connection, documents[number])
    assert summary_and_license(connection) == [("new", "new", None)]
    assert row_counts(connection)["python_package_metadata"] == 3


def test_a_warning_about_the_license_is_kept(connection: Connection) -> None:
    write(connection, solved_on(1, "x", warning=True))
    assert summary_and_license(connection) == [("x", "x", True)]


@pytest.mark.parametrize("letters", ["ab", "ba", "Ba", "aB"])
def test_of_documents_of_one_moment_the_greater_id_describes(connection: Connection, letters: str) -> None:
    for letter in letters:
        write(connection, solved_on(1, letter, document_id=DOCUMENT_ID[:-1] + letter))
    assert summary_and_license(connection) == [(max(letters), max(letters), None)]


def test_an_error_describes_nothing_and_a_description_outlives_it(connection: Connection) -> None:
    later: dict[str, Any] = {"document_id": DOCUMENT_ID[:-1] + "0", "datetime": "2023-01-01T00:00:00"}
    write(connection, solver_document(errors=[failure()], **later))
    assert summary_and_license(connection) == [(None, None, None)]
    write(connection, solved_on(1, "x"))
    assert summary_and_license(connection) == [("x", "x", None)]
    write(connection, solver_document(errors=[failure()], **later | {"document_id": DOCUMENT_ID[:-1] + "2"}))
    assert summary_and_license(connection) == [("x", "x", None)]


def test_what_others_noted_about_a_version_stays(connection: Connection, rows: Rows) -> None:
    environment = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
    version_id = rows.version("flask", "1.0", **environment, is_missing=True, provides_source_distro=False)
    write(connection, full_document())
    query = "SELECT id FROM python_package_version WHERE is_missing AND NOT provides_source_distro"
    assert select_column(connection, query) == [version_id]


def test_a_version_without_a_version_or_an_index_is_stored_once(connection: Connection) -> None:
    errors = [failure(version=None), failure(version=None, index_url=None), failure(index_url=None)]
    for _ in range(2):
        write(connection, solver_document(errors=errors))
    counts = row_counts(connection)
    assert (counts["python_package_version"], counts["python_package_version_entity"], counts["solved"]) == (3, 3, 3)


def test_no_rows_are_written_for_no_documents(connection: Connection) -> None:
    write(connection)
    with connection.transaction():
        write_solver_results(connection, [SolverRows()])
    assert row_counts(connection) == {}


def test_a_transaction_that_fails_leaves_nothing(connection: Connection) -> None:
    def write_and_fail() -> None:
        with connection.transaction():
            write_solver_results(connection, [])
            write(connection, full_document())
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_and_fail()
    assert row_counts(connection) == {}


def test_the_settings_of_a_transaction_end_with_it(connection: Connection) -> None:
    query = "SELECT current_setting('plan_cache_mode') || current_setting('enable_seqscan')"
    before = select_column(connection, query)
    write(connection, full_document())
    assert select_column(connection, query) == before


# What rows are put in by.
KEYS = {
    "python_package_index": "url",
    "python_package_version_entity": "package_name, package_version, python_package_index_id",
    "python_package_metadata_classifier": "classifier",
    "python_package_metadata_distutils": "distutils, distutils_type",
    "python_package_metadata_platform": "platform",
    "python_package_metadata_project_url": "url, label",
    "python_package_metadata_provides_extra": "optional_feature",
    "python_package_metadata_requires_external": "dependency",
    "python_package_metadata_supported_platform": "supported_platform",
    "has_metadata_classifier": "python_package_metadata_id, python_package_metadata_classifier_id",
    "python_package_license": "license_name, license_identifier, license_version",
    "ecosystem_solver": "solver_name, solver_version",
    "python_package_version": "entity_id, os_name, os_version, python_version",
    "solved": "document_id, version_id, error",
    "python_artifact": "artifact_hash_sha256",
    "has_artifact": "python_artifact_id, python_package_version_entity_id",
    "import_package": "import_package_name",
    "found_import_package": "python_package_version_id, import_package_id",
    "depends_on": "version_id, entity_id, version_range, extra, marker, marker_evaluation_result",
}


@pytest.mark.parametrize("table", KEYS)
def test_rows_are_put_in_by_their_key_so_that_parallel_writers_meet_in_one_order(
    connection: Connection, table: str
) -> None:
    documents = generated()
    lists = {"Classifier", "Platform", "Project-URL", "Provides-Extra", "Requires-Dist"}
    for number, package_ in enumerate(one for document in documents for one in document["result"]["tree"]):
        metadata = package_["importlib_metadata"]["metadata"]
        metadata.update({key: sorted(metadata[key], reverse=True) for key in lists & metadata.keys()})
        metadata |= {"Supported-Platform": [f"z{9 - number}", "y"], "Requires-External": [f"z{9 - number}", "y"]}
        package_["package_license"]["license_version"] = f"{99 - number}"
        package_["index_url"] = f"https://example.com/{9 - number}"
    connection.execute(f"ALTER TABLE {table} ADD COLUMN place bigserial".encode())
    write(connection, *sorted(documents, key=lambda document: document["metadata"]["document_id"], reverse=True))
    # A sort in the server compares texts as the inserting statement did.
    by_key = select(connection, f"SELECT {KEYS[table]} FROM {table} ORDER BY {KEYS[table]}")
    by_place = select(connection, f"SELECT {KEYS[table]} FROM {table} ORDER BY place")
    assert len(by_key) > 1
    assert by_place == by_key


def statements(connection: Connection, *documents: Document) -> int:
    with counted_statements(connection) as sent:
        write(connection, *documents)
    return sent.statements


def test_a_document_takes_at_most_40_statements_whatever_it_holds(connection: Connection, rows: Rows) -> None:
    rows.rule("flask")
    assert 30 < statements(connection, full_document()) <= 40
    # The second takes the way by the lock and the comparison of dates, and adds something to every table.
    second = json.loads(json.dumps(full_document(document_id=DOCUMENT_ID[:-1] + "0")).replace("3.0", "3.1"))
    assert statements(connection, second) <= 40
    assert statements(connection, second) <= 40


def test_many_documents_take_as_many_statements_as_one(connection: Connection) -> None:
    documents = generated()
    assert len(documents) > 10
    assert statements(connection, *documents) <= 40


def test_the_largest_of_the_real_documents_takes_at_most_60_statements(connection: Connection) -> None:
    path = shared_file("documents/solver/04-solver-fedora-26-py36-180429074047-222k6.json")
    assert statements(connection, json.loads(path.read_bytes())) <= 60
    assert row_counts(connection)["depends_on"] > 6000
