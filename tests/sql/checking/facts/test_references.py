"""The references that the server follows when rows go, or are called otherwise."""

from __future__ import annotations

import pytest

from thoth_storages.sql.checking.facts.dependencies import Dependencies
from thoth_storages.sql.checking.facts.references import followed, parents
from thoth_storages.sql.checking.facts.schema import Schema, read_schema
from thoth_storages.sql.checking.session import Connection

TABLES = """\
CREATE TABLE top (id integer PRIMARY KEY, code text UNIQUE);
CREATE TABLE middle (id integer PRIMARY KEY, top_id integer REFERENCES top ON DELETE CASCADE);
CREATE TABLE bottom (
  id integer PRIMARY KEY REFERENCES middle ON DELETE SET NULL,
  code text REFERENCES top (code) ON UPDATE CASCADE,
  own integer REFERENCES bottom ON DELETE CASCADE
);
CREATE INDEX bottom_code_and_more ON bottom (code, own);
CREATE INDEX bottom_code_of_some ON bottom (code) WHERE own > 1;
CREATE INDEX bottom_own_below ON bottom (id, own);
CREATE INDEX middle_lower ON middle ((top_id + 1), top_id);
"""


@pytest.fixture(scope="module")
def schema(shop: Connection) -> Schema:
    with shop.transaction(force_rollback=True):
        shop.execute(TABLES.encode())
        return read_schema(shop)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            Dependencies(deletes=frozenset({"top"})),
            [("middle", ("top_id",), True), ("bottom", ("id",), True), ("bottom", ("code",), False)],
        ),
        (Dependencies(deletes=frozenset({"bottom"})), [("bottom", ("own",), True)]),
        (Dependencies(updates={"top": frozenset({"code"})}), [("bottom", ("code",), True)]),
        (Dependencies(updates={"top": frozenset({"id"})}), [("middle", ("top_id",), False)]),
        (Dependencies(updates={"bottom": frozenset({"code"})}), []),
        (Dependencies(inserts={"bottom": frozenset({"code"})}), []),
    ],
)
def test_rows_that_refer_to_what_is_written_are_looked_for(
    schema: Schema, written: Dependencies, expected: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    found = [(table.name, key.columns, is_written) for table, key, is_written in followed(written, schema)]
    assert sorted(set(found)) == sorted(expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (Dependencies(inserts={"bottom": frozenset({"id"})}), {"middle", "top", "bottom"}),
        (Dependencies(updates={"bottom": frozenset({"code"})}), {"top"}),
        (Dependencies(deletes=frozenset({"bottom"})), set()),
    ],
)
def test_what_is_referred_to_is_kept(schema: Schema, written: Dependencies, expected: set[str]) -> None:
    assert {table.name for table in parents(written, schema)} == expected


@pytest.mark.parametrize(
    ("table", "columns", "expected"),
    [
        ("bottom", ["code"], "bottom_code_and_more"),
        ("bottom", ["own", "code"], "bottom_code_and_more"),
        ("bottom", ["id"], "bottom_pkey"),
        ("bottom", ["own"], None),
        ("middle", ["top_id"], None),
    ],
)
def test_rows_are_found_by_an_index_that_begins_with_the_columns(
    schema: Schema, table: str, columns: list[str], expected: str | None
) -> None:
    index = schema.by_name[table].index_on(columns)
    assert (index.name if index else None) == expected
