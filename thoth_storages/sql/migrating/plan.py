"""What a run of migrations would do, without doing it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .adopt import is_to_adopt
from .files import DIRECTORY, Migration, Stage, read_migrations
from .migrator import last_of, missing_of, refuse_what_would_fail, verify
from .server import ConnectionInfo, connect, database_exists
from .state import applied


@dataclass(frozen=True)
class Planned:
    """A migration that ``migrate`` would see to."""

    migration: Migration
    is_there: bool
    """Whether it would only be recorded as applied: its tables are there, in a database to adopt."""


def plan(conninfo: ConnectionInfo, *, to: str | None = None, directory: Path = DIRECTORY) -> list[Planned]:
    """Tell what ``migrate`` would do with the same arguments, in its order; nothing is done.

    Raises what ``migrate`` raises before it does anything.
    """
    migrations = read_migrations(directory)
    last = last_of(migrations, to)
    if not database_exists(conninfo):
        return [Planned(migration, False) for migration in missing_of(migrations, (), last)]
    with connect(conninfo) as connection:
        connection.execute("SET search_path = public")
        have = applied(connection)
        to_adopt = not have and is_to_adopt(connection, migrations, directory)
        if have:
            verify(connection, migrations, have)
        missing = missing_of(migrations, have, last)
        refuse_what_would_fail(connection, missing)
        return [Planned(migration, to_adopt and migration.stage is Stage.BASELINE) for migration in missing]
