"""What a query reads and writes, as the server understood it.

A function whose body is the query holds its parsed tree (``pg_proc.prosqlbody``), and there each table's entry says
which columns its reader must be allowed to select, insert and update: what the executor itself will check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from .samples import Samples
from .schema import Schema, Table

_SHADOW = "thoth_storages_shadow"
_BODY = "SELECT oid::bigint, prosqlbody::text FROM pg_catalog.pg_proc WHERE proname = %s"
_CALLED = """
SELECT DISTINCT dependency.refobjid::regprocedure::text, NULL
FROM pg_catalog.pg_depend AS dependency
WHERE dependency.classid = 'pg_proc'::regclass
  AND dependency.objid = %(shadow)s
  AND dependency.refclassid = 'pg_proc'::regclass
UNION ALL
SELECT NULL, dependency.refobjid::regclass::text
FROM pg_catalog.pg_depend AS dependency
JOIN pg_catalog.pg_class AS class ON class.oid = dependency.refobjid AND class.relkind = 'S'
WHERE dependency.classid = 'pg_proc'::regclass
  AND dependency.objid = %(shadow)s
  AND dependency.refclassid = 'pg_class'::regclass
"""
# PostgreSQL 15 says it in the range table's entry, 16 in one of its own; both name the table first.
_ENTRY = re.compile(
    r":relid (\d+) (?:(?!:relid ).)*?:requiredPerms (\d+) :checkAsUser \d+"
    r" :selectedCols \(b([ \d]*)\) :insertedCols \(b([ \d]*)\) :updatedCols \(b([ \d]*)\)",
    re.DOTALL,
)
# Bits of requiredPerms, of PostgreSQL's AclMode.
_INSERT, _SELECT, _UPDATE, _DELETE = 1, 2, 4, 8
# Numbers of columns are stored from that of the lowest system column on: 7 is the whole row.
_WHOLE_ROW = 7
_SYSTEM_COLUMNS = {-1: "ctid", -2: "xmin", -3: "cmin", -4: "xmax", -5: "cmax", -6: "tableoid"}

Columns = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Dependencies:
    """Which columns of which tables a query touches; a table without columns is one of which any will do."""

    reads: Columns = field(default_factory=dict)
    inserts: Columns = field(default_factory=dict)
    updates: Columns = field(default_factory=dict)
    """Columns that are set; a table without columns is one whose rows are only locked."""
    deletes: frozenset[str] = frozenset()
    sequences: frozenset[str] = frozenset()
    """The sequences that it draws from, by its insertions or by naming them."""
    functions: frozenset[str] = frozenset()
    """The functions that don't come with PostgreSQL, with their parameters' types."""

    @property
    def tables(self) -> set[str]:
        """The tables that are touched in any way."""
        return {*self.reads, *self.inserts, *self.updates, *self.deletes}


def read_dependencies(
    connection: psycopg.Connection[Any], text: str, types: Iterable[int], schema: Schema, samples: Samples
) -> Dependencies:
    """Read what a statement touches: ``text`` has ``$1`` for parameters, ``types`` are their oids.

    A utility statement, like LOCK, has no body that could be read; its dependencies are none.
    Raises psycopg's errors for a statement that the server refuses.
    """
    parameters = ", ".join(map(samples.name, types))
    with connection.transaction(force_rollback=True):
        head = f"CREATE FUNCTION pg_temp.{_SHADOW}({parameters}) RETURNS void LANGUAGE sql"
        connection.execute(f"{head} BEGIN ATOMIC\n{text};\nEND".encode())
        row = connection.execute(_BODY, (_SHADOW,)).fetchone()
        assert row is not None
        called = connection.execute(_CALLED, {"shadow": row[0]}).fetchall()
    functions, sequences = ({each[number] for each in called if each[number]} for number in (0, 1))
    return _dependencies(row[1], schema, functions, sequences)


def _dependencies(body: str, schema: Schema, functions: set[str], sequences: set[str]) -> Dependencies:
    found: dict[int, dict[str, set[str]]] = {_SELECT: {}, _INSERT: {}, _UPDATE: {}, _DELETE: {}}
    for oid, permissions, *bits in _ENTRY.findall(body):
        table = schema.get(int(oid))
        if table is None or table.is_system:
            continue
        selected, inserted, updated = (_columns(table, text) for text in bits)
        needed = int(permissions)
        for bit, columns in ((_SELECT, selected), (_INSERT, inserted), (_UPDATE, updated), (_DELETE, set[str]())):
            if needed & bit:
                found[bit].setdefault(table.name, set()).update(columns)
        if needed & _INSERT:
            sequences |= _drawn_from(table, inserted)
        if needed & _INSERT or updated:
            functions |= table.functions
    reads, inserts, updates = (_frozen(found[bit]) for bit in (_SELECT, _INSERT, _UPDATE))
    deletes = frozenset(found[_DELETE])
    return Dependencies(reads, inserts, updates, deletes, frozenset(sequences), frozenset(functions))


def _columns(table: Table, bits: str) -> set[str]:
    numbers = [int(bit) - _WHOLE_ROW for bit in bits.split()]
    if 0 in numbers:
        return set(table.columns_by_name)
    return {_SYSTEM_COLUMNS[number] if number < 0 else table.columns[number].name for number in numbers}


def _drawn_from(table: Table, given: set[str]) -> set[str]:
    return {column.sequence for column in table.columns.values() if column.sequence and column.name not in given}


def _frozen(columns: dict[str, set[str]]) -> Columns:
    return {table: frozenset(names) for table, names in sorted(columns.items())}
