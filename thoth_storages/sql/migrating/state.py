"""What a database says of its schema: which migrations it has, and how that compares with those of this library.

Only reading, and cheap: services ask at every start. Nothing here imports yoyo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, LiteralString, NamedTuple

import psycopg
from psycopg.rows import tuple_row

from .files import DIRECTORY, Stage, created, read_migrations

_BOOKKEEPING = """
SELECT to_regclass('public._yoyo_migration') IS NOT NULL
"""
_APPLIED = """
SELECT migration_id, applied_at_utc
FROM public._yoyo_migration
ORDER BY applied_at_utc, migration_id
"""
_CHECKSUMS = """
SELECT migration_id, sha256
FROM public._yoyo_checksum
"""
_HISTORY = """
SELECT created_at_utc, operation, migration_id, username, hostname
FROM public._yoyo_log
ORDER BY created_at_utc, migration_id
"""
_STAGES = """
SELECT migration_id, to_jsonb(_yoyo_checksum) ->> 'stage'
FROM public._yoyo_checksum
WHERE migration_id = ANY (%(ids)s)
"""
_OURS = """
SELECT relname
FROM pg_catalog.pg_class
WHERE relnamespace = to_regnamespace('public')
  AND relkind IN ('r', 'p')
  AND relname = ANY (%(tables)s)
ORDER BY relname
"""


class SchemaState(Enum):
    """How the schema of a database compares with what this library needs."""

    MISSING = "missing"
    """There is no such database (``schema_state`` can't answer this: it is given a connection)."""
    EMPTY = "empty"
    """The database holds none of the tables."""
    UNMANAGED = "unmanaged"
    """It holds tables, but no record of migrations: the original's database, not adopted yet. As good as OLDER."""
    OLDER = "older"
    """Migrations are missing that this library needs."""
    CURRENT = "current"
    """The schema is what this library needs; what is missing at most takes away what only older code needs."""
    NEWER = "newer"
    """All that this library needs is applied, and more; the database has no record that it would be in the way."""
    INCOMPATIBLE = "incompatible"
    """More is applied than this library knows, and some of it, says the record, takes away what it may need."""


@dataclass(frozen=True)
class MigrationStatus:
    """A migration and what the database says of it.

    ``applied_at`` is naive and in UTC, None for one that isn't applied. ``checksum_matches`` is None where there is
    nothing to compare: it isn't applied, or this library doesn't know it (``known`` is false).
    """

    id: str
    applied_at: datetime | None
    checksum_matches: bool | None
    known: bool


class HistoryEntry(NamedTuple):
    """Something that was done to the schema."""

    at: datetime
    """Naive, in UTC."""
    operation: str
    """``apply``, ``rollback``, or ``mark``: recorded as applied, as its tables were there."""
    migration: str
    role: str
    """Whose connection it was."""
    host: str
    """The machine that it was done from."""


def history(connection: psycopg.Connection[Any]) -> list[HistoryEntry]:
    """Tell what was done to the schema, oldest first; nothing where the database was never migrated."""
    return [HistoryEntry(*row) for row in _rows(connection, _HISTORY)] if _has_bookkeeping(connection) else []


def schema_state(connection: psycopg.Connection[Any], *, directory: Path = DIRECTORY) -> SchemaState:
    """Compare the schema of a connected database with the migrations of this library, in two statements.

    A newer one takes a third. Whether a library works with it is what the header of each migration says: one of the
    stage ``pre`` leaves older code working, one of the stage ``post`` doesn't. In turn newer code doesn't wait for
    ``post``.
    """
    have = set(applied(connection))
    if not have:
        return SchemaState.UNMANAGED if tables_present(connection, directory) else SchemaState.EMPTY
    migrations = read_migrations(directory)
    if any(migration.id not in have for migration in migrations if migration.stage is not Stage.POST):
        return SchemaState.OLDER
    if unknown := have - {migration.id for migration in migrations}:
        in_the_way = Stage.POST.value in _stages(connection, unknown).values()
        return SchemaState.INCOMPATIBLE if in_the_way else SchemaState.NEWER
    return SchemaState.CURRENT


def applied(connection: psycopg.Connection[Any]) -> list[str]:
    """Name the applied migrations, oldest first; none where the database was never migrated."""
    return list(_applied_at(connection))


def status(connection: psycopg.Connection[Any], *, directory: Path = DIRECTORY) -> list[MigrationStatus]:
    """Tell of each migration, known or only applied, when it was applied and whether its file is still the same."""
    when = _applied_at(connection)
    recorded = checksums(connection)
    known = {migration.id: migration.sha256 for migration in read_migrations(directory)}
    return [
        MigrationStatus(
            name,
            applied_at=when.get(name),
            checksum_matches=recorded.get(name) == known[name] if name in when and name in known else None,
            known=name in known,
        )
        for name in sorted({*known, *when})
    ]


def checksums(connection: psycopg.Connection[Any]) -> Mapping[str, str]:
    """Give the SHA-256 of each applied migration as it was when it was applied."""
    return dict(_rows(connection, _CHECKSUMS)) if _has_bookkeeping(connection) else {}


def _stages(connection: psycopg.Connection[Any], ids: Iterable[str]) -> dict[str, str | None]:
    """Read the stages of applied migrations; None where the migrator didn't record it yet."""
    return dict(_rows(connection, _STAGES, {"ids": list(ids)}))


def tables_present(connection: psycopg.Connection[Any], directory: Path = DIRECTORY) -> list[str]:
    """Name those tables of the knowledge graph that the database holds."""
    tables = list(created("TABLE", directory))
    return [name for (name,) in _rows(connection, _OURS, {"tables": tables})]


def _applied_at(connection: psycopg.Connection[Any]) -> dict[str, datetime]:
    return dict(_rows(connection, _APPLIED)) if _has_bookkeeping(connection) else {}


def _has_bookkeeping(connection: psycopg.Connection[Any]) -> bool:
    return bool(_rows(connection, _BOOKKEEPING)[0][0])


def _rows(
    connection: psycopg.Connection[Any], statement: LiteralString, parameters: Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(statement, parameters).fetchall()
