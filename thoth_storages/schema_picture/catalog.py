"""What a picture shows of a schema: tables, their columns and keys, and which refers to which; read from a catalog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from ..sql.migrating.facts import BOOKKEEPING
from .subjects import subject_of

_COLUMNS = """
SELECT
  relname::text,
  coalesce(obj_description(pg_class.oid, 'pg_class'), ''),
  attname::text,
  attnum::integer,
  format_type(atttypid, atttypmod),
  attnotnull,
  coalesce(col_description(pg_class.oid, attnum), '')
FROM pg_catalog.pg_class
JOIN pg_catalog.pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = to_regnamespace('public')
  AND relkind IN ('r', 'p')
  AND NOT relispartition
  AND attnum > 0
  AND NOT attisdropped
  AND relname !~ %(bookkeeping)s
  -- what an extension made belongs to it
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
ORDER BY relname, attnum
"""
# A column within an expression that has to be unique (a digest, say) is known by the index's dependencies only.
_KEYS = """
SELECT
  "table".relname::text,
  indisprimary,
  array_agg(DISTINCT attname::text)
FROM pg_catalog.pg_index
JOIN pg_catalog.pg_class AS "table" ON "table".oid = indrelid
LEFT JOIN pg_catalog.pg_depend
  ON classid = 'pg_class'::regclass AND objid = indexrelid AND refclassid = 'pg_class'::regclass AND refobjid = indrelid
JOIN pg_catalog.pg_attribute ON attrelid = indrelid AND (attnum = refobjsubid OR attnum = ANY (indkey)) AND attnum > 0
WHERE relnamespace = to_regnamespace('public')
  AND indisunique
GROUP BY "table".relname, indexrelid, indisprimary
ORDER BY "table".relname, indisprimary DESC, indexrelid
"""
_REFERENCES = """
SELECT DISTINCT
  child.relname::text,
  ARRAY(
    SELECT attname::text
    FROM unnest(conkey) WITH ORDINALITY AS key (attnum, place)
    JOIN pg_catalog.pg_attribute USING (attnum)
    WHERE attrelid = conrelid
    ORDER BY place
  ),
  parent.relname::text,
  ARRAY(
    SELECT attname::text
    FROM unnest(confkey) WITH ORDINALITY AS key (attnum, place)
    JOIN pg_catalog.pg_attribute USING (attnum)
    WHERE attrelid = confrelid
    ORDER BY place
  )
FROM pg_catalog.pg_constraint
JOIN pg_catalog.pg_class AS child ON child.oid = conrelid
JOIN pg_catalog.pg_class AS parent ON parent.oid = confrelid
WHERE contype = 'f'
  AND conparentid = 0
  AND child.relnamespace = to_regnamespace('public')
ORDER BY 1, 2, 3
"""

_LONG_KEY = 6
"""Columns: a unique key of more tells that rows don't repeat, not what they are known by."""
_SMALL_TABLE = 5
"""Columns."""

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    ``unique`` numbers the unique keys of its table that it is part of, from 1; the primary key isn't among them.
    """

    name: str
    type: str
    is_required: bool
    comment: str = ""
    is_primary: bool = False
    unique: tuple[int, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table, and the subject that it belongs to."""

    name: str
    comment: str
    subject: str
    columns: tuple[Column, ...]
    left_out: int = 0
    """How many more columns it has, which aren't shown."""


@dataclass(frozen=True)
class Reference:
    """A foreign key: columns of one table name a row of another one, or of the same."""

    table: str
    columns: tuple[str, ...]
    referred: str
    referred_columns: tuple[str, ...]


@dataclass(frozen=True)
class Schema:
    """Tables by name, and the foreign keys between them."""

    tables: tuple[Table, ...]
    references: tuple[Reference, ...]

    def only(self, names: Iterable[str]) -> Schema:
        """Leave out the other tables, and the references from and to them."""
        kept = set(names)
        return replace(
            self,
            tables=tuple(table for table in self.tables if table.name in kept),
            references=tuple(each for each in self.references if {each.table, each.referred} <= kept),
        )

    def keys(self) -> Schema:
        """Leave out what tells nothing about how tables hang together: types, and columns, which are counted instead.

        Left are columns of primary, foreign and short unique keys, and all of a small table.
        """
        ends = {(each.table, name) for each in self.references for name in each.columns}
        ends |= {(each.referred, name) for each in self.references for name in each.referred_columns}
        return replace(self, tables=tuple(_keys_of(table, ends) for table in self.tables))

    @property
    def subjects(self) -> dict[str, list[Table]]:
        """The tables by subject; subjects come in the order in which the migrations made them, others last."""
        ordered = sorted(self.tables, key=lambda table: subject_of(table.name).rank)
        return {subject: list(tables) for subject, tables in groupby(ordered, attrgetter("subject"))}


def read_schema(connection: Connection) -> Schema:
    """Read the tables of the schema ``public``, without the records of migrations and what belongs to extensions."""
    keys = {table: list(rows) for table, rows in groupby(_rows(connection, _KEYS), itemgetter(0))}
    tables = (
        Table(name, comment, subject_of(name).name, tuple(_columns(rows, keys.get(name, []))))
        for (name, comment), rows in groupby(_rows(connection, _COLUMNS, bookkeeping=BOOKKEEPING), itemgetter(0, 1))
    )
    references = (
        Reference(table, tuple(columns), referred, tuple(referred_columns))
        for table, columns, referred, referred_columns in _rows(connection, _REFERENCES)
    )
    return Schema(tuple(tables), tuple(references))


def _keys_of(table: Table, ends: set[tuple[str, str]]) -> Table:
    table = replace(table, columns=tuple(replace(column, type="") for column in table.columns))
    long_keys = {key for key, members in _unique_keys(table).items() if members > _LONG_KEY}
    shown = tuple(
        column
        for column in table.columns
        if column.is_primary or (table.name, column.name) in ends or set(column.unique) - long_keys
    )
    left_out = len(table.columns) - len(shown)
    is_small = len(table.columns) <= _SMALL_TABLE or left_out <= 1  # saying "1 more" takes the place of showing it
    return table if is_small else replace(table, columns=shown, left_out=left_out)


def _unique_keys(table: Table) -> Counter[int]:
    return Counter(key for column in table.columns for key in column.unique)


def _columns(rows: Iterable[tuple[Any, ...]], keys: list[tuple[Any, ...]]) -> Iterator[Column]:
    primary = {column for _, is_primary, columns in keys if is_primary for column in columns}
    # Some keys were made twice (a constraint and an index): they are shown once.
    unique = [
        columns
        for columns in dict.fromkeys(tuple(columns) for _, is_primary, columns in keys if not is_primary)
        if set(columns) != primary
    ]
    for _, _, name, _, type_, is_required, comment in rows:
        numbers = tuple(number for number, columns in enumerate(unique, 1) if name in columns)
        yield Column(name, type_, is_required, comment, name in primary, numbers)


def _rows(connection: Connection, statement: str, **parameters: str) -> list[tuple[Any, ...]]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(statement.encode(), parameters).fetchall()
