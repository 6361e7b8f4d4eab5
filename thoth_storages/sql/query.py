"""A named query, ready to be called on a connection."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from functools import cached_property
from typing import Any

import psycopg

from .binding import binder, refused_parameter
from .example import call
from .header import Header
from .refusals import refusal
from .shape import Build
from .source import Source
from .statement import Statement

Run = Callable[..., Any]


class Query:
    """A named query: what its file says of it, and how it is run.

    ``query(connection, *arguments)`` answers in the shape that its header promises; the connection may be any of
    psycopg's, in autocommit mode or inside a transaction. ``iterate`` answers the elements of a list one by one.
    """

    def __init__(self, qualified_name: str, source: Source, run: Run, stream: Run | None = None) -> None:
        """Wrap aiosql's functions for the query of ``source``: ``run``, and ``stream`` where its list can be long."""
        self.name = source.name
        self.qualified_name = qualified_name
        self.source = source
        self._run = run
        self._stream = stream
        self._build: Build | None = None

    def __repr__(self) -> str:
        place = self.source.place
        return f"<query {self.qualified_name}({self.header.signature}) of {place.path}:{place.line}>"

    @property
    def header(self) -> Header:
        """What the comments over the SQL say."""
        return self.source.header

    @property
    def statement(self) -> Statement:
        """The SQL."""
        return self.source.statement

    @property
    def names(self) -> tuple[str, ...]:
        """The query's name and its aliases."""
        return self.source.names

    @cached_property
    def bind(self) -> Callable[..., dict[str, Any]]:
        """The function that takes the query's arguments and answers its parameters by name, normalised."""
        return binder(self.name, self.header.signature)

    @cached_property
    def copy(self) -> Callable[[Any], Any]:
        """The function that copies an answer, so that who gets it can change it."""
        shape = self.header.returns
        return shape.copier() if shape else lambda answer: answer

    @property
    def documentation(self) -> str:
        """The docstring of the query's methods: its prose, the shape of its answer, and what it raises."""
        header, parts = self.header, [self.header.prose] if self.header.prose else []
        parts.append(f"Answers ``{header.returns.text}``." if header.returns else "Answers how many rows were written.")
        if header.raises:
            parts.append(f"Raises {header.raises.__name__} when there is no such record.")
        if header.cache:
            parts.append(
                f"Keeps its answers: ``{header.cache.variable}`` of them, {header.cache.size} by default; 0 keeps none."
            )
        return "\n\n".join([*parts, *self._example(self.name, ">>> graph.{}")])

    @property
    def iterating_documentation(self) -> str:
        """The docstring of the iterating methods: the query's prose, what is yielded and what that holds."""
        header, parts = self.header, [self.header.prose] if self.header.prose else []
        assert header.returns is not None
        parts.append(
            f"Yields the elements of ``{header.returns.text}`` one by one, however many, in constant memory. They come "
            "from a cursor on the server, which holds a connection until the last one, until ``close()``, or until the "
            "generator is dropped."
        )
        if header.raises:
            parts.append(f"Raises {header.raises.__name__} at the first one when there is no such record.")
        name = self.source.iterating_names.get(self.name, self.name)
        return "\n\n".join([*parts, *self._example(name, ">>> for each in graph.{}:\n...     print(each)")])

    def _example(self, name: str, text: str) -> Iterator[str]:
        """Yield how the adapter's method is called; a query of the library's own has nobody to read that."""
        if self.qualified_name == self.name and not name.startswith("_"):
            yield text.format(call(name, self.header.signature))

    def __call__(self, connection: psycopg.Connection[Any], /, *args: Any, **kwargs: Any) -> Any:
        """Run the query with the arguments of its signature."""
        return self.execute(connection, self.parameters(*args, **kwargs))

    def parameters(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Bind and normalise arguments; raises TypeError or ValueError, which names it, for one that can't be meant."""
        try:
            return self.bind(*args, **kwargs)
        except (TypeError, ValueError) as error:
            if clearer := self._refusal(error, args, kwargs):
                raise clearer from error
            raise

    def execute(self, connection: psycopg.Connection[Any], parameters: Mapping[str, Any]) -> Any:
        """Run the query with parameters that are bound already; raises what the header says for no row."""
        self._check_connection(connection)
        try:
            rows = self._run(connection, **parameters)
        except (psycopg.ProgrammingError, psycopg.DataError) as error:
            if clearer := refusal(error, connection, self.statement, parameters):
                raise clearer from error
            raise
        header = self.header
        if header.returns is None:
            return rows
        if not rows and header.raises:
            raise header.raises(self._no_record(parameters))
        return (self._build or self._make_build())(rows)

    def iterate(self, connection: psycopg.Connection[Any], parameters: Mapping[str, Any]) -> Generator[Any, None, None]:
        """Answer the elements of the list one by one, with parameters that are bound already.

        The server is asked when the first is taken. Raises QueryError for a query that isn't a list, only read and
        named as such.
        """
        self._check_connection(connection)
        if self._stream is None:
            raise self.source.place.error(
                f"{self.name} can't be iterated over: that takes a query named get_… or retrieve_… that reads a list"
            )
        return self._elements(self._stream(connection, **parameters), parameters)

    def _elements(
        self, blocks: Generator[Any, None, None], parameters: Mapping[str, Any]
    ) -> Generator[Any, None, None]:
        rows = None
        with closing(blocks):
            for rows in blocks:
                yield from (self._build or self._make_build())(rows)
        if rows is None and self.header.raises:
            raise self.header.raises(self._no_record(parameters))

    def _check_connection(self, connection: psycopg.Connection[Any]) -> None:
        if not isinstance(connection, psycopg.Connection):
            raise TypeError(f"{self.name}(): the first argument is a connection of psycopg, not {connection!r}")

    def _no_record(self, parameters: Mapping[str, Any]) -> str:
        asked = ", ".join(f"{name}={value!r}" for name, value in parameters.items() if value is not None)
        return f"{self.name}: no record for {asked or 'this question'}"

    def _refusal(self, error: Exception, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Exception | None:
        try:
            call = inspect.signature(self.bind).bind(*args, **kwargs)
        except TypeError:
            return None  # arguments are missing or too many: Python's own sentence says it
        call.apply_defaults()
        name = refused_parameter(self.header.signature, call.arguments)
        return type(error)(f"{self.name}(): {name}: {error}")

    def _make_build(self) -> Build:
        shape, columns = self.header.returns, self.statement.columns
        assert shape is not None
        assert columns is not None
        try:
            self._build = shape.builder(columns)
        except LookupError as error:
            raise self.source.place.error(f"{self.name}: {error}") from error
        return self._build
