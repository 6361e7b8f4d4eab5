"""What aiosql calls to run a query: the driver adapter for psycopg, and the loader that reads files strictly."""

from __future__ import annotations

import itertools
import keyword
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Any

import psycopg
from aiosql.adapters.generic import GenericAdapter
from aiosql.query_loader import QueryLoader
from aiosql.types import QueryDataTree, QueryDatum, SQLOperationType
from psycopg.rows import TupleRow

from ..database import Connection, binary_cursor
from .execution import ROWS_AT_ONCE, Parameters, describe, execute, from_server, in_blocks
from .lexer import Place
from .source import Source, read_file

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
        self.places: dict[str, Place] = {}
        """Where each name is taken: by a query, an alias, an iterating form or a twin."""

    def is_taken(self, name: str) -> bool:
        """Whether a query, an alias, an iterating form or a twin has that name."""
        return name in self.places

    def add(self, source: Source, namespace: Sequence[str]) -> None:
        """Take a query in; raises QueryError when one of its names is taken."""
        # aiosql gives each query of rows a twin, which brings them from a cursor.
        twin = () if source.operator else (f"{source.name}_cursor",)
        for name in (*source.names, *source.iterating_names.values(), *twin):
            qualified = ".".join([*namespace, name])
            if taken := self.places.get(qualified):
                raise source.place.error(
                    f"the name {qualified!r} is taken by {taken.path}:{taken.line}",
                    why="the file read last would win, and callers of the other get its answers",
                    remedy="give one of them another name",
                )
            self.places[qualified] = source.place
        self.sources[".".join([*namespace, source.name])] = source

    def select(  # type: ignore[override]
        self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> Iterable[TupleRow]:
        """Answer all rows, after they were fetched: a generator would run nothing until somebody looked at the first.

        Many rows aren't made Python's at once, as they would stand in memory beside what is made of them.
        """
        cursor = self._run(conn, query_name, parameters)
        if cursor.rowcount <= ROWS_AT_ONCE:
            return cursor.fetchall()
        if isinstance(conn, Connection):
            conn.forget_cursor()  # else it would hold the result until the connection is used again
        return itertools.chain.from_iterable(in_blocks(cursor))

    def select_one(  # type: ignore[override]
        self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any, record_class: Any = None
    ) -> Iterable[TupleRow]:
        """Answer the rows; the query's shape makes one of them, so that no row and a NULL differ."""
        return self.select(conn, query_name, sql, parameters)

    def select_value(
        self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any
    ) -> Iterable[TupleRow]:
        """Answer the rows, as ``select_one`` does."""
        return self.select(conn, query_name, sql, parameters)

    def insert_update_delete(self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any) -> int:
        """Answer how many rows were written."""
        return self._run(conn, query_name, parameters).rowcount

    def select_cursor(  # type: ignore[override]
        self, conn: psycopg.Connection[Any], query_name: str, sql: str, parameters: Any
    ) -> Generator[list[TupleRow], None, None]:
        """Answer the rows block by block from a cursor on the server, for an answer that shouldn't stand in memory."""
        return from_server(conn, self.sources[query_name].statement, parameters)

    def _run(self, connection: psycopg.Connection[Any], name: str, parameters: Parameters) -> psycopg.Cursor[TupleRow]:
        statement = self.sources[name].statement
        # A connection of somebody else may be shared by threads, so its calls share no cursor.
        cursor = connection.kept_cursor if isinstance(connection, Connection) else binary_cursor(connection)
        text = statement.variant(parameters)
        execute(cursor, name, text, parameters, prepare=True)
        if connection.pgconn.pipeline_status:
            with connection.pipeline():
                pass  # the end of an inner pipeline waits for all results so far
        describe(cursor, statement, text)
        return cursor


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
