"""The same documents in the original's tables and here: the contents are equal, but for what other documents add."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import Content, contents, row_counts
from tests.documents.making import Document
from tests.documents.test_solver_writer import FILLED
from tests.documents.writing import write
from tests.shared import shared_file
from thoth_storages.exceptions import ThothStorageExceptionError

Connection = psycopg.Connection[Any]
Contents = dict[str, Counter[Content]]

# Written through methods, not documents; so is an index that solvers never saw.
_AS_SOLVERS_LEAVE_IT = """
UPDATE python_package_version SET is_missing = FALSE, provides_source_distro = TRUE;
UPDATE python_package_index
SET enabled = FALSE, only_if_package_seen = TRUE, verify_ssl = TRUE, warehouse_api_url = NULL;
"""
# Advisers, image analyses and methods add entities, reverse solvers dependencies.
_WITH_OTHER_WRITERS = {"depends_on", "python_package_index", "python_package_version_entity"}


def documents(kind: str) -> list[Document]:
    with gzip.open(shared_file("conformance/documents.jsonl.gz")) as lines:
        return [item["document"] for item in map(json.loads, lines) if item["kind"] == kind]


@pytest.fixture
def original(original_database: str) -> Contents:
    with psycopg.connect(original_database) as connection:
        connection.execute(_AS_SOLVERS_LEAVE_IT)
        return contents(connection, FILLED)


def test_solver_documents_leave_what_the_original_leaves(connection: Connection, original: Contents) -> None:
    write(connection, *documents("solver"))
    here = contents(connection, FILLED)
    for table in FILLED:
        assert here[table] - original[table] == Counter(), f"only here: {table}"
        if table not in _WITH_OTHER_WRITERS:
            assert original[table] - here[table] == Counter(), f"only in the original: {table}"


def troublesome(folder: Path, kind: str = "solver") -> dict[str, Document]:
    """Make the documents of a kind that trouble the original."""
    script, stream = shared_file("conformance/generate_documents.py"), folder / "edge.jsonl"
    command = [sys.executable, str(script), "--edge", "--packages", "20", "--output", str(stream)]
    subprocess.run(command, check=True, capture_output=True)
    items = map(json.loads, stream.read_text().splitlines())
    edges = {item["name"]: item["document"] for item in items if item["kind"] == "edge"}
    return {name: edge["document"] for name, edge in edges.items() if edge["as"] == kind}


def test_what_troubles_the_original_is_stored_or_refused_by_the_path(connection: Connection, tmp_path: Path) -> None:
    refused: dict[str, str] = {}
    documents_ = troublesome(tmp_path)
    for name, document in documents_.items():
        try:
            write(connection, document)
        except ThothStorageExceptionError as error:
            refused[name] = str(error)
    assert len(documents_) > 10
    assert list(refused) == ["solver-old-id"]
    assert ": metadata.document_id: " in refused["solver-old-id"]
    assert row_counts(connection)["solved"] == 9


def test_what_only_the_original_has_comes_from_other_writers(connection: Connection, original: Contents) -> None:
    write(connection, *documents("solver"))
    here = contents(connection, FILLED)
    reversed_ = {document["metadata"]["arguments"]["app.py"]["package_version"] for document in documents("revsolver")}
    dependencies = [dict(row)["entity_id"] for row in original["depends_on"] - here["depends_on"]]
    assert dependencies
    assert {dict(entity)["package_version"] for entity in dependencies} <= reversed_
