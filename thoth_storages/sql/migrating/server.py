"""Connections for migrating, the database that may have to be created first, and the lock that lets one migrate."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ...exceptions import DatabaseUnreachableError, MigrationError
from ...words import connection_failure

ConnectionInfo: TypeAlias = str | Mapping[str, Any]
"""A libpq connection string, or its parts by libpq's names."""

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

LOCK_KEY = 0x74686F7468
"""The name of the advisory lock; any number that nobody else uses ("thoth" in ASCII)."""
_POLL_SECONDS = 0.1
_CREATION_RACES = (errors.DuplicateDatabase, errors.UniqueViolation)

_HOLDER = """
SELECT activity.pid, activity.client_addr::text, activity.application_name
FROM pg_catalog.pg_locks AS lock
JOIN pg_catalog.pg_stat_activity AS activity USING (pid)
WHERE lock.locktype = 'advisory'
  AND lock.granted
  AND lock.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND lock.classid::bigint << 32 | lock.objid::bigint = %(key)s
"""


@dataclass(frozen=True)
class Limits:
    """How long a migration may wait and work, in seconds.

    ``wait_seconds``: for another migrator to finish. ``lock_seconds``: for one table's lock, during which everybody
    else queues behind us; so it is short, and what didn't get its lock is tried again, ``lock_attempts`` times at most.
    ``statement_seconds``: for one statement; an index on the largest tables takes minutes.
    """

    wait_seconds: float = 600
    lock_seconds: float = 5
    lock_attempts: int = 20
    statement_seconds: float = 3600


def as_conninfo(conninfo: ConnectionInfo) -> str:
    """Make a libpq connection string of either form."""
    return conninfo if isinstance(conninfo, str) else make_conninfo("", **conninfo)


def connect(conninfo: ConnectionInfo) -> Connection:
    """Connect in autocommit mode; raises DatabaseUnreachableError that names host, port and database."""
    try:
        return psycopg.connect(as_conninfo(conninfo), autocommit=True)
    except psycopg.OperationalError as error:
        raise DatabaseUnreachableError(f"Can't connect to {describe(conninfo)}: {connection_failure(error)}") from error


def describe(conninfo: ConnectionInfo) -> str:
    """Name host, port and database, and nothing secret."""
    parts = conninfo_to_dict(as_conninfo(conninfo))
    database = f"database {parts['dbname']!r}" if parts.get("dbname") else "the default database"
    host = f" on host {parts['host']!r}" if parts.get("host") else ""
    return database + host + (f", port {parts['port']}" if parts.get("port") else "")


def database_exists(conninfo: ConnectionInfo) -> bool:
    """Ask the server whether the database exists; raises DatabaseUnreachableError where the server can't be asked."""
    try:
        with connect(conninfo):
            return True
    except DatabaseUnreachableError as unreachable:
        with _maintenance(conninfo, unreachable) as connection:
            return _exists(connection, _database_name(conninfo))


def connect_or_create(conninfo: ConnectionInfo, wait_seconds: float) -> Connection:
    """Connect, creating the database first where it is missing; many may do so at once."""
    try:
        return connect(conninfo)
    except DatabaseUnreachableError as unreachable:
        name = _database_name(conninfo)
        with _maintenance(conninfo, unreachable) as connection, migrators_lock(connection, wait_seconds):
            if not _exists(connection, name):
                _create(connection, name)
        return connect(conninfo)


@contextmanager
def migrators_lock(connection: Connection, wait_seconds: float) -> Iterator[None]:
    """Hold the lock that lets one migrate at a time; the server releases it when the connection ends.

    It is polled: a session that *waits* in pg_advisory_lock holds a snapshot, for which CREATE INDEX CONCURRENTLY of
    the lock's holder would wait, for ever. Raises MigrationError when the wait is over.
    """
    end = time.monotonic() + wait_seconds
    while not _try_lock(connection):
        if time.monotonic() > end:
            raise MigrationError(_held(connection, wait_seconds))
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK_KEY,))


def _try_lock(connection: Connection) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK_KEY,)).fetchone()
    return bool(row and row[0])


def _held(connection: Connection, waited: float) -> str:
    row = connection.execute(_HOLDER, {"key": LOCK_KEY}).fetchone()
    holder = f"process {row[0]} from {row[1] or 'the local machine'} ({row[2]})" if row else "a process that just ended"
    return f"another migrator was at work for {waited:g} s: {holder}; wait for it, or end it, and start again"


def _database_name(conninfo: ConnectionInfo) -> str:
    parts = conninfo_to_dict(as_conninfo(conninfo))
    if not (name := parts.get("dbname")):
        raise MigrationError("the connection string names no database (dbname=…), so it isn't known what to create")
    return str(name)


def _maintenance(conninfo: ConnectionInfo, unreachable: DatabaseUnreachableError) -> Connection:
    """Connect to a database that every cluster has; libpq hands out no error code by which a missing one is known."""
    for name in ("postgres", "template1"):
        try:
            return connect(make_conninfo(as_conninfo(conninfo), dbname=name))
        except DatabaseUnreachableError:
            continue
    raise unreachable


def _exists(connection: Connection, name: str) -> bool:
    found = connection.execute("SELECT FROM pg_catalog.pg_database WHERE datname = %s", (name,))
    return found.fetchone() is not None


def _create(connection: Connection, name: str) -> None:
    # template0 takes any encoding, and nobody is ever connected to it: template1 refuses to be copied while someone is
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
    try:
        connection.execute(statement)
    except _CREATION_RACES:
        if not _exists(connection, name):
            raise
    except errors.InsufficientPrivilege as error:
        raise MigrationError(f"database {name} is missing and this role may not create it: {error}") from error
