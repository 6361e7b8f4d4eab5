"""The same documents in the original's tables and here: the contents are equal, but for what other documents add."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from typing import Any

import psycopg
import pytest

from tests.contents import Content, contents
from tests.documents.making import Document
from tests.documents.test_solver_writer import FILLED
from tests.documents.writing import write
from tests.shared import shared_file

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


def test_what_only_the_original_has_comes_from_other_writers(connection: Connection, original: Contents) -> None:
    write(connection, *documents("solver"))
    here = contents(connection, FILLED)
    reversed_ = {document["metadata"]["arguments"]["app.py"]["package_version"] for document in documents("revsolver")}
    dependencies = [dict(row)["entity_id"] for row in original["depends_on"] - here["depends_on"]]
    assert dependencies
    assert {dict(entity)["package_version"] for entity in dependencies} <= reversed_
