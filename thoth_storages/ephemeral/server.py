"""A PostgreSQL server on which databases are made and dropped."""

from __future__ import annotations

import time

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo


class Server:
    """A running server, known by a libpq connection string.

    Args:
        conninfo: how to connect as a user who may create databases.
        database_prefix: only databases whose names begin so are created or dropped; on a server that belongs to
            somebody else this keeps everything else out of reach.

    Attributes:
        host: the address to connect to (a path is the directory of a Unix socket).
        port: the port to connect to.
        user: the user to connect as.
        password: that user's password, where one is needed.
        options: more server options of a connection; with the next two, what pytest-postgresql asks of a server.
        maintenance_dbname: the database to be connected to while others are made and dropped.
        template_dbname: the template of a database for which no other is named; None is PostgreSQL's own.
    """

    #: How CREATE DATABASE copies: page by page through the log, which asks no checkpoints of others' servers.
    _copy_strategy = "wal_log"

    def __init__(self, conninfo: str, *, database_prefix: str = "") -> None:
        parameters = conninfo_to_dict(conninfo)
        self._conninfo = conninfo
        self._database_prefix = database_prefix
        self.host = str(parameters.get("host") or "localhost")
        self.port = int(parameters.get("port") or 5432)
        self.user = str(parameters.get("user") or "postgres")
        self.password = str(parameters["password"]) if parameters.get("password") else None
        self.options = str(parameters.get("options") or "")
        self.maintenance_dbname = str(parameters.get("dbname") or "postgres")
        self.template_dbname: str | None = None

    def conninfo(self, dbname: str) -> str:
        """A libpq connection string for a database of this server."""
        return make_conninfo(self._conninfo, dbname=dbname)

    def create_database(self, name: str, template: str | None = None) -> str:
        """Create a database, empty or as a copy of ``template``, to which nobody may be connected.

        Returns:
            The connection string of the new database.

        Raises:
            ValueError: the name doesn't carry this server's prefix.
            psycopg.errors.DuplicateDatabase: there is one of that name.
        """
        source = template or self.template_dbname or "template1"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY {}")
        parts = map(sql.Identifier, (name, source, self._copy_strategy))
        with self._maintenance_of(name) as connection:
            connection.execute(statement.format(*parts))
        return self.conninfo(name)

    def drop_database(self, name: str) -> None:
        """Drop a database with all connections to it; one that doesn't exist is fine.

        Raises:
            ValueError: the name doesn't carry this server's prefix.
        """
        with self._maintenance_of(name) as connection:
            _disconnect(connection, name)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _maintenance_of(self, database: str) -> psycopg.Connection:
        if not database.startswith(self._database_prefix):
            raise ValueError(f"database {database!r} isn't touched on this server: only {self._database_prefix}* are")
        return psycopg.connect(self.conninfo(self.maintenance_dbname), autocommit=True)


def _disconnect(connection: psycopg.Connection, database: str) -> None:
    """End the connections to a database and wait for that, up to a second.

    DROP DATABASE … WITH (FORCE) would do it, but it looks again only every 100 ms, also for a backend that is about to
    end because its client has left: more than everything else that a test's own database costs.
    """
    statement = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
    for _ in range(500):
        if connection.execute(statement, (database,)).fetchone() == (0,):
            return
        time.sleep(0.002)
