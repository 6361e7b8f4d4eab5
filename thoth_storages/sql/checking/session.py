"""A connection to the server that proves the queries, and what it said of each variant."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import pq

from .variants import Variant

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Column:
    """A column of a result; ``type`` and ``table`` are oids, ``table`` and ``number`` 0 for what is computed."""

    name: str
    type: int
    table: int
    number: int


@dataclass(frozen=True)
class Prepared:
    """A variant that the server prepared, in this session, under ``name``."""

    name: str
    parameters: dict[str, int]
    """The oid of each parameter's type."""
    columns: tuple[Column, ...]
    plan: Any
    """The generic plan, as EXPLAIN (VERBOSE, FORMAT JSON) tells it; None for a statement that has none, like LOCK."""


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
    """A session on a database with the current schema, in autocommit mode.

    Whatever changes the database belongs into ``undone()``: the database may be somebody's.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._numbers = itertools.count(1)
        self._answers: dict[Variant, Prepared | Refused] = {}

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
