"""Where a schema to draw comes from: the migrations of this library, or a database."""

from __future__ import annotations

import psycopg

from ..sql.migrating.private import private_database
from .catalog import Schema, read_schema


def schema_of_migrations() -> Schema:
    """Read what the migrations make, on a private server that is gone again afterwards.

    Raises PostgreSQLProgramsNotFoundError where there is none on this machine.
    """
    with private_database() as conninfo, psycopg.connect(conninfo) as connection:
        return read_schema(connection)
