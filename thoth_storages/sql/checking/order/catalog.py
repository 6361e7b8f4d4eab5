"""What the catalog says that an order can be proved with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg
from pglast import parse_sql

from .expressions import plain_text

# A unique index of a part of the table (indpred) doesn't tell its rows apart. Where it doesn't take NULLs for equal, it
# tells those apart in which none of its parts is NULL.
_TABLES = """
SELECT
  class.relname::text,
  array_agg(attribute.attname::text),
  (
    SELECT coalesce(json_agg(key.parts), '[]')
    FROM (
      SELECT json_agg(
        json_build_array(
          pg_get_indexdef(index.indexrelid, part.number::integer, FALSE),
          NOT index.indnullsnotdistinct AND NOT coalesce(indexed.attnotnull, FALSE)
        )
      ) AS parts
      FROM pg_catalog.pg_index AS index
      CROSS JOIN generate_series(1, index.indnkeyatts) AS part (number)
      LEFT JOIN pg_catalog.pg_attribute AS indexed
        ON indexed.attrelid = index.indrelid AND indexed.attnum = index.indkey[part.number - 1]
      WHERE index.indrelid = class.oid
        AND index.indisunique
        AND index.indisvalid
        AND index.indpred IS NULL
      GROUP BY index.indexrelid
    ) AS key
  )
FROM pg_catalog.pg_class AS class
JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = class.oid
WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND pg_catalog.pg_table_is_visible(class.oid)
  AND attribute.attnum > 0
  AND NOT attribute.attisdropped
GROUP BY class.oid, class.relname
"""
_AGGREGATES = """
SELECT DISTINCT proname::text
FROM pg_catalog.pg_proc
WHERE prokind = 'a'
"""
_VOLATILE = """
SELECT DISTINCT proname::text
FROM pg_catalog.pg_proc
WHERE provolatile = 'v'
"""


class Part(NamedTuple):
    """A part of a key: a column, or an expression as ``plain_text`` writes it."""

    text: str
    may_be_null: bool
    """Whether it may be a NULL that isn't taken for equal to another."""


@dataclass(frozen=True)
class Table:
    """A table: the names of its columns, and what tells its rows apart."""

    columns: tuple[str, ...]
    keys: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True)
class Catalog:
    """Tables by name, and the names of functions."""

    tables: Mapping[str, Table]
    aggregates: frozenset[str]
    volatile: frozenset[str]
    """Functions that answer something else each time."""


def read_catalog(connection: psycopg.Connection[Any]) -> Catalog:
    """Read the catalog of a database."""
    tables = {
        name: Table(tuple(columns), tuple(tuple(Part(_as_written(text), null) for text, null in key) for key in keys))
        for name, columns, keys in connection.execute(_TABLES)
    }
    return Catalog(
        tables,
        frozenset(name for (name,) in connection.execute(_AGGREGATES)),
        frozenset(name for (name,) in connection.execute(_VOLATILE)),
    )


def _as_written(expression: str) -> str:
    """Write a part of an index in the one way that is used here; the server's may have quotation marks and VARIADIC."""
    select: Any = parse_sql(f"SELECT {expression}")[0].stmt
    return plain_text(select.targetList[0].val)
