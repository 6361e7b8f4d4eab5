"""Core metadata of packages in their tables."""

from __future__ import annotations

import string
from random import Random
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.writing import select, sequences
from thoth_storages.documents.metadata_writer import write_metadata
from thoth_storages.documents.rows import Metadata, MetadataValue

Connection = psycopg.Connection[Any]

FLASK = Metadata(name="flask", version="1.0", summary="A microframework")
# A row of an index ends at 2.7 kB, compressed: random letters can't be compressed below that.
LONG = "".join(Random(1).choices(string.ascii_letters, k=20_000))

KINDS = [
    ("classifier", "classifier", ("Typed",)),
    ("distutils", "distutils, distutils_type::text", ("Werkzeug (>=0.14)", "REQUIRED")),
    ("platform", "platform", ("any",)),
    ("project_url", "url, label", ("https://example.com", "Source")),
    ("provides_extra", "optional_feature", ("dotenv",)),
    ("requires_external", "dependency", ("libpng (>=1.5)",)),
    ("supported_platform", "supported_platform", ("RedHat 8.3",)),
]


def values_of(connection: Connection, kind: str, columns: str) -> list[tuple[Any, ...]]:
    """Answer the names of packages with their values of a kind."""
    table = f"python_package_metadata_{kind}"
    query = f"""
    SELECT metadata.name, {columns}
    FROM has_metadata_{kind} AS has
    JOIN python_package_metadata AS metadata ON metadata.id = has.python_package_metadata_id
    JOIN {table} ON {table}.id = has.{table}_id
    ORDER BY 1, 2
    """
    return select(
        connection, query.replace("SELECT metadata.name, platform", f"SELECT metadata.name, {table}.platform")
    )


def test_every_column_is_stored(connection: Connection) -> None:
    metadata = Metadata(*(f"the {name}" for name in Metadata._fields))
    ids = write_metadata(connection, [metadata], [])
    columns = ", ".join(Metadata._fields)
    assert select(connection, f"SELECT id, {columns} FROM python_package_metadata") == [(ids[metadata], *metadata)]


def test_metadata_that_differ_in_one_column_are_different(connection: Connection) -> None:
    every = [
        FLASK,
        FLASK._replace(summary=None),
        FLASK._replace(summary=""),
        FLASK._replace(description=LONG),
        Metadata(),
    ]
    assert len(set(write_metadata(connection, every, []).values())) == len(every)
    assert len(set(write_metadata(connection, every, []).values())) == len(every)
    assert select(connection, "SELECT count(*) FROM python_package_metadata") == [(len(every),)]


@pytest.mark.parametrize(("kind", "columns", "value"), KINDS)
def test_a_value_of_each_kind_is_stored_and_tied(
    connection: Connection, kind: str, columns: str, value: tuple[str, ...]
) -> None:
    write_metadata(connection, [FLASK], [MetadataValue(kind, FLASK, value)])
    assert values_of(connection, kind, columns) == [("flask", *value)]


@pytest.mark.parametrize(("kind", "columns", "value"), KINDS)
def test_packages_share_equal_values(connection: Connection, kind: str, columns: str, value: tuple[str, ...]) -> None:
    other = Metadata(name="other")
    for metadata in (FLASK, other):
        write_metadata(connection, [metadata], [MetadataValue(kind, metadata, value)])
    assert values_of(connection, kind, columns) == [("flask", *value), ("other", *value)]
    assert select(connection, f"SELECT count(*) FROM python_package_metadata_{kind}") == [(1,)]


@pytest.mark.parametrize(("kind", "columns", "value"), KINDS)
def test_a_value_may_be_longer_than_a_row_of_an_index(
    connection: Connection, kind: str, columns: str, value: tuple[str, ...]
) -> None:
    long = (LONG, *value[1:])
    for _ in range(2):
        write_metadata(connection, [FLASK], [MetadataValue(kind, FLASK, long)])
    assert values_of(connection, kind, columns) == [("flask", *long)]


def test_relations_between_distributions_are_told_apart(connection: Connection) -> None:
    values = [("werkzeug", relation) for relation in ("OBSOLETE", "PROVIDED", "REQUIRED")]
    write_metadata(connection, [FLASK], [MetadataValue("distutils", FLASK, value) for value in values])
    assert sorted(values_of(connection, "distutils", "distutils, distutils_type::text")) == [
        ("flask", *value) for value in values
    ]


def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection) -> None:
    values = [MetadataValue(kind, FLASK, value) for kind, _, value in KINDS]
    first = write_metadata(connection, [FLASK], values)
    before = contents(connection), sequences(connection)
    assert write_metadata(connection, [FLASK], values) == first
    assert (contents(connection), sequences(connection)) == before
