"""Adopting a database that thoth.storages 0.74.2 made: its schema counts as the baseline, and no row is touched.

The schema is compared with what the baseline makes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ...exceptions import MigrationError
from .facts import Facts, differences, facts_made_by, read_facts
from .files import Migration, baseline
from .server import Connection, ConnectionInfo, connect
from .state import SchemaState, schema_state, tables_present
from .statements import execute

if TYPE_CHECKING:
    from .backend import Backend

_LOGGER = logging.getLogger(__name__)

LAST_REVISION = "bf9ea2a38b01"
"""The last revision of the original's Alembic migrations."""

_ALEMBIC = "SELECT to_regclass('public.alembic_version') IS NOT NULL"
_MARKED = "SELECT EXISTS (SELECT FROM public._yoyo_log WHERE migration_id = %(id)s AND operation = 'mark')"
_REVISIONS = "SELECT version_num FROM public.alembic_version ORDER BY version_num"

# What others added to the original's schema is no difference, but for columns in its tables: writes would miss them.
_COMPARED = ("column", "constraint", "index", "value")


def managed_by_alembic(connection: Connection) -> bool:
    """Tell whether the database holds Alembic's record of revisions."""
    row = connection.execute(_ALEMBIC).fetchone()
    return bool(row and row[0])


def was_adopted(connection: Connection, migration: Migration) -> bool:
    """Tell whether a migration was only recorded as applied, as its tables were there before."""
    row = connection.execute(_MARKED, {"id": migration.id}).fetchone()
    return bool(row and row[0])


def forget_alembic(conninfo: ConnectionInfo) -> bool:
    """Drop Alembic's record, without which the original library works no more; answers whether there was one.

    Raises MigrationError for a database that this library hasn't migrated: the record is all that it has.
    """
    with connect(conninfo) as connection:
        if schema_state(connection) not in (SchemaState.CURRENT, SchemaState.NEWER):
            raise MigrationError("Alembic's record is kept until all migrations are applied: migrate first")
        there_was = managed_by_alembic(connection)
        connection.execute("DROP TABLE IF EXISTS public.alembic_version")
        return there_was


def is_to_adopt(connection: Connection, migrations: Iterable[Migration], directory: Path) -> bool:
    """Tell whether a database without a record holds the original's schema, or none of its tables; nothing is written.

    Raises MigrationError for tables that neither Alembic nor this library accounts for, for another revision than the
    last, and for a schema that differs, naming the differences.
    """
    if not (tables := tables_present(connection, directory)):
        return False
    _refuse_other_revisions(connection, tables)
    _refuse_differences(connection, baseline(migrations))
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


def _refuse_differences(connection: Connection, migrations: list[Migration]) -> None:
    expected = _compared(facts_made_by(connection, migrations))
    owners = {fact.owner for fact in expected}
    found = {
        fact: definition
        for fact, definition in _compared(read_facts(connection)).items()
        if fact in expected or (fact.kind == "column" and fact.owner in owners)
    }
    if lines := list(map(str, differences(expected, found))):
        raise MigrationError(
            f"database {connection.info.dbname} is at Alembic revision {LAST_REVISION}, but its schema differs "
            "from what that revision makes; make these right first:\n" + "\n".join(lines)
        )


def _compared(facts: Facts) -> Facts:
    return {fact: definition for fact, definition in facts.items() if fact.kind in _COMPARED}
