"""Where a schema to draw comes from: the migrations of this library, or a database."""

from __future__ import annotations

import psycopg

from ..ephemeral import Cluster
from ..sql.migrating import migrate
from .catalog import Schema, read_schema

_NAME = "thoth_schema"


def schema_of_migrations() -> Schema:
    """Read what the migrations make, on a private server that is gone again afterwards.

    Raises PostgreSQLProgramsNotFoundError where there is none on this machine.
    """
    with Cluster() as cluster:
        conninfo = cluster.create_database(_NAME)
        migrate(conninfo)
        with psycopg.connect(conninfo) as connection:
            return read_schema(connection)
