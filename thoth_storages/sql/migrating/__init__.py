"""Migrations of the schema: bring a database to what this library needs, and say how far it is.

yoyo runs them; what it doesn't do is done around it: see ``backend``.
"""

from __future__ import annotations

from .drop import drop_all
from .files import DIRECTORY, Migration, Stage, head, read_migrations
from .migrator import Progress, migrate, rollback
from .server import ConnectionInfo, Limits, database_exists
from .state import MigrationStatus, SchemaState, applied, schema_state, status

__all__ = [
    "DIRECTORY",
    "ConnectionInfo",
    "Limits",
    "Migration",
    "MigrationStatus",
    "Progress",
    "SchemaState",
    "Stage",
    "applied",
    "database_exists",
    "drop_all",
    "head",
    "migrate",
    "read_migrations",
    "rollback",
    "schema_state",
    "status",
]
