"""Empty a database of what this library keeps in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from ...exceptions import MigrationError
from .facts import BOOKKEEPING
from .files import DIRECTORY, created
from .server import LOCK_KEY

# yoyo's lock among them, which only its own commands make: they would find a lock, and nothing that it guards.
_RECORDS = """
SELECT tablename::text
FROM pg_catalog.pg_tables
WHERE schemaname = 'public'
  AND tablename ~ %(bookkeeping)s
"""
_ROUTINES = """
SELECT oid::regprocedure::text
FROM pg_catalog.pg_proc
WHERE pronamespace = to_regnamespace('public')
  AND proname = ANY (%(names)s)
"""


def drop_all(connection: psycopg.Connection[Any], *, directory: Path = DIRECTORY) -> None:
    """Drop the tables, types and functions that migrations made, and the record of them (Alembic's, too).

    All or nothing, and nothing else: what others keep in the database stays. Raises MigrationError where something of
    others, a view for instance, depends on one of the tables, where they belong to another role, and while a migration
    is running.
    """
    with connection.transaction(), connection.cursor(row_factory=tuple_row) as cursor:
        _refuse_while_migrating(cursor)
        try:
            records = [name for (name,) in cursor.execute(_RECORDS, {"bookkeeping": BOOKKEEPING})]
            cursor.execute(_drop("TABLE", [*created("TABLE", directory), *records]))
            cursor.execute(_drop("TYPE", created("TYPE", directory)))
            names = list(created("FUNCTION", directory))
            for (signature,) in cursor.execute(_ROUTINES, {"names": names}).fetchall():
                cursor.execute(sql.SQL("DROP FUNCTION {}").format(sql.SQL(signature)))
        except psycopg.Error as error:
            reason = error.diag.message_detail or error.diag.message_primary or error
            raise MigrationError(f"nothing was dropped: {reason}") from error


def _refuse_while_migrating(cursor: psycopg.Cursor[tuple[Any, ...]]) -> None:
    locked = cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (LOCK_KEY,)).fetchone()
    if not (locked and locked[0]):
        raise MigrationError("nothing was dropped, as a migration is running: wait for it, or end it")


def _drop(kind: str, names: Sequence[str]) -> sql.Composed:
    listed = sql.SQL(", ").join(sql.Identifier("public", name) for name in names)
    return sql.SQL("DROP {} IF EXISTS {}").format(sql.SQL(kind), listed)
