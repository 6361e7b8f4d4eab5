"""Rows for every table, made up from nothing but the types of its columns: what a test of whole schemas needs."""

from __future__ import annotations

from typing import Any, NamedTuple

import psycopg

from tests.databases import parents, tables

Connection = psycopg.Connection[tuple[Any, ...]]

_COLUMNS = """
SELECT attrelid::regclass::text, attname, format_type(atttypid, NULL), attnotnull
FROM pg_attribute
JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace
  AND relkind = 'r'
  AND attnum > 0
  AND NOT attisdropped
"""
# {} is a number that row and column alone decide, so each run makes the same rows.
_VALUES = {
    "boolean": "{} % 2 = 0",
    "integer": "{} % 1000",
    "bigint": "{} % 1000",
    "double precision": "{} % 1000 / 8.0",
    "timestamp without time zone": "timestamp '2022-01-01' + {} % 10000 * interval '1 hour'",
}


class _Column(NamedTuple):
    name: str
    kind: str
    not_null: bool


def fill(connection: Connection, rows: int) -> None:
    """Put rows into every table, parents before their children; in each fifth a column that may be NULL is.

    What a key of the schema forbids is left out, so some tables get fewer.
    """
    columns: dict[str, list[_Column]] = {}
    for table, *column in connection.execute(_COLUMNS):
        columns.setdefault(table, []).append(_Column(*column))
    references = parents(connection)
    for table in tables(connection):
        named = dict(references.get(table, []))
        filled = [column for column in columns[table] if column.name != "id"]
        values = ", ".join(_value(table, column, named.get(column.name), rows) for column in filled)
        names = ", ".join(f'"{column.name}"' for column in filled)
        connection.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {rows}) AS n"
            " ON CONFLICT DO NOTHING".encode()
        )
    connection.execute("ANALYZE")


def _value(table: str, column: _Column, parent: str | None, rows: int) -> str:
    number = f"abs(hashtextextended('{table}.{column.name} ' || n, 0) % 1000000007)"
    if parent:
        value = f"(ARRAY(SELECT id FROM {parent} ORDER BY id))[1 + {number} % (SELECT count(*) FROM {parent})]"
    elif column.kind in ("text", "character varying"):
        # Rarely twice the same, so rows seldom agree in a key of several columns unless they are copies.
        value = f"'{column.name} ' || {number} % {rows**2}"
    elif column.kind in _VALUES:
        value = _VALUES[column.kind].format(number)
    else:
        value = f"(enum_range(NULL::{column.kind}))[1 + {number} % cardinality(enum_range(NULL::{column.kind}))]"
    return value if column.not_null else f"CASE WHEN {number} / 7 % 5 > 0 THEN {value} END"
