"""Migrations of the schema: bring a database to what this library needs, and say how far it is.

yoyo runs them; what it doesn't do is done around it: see ``backend``.
"""

from __future__ import annotations

from .adopt import forget_alembic
from .copies import Copies, count_copies
from .drop import drop_all
from .facts import Difference, diff
from .files import DIRECTORY, Migration, Stage, head, read_migrations
from .migrator import Progress, migrate, newest_of, rollback
from .plan import Planned, plan
from .server import ConnectionInfo, Limits, database_exists
from .state import HistoryEntry, MigrationStatus, SchemaState, applied, history, schema_state, status
from .template import write_new

__all__ = [
    "DIRECTORY",
    "ConnectionInfo",
    "Copies",
    "Difference",
    "HistoryEntry",
    "Limits",
    "Migration",
    "MigrationStatus",
    "Planned",
    "Progress",
    "SchemaState",
    "Stage",
    "applied",
    "count_copies",
    "database_exists",
    "diff",
    "drop_all",
    "forget_alembic",
    "head",
    "history",
    "migrate",
    "newest_of",
    "plan",
    "read_migrations",
    "rollback",
    "schema_state",
    "status",
    "write_new",
]
