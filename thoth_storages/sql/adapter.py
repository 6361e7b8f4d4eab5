"""What aiosql calls to run a query: the driver adapter for psycopg, and the loader that reads files strictly."""

from __future__ import annotations

import itertools
import keyword
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from aiosql.adapters.generic import GenericAdapter
from aiosql.query_loader import QueryLoader
from aiosql.types import QueryDataTree, QueryDatum, SQLOperationType
from psycopg.rows import TupleRow, tuple_row

from ..database import Connection, binary_cursor
from .lexer import Place
from .source import Source, read_file

_LOGGER = logging.getLogger("thoth_storages.queries")

Parameters = Mapping[str, Any]

# Several cursors of one query may be open on a connection, and each needs a name of its own.
_NUMBERS = itertools.count(1)

_OPERATIONS = {
    "": SQLOperationType.SELECT,
    "^": SQLOperationType.SELECT_ONE,
    "$": SQLOperationType.SELECT_VALUE,
    "!": SQLOperationType.INSERT_UPDATE_DELETE,
}


class PsycopgAdapter(GenericAdapter):
    """Runs the variant of a query that its parameters choose, as a prepared statement on a cursor that is kept."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.sources: dict[str, Source] = {}
        """The queries by name, with the folder in front: ``get_depends_on``, ``sync.insert_artifacts``."""
        self._places: dict[str, Place] = {}

    def is_taken(self, name: str) -> bool:
        """Whether a query, an alias or a twin has that name."""
        return name in self._places

    def add(self, source: Source, namespace: Sequence[str]) -> None:
        """Take a query in; raises QueryError when one of its names is taken."""
        # aiosql gives each query of rows a twin, which streams them.
        twin = () if source.operator else (f"{source.name}_cursor",)
        for name in (source.name, *source.header.aliases, *twin):
            qualified = ".".join([*namespace, name])
            if taken := self._places.get(qualified):
                raise source.place.error(f"the name {qualified!r} is taken by {taken.path}:{taken.line}")
            self._places[qualified] = source.place
        self.sources[".".join([*namespace, source.name])] = source

    def select(  # type: ignore[override]
        self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> list[TupleRow]:
        """Answer all rows at once: a generator would run nothing until somebody looked at its first row."""
        return self._run(conn, query_name, parameters).fetchall()

    def select_one(  # type: ignore[override]
        self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> list[TupleRow]:
        """Answer the rows as a list; the query's shape makes one of them, so that no row and a NULL differ."""
        return self.select(conn, query_name, sql, parameters)

    def select_value(self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any) -> list[TupleRow]:
        """Answer the rows as a list, as ``select_one`` does."""
        return self.select(conn, query_name, sql, parameters)

    def insert_update_delete(self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any) -> int:
        """Answer how many rows were written."""
        return self._run(conn, query_name, parameters).rowcount

    @contextmanager
    def select_cursor(
        self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any
    ) -> Iterator[psycopg.ServerCursor[TupleRow]]:
        """Lend a cursor on the server, for an answer that shouldn't stand in memory; opens a transaction."""
        text = self.sources[query_name].statement.variant(parameters)
        name = f"{query_name}_{next(_NUMBERS)}"
        with conn.transaction(), psycopg.ServerCursor(conn, name, row_factory=tuple_row) as cursor:
            yield cursor.execute(text, parameters, binary=True)

    def _run(self, connection: psycopg.Connection[Any], name: str, parameters: Parameters) -> psycopg.Cursor[TupleRow]:
        statement = self.sources[name].statement
        # A connection of somebody else may be shared by threads, so its calls share no cursor.
        cursor = connection.kept_cursor if isinstance(connection, Connection) else binary_cursor(connection)
        text = statement.variant(parameters)
        if isinstance(connection, Connection) and connection.log_queries:
            _execute_and_log(cursor, name, text, parameters)
        else:
            cursor.execute(text, parameters, prepare=True)
        if connection.pgconn.pipeline_status:
            with connection.pipeline():
                pass  # the end of an inner pipeline waits for all results so far
        if not statement.is_described(text):
            statement.describe(text, tuple(column.name for column in cursor.description or ()))
        return cursor


def _execute_and_log(cursor: psycopg.Cursor[TupleRow], name: str, text: bytes, parameters: Parameters) -> None:
    started = time.perf_counter()
    try:
        cursor.execute(text, parameters, prepare=True)
    finally:
        milliseconds = (time.perf_counter() - started) * 1000
        _LOGGER.info("%s %.3f ms %s\n%s", name, milliseconds, dict(parameters), text.decode())


def show_statements() -> None:
    """Let the log of statements be seen, also in a program that set up no logging."""
    _LOGGER.setLevel(logging.INFO)
    if not _LOGGER.hasHandlers():
        _LOGGER.addHandler(logging.StreamHandler())


class StrictLoader(QueryLoader):
    """aiosql's loader with a strict reader in the place of its own parser."""

    def load_query_data_from_dir_path(
        self, dir_path: Path, ext: Sequence[str] = (".sql",), encoding: str | None = None
    ) -> QueryDataTree:
        """Read the files of a folder, and those of its sub-folders, in the order of their names.

        Raises QueryError for a mistake in one, for a name that is taken, and for a folder that can't be an attribute.
        """
        tree = self._read_folder(dir_path, [])
        for folder in sorted(path for path in dir_path.iterdir() if path.is_dir() and any(path.rglob("*.sql"))):
            is_name = folder.name.isidentifier() and not keyword.iskeyword(folder.name)
            if not is_name or self._adapter.is_taken(folder.name) or any(folder.glob("*/*.sql")):
                raise Place(str(folder), 1).error(
                    "a folder of queries is a name of Python's that no query has, and has no folder of queries in it"
                )
            tree[folder.name] = self._read_folder(folder, [folder.name])
        return tree

    def load_query_data_from_file(
        self, path: Path, ns_parts: list[str] | None = None, encoding: str | None = None
    ) -> list[QueryDatum]:
        """Read a file; raises QueryError for a mistake in it, and for a name that is taken already."""
        namespace = ns_parts or []
        sources = read_file(path)
        for source in sources:
            self._adapter.add(source, namespace)
        return [_datum(source, namespace, path) for source in sources]

    @property
    def _adapter(self) -> PsycopgAdapter:
        assert isinstance(self._driver_adapter, PsycopgAdapter)
        return self._driver_adapter

    def _read_folder(self, folder: Path, namespace: list[str]) -> QueryDataTree:
        files = sorted(folder.glob("*.sql"))
        return {datum.query_name: datum for path in files for datum in self.load_query_data_from_file(path, namespace)}


def _datum(source: Source, namespace: Sequence[str], path: Path) -> QueryDatum:
    return QueryDatum(
        query_name=".".join([*namespace, source.name]),
        doc_comments=source.header.prose,
        operation_type=_OPERATIONS[source.operator],
        sql=source.statement.text(source.statement.optional),
        record_class=None,
        signature=None,
        floc=(path, source.place.line - 1),  # aiosql's function calls the adapter in its second line
        attributes=None,
        parameters=None,
    )
