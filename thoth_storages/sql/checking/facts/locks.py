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
from .references import followed, parents
from .schema import Schema

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
    # FOR KEY SHARE is a row's lock; its table is locked for that as by any SELECT … FOR.
    yield from ((parent.name, "ROW SHARE") for parent in parents(dependencies, schema))
    for each in followed(dependencies, schema):
        yield each.table.name, "ROW EXCLUSIVE" if each.is_written else "ROW SHARE"
