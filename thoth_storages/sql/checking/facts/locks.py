"""Which locks a query takes on tables that others notice: more than those of a reader.

The server takes them when it reads the statement, and holds them until the transaction ends; those that foreign keys
take come when rows are written, so the catalog tells them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from .dependencies import Dependencies
from .prepared import is_utility
from .schema import Schema, Table

# From the weakest to the strongest, as the manual writes them and as pg_locks does.
MODES = {
    "ACCESS SHARE": "AccessShareLock",
    "ROW SHARE": "RowShareLock",
    "ROW EXCLUSIVE": "RowExclusiveLock",
    "SHARE UPDATE EXCLUSIVE": "ShareUpdateExclusiveLock",
    "SHARE": "ShareLock",
    "SHARE ROW EXCLUSIVE": "ShareRowExclusiveLock",
    "EXCLUSIVE": "ExclusiveLock",
    "ACCESS EXCLUSIVE": "AccessExclusiveLock",
}
_STRENGTH = {mode: number for number, mode in enumerate(MODES)}
_NAMES = {name: mode for mode, name in MODES.items()}
_HELD = """
SELECT lock.relation::bigint, lock.mode
FROM pg_catalog.pg_locks AS lock
WHERE lock.pid = pg_backend_pid()
  AND lock.locktype = 'relation'
  AND lock.mode <> 'AccessShareLock'
"""
_ADVISORY = re.compile(r"\bpg_(?:try_)?advisory\w*")

Locks = Mapping[str, str]


def read_locks(
    connection: psycopg.Connection[Any], text: str, dependencies: Dependencies, schema: Schema
) -> dict[str, str]:
    """Answer the strongest mode in which a statement locks each table, ``ROW EXCLUSIVE``; reading alone isn't told.

    An advisory lock is told by the name of its function. Raises psycopg's errors for a statement that is refused.
    """
    found: dict[str, str] = {}
    for name, mode in [*_taken(connection, text, schema), *_of_foreign_keys(dependencies, schema)]:
        found[name] = max(mode, found.get(name, mode), key=_STRENGTH.__getitem__)
    return dict(sorted(found.items())) | dict.fromkeys(sorted(set(_ADVISORY.findall(text))), "ADVISORY")


def held_locks(connection: psycopg.Connection[Any], schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield the tables that the connection's transaction holds locked, with the mode; those only read are left out."""
    for oid, name in connection.execute(_HELD):
        if oid in schema and not schema[oid].is_system:
            yield schema[oid].name, _NAMES[name]


def _taken(connection: psycopg.Connection[Any], text: str, schema: Schema) -> list[tuple[str, str]]:
    # The savepoint's end lets go of the locks that were taken inside.
    with connection.transaction(force_rollback=True):
        if is_utility(text):
            connection.execute(text.encode())
        else:
            connection.execute(f"PREPARE thoth_storages_locks AS {text}".encode())
            connection.execute("DEALLOCATE thoth_storages_locks")
        return list(held_locks(connection, schema))


def _of_foreign_keys(dependencies: Dependencies, schema: Schema) -> Iterator[tuple[str, str]]:
    for name in dependencies.inserts:
        yield from _checks_of(schema.by_name[name], schema, schema.by_name[name].columns_by_name)
    for name, columns in dependencies.updates.items():
        yield from _checks_of(schema.by_name[name], schema, columns)
        yield from _checks_on(schema.by_name[name], schema, columns, set())
    for name in dependencies.deletes:
        yield from _deletions_below(schema.by_name[name], schema, set())


def _checks_of(table: Table, schema: Schema, columns: Mapping[str, Any] | frozenset[str]) -> Iterator[tuple[str, str]]:
    """The parents' rows are kept from going (FOR KEY SHARE)."""
    for key in table.foreign_keys:
        if not set(columns).isdisjoint(key.columns):
            yield schema[key.parent].name, "ROW SHARE"


def _checks_on(table: Table, schema: Schema, columns: frozenset[str], seen: set[str]) -> Iterator[tuple[str, str]]:
    for child, key in schema.children(table):
        if not columns.isdisjoint(key.parent_columns):
            yield child.name, _mode(key.on_update)
            if key.on_update == "c" and child.name not in seen:
                seen.add(child.name)
                yield from _checks_on(child, schema, frozenset(key.columns), seen)


def _deletions_below(table: Table, schema: Schema, seen: set[str]) -> Iterator[tuple[str, str]]:
    for child, key in schema.children(table):
        yield child.name, _mode(key.on_delete)
        if key.on_delete == "c" and child.name not in seen:
            seen.add(child.name)
            yield from _deletions_below(child, schema, seen)


def _mode(action: str) -> str:
    """How a table is locked whose rows refer to others: they are looked at, or written."""
    return "ROW SHARE" if action in "ar" else "ROW EXCLUSIVE"
