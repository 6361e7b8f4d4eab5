"""Documents that others made: what the original left of them is left here, and what troubled it is stored as well."""

from __future__ import annotations

import json
import operator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.making import Document
from tests.documents.making_advisers import write_advisers
from tests.documents.processes import write_at_once
from tests.documents.test_original import documents as conformance_documents
from tests.documents.test_original import troublesome
from tests.documents.writing import select, select_column, write
from tests.fix_postgres import PointTo
from tests.shared import shared_file, shared_files
from thoth_storages.documents.adviser import adviser_rows
from thoth_storages.documents.adviser_writer import write_adviser_results

Connection = psycopg.Connection[Any]

# Stacks are told by what they hold: the original's hashes are others.
_RUNS = """
SELECT
  to_jsonb(run) - ARRAY[
    'id', 'user_software_stack_id', 'external_run_software_environment_id', 'external_hardware_information_id'
  ],
  to_jsonb(environment) - 'id',
  to_jsonb(hardware) - 'id',
  ARRAY(
    SELECT concat_ws(' ', line.name, line.version_range, line.python_package_index_id)
    FROM has_external_python_requirement AS has
    JOIN python_package_requirement AS line ON line.id = has.python_package_requirement_id
    WHERE has.external_python_requirements_id = stack.external_python_requirements_id
    ORDER BY 1
  ),
  ARRAY(
    SELECT has.python_package_version_entity_id
    FROM has_external_python_requirement_lock AS has
    WHERE has.external_python_requirements_locked_id = stack.external_python_requirements_lock_id
    ORDER BY 1
  ),
  ARRAY(
    SELECT has.python_package_version_entity_id
    FROM has_unresolved AS has
    WHERE has.adviser_run_id = run.id
    ORDER BY 1
  )
FROM adviser_run AS run
JOIN external_software_environment AS environment ON environment.id = run.external_run_software_environment_id
JOIN external_hardware_information AS hardware ON hardware.id = run.external_hardware_information_id
LEFT JOIN external_python_software_stack AS stack ON stack.id = run.user_software_stack_id
ORDER BY run.adviser_document_id
"""
_ADVISED = """
SELECT
  run.adviser_document_id,
  stack.software_stack_type::text,
  stack.performance_score,
  stack.overall_score,
  ARRAY(
    SELECT concat_ws(' ', line.name, line.version_range, line.python_package_index_id)
    FROM has_python_requirements AS has
    JOIN python_package_requirement AS line ON line.id = has.python_package_requirement_id
    WHERE has.python_requirements_id = stack.python_requirements_id
    ORDER BY 1
  ),
  ARRAY(
    SELECT has.python_package_version_id
    FROM has_python_requirement_lock AS has
    WHERE has.python_requirements_lock_id = stack.python_requirements_lock_id
    ORDER BY 1
  ) AS pins
FROM advised
JOIN adviser_run AS run ON run.id = advised.adviser_run_id
JOIN python_software_stack AS stack ON stack.id = advised.python_software_stack_id
ORDER BY run.adviser_document_id, stack.overall_score, pins
"""
_INSTALLATIONS = """
SELECT
  to_jsonb(installation) - 'advised_python_software_stack_id',
  stack.overall_score,
  ARRAY(
    SELECT has.python_package_version_id
    FROM has_python_requirement_lock AS has
    WHERE has.python_requirements_lock_id = stack.python_requirements_lock_id
    ORDER BY 1
  )
FROM kebechet_github_installations AS installation
LEFT JOIN python_software_stack AS stack ON stack.id = installation.advised_python_software_stack_id
ORDER BY installation.id
"""
# The original takes some files for the same that aren't, and then has all of their lines in one.
_MERGED = {_RUNS: 3, _ADVISED: 2}
# What advisers left; whether its manager was on before the first run isn't known, nor when Kebechet ran.
_TAKE_AWAY = """
UPDATE kebechet_github_installations
SET last_run = NULL, thoth_advise_manager = FALSE, advised_python_software_stack_id = NULL
WHERE advised_python_software_stack_id IS NOT NULL;
DELETE FROM adviser_run;
DELETE FROM python_software_stack WHERE software_stack_type = 'ADVISED';
DELETE FROM external_software_environment AS environment
WHERE environment.id NOT IN (
  SELECT external_software_environment_id
  FROM package_extract_run
  WHERE external_software_environment_id IS NOT NULL
  UNION ALL
  SELECT external_software_environment_id
  FROM kebechet_github_installations
  WHERE external_software_environment_id IS NOT NULL
);
"""


@pytest.mark.parametrize("together", [60, 7, 1])
def test_documents_leave_what_the_original_leaves(original_database: str, together: int) -> None:
    documents = conformance_documents("adviser")
    ids = [document["metadata"]["document_id"] for document in documents]
    with psycopg.connect(original_database, autocommit=True) as connection:
        connection.execute("DELETE FROM adviser_run WHERE adviser_document_id <> ALL(%s)", (ids,))
        expected = [select(connection, query) for query in (_RUNS, _ADVISED, _INSTALLATIONS)]
        connection.execute(_TAKE_AWAY)
        for start in range(0, len(documents), together):
            write_advisers(connection, *documents[start : start + together])
        for query, theirs in zip((_RUNS, _ADVISED, _INSTALLATIONS), expected, strict=True):
            ours = select(connection, query)
            assert len(ours) == len(theirs)
            assert all(map(_is_as_theirs, ours, theirs))
            different = sum(map(operator.ne, ours, theirs))
            assert different <= _MERGED.get(query, 0)


def _is_as_theirs(ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> bool:
    return all(
        set(one) <= set(other) if isinstance(one, list) else one == other
        for one, other in zip(ours, theirs, strict=True)
    )


def test_eight_processes_in_different_orders_leave_the_tables_of_one(
    original_database: str, database: str, point_to: PointTo, connection: Connection
) -> None:
    documents = conformance_documents("adviser")[:30]
    documents += _firsts_of(documents)
    with psycopg.connect(original_database, autocommit=True) as original:
        original.execute(_TAKE_AWAY)
        write_advisers(original, *documents)
        expected = contents(original)
        original.execute(_TAKE_AWAY)
    point_to(original_database)
    write_at_once(documents, adviser_rows, write_adviser_results)
    with psycopg.connect(original_database, autocommit=True) as original:
        assert contents(original) == expected
        deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        assert select_column(original, deadlocks) == [0]


def _firsts_of(documents: list[Document]) -> list[Document]:
    """Make for each document with a report one with unresolved packages, and have it be the re-run of that."""
    firsts = []
    for document in documents:
        if document["result"]["report"]:
            first = json.loads(json.dumps(document))
            first["metadata"]["document_id"] += "-first"
            first["result"]["report"] = {"_ERROR_DETAILS": {"unresolved": ["lost", "gone"]}}
            firsts.append(first)
            asked = document["metadata"]["arguments"]["thoth-adviser"]
            asked["metadata"] = {**(asked["metadata"] or {}), "re_run_adviser_id": first["metadata"]["document_id"]}
    return firsts


def test_what_troubles_the_original_is_stored(
    connection: Connection, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    documents = troublesome(tmp_path, "adviser")
    stream = map(json.loads, (tmp_path / "edge.jsonl").read_text().splitlines())
    write(connection, *(item["document"] for item in stream if item["kind"] == "solver"))
    for document in documents.values():
        write_advisers(connection, document)
    query = "SELECT adviser_document_id, source_type::text, need_re_run FROM adviser_run"
    stored = {document_id: rest for document_id, *rest in select(connection, query)}
    ids = {name: document["metadata"]["document_id"] for name, document in documents.items()}
    assert {name: stored[document_id] for name, document_id in ids.items()} == {
        "adviser-unresolved": ["CLI", True],
        "adviser-no-runtime-environment": [stored[ids["adviser-no-runtime-environment"]][0], False],
        "adviser-github-app": ["GITHUB_APP", False],
        "adviser-unknown-source-type": [None, False],
        "adviser-kebechet-no-origin": ["KEBECHET", False],
    }
    assert f"{ids['adviser-unknown-source-type']}: the integration 'nonsense' isn't known" in caplog.text


@pytest.fixture
def solved(connection: Connection) -> Connection:
    """Have all solved that the real documents' stacks lock."""
    for path in shared_files("documents/solver/1x-*.json"):
        write(connection, json.loads(path.read_bytes()))
    return connection


@pytest.mark.parametrize("path", shared_files("documents/adviser*/*.json"), ids=lambda path: path.stem)
def test_a_real_document_is_stored_once(solved: Connection, path: Path) -> None:
    document = json.loads(path.read_bytes())
    write_advisers(solved, document)
    before = contents(solved)
    write_advisers(solved, document)
    assert contents(solved) == before
    query = "SELECT adviser_document_id, adviser_error FROM adviser_run"
    assert select(solved, query) == [(document["metadata"]["document_id"], document["result"]["error"])]


def test_the_real_documents_leave_their_stacks_and_what_is_unresolved(solved: Connection) -> None:
    paths = shared_files("documents/adviser*/*.json") or [shared_file("documents/adviser")]
    write_advisers(solved, *(json.loads(path.read_bytes()) for path in paths))
    query = """
    SELECT
      run.adviser_document_id,
      run.source_type::text,
      run.need_re_run,
      ARRAY(
        SELECT entity.package_name
        FROM has_unresolved
        JOIN python_package_version_entity AS entity ON entity.id = python_package_version_entity_id
        WHERE adviser_run_id = run.id
        ORDER BY 1
      ),
      (
        SELECT count(*)
        FROM advised
        JOIN python_software_stack AS stack ON stack.id = advised.python_software_stack_id
        JOIN has_python_requirement_lock AS has
          ON has.python_requirements_lock_id = stack.python_requirements_lock_id
        WHERE advised.adviser_run_id = run.id
      )
    FROM adviser_run AS run
    ORDER BY 1
    """
    assert select(solved, query) == [
        ("adviser-04ab56d6", None, True, ["black", "thoth-common"], 0),
        ("adviser-211123195453-bb9f6846b33a9810", "JUPYTER_NOTEBOOK", False, [], 8),
        ("adviser-220131050913-b7c4ef0fc532ac45", None, False, [], 0),
        ("adviser-69b2659c", None, False, [], 40),
    ]
