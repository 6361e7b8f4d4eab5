"""What a migrated database says of its own tables: columns, keys, indexes, comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import psycopg
from psycopg.rows import class_row, tuple_row

from thoth_storages.sql.migrating.private import private_database

_TABLES = """
SELECT relname AS name, obj_description(oid, 'pg_class') AS comment
FROM pg_class
WHERE relnamespace = 'public'::regnamespace
  AND relkind = 'r'
  AND relname !~ '^_'
ORDER BY relname
"""
_COLUMNS = """
SELECT
  relname AS "table",
  attname AS name,
  format_type(atttypid, atttypmod) AS type,
  NOT attnotnull AS is_nullable,
  pg_get_expr(adbin, adrelid) AS "default",
  attgenerated <> '' AS is_generated,
  col_description(attrelid, attnum) AS comment
FROM pg_attribute
JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = 'public'::regnamespace
  AND relkind = 'r'
  AND attnum > 0
  AND NOT attisdropped
ORDER BY relname, attnum
"""
_KEYS = """
SELECT
  conrelid::regclass::text AS "table",
  conname AS name,
  pg_get_constraintdef(oid) AS definition,
  CASE WHEN contype = 'f' THEN confrelid::regclass::text END AS refers_to
FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
  AND conrelid <> 0
  AND contype IN ('p', 'u', 'f', 'c')
ORDER BY 1, position(contype::text IN 'pufc'), conname
"""
_INDEXES = """
SELECT indrelid::regclass::text AS "table", relname AS name, pg_get_indexdef(indexrelid) AS definition
FROM pg_index
JOIN pg_class ON pg_class.oid = indexrelid
WHERE relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
ORDER BY 1, 2
"""
_ENUMERATIONS = """
SELECT typname, array_agg(enumlabel::text ORDER BY enumsortorder)
FROM pg_enum
JOIN pg_type ON pg_type.oid = enumtypid
GROUP BY typname
ORDER BY typname
"""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    table: str
    name: str
    type: str
    is_nullable: bool
    default: str | None
    is_generated: bool
    comment: str | None


@dataclass(frozen=True)
class Key:
    """A constraint of a table; a foreign key refers to another table."""

    table: str
    name: str
    definition: str
    refers_to: str | None


@dataclass(frozen=True)
class Index:
    """An index that no constraint brings along."""

    table: str
    name: str
    definition: str


@dataclass(frozen=True)
class Table:
    """A table with what belongs to it."""

    name: str
    comment: str | None
    columns: list[Column] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)


@dataclass(frozen=True)
class Facts:
    """The tables by name, and the values of the types that list theirs."""

    tables: dict[str, Table]
    enumerations: dict[str, list[str]]


def read_facts() -> Facts:
    """Migrate a database of a private server, and answer what it says."""
    with private_database() as conninfo, psycopg.connect(conninfo) as connection:
        return facts_of(connection)


def facts_of(connection: psycopg.Connection[object]) -> Facts:
    """Answer what a database says."""
    rows = connection.cursor(row_factory=tuple_row).execute(_TABLES).fetchall()
    tables = {name: Table(name, comment) for name, comment in rows}
    _give(tables, "columns", connection.cursor(row_factory=class_row(Column)).execute(_COLUMNS))
    _give(tables, "keys", connection.cursor(row_factory=class_row(Key)).execute(_KEYS))
    _give(tables, "indexes", connection.cursor(row_factory=class_row(Index)).execute(_INDEXES))
    enumerations = connection.cursor(row_factory=tuple_row).execute(_ENUMERATIONS).fetchall()
    return Facts(tables, dict(enumerations))


def _give(tables: dict[str, Table], what: str, found: Iterable[Column | Key | Index]) -> None:
    for each in found:
        if each.table in tables:
            getattr(tables[each.table], what).append(each)
