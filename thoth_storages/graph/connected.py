"""An adapter with connections of its own: connecting, the state of the schema, and asking named queries."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable, Generator, Mapping
from typing import Any, TypeVar

from psycopg import errors

from ..database import Connection, Database
from ..exceptions import AlreadyConnectedError, DatabaseNotInitializedError, NotConnectedError
from ..settings import DatabaseSettings, connection_url
from ..sql import migrating
from ..sql.execution import show_statements
from ..sql.migrating import SchemaState
from ..sql.named import NamedQueries
from ..sql.query import Query
from .answers import AnswerCaches, Statistics

_LOGGER = logging.getLogger(__name__)

T = TypeVar("T")

_COMMAND = "run 'thoth-storages db migrate', or call initialize_schema()"
_COMPLAINTS = {
    SchemaState.MISSING: f"There is no such database: {_COMMAND}",
    SchemaState.EMPTY: f"The database holds no schema: {_COMMAND}",
    SchemaState.UNMANAGED: f"The schema is the original library's, not yet adopted by this one: {_COMMAND}",
    SchemaState.OLDER: f"The schema is older than this library needs: {_COMMAND}",
    SchemaState.NEWER: "The schema is newer than this library knows: update the library",
    SchemaState.INCOMPATIBLE: "The schema is newer than this library can work with: update the library",
}
_UNUSABLE = (SchemaState.MISSING, SchemaState.EMPTY)
_UNFIT = (SchemaState.UNMANAGED, SchemaState.OLDER, SchemaState.INCOMPATIBLE)
_NEWER = (SchemaState.NEWER, SchemaState.INCOMPATIBLE)
# What a statement fails with when tables, columns or functions aren't there, or not yet as this library needs them.
_SCHEMA_ERRORS = (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction, errors.InvalidCatalogName)


class ConnectedAdapter(NamedQueries):
    """The part of ``GraphDatabase`` that connects, and runs queries on what is connected.

    An instance may be shared by threads, and used by a child that is forked after ``connect()``.
    """

    def __init__(self) -> None:
        """Do no I/O: ``connect()`` does."""
        self._database: Database | None = None
        self._schema_is_usable = False
        self._caches = AnswerCaches(self._ask)
        weakref.finalize(self, self._caches.log_statistics)

    @staticmethod
    def construct_connection_string() -> str:
        """Answer the URL of the knowledge graph as the environment has it, with the password in it.

        >>> GraphDatabase.construct_connection_string()
        """
        return connection_url()

    @property
    def database(self) -> Database:
        """The connections; raises NotConnectedError before ``connect()``.

        >>> graph.database.statistics()
        """
        if self._database is None:
            raise NotConnectedError("The adapter isn't connected: call connect() first")
        return self._database

    def is_connected(self) -> bool:
        """Whether ``connect()`` was called.

        >>> graph.is_connected()
        True
        """
        return self._database is not None

    def connect(self) -> None:
        """Connect to the database that the environment names.

        A database that is missing, empty, or of another version is no error yet, but a warning:
        ``initialize_schema()`` helps. Raises DatabaseUnreachableError when there is no way to the server, and
        AlreadyConnectedError the second time.

        >>> graph = GraphDatabase()
        >>> graph.connect()
        """
        if self._database is not None:
            raise AlreadyConnectedError("The adapter is connected already: call disconnect() first")
        database = Database(DatabaseSettings.from_environment())
        state = _look(database)
        if complaint := _COMPLAINTS.get(state):
            _LOGGER.warning("%s", complaint)
        if database.settings.debug_queries:
            show_statements()
        database.open()
        self._database = database
        self._schema_is_usable = self._is_usable(state)

    def disconnect(self) -> None:
        """Close the connections; raises NotConnectedError when there are none to close.

        >>> graph.disconnect()
        """
        self.database.close()
        self._database, self._schema_is_usable = None, False

    def initialize_schema(self) -> None:
        """Bring the database to this library's schema: create it if it is missing, adopt it if it is the original's.

        Raises MigrationError where that can't be done; the database then is as it was.

        >>> graph.initialize_schema()
        """
        if (state := self.schema_state()) in _NEWER:
            _LOGGER.warning("%s", _COMPLAINTS[state])
            return
        settings = self.database.settings
        migrating.migrate(settings.conninfo(dbname=settings.address.database))
        self._schema_is_usable = True
        self.cache_clear()

    def drop_all(self) -> None:
        """Drop every table, type and function of this library, with all that they hold.

        >>> graph.drop_all()
        """
        with self.database.connection() as connection:
            migrating.drop_all(connection)
        self._schema_is_usable = False
        self.cache_clear()

    def schema_state(self) -> SchemaState:
        """Answer how the database's schema stands to the one that this library needs.

        >>> graph.schema_state()
        <SchemaState.CURRENT: 'current'>
        """
        if self._schema_is_usable:
            return self.database.read(migrating.schema_state)
        return _look(self.database)

    def is_schema_up2date(self) -> bool:
        """Whether the database's schema is the one of this library.

        Raises DatabaseNotInitializedError when the database is missing or empty.

        >>> graph.is_schema_up2date()
        True
        """
        state = self.schema_state()
        if state in _UNUSABLE:
            raise DatabaseNotInitializedError(_COMPLAINTS[state])
        if state is not SchemaState.CURRENT:
            _LOGGER.warning("%s", _COMPLAINTS[state])
        return state is SchemaState.CURRENT

    @staticmethod
    def get_script_alembic_version_head() -> str:
        """Answer the newest migration that this library knows; needs no connection.

        >>> GraphDatabase.get_script_alembic_version_head()
        """
        return migrating.head()

    def get_table_alembic_version_head(self) -> str:
        """Answer the newest migration that the database has; raises DatabaseNotInitializedError when it has none.

        >>> graph.get_table_alembic_version_head()
        """
        applied = [] if self.schema_state() in _UNUSABLE else self.database.read(migrating.applied)
        if not applied:
            raise DatabaseNotInitializedError(_COMPLAINTS[SchemaState.EMPTY])
        return applied[-1]

    def get_alembic_version_count_all(self) -> int:
        """Answer 1: the number of versions that a schema has at a time.

        >>> graph.get_alembic_version_count_all()
        1
        """
        return len({self.get_table_alembic_version_head()})

    def stats(self) -> Statistics:
        """Answer hits, misses and sizes of the caches: ``{"memory_cache_info": {method: {"hits": …}}}``.

        >>> graph.stats()["memory_cache_info"]["get_depends_on"]["hits"]
        """
        return self._caches.statistics()

    def cache_clear(self) -> None:
        """Forget every answer that is kept.

        >>> graph.cache_clear()
        """
        self._caches.clear()

    def write(self, function: Callable[[Connection], T]) -> T:
        """Run a function in one transaction, and forget the answers that it may have made untrue.

        It is run again after a deadlock or a lost connection, so it must be right to run it twice. Raises
        DatabaseNotInitializedError when the schema can't take what is written.

        >>> graph.write(lambda connection: connection.execute("ANALYZE solved").rowcount)
        """
        try:
            return self._run(self.database.write, function)
        finally:
            self.cache_clear()

    def _answer(self, query: Query, positional: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if query.header.cache:
            return self._caches.get(query, positional, named)
        return self._ask(query, positional, named)

    def _ask(self, query: Query, positional: tuple[Any, ...], named: dict[str, Any]) -> Any:
        parameters = query.parameters(*positional, **named)

        def execute(connection: Connection) -> Any:
            return query.execute(connection, parameters)

        return self.write(execute) if query.statement.writes else self._run(self.database.read, execute)

    def _iterate(self, query: Query, positional: tuple[Any, ...], named: dict[str, Any]) -> Generator[Any, None, None]:
        """Answer the elements of a query's list one by one; the arguments are checked now, the schema at the first."""
        parameters = query.parameters(*positional, **named)
        return self._elements(self.database, query, parameters)

    def _elements(self, database: Database, query: Query, parameters: Mapping[str, Any]) -> Generator[Any, None, None]:
        if not self._schema_is_usable:
            self._check_schema()
        try:
            with database.snapshot() as connection:
                yield from query.iterate(connection, parameters)
        except _SCHEMA_ERRORS:
            self._check_schema()
            raise

    def _run(self, run: Callable[[Callable[[Connection], T]], T], function: Callable[[Connection], T]) -> T:
        """Run a function on the database, or say what the schema lacks for it."""
        if not self._schema_is_usable:
            self._check_schema()
        try:
            return run(function)
        except _SCHEMA_ERRORS:
            self._check_schema()
            raise

    def _check_schema(self) -> None:
        """Raise DatabaseNotInitializedError when the schema can't answer this library's queries."""
        state = _look(self.database)
        self._schema_is_usable = self._is_usable(state)
        if not self._schema_is_usable:
            raise DatabaseNotInitializedError(_COMPLAINTS[state])

    def _is_usable(self, state: SchemaState) -> bool:
        if state in _UNFIT:
            return self._database is not None and self._database.settings.any_schema
        return state not in _UNUSABLE


def _look(database: Database) -> SchemaState:
    connection = database.connect()
    if connection is None:
        return SchemaState.MISSING
    with connection:
        return migrating.schema_state(connection)
