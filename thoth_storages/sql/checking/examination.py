"""The facts of every query, as the contracts hold them: found once a run, for all rules that ask."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Mapping
from functools import cached_property

import psycopg
from psycopg import sql

from ..shape import Node
from .facts.dependencies import Dependencies, read_dependencies
from .facts.described import TypeReader, Types
from .facts.large import large_tables
from .facts.locks import read_locks
from .facts.nulls import Nulls, NullSeeker
from .facts.plans import OLDEST_SERVER, Plan, read_plan
from .facts.prepared import is_utility
from .facts.samples import Samples
from .facts.schema import Schema, Table, read_schema
from .facts.sizes import Sizes, read_sizes
from .select.cardinality import one_row
from .select.limits import Undecided, undecided
from .session import Connection, Session
from .subject import Checked, Subject
from .variants import Variant

_LOGGER = logging.getLogger(__name__)

_IS_SUPERUSER = sql.SQL("(SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)")


class Examination:
    """What the server says of the queries of one run; each thing is asked when it is needed first."""

    def __init__(self, checked: Checked) -> None:
        """Ask nothing yet."""
        self._queries = list(checked.queries)
        self._session = checked.session

    @cached_property
    def types(self) -> Mapping[Subject, Types]:
        """The types of the queries that the server prepares in every variant; all that follows is of these."""
        return {query: types for query, types in self._described.items() if query not in self.refused}

    @cached_property
    def refused(self) -> Mapping[Subject, psycopg.Error]:
        """The queries that the server prepares, and of which it can't say more, with what it says against them."""
        return {query: said for query, said in self._touched.items() if isinstance(said, psycopg.Error)}

    @cached_property
    def _described(self) -> Mapping[Subject, Types]:
        prepared = [query for query in self._queries if not query.refused]
        read = {query: self._type_reader.read(query.variants, query.header.notnull) for query in prepared}
        return {query: types for query, types in read.items() if types}

    @cached_property
    def _touched(self) -> Mapping[Subject, Dependencies | psycopg.Error]:
        return {query: self._read_dependencies(query, types) for query, types in self._described.items()}

    @cached_property
    def samples(self) -> Samples:
        """The names of types."""
        return Samples(self._connection)

    @property
    def is_oldest_server(self) -> bool:
        """Whether the server is of the version whose costs the contracts hold."""
        return self._connection.info.server_version // 10000 == OLDEST_SERVER

    @cached_property
    def is_scratch(self) -> bool:
        """Whether rows may be written, though they are undone: the tables are empty, and the role is a superuser's."""
        graph = [table.name.split(".") for table in self.schema.values() if table.is_filled_by_queries]
        has_rows = (sql.SQL("EXISTS (SELECT FROM {})").format(sql.Identifier(*name)) for name in graph)
        question = sql.SQL("SELECT NOT ({}) AND {}").format(sql.SQL(" OR ").join(has_rows), _IS_SUPERUSER)
        row = self._connection.execute(question).fetchone()
        assert row is not None
        if not row[0]:
            _LOGGER.warning("No plans are looked at and no NULLs looked for: that takes empty tables and a superuser")
        return bool(row[0])

    @cached_property
    def schema(self) -> Schema:
        """The tables."""
        return read_schema(self._connection)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables that the queries touch, views and PostgreSQL's own left out."""
        touched = {name for query in self.types for name in self.dependencies(query).tables}
        return [table for table in self.schema.values() if table.name in touched and table.kind == "r"]

    @cached_property
    def sizes(self) -> Sizes:
        """How large the tables are thought to be."""
        return read_sizes()

    @cached_property
    def plans(self) -> Mapping[Subject, Plan]:
        """The plans on large tables, where ``is_scratch``; a query that has none, like LOCK, isn't there."""
        found: dict[Subject, Plan] = {}
        if not self.is_scratch:
            return found
        with large_tables(self._connection, self.schema, self.tables, self.sizes):
            for query in self.types:
                for variant in query.variants:
                    if not is_utility(variant.text):
                        plan = read_plan(self._connection, variant.text, variant.names, self.samples)
                        found[query] = found.get(query, Plan()) | plan
        return found

    @cached_property
    def nulls(self) -> Mapping[Subject, Nulls]:
        """What the answers hold on rows full of NULLs.

        A query that answers how many it wrote isn't there, nor one whose answer lacks columns of its shape. None are
        where ``is_scratch`` isn't.
        """
        if not self.is_scratch:
            return {}
        asked: dict[Subject, list[tuple[Variant, Node]]] = {}
        for query, types in self.types.items():
            shape = query.header.returns
            if shape and types.has(shape.columns):
                asked[query] = [(variant, shape.node) for variant in query.variants]
        return NullSeeker(self._connection, self.tables).seek(asked)

    @cached_property
    def indexes(self) -> frozenset[str]:
        """The names of all indexes."""
        rows = self._connection.execute("SELECT relname FROM pg_catalog.pg_class WHERE relkind = 'i'").fetchall()
        return frozenset(name for (name,) in rows)

    def one_row(self, query: Subject) -> dict[str, str | None]:
        """Say for each variant of a query, in words, what keeps it from answering more than one row."""
        return {variant.words: one_row(variant.text, self.schema) for variant in query.variants}

    def undecided(self, variant: Variant) -> list[Undecided]:
        """Find where a variant of a query cuts rows off that its order doesn't tell apart."""
        return list(undecided(variant.text, self.schema))

    def dependencies(self, query: Subject) -> Dependencies:
        """Answer what a query reads and writes with all its optional lines, which is all that it ever does."""
        found = self._touched[query]
        assert isinstance(found, Dependencies)
        return found

    def _read_dependencies(self, query: Subject, types: Types) -> Dependencies | psycopg.Error:
        variant = query.variants[0]
        if is_utility(variant.text):
            return Dependencies()
        parameters = types.parameters_of(variant.names)
        try:
            return read_dependencies(self._connection, variant.text, parameters, self.schema, self.samples)
        except psycopg.Error as error:
            return error

    def locks(self, query: Subject) -> dict[str, str]:
        """Answer which locks a query takes."""
        return read_locks(self._connection, query.variants[0].text, self.dependencies(query), self.schema)

    @cached_property
    def _connection(self) -> Connection:
        # psycopg forgets its own prepared statements after a rollback, and with them everybody's.
        self._session.connection.prepare_threshold = None
        return self._session.connection

    @cached_property
    def _type_reader(self) -> TypeReader:
        return TypeReader(self._connection)


_EXAMINATIONS: weakref.WeakKeyDictionary[Session, tuple[list[Subject], Examination]] = weakref.WeakKeyDictionary()


def examine(checked: Checked) -> Examination:
    """Answer the examination of a run, the same to everybody who asks."""
    queries = list(checked.queries)
    known = _EXAMINATIONS.get(checked.session)
    if known is None or known[0] != queries:
        known = _EXAMINATIONS[checked.session] = (queries, Examination(checked))
    return known[1]
