"""What CREATE INDEX CONCURRENTLY needs around it, as it is a transaction for itself, several in truth.

Interrupted (kill -9, a time-out, a duplicate that a unique index meets), it leaves an index behind that every write
keeps up, that no read uses, and that CREATE INDEX CONCURRENTLY IF NOT EXISTS takes for the whole one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from .indexes import built_concurrently
from .server import Connection
from .statements import Statement

_LOGGER = logging.getLogger(__name__)

_DROPPED = re.compile(r"DROP\s+INDEX\s+CONCURRENTLY\b", re.IGNORECASE)
_CONCURRENTLY = re.compile(r"(?<=\bINDEX)\s+CONCURRENTLY\b", re.IGNORECASE)
_HALF_BUILT = """
SELECT relname
FROM pg_catalog.pg_class
JOIN pg_catalog.pg_index ON indexrelid = pg_class.oid
WHERE relnamespace = current_schema::regnamespace
  AND relname = ANY (%(names)s)
  AND NOT indisvalid
ORDER BY relname
"""


def within_a_transaction(statements: list[Statement]) -> list[Statement]:
    """Write statements so that they can run in one, as where nobody else writes; each character keeps its place."""
    return [
        each._replace(text=_CONCURRENTLY.sub(lambda match: " " * len(match[0]), each.text, count=1))
        if built_concurrently(each) or _DROPPED.match(each.text)
        else each
        for each in statements
    ]


def drop_half_built(connection: Connection, statements: list[Statement]) -> None:
    """Drop those indexes that the statements are to build and an interrupted run left unfinished."""
    names = [name for name in map(built_concurrently, statements) if name]
    for (name,) in connection.execute(_HALF_BUILT, {"names": names}).fetchall():
        _LOGGER.warning("dropping the index %s, which an interrupted run left half-built", name)
        connection.execute(sql.SQL("DROP INDEX CONCURRENTLY {}").format(sql.Identifier(name)))


@contextmanager
def patience(connection: Connection) -> Iterator[None]:
    """Take the bound from how long locks are waited for; the bound of the whole statement stays.

    A concurrent build waits for every transaction that is older, a dump of an hour included. Nobody queues behind it
    meanwhile, and whatever ends the wait throws the work away.
    """
    row = connection.execute("SHOW lock_timeout").fetchone()
    assert row is not None
    connection.execute("SET lock_timeout = 0")
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute("SELECT set_config('lock_timeout', %s, FALSE)", row)
