"""Connections to the knowledge graph: a pool that survives a fork, reads that outlive a restart, writes that retry."""

from __future__ import annotations

import logging
import os
import random
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.rows import TupleRow, tuple_row
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper
from psycopg_pool import ConnectionPool, PoolTimeout

from .exceptions import DatabaseNotInitializedError, DatabaseUnreachableError, NotConnectedError
from .settings import DatabaseSettings
from .words import connection_failure

_LOGGER = logging.getLogger(__name__)

T = TypeVar("T")
P = TypeVar("P")

# psycopg keeps 100 prepared statements a connection and then starts dropping them; every variant of every query
# fits here.
_MOST_PREPARED_STATEMENTS = 2000
_MOST_WRITE_ATTEMPTS = 8
# What PostgreSQL ends one of two transactions with that got into each other's way (its class 40).
_RIVALRY = (errors.DeadlockDetected, errors.SerializationFailure)


class Connection(psycopg.Connection[TupleRow]):
    """A connection that keeps one cursor, as making a new one for each call costs 15 µs."""

    log_queries = False

    @property
    def kept_cursor(self) -> psycopg.Cursor[TupleRow]:
        """The cursor that is used again and again; for one thread at a time, as the pool hands connections out."""
        cursor: psycopg.Cursor[TupleRow] | None = self.__dict__.get("_kept_cursor")
        if cursor is None:
            cursor = self.__dict__["_kept_cursor"] = binary_cursor(self)
        return cursor

    def forget_cursor(self) -> None:
        """Keep another cursor from now on: who uses this one may have it for as long as its result is needed."""
        self.__dict__.pop("_kept_cursor", None)


def binary_cursor(connection: psycopg.Connection[Any]) -> psycopg.Cursor[TupleRow]:
    """Make a cursor that answers tuples read from the binary protocol, whatever the connection's own factories are."""
    cursor = psycopg.Cursor(connection, row_factory=tuple_row)
    cursor.format = psycopg.pq.Format.BINARY
    return cursor


class Database:
    """The pool of one process. After a fork the child starts with a pool of its own."""

    def __init__(self, settings: DatabaseSettings) -> None:
        """Do nothing yet: no connection is made."""
        self.settings = settings
        self._lock = Lock()
        self._pool: ConnectionPool[Connection] | None = None
        self._is_open = False
        _DATABASES.add(self)

    @property
    def is_open(self) -> bool:
        """Whether the database is in use."""
        return self._is_open

    def open(self) -> None:
        """Allow connections; the first is made when it is needed."""
        self._is_open = True

    def close(self) -> None:
        """Close every connection of the pool."""
        self._is_open = False
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def statistics(self) -> dict[str, int]:
        """Answer what the pool counted, by psycopg_pool's names; before it is used only how large it may be."""
        pool = self._pool
        return {"pool_max": self.settings.pool_size} if pool is None else pool.get_stats()

    def connect(self) -> Connection | None:
        """Make one connection outside the pool, or answer None where the server has no such database.

        Raises DatabaseUnreachableError when there is no way to the server, or it refuses.
        """
        try:
            connection = Connection.connect(self.settings.conninfo(), **self._connect_arguments())
        except psycopg.OperationalError as error:
            if self._is_missing():
                return None
            raise self._unreachable(error) from error
        self._configure(connection)
        return connection

    def connect_to_existing(self) -> Connection:
        """Make one connection outside the pool.

        Raises what ``connect`` does, and DatabaseNotInitializedError where the server has no such database.
        """
        connection = self.connect()
        if connection is None:
            raise DatabaseNotInitializedError(
                f"There is no {self.settings.address}; 'thoth-storages db migrate' makes it"
            )
        return connection

    def read(self, function: Callable[[Connection], T]) -> T:
        """Run a function that only reads; when the server went away under it, run it once more on a new connection."""
        return self._insist(self._run, function)

    def write(self, function: Callable[[Connection], T]) -> T:
        """Run a function in one transaction.

        It is run again, a bounded number of times, after a deadlock, a serialization failure or a lost connection:
        so it must be right to run it twice.
        """
        for attempt in range(1, _MOST_WRITE_ATTEMPTS + 1):
            try:
                return self._run(lambda connection: _in_transaction(connection, function))
            except psycopg.OperationalError as error:
                is_last = attempt == _MOST_WRITE_ATTEMPTS
                if is_last or not (is_lost(error) or isinstance(error, _RIVALRY)):
                    raise
                _LOGGER.info("Writing again after %s (attempt %d)", type(error).__name__, attempt)
                if is_lost(error):
                    self._live_pool().check()
                # Rivals that met once wait for different times, so that they don't meet again.
                time.sleep(random.uniform(0, 0.02 * 2**attempt))
        raise AssertionError("unreachable")

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection in autocommit mode for a block."""
        pool = self._live_pool()
        connection = self._lend(pool)
        try:
            yield connection
        finally:
            pool.putconn(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Lend a connection in a transaction that only reads, for a block that may last: an iteration does.

        A connection that the server closed meanwhile is replaced before the block begins. A forked child that leaves
        the block leaves the connection to its parent.
        """
        pool, process = self._live_pool(), os.getpid()
        connection = self._insist(self._lend_begun, pool)
        try:
            yield connection
        finally:
            if os.getpid() == process:
                _end(pool, connection)

    def _insist(self, run: Callable[[P], T], parameter: P) -> T:
        """Run what only reads, and once more when the server went away under it."""
        try:
            return run(parameter)
        except psycopg.OperationalError as error:
            if not is_lost(error):
                raise
            _LOGGER.info("The connection to the knowledge graph was lost; reading again")
            self._live_pool().check()
            return run(parameter)

    def _lend_begun(self, pool: ConnectionPool[Connection]) -> Connection:
        connection = self._lend(pool)
        try:
            connection.kept_cursor.execute(b"BEGIN READ ONLY", prepare=False)
        except BaseException:
            pool.putconn(connection)
            raise
        return connection

    def _run(self, function: Callable[[Connection], T]) -> T:
        pool = self._live_pool()
        connection = self._lend(pool)
        try:
            return function(connection)
        finally:
            pool.putconn(connection)

    def _lend(self, pool: ConnectionPool[Connection]) -> Connection:
        try:
            return pool.getconn()
        except PoolTimeout as timeout:
            self._explain(timeout)
            raise DatabaseUnreachableError(
                f"No free connection to {self.settings.address} within {self.settings.pool_timeout:g} s: all "
                f"{self.settings.pool_size} are in use; raise KNOWLEDGE_GRAPH_POOL_SIZE or KNOWLEDGE_GRAPH_POOL_TIMEOUT"
            ) from timeout

    def _explain(self, timeout: PoolTimeout) -> None:
        """Tell a server that is gone from a pool that is busy: raises DatabaseUnreachableError for the former."""
        try:
            psycopg.connect(self.settings.conninfo()).close()
        except psycopg.OperationalError as error:
            raise self._unreachable(error) from timeout

    def _live_pool(self) -> ConnectionPool[Connection]:
        if self._pool is not None:
            return self._pool
        with self._lock:
            if not self._is_open:
                raise NotConnectedError("The adapter isn't connected: call connect() first")
            if self._pool is None:
                self._pool = self._new_pool()
            return self._pool

    def _new_pool(self) -> ConnectionPool[Connection]:
        return ConnectionPool(
            self.settings.conninfo(),
            connection_class=Connection,
            kwargs=self._connect_arguments(),
            min_size=0,
            max_size=self.settings.pool_size,
            timeout=self.settings.pool_timeout,
            configure=self._configure,
            name="thoth_storages",
            open=True,
        )

    def _connect_arguments(self) -> dict[str, Any]:
        arguments: dict[str, Any] = {"autocommit": True}
        if not self.settings.prepared_statements:
            # PgBouncer refuses start-up options, too; a time-out is then the matter of its own configuration.
            return {**arguments, "prepare_threshold": None}
        if self.settings.statement_timeout:
            arguments["options"] = f"-c statement_timeout={self.settings.statement_timeout}s"
        return arguments

    def _configure(self, connection: Connection) -> None:
        connection.prepared_max = _MOST_PREPARED_STATEMENTS
        connection.log_queries = self.settings.debug_queries
        # psycopg sends an integer in the smallest type that holds it, and each type makes another prepared statement.
        connection.adapters.register_dumper(int, Int8Dumper)
        connection.adapters.register_dumper(int, Int8BinaryDumper)

    def _is_missing(self) -> bool:
        """Ask the server by way of its maintenance database: a failed connection's message is in its language."""
        name = self.settings.address.database
        for maintenance in ("postgres", "template1"):
            try:
                with psycopg.connect(self.settings.conninfo(dbname=maintenance), autocommit=True) as connection:
                    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
                    return found is None
            except psycopg.OperationalError:
                continue
        return False

    def _unreachable(self, error: psycopg.OperationalError) -> DatabaseUnreachableError:
        return DatabaseUnreachableError(
            f"Can't connect to {self.settings.address}: {connection_failure(error)}; "
            "see that the server runs and that KNOWLEDGE_GRAPH_HOST, _PORT, _USER, _PASSWORD and _DATABASE are right"
        )

    def _start_afresh(self) -> None:
        if self._pool is not None:
            _INHERITED.append(self._pool)
        self._pool, self._lock = None, Lock()


def is_lost(error: psycopg.Error) -> bool:
    """Whether an error means that the connection is gone (a restart, a failover), not that a statement failed."""
    if isinstance(error, errors.AdminShutdown | errors.CrashShutdown | errors.CannotConnectNow):
        return True
    return isinstance(error, psycopg.OperationalError) and error.sqlstate is None


def _end(pool: ConnectionPool[Connection], connection: Connection) -> None:
    """End a transaction that read, however it went, and give its connection back."""
    try:
        status = connection.pgconn.transaction_status
        if status == psycopg.pq.TransactionStatus.INTRANS:
            connection.commit()
        elif status == psycopg.pq.TransactionStatus.INERROR:
            connection.rollback()
    finally:
        pool.putconn(connection)


def _in_transaction(connection: Connection, function: Callable[[Connection], T]) -> T:
    with connection.transaction():
        return function(connection)


_DATABASES: weakref.WeakSet[Database] = weakref.WeakSet()
# Pools of the parent process: closing them here would end the parent's sessions over the sockets that both share.
_INHERITED: list[ConnectionPool[Connection]] = []


def _start_afresh_in_child() -> None:
    for database in list(_DATABASES):
        database._start_afresh()


os.register_at_fork(after_in_child=_start_afresh_in_child)
