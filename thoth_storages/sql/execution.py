"""How a statement is sent, and how its rows come back: at once, in blocks, or from a cursor on the server."""

from __future__ import annotations

import itertools
import logging
import os
import time
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from ..database import Connection, binary_cursor
from ..exceptions import DatabaseError
from .refusals import refusal
from .statement import Statement

_LOGGER = logging.getLogger("thoth_storages.queries")

Parameters = Mapping[str, Any]
Cursor = psycopg.Cursor[TupleRow]

# So many rows of a package each take half a megabyte, and going to the server for more costs 1 % of reading them.
ROWS_AT_ONCE = 2000

# Several cursors may be open in a session, and each needs a name of its own.
_NUMBERS = itertools.count(1)


def execute(cursor: Cursor, name: str, text: bytes, parameters: Parameters, *, prepare: bool) -> None:
    """Send the text of a query, and log it when its connection is asked to."""
    if not (isinstance(cursor.connection, Connection) and cursor.connection.log_queries):
        cursor.execute(text, parameters, prepare=prepare)
        return
    started = time.perf_counter()
    try:
        cursor.execute(text, parameters, prepare=prepare)
    finally:
        milliseconds = (time.perf_counter() - started) * 1000
        _LOGGER.info("%s %.3f ms %s\n%s", name, milliseconds, dict(parameters), text.decode())


def show_statements() -> None:
    """Let the log of statements be seen, also in a program that set up no logging."""
    _LOGGER.setLevel(logging.INFO)
    if not _LOGGER.hasHandlers():
        _LOGGER.addHandler(logging.StreamHandler())


def in_blocks(cursor: Cursor) -> Iterator[list[TupleRow]]:
    """Make Python's rows of a result that is here already, block by block, so that they needn't all stand in memory."""
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield rows


def describe(cursor: Cursor, statement: Statement, variant: bytes) -> None:
    """Note the columns of a variant, whose result the cursor holds."""
    if not statement.is_described(variant):
        statement.describe(variant, tuple(column.name for column in cursor.description or ()))


def from_server(
    connection: psycopg.Connection[Any], statement: Statement, parameters: Parameters
) -> Generator[list[TupleRow], None, None]:
    """Answer the rows block by block from a cursor on the server, which ends with them or with this generator.

    Inside a transaction the cursor belongs to it. Outside, in autocommit mode, it is one WITH HOLD, for which the
    server stores the answer: a transaction of its own would take in whatever the caller sends meanwhile.
    """
    process, cursor, variant = os.getpid(), binary_cursor(connection), statement.variant(parameters)
    is_held = connection.autocommit and connection.pgconn.transaction_status == TransactionStatus.IDLE
    name = f"thoth_storages_{next(_NUMBERS)}"
    _declare(cursor, f"DECLARE {name} NO SCROLL CURSOR {'WITH HOLD ' * is_held}FOR\n", statement, parameters)
    try:
        while rows := _fetch(cursor, name, statement):
            describe(cursor, statement, variant)
            yield rows
            _refuse_child(process, statement)
            if len(rows) < ROWS_AT_ONCE:
                break
    finally:
        if os.getpid() == process:  # in a child the connection is still the parent's
            _close(cursor, name, is_held=is_held)


def _declare(cursor: Cursor, head: str, statement: Statement, parameters: Parameters) -> None:
    try:
        execute(cursor, statement.name, head.encode() + statement.variant(parameters), parameters, prepare=False)
    except (psycopg.ProgrammingError, psycopg.DataError) as error:
        if clearer := refusal(error, cursor.connection, statement, parameters, preceding=len(head)):
            raise clearer from error
        raise


def _fetch(cursor: Cursor, name: str, statement: Statement) -> list[TupleRow]:
    text = f"/* {statement.name} */ FETCH {ROWS_AT_ONCE} FROM {name}"
    try:
        return cursor.execute(text.encode(), prepare=False).fetchall()
    except errors.InvalidCursorName as error:
        error.add_note(
            f"{statement.name}: the transaction in which this iteration began is over; keep it until the end"
        )
        raise


def _refuse_child(process: int, statement: Statement) -> None:
    if os.getpid() != process:
        raise DatabaseError(
            f"{statement.name}: this iteration began in the parent process, whose connection a child can't use; "
            "begin another one in the child"
        )


def _close(cursor: Cursor, name: str, *, is_held: bool) -> None:
    connection = cursor.connection
    status = connection.pgconn.transaction_status
    # The garbage collector may end an iteration while its thread is inside another statement on the same connection.
    is_busy = connection.lock.locked() or status not in (TransactionStatus.IDLE, TransactionStatus.INTRANS)
    if is_busy or (status == TransactionStatus.IDLE and not is_held):
        return
    # A cursor that ended with its transaction can't be closed: trying would break the transaction after it.
    known = b"SELECT 1 FROM pg_catalog.pg_cursors WHERE name = %s"
    if cursor.execute(known, (name,), prepare=False).fetchone():
        cursor.execute(f"CLOSE {name}".encode(), prepare=False)
