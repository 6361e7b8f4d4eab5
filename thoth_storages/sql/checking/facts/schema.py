"""The tables of a database, as far as the checks of queries ask: columns, keys, and what an insertion draws on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg

_TABLES = """
SELECT
  class.oid::bigint,
  concat(nullif(nullif(namespace.nspname, 'public'), 'pg_catalog') || '.', class.relname),
  class.relkind::text,
  namespace.nspname = 'pg_catalog'
FROM pg_catalog.pg_class AS class
JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
WHERE class.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND namespace.nspname <> 'information_schema'
  AND namespace.nspname !~ '^pg_(toast|temp)'
ORDER BY 2, 4
"""
_COLUMNS = """
SELECT
  attribute.attrelid::bigint,
  attribute.attnum,
  attribute.attname,
  attribute.atttypid::bigint,
  attribute.attnotnull,
  attribute.attgenerated <> '',
  sequence.name
FROM pg_catalog.pg_attribute AS attribute
LEFT JOIN LATERAL (
  SELECT dependency.refobjid::regclass::text AS name
  FROM pg_catalog.pg_attrdef AS value
  JOIN pg_catalog.pg_depend AS dependency
    ON dependency.classid = 'pg_attrdef'::regclass AND dependency.objid = value.oid
  JOIN pg_catalog.pg_class AS class
    ON dependency.refclassid = 'pg_class'::regclass AND class.oid = dependency.refobjid AND class.relkind = 'S'
  WHERE value.adrelid = attribute.attrelid
    AND value.adnum = attribute.attnum
  LIMIT 1
) AS sequence ON TRUE
WHERE attribute.attnum > 0
  AND NOT attribute.attisdropped
ORDER BY attribute.attrelid, attribute.attnum
"""
# A unique index of a part of the table (indpred) doesn't tell its rows apart, nor does one that is looked at when the
# transaction ends (DEFERRABLE), nor one of a table with children, whose rows come with its own.
_KEYS = """
SELECT
  index.indrelid::bigint,
  index.indexrelid::regclass::text,
  (index.indkey::smallint[])[0:index.indnkeyatts - 1],
  ARRAY(
    SELECT pg_get_indexdef(index.indexrelid, part.number::integer, FALSE)
    FROM generate_series(1, index.indnkeyatts) AS part (number)
  ),
  index.indnullsnotdistinct
FROM pg_catalog.pg_index AS index
JOIN pg_catalog.pg_class AS class ON class.oid = index.indrelid
WHERE index.indisunique
  AND index.indisvalid
  AND index.indimmediate
  AND index.indpred IS NULL
  AND NOT (class.relkind = 'r' AND class.relhassubclass)
ORDER BY index.indisprimary DESC, 2
"""
# Those by which rows are found that hold given values: one of some rows only isn't asked.
_INDEXES = """
SELECT
  index.indrelid::bigint,
  index.indexrelid::regclass::text,
  ARRAY(
    SELECT attribute.attname::text
    FROM unnest(index.indkey::smallint[]) WITH ORDINALITY AS part (number, place)
    LEFT JOIN pg_catalog.pg_attribute AS attribute
      ON attribute.attrelid = index.indrelid AND attribute.attnum = part.number
    WHERE part.place <= index.indnkeyatts
    ORDER BY part.place
  )
FROM pg_catalog.pg_index AS index
JOIN pg_catalog.pg_class AS class ON class.oid = index.indexrelid
JOIN pg_catalog.pg_am AS method ON method.oid = class.relam AND method.amname = 'btree'
WHERE index.indisvalid
  AND index.indpred IS NULL
ORDER BY index.indnkeyatts, 2
"""
_FOREIGN_KEYS = """
SELECT
  reference.conrelid::bigint,
  reference.conkey,
  reference.confrelid::bigint,
  reference.confkey,
  reference.confdeltype::text,
  reference.confupdtype::text
FROM pg_catalog.pg_constraint AS reference
WHERE reference.contype = 'f'
ORDER BY reference.conname
"""
_CALLED = """
SELECT DISTINCT
  coalesce(index.indrelid, value.adrelid, condition.conrelid)::bigint,
  dependency.refobjid::regprocedure::text
FROM pg_catalog.pg_depend AS dependency
LEFT JOIN pg_catalog.pg_index AS index
  ON dependency.classid = 'pg_class'::regclass AND index.indexrelid = dependency.objid
LEFT JOIN pg_catalog.pg_attrdef AS value
  ON dependency.classid = 'pg_attrdef'::regclass AND value.oid = dependency.objid
LEFT JOIN pg_catalog.pg_constraint AS condition
  ON dependency.classid = 'pg_constraint'::regclass AND condition.oid = dependency.objid AND condition.contype = 'c'
WHERE dependency.refclassid = 'pg_proc'::regclass
  AND dependency.deptype = 'n'
  AND coalesce(index.indrelid, value.adrelid, condition.conrelid) IS NOT NULL
"""
_FUNCTIONS = """
SELECT
  function.proname::text,
  bool_and(function.prokind = 'a'),
  bool_or(function.provolatile = 'v'),
  bool_or(function.proretset)
FROM pg_catalog.pg_proc AS function
GROUP BY function.proname
"""
_LOOSE_COLLATIONS = "SELECT collname FROM pg_catalog.pg_collation WHERE NOT collisdeterministic"


@dataclass(frozen=True)
class TableColumn:
    """A column of a table."""

    number: int
    name: str
    type_oid: int
    is_not_null: bool
    is_generated: bool
    """Whether the server computes the column, so that nobody else may write it."""
    sequence: str | None
    """The sequence that its default draws from."""


@dataclass(frozen=True)
class Key:
    """A unique index that covers all rows."""

    name: str
    columns: tuple[str | None, ...]
    """The names of its columns, None for an expression."""
    parts: tuple[str, ...]
    """The names of its columns, and its expressions as the server writes them."""
    nulls_are_equal: bool


@dataclass(frozen=True)
class ForeignKey:
    """A reference from a table to a row of another."""

    columns: tuple[str, ...]
    parent: int
    parent_columns: tuple[str, ...]
    on_delete: str
    """What happens to the row when that which it refers to goes: ``a`` and ``r`` refuse, ``c`` goes, too."""
    on_update: str
    """What happens to it when what it refers to is called otherwise: ``a`` and ``r`` refuse, ``c`` follows."""


@dataclass(frozen=True)
class Index:
    """An index of all rows."""

    name: str
    columns: tuple[str | None, ...]
    """The names of its columns, None for an expression."""


@dataclass(frozen=True)
class Table:
    """A table or a view."""

    oid: int
    name: str
    kind: str
    is_system: bool
    """Whether it is a catalog of PostgreSQL's own."""
    columns: Mapping[int, TableColumn]
    keys: tuple[Key, ...]
    indexes: tuple[Index, ...]
    """Those with few columns first."""
    foreign_keys: tuple[ForeignKey, ...]
    functions: frozenset[str]
    """The functions, with their parameters' types, that its defaults, indexes and conditions call."""

    @property
    def is_filled_by_queries(self) -> bool:
        """Whether it holds what queries write: it is neither a view, nor PostgreSQL's, nor the migrators' record."""
        return self.kind == "r" and not self.is_system and not self.name.startswith("_yoyo_")

    def index_on(self, columns: Collection[str]) -> Index | None:
        """Find an index by which the rows are found that hold given values in some columns."""
        asked = set(columns)
        return next((index for index in self.indexes if set(index.columns[: len(asked)]) == asked), None)

    @cached_property
    def columns_by_name(self) -> Mapping[str, TableColumn]:
        """The columns by their names."""
        return {column.name: column for column in self.columns.values()}


@dataclass(frozen=True)
class Functions:
    """The names of functions."""

    aggregates: frozenset[str]
    """Those that make one value of many rows."""
    volatile: frozenset[str]
    """Those that answer something else each time."""
    sets: frozenset[str]
    """Those that make many rows."""


class Schema(Mapping[int, Table]):
    """The tables and views by their oid, the functions, and the collations by which different texts are equal."""

    def __init__(
        self, tables: Mapping[int, Table], functions: Functions, loose_collations: frozenset[str] = frozenset()
    ) -> None:
        """Hold them; ``read_schema`` makes them."""
        self._tables = tables
        self.functions = functions
        self.loose_collations = loose_collations
        self.by_name = {table.name: table for table in tables.values()}

    def __getitem__(self, oid: int) -> Table:
        return self._tables[oid]

    def __iter__(self) -> Iterator[int]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def named(self, schema: str | None, name: str) -> Table | None:
        """Find the table that a query names, with a schema in front or without."""
        return self.by_name.get(f"{schema}.{name}" if schema not in (None, "public", "pg_catalog") else name)

    def children(self, parent: Table) -> Iterator[tuple[Table, ForeignKey]]:
        """Yield the tables that refer to one, and how."""
        for table in self._tables.values():
            yield from ((table, key) for key in table.foreign_keys if key.parent == parent.oid)


def read_schema(connection: psycopg.Connection[Any]) -> Schema:
    """Read what the catalog says of every table."""
    columns: dict[int, dict[int, TableColumn]] = {}
    for oid, *column in connection.execute(_COLUMNS):
        columns.setdefault(oid, {})[column[0]] = TableColumn(*column)
    tables = connection.execute(_TABLES).fetchall()
    keys, references = _grouped(connection, _KEYS), _grouped(connection, _FOREIGN_KEYS)
    functions, indexes = _grouped(connection, _CALLED), _grouped(connection, _INDEXES)

    def names(oid: int, numbers: list[int]) -> tuple[str, ...]:
        return tuple(columns[oid][number].name for number in numbers)

    return Schema(
        {
            oid: Table(
                oid,
                name,
                kind,
                is_system,
                columns.get(oid, {}),
                tuple(
                    _key(key, [columns[oid][number].name if number else None for number in numbers], parts, are_equal)
                    for key, numbers, parts, are_equal in keys.get(oid, ())
                ),
                tuple(Index(index, tuple(named)) for index, named in indexes.get(oid, ())),
                tuple(
                    ForeignKey(names(oid, own), parent, names(parent, others), *actions)
                    for own, parent, others, *actions in references.get(oid, ())
                ),
                frozenset(function for (function,) in functions.get(oid, ())),
            )
            for oid, name, kind, is_system in tables
        },
        _read_functions(connection),
        frozenset(name for (name,) in connection.execute(_LOOSE_COLLATIONS)),
    )


def _key(name: str, columns: list[str | None], parts: list[str], nulls_are_equal: bool) -> Key:
    named = tuple(column or part for column, part in zip(columns, parts, strict=True))
    return Key(name, tuple(columns), named, nulls_are_equal)


def _read_functions(connection: psycopg.Connection[Any]) -> Functions:
    rows = connection.execute(_FUNCTIONS).fetchall()
    kinds = (frozenset(row[0] for row in rows if row[number]) for number in (1, 2, 3))
    return Functions(*kinds)


def _grouped(connection: psycopg.Connection[Any], statement: str) -> dict[int, list[tuple[Any, ...]]]:
    groups: dict[int, list[tuple[Any, ...]]] = {}
    for oid, *rest in connection.execute(statement.encode()):
        groups.setdefault(oid, []).append(tuple(rest))
    return groups
