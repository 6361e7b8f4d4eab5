"""Look for NULL in columns that are said never to hold it: in the answers on rows that have as many NULLs as they may.

Each table gets a row, made of one value a type, so that whatever is compared is equal; then the optional columns are
NULL, or only those that refer to no other table, or none. Each outer join is tried without a match, and each parameter
without a value that may go without, too.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import psycopg
from psycopg.rows import dict_row

from ...shape import Groups, Node, Rows, columns_of
from ..variants import Variant
from .prepared import called, parameter_types, prepared_as, values_of_a_page
from .rows import insert_rows
from .samples import Samples, Values
from .schema import Table, TableColumn
from .unmatched import unmatched

LIMIT_SECONDS = 2
"""How long a query may take on tables of a row: one that takes longer doesn't end."""
# One plan a statement serves all states.
_SETTINGS = f"""
SET LOCAL plan_cache_mode = force_generic_plan;
SET LOCAL session_replication_role = replica;
SET LOCAL statement_timeout = '{LIMIT_SECONDS}s';
"""
_BOOLEAN = 16  # pg_type.oid

Key = TypeVar("Key")
Row = dict[str, Any]


@dataclass(frozen=True)
class _State:
    """Which rows there are."""

    words: str
    is_filled: Callable[[Table, TableColumn], bool]


def _refers(table: Table, column: TableColumn) -> bool:
    return any(column.name in key.columns for key in table.foreign_keys)


_STATES = (
    _State("every optional column is NULL", lambda table, column: False),
    _State("every optional column is NULL that refers to no other table", _refers),
    _State("no column is NULL", lambda table, column: True),
)


@dataclass
class Nulls:
    """What the answers of a query held."""

    rows: int = 0
    """How many rows there were in all variants and states; without one, nothing was proved."""
    columns: dict[str, str] = field(default_factory=dict)
    """The columns that were NULL in an answer, and the first case of it, in words."""
    is_endless: bool = False
    """Whether an answer took longer than ``LIMIT_SECONDS``; the query wasn't asked again."""

    def add(self, shape: Node, rows: Iterable[Row], words: str) -> None:
        """Look at the rows of one answer."""
        for row in rows:
            self.rows += 1
            for name in _answered(shape, row):
                if row[name] is None:
                    self.columns.setdefault(name, words)


@dataclass(frozen=True)
class _Asked:
    """A prepared variant."""

    name: str
    words: str
    """Which variant it is, and what isn't matched in it."""
    names: tuple[str, ...]
    types: list[int]
    may_be_none: tuple[str, ...]
    """The parameters that needn't have a value."""
    shape: Node
    nulls: Nulls


class NullSeeker:
    """Asks queries on rows that have as many NULLs as they may."""

    def __init__(self, connection: psycopg.Connection[Any], tables: Collection[Table]) -> None:
        """Use a superuser's connection, and the tables that the queries touch; they are to be empty."""
        self._connection = connection
        self._tables = tables
        self._samples = Samples(connection)
        self._numbers = itertools.count(1)

    def seek(self, variants: Mapping[Key, Iterable[tuple[Variant, Node]]]) -> dict[Key, Nulls]:
        """Answer what the answers of queries hold, by whatever stands for the queries."""
        found = {name: Nulls() for name in variants}
        with ExitStack() as stack:
            every = [(found[name], *each) for name, several in variants.items() for each in several]
            asked = [each for query in every for each in self._prepare(*query, stack)]
            # Rows whose booleans are false are left out by many a query, those with another label, too.
            for number, (state, is_true) in enumerate(itertools.product(_STATES, (True, False))):
                values = Values(is_true, number)
                with self._rows(values, state):
                    for each in asked:
                        self._ask(each, values, state.words)
        return found

    def _prepare(self, nulls: Nulls, variant: Variant, shape: Node, stack: ExitStack) -> Iterator[_Asked]:
        for words, text in (("", variant.text), *unmatched(variant.text)):
            name = f"thoth_storages_nulls_{next(self._numbers)}"
            stack.enter_context(prepared_as(self._connection, name, text))
            types = parameter_types(self._connection, name)
            said = ", and ".join(filter(None, (variant.words, words)))
            yield _Asked(name, said, variant.names, types, _may_be_none(variant), shape, nulls)

    @contextmanager
    def _rows(self, values: Values, state: _State) -> Iterator[None]:
        with self._connection.transaction(force_rollback=True):
            self._connection.execute(_SETTINGS.encode())
            insert_rows(self._connection, self._tables, self._samples, values, state.is_filled)
            yield

    def _ask(self, asked: _Asked, values: Values, words: str) -> None:
        given = ", ".join(filter(None, (words, asked.words)))
        for is_true in (True, False) if _BOOLEAN in asked.types else (True,):
            samples = [self._samples.value(oid, replace(values, is_true=is_true)) for oid in asked.types]
            self._call(asked, samples, given)
            for name in asked.may_be_none:
                without = ["NULL" if each == name else value for each, value in zip(asked.names, samples, strict=True)]
                self._call(asked, without, f"{given}, {name} is None")

    def _call(self, asked: _Asked, samples: list[str], words: str) -> None:
        if not asked.nulls.is_endless:
            call = called(asked.name, values_of_a_page(asked.names, samples))
            try:
                asked.nulls.add(asked.shape, self._answer(call), words)
            except psycopg.errors.QueryCanceled:
                asked.nulls.is_endless = True

    def _answer(self, call: str) -> list[Row]:
        try:
            with self._connection.transaction(force_rollback=True):
                return self._cursor.execute(call.encode()).fetchall()
        except (psycopg.DataError, psycopg.IntegrityError):
            return []  # these values, or this second row of a key, can't be: no answer, so no NULL in it

    @cached_property
    def _cursor(self) -> psycopg.Cursor[Row]:
        return self._connection.cursor(row_factory=dict_row)


def _may_be_none(variant: Variant) -> tuple[str, ...]:
    """Name the parameters that a call may leave None, and have this variant."""
    defaults = {each.name: each.default for each in variant.source.header.signature.parameters}
    return tuple(name for name in variant.names if defaults.get(name) == "None" and name not in variant.given)


def _answered(shape: Node, row: Row) -> Iterator[str]:
    """Name the columns that reach the answer: an element that is all NULL adds nothing."""
    match shape:
        case Rows(element):
            if _is_present(element, row):
                yield from _names(element)
        case Groups(key, value):
            inner = {Rows: "element", Groups: "key"}.get(type(value))
            is_there = inner is None or _is_present(getattr(value, inner), row)
            if is_there or _is_present(key, row):
                yield from _names(key)
            if is_there:
                yield from _answered(value, row)
        case _:
            yield from _names(shape)


def _names(node: Node) -> list[str]:
    return [column.name for column in columns_of(node)]


def _is_present(node: Node, row: Row) -> bool:
    return any(row[name] is not None for name in _names(node))
