"""A connection to the server that proves the queries, and what it said of each variant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import psycopg
from psycopg import pq

from .facts.prepared import verb_of
from .variants import Variant

Connection = psycopg.Connection[tuple[Any, ...]]

_NAME = "thoth_storages_check"
_QUERIES = ("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "TABLE", "WITH", "LOCK")


@dataclass(frozen=True)
class Column:
    """A column of a result; ``type`` and ``table`` are oids, ``table`` and ``number`` 0 for what is computed."""

    name: str
    type: int
    table: int
    number: int


@dataclass(frozen=True)
class Prepared:
    """A variant that the server prepared and planned."""

    parameters: dict[str, int]
    """The oid of each parameter's type."""
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Refused:
    """A variant that the server refused."""

    sqlstate: str
    message: str
    detail: str
    hint: str
    position: int
    """The character of the variant's text where the server stopped, from 1; 0 where it doesn't say."""
    is_planning: bool
    """Whether it was prepared, and refused when it was planned."""


class Session:
    """A session on a database with the current schema, in autocommit mode; it begins when it is needed.

    Whatever changes the database belongs into ``undone()``: the database may be somebody's.
    """

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """Take what connects to the database."""
        self._connect = connect
        self._answers: dict[Variant, Prepared | Refused] = {}

    @cached_property
    def connection(self) -> Connection:
        """The connection, whose plans are generic ones."""
        connection = self._connect()
        connection.execute("SET plan_cache_mode = force_generic_plan")
        return connection

    @contextmanager
    def undone(self) -> Iterator[Connection]:
        """Lend the connection inside a transaction (or a savepoint, inside another) that is rolled back at the end."""
        with self.connection.transaction(force_rollback=True):
            yield self.connection

    def prepare(self, variant: Variant) -> Prepared | Refused:
        """Prepare and plan a variant, once."""
        if variant not in self._answers:
            self._answers[variant] = self._prepare(variant)
        return self._answers[variant]

    def _prepare(self, variant: Variant) -> Prepared | Refused:
        pgconn = self.connection.pgconn
        prepared = pgconn.prepare(_NAME.encode(), variant.text.encode())
        if prepared.status != pq.ExecStatus.COMMAND_OK:
            return _refused(prepared)
        try:
            if refused := _refused_verb(variant.text):
                return refused
            described = pgconn.describe_prepared(_NAME.encode())
            parameters = {name: described.param_type(number) for number, name in enumerate(variant.names)}
            columns = tuple(_column(described, number) for number in range(described.nfields))
            values = f"({', '.join(['NULL'] * len(variant.names))})" if variant.names else ""
            explained = pgconn.exec_(f"EXPLAIN EXECUTE {_NAME}{values}".encode())
            if explained.status != pq.ExecStatus.TUPLES_OK:
                return _refused(explained, is_planning=True)
            return Prepared(parameters, columns)
        finally:
            pgconn.exec_(f"DEALLOCATE {_NAME}".encode())


def _refused_verb(text: str) -> Refused | None:
    """Refuse what libpq would prepare, and nobody can prove: it has no plan, and might not be undone."""
    verb = verb_of(text) or "it"
    if verb in _QUERIES:
        return None
    message = f"{verb} is no query; queries are {', '.join(_QUERIES)}"
    hint = "leave it to a migration, or to code that says what it does"
    return Refused("0A000", message, detail="", hint=hint, position=0, is_planning=False)


def _column(described: pq.abc.PGresult, number: int) -> Column:
    name = (described.fname(number) or b"").decode()
    return Column(name, described.ftype(number), described.ftable(number), described.ftablecol(number))


def _refused(result: pq.abc.PGresult, *, is_planning: bool = False) -> Refused:
    field = pq.DiagnosticField

    def said(code: pq.DiagnosticField) -> str:
        return (result.error_field(code) or b"").decode()

    return Refused(
        sqlstate=said(field.SQLSTATE),
        message=said(field.MESSAGE_PRIMARY),
        detail=said(field.MESSAGE_DETAIL),
        hint=said(field.MESSAGE_HINT),
        # A position in the EXPLAIN isn't one in the query.
        position=0 if is_planning else int(said(field.STATEMENT_POSITION) or 0),
        is_planning=is_planning,
    )
