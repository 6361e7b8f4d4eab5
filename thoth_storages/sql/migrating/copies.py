"""How many rows migrations would merge, counted without changing anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from psycopg import sql

from .files import Migration
from .indexes import Index, indexes_built
from .server import Connection, ConnectionInfo, connect

_MERGED = re.compile(r"SELECT\s+merge_duplicates\('(\w+)'\)")
_COLUMNS = """
SELECT attname::text
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass(%(table)s)
  AND attnum > 0
  AND NOT attisdropped
  AND attname <> 'id'
ORDER BY attnum
"""
_COUNT = """
SELECT count(*) - count(DISTINCT {key}), count(DISTINCT {content}) - count(DISTINCT {key})
FROM {table}
"""


class Copies(NamedTuple):
    """Rows of a table that say what another one says."""

    table: str
    rows: int
    """How many would be merged into another."""
    differing: int
    """How many of these say more than the other, or something else, in columns that are no part of the key."""


def count_copies(conninfo: ConnectionInfo, migrations: Iterable[Migration]) -> list[Copies]:
    """Count the rows that migrations would merge, by table, the most first.

    Each table is counted as it is: rows that become equal when those that they refer to are merged aren't among them.
    """
    with connect(conninfo) as connection:
        connection.execute("SET statement_timeout = 0")
        counted = (_count(connection, table, key) for table, key in _merged(migrations))
        return sorted((each for each in counted if each.rows), key=lambda each: -each.rows)


def _merged(migrations: Iterable[Migration]) -> Iterator[tuple[str, list[str]]]:
    """Answer the tables that are merged, and the columns of the key that is added then, where it is one of columns."""
    for migration in migrations:
        keys = {index.table: index.columns for index in indexes_built([migration]) if _is_key(index)}
        for statement in migration.statements():
            if match := _MERGED.match(statement.text):
                yield match[1], keys.get(match[1], [])


def _is_key(index: Index) -> bool:
    return index.is_unique and not index.has_expressions


def _count(connection: Connection, table: str, key: list[str]) -> Copies:
    columns = [name for (name,) in connection.execute(_COLUMNS, {"table": f"public.{table}"})]
    if not columns:
        return Copies(table, 0, 0)
    query = sql.SQL(_COUNT).format(
        key=_hash(key or columns), content=_hash(columns), table=sql.Identifier("public", table)
    )
    [(rows, differing)] = connection.execute(query).fetchall()
    return Copies(table, rows, differing)


def _hash(columns: list[str]) -> sql.Composed:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("hash_record_extended(ROW({}), 0)").format(named)
