"""Adopting a database that thoth.storages 0.74.2 made: its schema counts as the baseline, and no row is touched.

The schema is compared with what the baseline makes, on the same server: in a schema of its own, within a transaction
that is rolled back. So what is expected stands nowhere but in the migrations.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import psycopg

from ...exceptions import MigrationError
from .backend import Backend, execute
from .files import Migration, baseline, created
from .server import Connection
from .state import tables_present

_LOGGER = logging.getLogger(__name__)

LAST_REVISION = "bf9ea2a38b01"
"""The last revision of the original's Alembic migrations."""

_ALEMBIC = "SELECT to_regclass('public.alembic_version') IS NOT NULL"
_REVISIONS = "SELECT version_num FROM public.alembic_version ORDER BY version_num"

_FACTS = """
WITH "table" AS (
  SELECT oid, relname AS name
  FROM pg_catalog.pg_class
  WHERE relnamespace = current_schema::regnamespace
    AND relkind = 'r'
    AND relname = ANY (%(tables)s)
)
SELECT 'column', "table".name || '.' || attname,
  format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
FROM "table"
JOIN pg_catalog.pg_attribute ON attrelid = "table".oid
WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint', "table".name || '.' || conname, pg_get_constraintdef(pg_constraint.oid, TRUE)
FROM "table"
JOIN pg_catalog.pg_constraint ON conrelid = "table".oid
WHERE contype IN ('p', 'u', 'f')
UNION ALL
SELECT 'index', "table".name || '.' || relname, pg_get_indexdef(indexrelid, 0, TRUE)
FROM "table"
JOIN pg_catalog.pg_index ON indrelid = "table".oid
JOIN pg_catalog.pg_class ON pg_class.oid = indexrelid
UNION ALL
SELECT 'value', typname || '.' || enumlabel, ''
FROM pg_catalog.pg_type
JOIN pg_catalog.pg_enum ON enumtypid = pg_type.oid
WHERE typnamespace = current_schema::regnamespace
"""
Facts = dict[tuple[str, str], str]


def managed_by_alembic(connection: Connection) -> bool:
    """Tell whether the database holds Alembic's record of revisions."""
    row = connection.execute(_ALEMBIC).fetchone()
    return bool(row and row[0])


def is_to_adopt(connection: Connection, migrations: Iterable[Migration], directory: Path) -> bool:
    """Tell whether a database without a record holds the original's schema, or none of its tables; nothing is written.

    Raises MigrationError for tables that neither Alembic nor this library accounts for, for another revision than the
    last, and for a schema that differs, naming the differences.
    """
    if not (tables := tables_present(connection, directory)):
        return False
    _refuse_other_revisions(connection, tables)
    _refuse_differences(connection, baseline(migrations), created("TABLE", directory))
    return True


def adopt(backend: Backend, connection: Connection, migrations: Iterable[Migration]) -> None:
    """Record the baseline as applied, and put its comments on the tables."""
    with connection.transaction():
        for migration in baseline(migrations):
            comments = [each for each in migration.statements() if each.text.startswith("COMMENT ON ")]
            execute(connection, comments, lambda done, count: None)
            backend.record_applied(migration, "mark")
    _LOGGER.info("database %s adopted: its tables count as the baseline", connection.info.dbname)


def _refuse_other_revisions(connection: Connection, tables: list[str]) -> None:
    if not managed_by_alembic(connection):
        raise MigrationError(
            f"database {connection.info.dbname} holds {len(tables)} tables of the knowledge graph "
            f"({', '.join(tables[:3])}, …), but no record of migrations, neither this library's nor Alembic's: "
            "migrate an empty database, or restore one that thoth.storages 0.74.2 made"
        )
    revisions = [str(revision) for (revision,) in connection.execute(_REVISIONS)]
    if revisions != [LAST_REVISION]:
        raise MigrationError(
            f"database {connection.info.dbname} is at Alembic revision {', '.join(revisions) or 'none'}, "
            f"not at {LAST_REVISION}: bring it there with thoth.storages 0.74.2 first"
        )


def _refuse_differences(connection: Connection, migrations: list[Migration], tables: tuple[str, ...]) -> None:
    expected = _facts_of_baseline(connection, migrations, tables)
    if differences := list(_differences(expected, _facts(connection, tables))):
        raise MigrationError(
            f"database {connection.info.dbname} is at Alembic revision {LAST_REVISION}, but its schema differs "
            "from what that revision makes; make these right first:\n" + "\n".join(differences)
        )


def _facts_of_baseline(connection: Connection, migrations: list[Migration], tables: tuple[str, ...]) -> Facts:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("CREATE SCHEMA thoth_baseline")
            connection.execute("SET LOCAL search_path = thoth_baseline")
            for migration in migrations:
                execute(connection, migration.statements(), lambda done, count: None)
            return _facts(connection, tables)
    except psycopg.Error as error:
        raise MigrationError(
            f"the schema to compare with can't be made: {error}; "
            "adopting needs a role that may create a schema (for a moment)"
        ) from error


def _facts(connection: Connection, tables: tuple[str, ...]) -> Facts:
    rows = connection.execute(_FACTS, {"tables": list(tables)})
    return {(kind, name): definition for kind, name, definition in rows}


def _differences(expected: Facts, found: Facts) -> Iterable[str]:
    for (kind, name), definition in sorted(expected.items()):
        if (kind, name) not in found:
            yield f"{kind} {name} is missing: {definition}".removesuffix(": ")
        elif found[kind, name] != definition:
            yield f"{kind} {name} is {found[kind, name]}, and should be {definition}"
    for kind, name in sorted(found.keys() - expected.keys()):
        if kind == "column":
            yield f"column {name} isn't expected"
