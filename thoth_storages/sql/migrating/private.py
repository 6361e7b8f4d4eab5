"""A database with this library's schema and no rows, on a server of its own: for whoever asks what migrations make."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...ephemeral import Cluster
from .migrator import migrate


@contextmanager
def private_database() -> Iterator[str]:
    """Lend the connection string of a migrated database; the server is gone, with its files, at the block's end.

    Raises PostgreSQLProgramsNotFoundError where there is no PostgreSQL on this machine.
    """
    with Cluster() as cluster:
        conninfo = cluster.create_database("migrated")
        migrate(conninfo)
        yield conninfo
