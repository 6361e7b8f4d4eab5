"""yoyo, with its gaps closed: files run as written, and applied and marked in one transaction.

yoyo keeps the record (``_yoyo_migration``, ``_yoyo_log``), so its own commands can read it. What is replaced:

- its lock is a row that a killed process leaves behind: ours is an advisory lock (``server.migrators_lock``);
- it marks a migration in a second transaction: a kill between the two would apply it again;
- it hashes the *name* of a migration: ``_yoyo_checksum`` holds the hash of its content, and the stage, which a library
  that is older than the migration can't know otherwise;
- it cuts files with sqlparse, prints what they select, and pairs each statement with one of the rollback file.
"""

from __future__ import annotations

import logging
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg.rows import tuple_row
from yoyo.backends.core.postgresql import PostgresqlPsycopgBackend  # type: ignore[import-untyped]
from yoyo.migrations import Migration as YoyoMigration  # type: ignore[import-untyped]
from yoyo.migrations import default_migration_table

from ...exceptions import MigrationError
from .concurrently import drop_half_built, patience
from .files import Migration
from .server import Connection
from .statements import OnStatement, Statement, execute

_LOGGER = logging.getLogger(__name__)

_CREATE_CHECKSUM = """
CREATE TABLE IF NOT EXISTS _yoyo_checksum (
  migration_id varchar(255) PRIMARY KEY,
  sha256 text NOT NULL
)
"""
# What a merged row said, and the row that stayed doesn't.
_CREATE_SET_ASIDE = """
CREATE TABLE IF NOT EXISTS _yoyo_set_aside (
  migration_id varchar(255) NOT NULL,
  table_name text NOT NULL,
  kept jsonb NOT NULL,
  set_aside jsonb NOT NULL
)
"""
_COUNT_SET_ASIDE = "SELECT count(*) FROM _yoyo_set_aside WHERE migration_id = %(id)s"
# The first databases were migrated without it.
_ADD_STAGE = "ALTER TABLE _yoyo_checksum ADD COLUMN IF NOT EXISTS stage text"
_FORGET_CHECKSUM = "DELETE FROM _yoyo_checksum WHERE migration_id = %(id)s"
_KEEP_CHECKSUM = "INSERT INTO _yoyo_checksum (migration_id, sha256, stage) VALUES (%(id)s, %(sha256)s, %(stage)s)"


class Backend(PostgresqlPsycopgBackend):  # type: ignore[misc]
    """yoyo's backend on a connection of ours, which is in autocommit mode and holds the migrators' lock."""

    def __init__(self, connection: Connection) -> None:
        """Use the connection; nothing is done on it yet."""
        self._ours = connection
        super().__init__(None, default_migration_table)

    def connect(self, dburi: None) -> Connection:
        """Hand yoyo our connection where it would open its own."""
        return self._ours

    def list_tables(self, **_: Any) -> list[str]:
        """Name the tables of the schema, for yoyo to see whether its own are there."""
        cursor = self._ours.cursor(row_factory=tuple_row)
        found = cursor.execute("SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema")
        return [name for (name,) in found]

    @contextmanager
    def lock(self, timeout: float = 0) -> Iterator[None]:
        """Do nothing where yoyo would insert its lock row: whoever made this backend holds the migrators' lock."""
        yield

    def get_log_data(self, migration: YoyoMigration | None = None, operation: str = "apply") -> dict[str, Any]:
        """Say who migrates without asking the resolver, which may take seconds, or /etc/passwd, which may be empty."""
        return {
            "id": str(uuid.uuid4()),
            "migration_id": migration.id if migration else None,
            "migration_hash": migration.hash if migration else None,
            "username": self._ours.info.user,
            "hostname": socket.gethostname(),
            "created_at_utc": datetime.now(UTC).replace(tzinfo=None),
            "operation": operation,
        }

    def prepare(self) -> None:
        """Create the tables of the record where they are missing; raises MigrationError where that isn't allowed."""
        try:
            self.ensure_internal_schema_updated()
            self._ours.execute(_CREATE_CHECKSUM)
            self._ours.execute(_ADD_STAGE)
            self._ours.execute(_CREATE_SET_ASIDE)
        except psycopg.Error as error:
            raise MigrationError(f"the tables that record migrations can't be created: {error}") from error
        self._internal_schema_updated = True

    def apply(self, migration: Migration, on_statement: OnStatement) -> None:
        """Run a migration and record it, both or nothing; raises MigrationError that shows the failing statement."""
        self._run(migration, migration.applied_statements(), on_statement, self.record_applied)
        self._tell_set_aside(migration)

    def undo(self, migration: Migration, on_statement: OnStatement) -> None:
        """Run a migration's rollback file, top to bottom, and strike the migration off the record."""
        self._run(migration, migration.rollback_statements(), on_statement, self._record_undone)

    def record_applied(self, migration: Migration, operation: str = "apply") -> None:
        """Write a migration, the hash of its content and its stage down as applied."""
        mark = _mark(migration)
        self.mark_one(mark, log=False)
        self.log_migration(mark, operation)
        self._ours.execute(_FORGET_CHECKSUM, {"id": migration.id})
        values = {"id": migration.id, "sha256": migration.sha256, "stage": migration.stage.value}
        self._ours.execute(_KEEP_CHECKSUM, values)

    def _tell_set_aside(self, migration: Migration) -> None:
        row = self._ours.execute(_COUNT_SET_ASIDE, {"id": migration.id}).fetchone()
        if row and row[0]:
            message = "migration %s merged %d rows that said something else than their copies: _yoyo_set_aside has them"
            _LOGGER.warning(message, migration.id, row[0])

    def _record_undone(self, migration: Migration) -> None:
        mark = _mark(migration)
        self.unmark_one(mark, log=False)
        self.log_migration(mark, "rollback")
        self._ours.execute(_FORGET_CHECKSUM, {"id": migration.id})

    def _run(
        self,
        migration: Migration,
        statements: list[Statement],
        on_statement: OnStatement,
        record: Callable[[Migration], None],
    ) -> None:
        if migration.transactional:
            with self._ours.transaction():
                execute(self._ours, statements, on_statement)
                record(migration)
        else:
            with patience(self._ours):
                drop_half_built(self._ours, statements)
                execute(self._ours, statements, on_statement)
            with self._ours.transaction():
                record(migration)


def _mark(migration: Migration) -> YoyoMigration:
    return YoyoMigration(migration.id, str(migration.path), str(migration.path.parent))
