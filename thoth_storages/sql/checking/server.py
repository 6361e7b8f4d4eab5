"""The PostgreSQL that proves the queries: a private one with this library's schema, or one that is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg

from ...exceptions import DatabaseError
from ..migrating import SchemaState, schema_state
from ..migrating.private import private_database
from .session import Connection, Session


@contextmanager
def session(dsn: str | None = None) -> Iterator[Session]:
    """Lend a session on the database that a connection string names, or on a private one, which ends with it.

    The server is started, or connected to, when the first rule asks it. Then DatabaseError is raised where the named
    database hasn't this library's schema, and psycopg's errors where there is no way to it.
    """
    with ExitStack() as stack:
        yield Session(lambda: stack.enter_context(_connected(dsn) if dsn else _private()))


@contextmanager
def _private() -> Iterator[Connection]:
    with private_database() as conninfo, connect(conninfo) as connection:
        yield connection


@contextmanager
def _connected(dsn: str) -> Iterator[Connection]:
    with connect(dsn) as connection:
        state = schema_state(connection)
        if state is not SchemaState.CURRENT:
            raise DatabaseError(
                f"the schema of database {connection.info.dbname!r} is {state.value}, and queries are proved against a "
                "current one; name another database, or none to have a private one"
            )
        yield connection


def connect(conninfo: str, *, command: str = "sql check") -> Connection:
    """Connect in autocommit mode; the server shows which command is at work."""
    # psycopg would go on to use statements that it prepared in a transaction which is undone.
    return psycopg.connect(
        conninfo,
        autocommit=True,
        prepare_threshold=None,
        client_encoding="utf8",
        application_name=f"thoth-storages {command}",
    )
