"""What the server says of a query: the types of its parameters and columns, as Python types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import psycopg
from psycopg import pq

from ..exceptions import QueryError
from .nullability import NullabilityReader
from .query import Query
from .statement import numbered

# pg_type.typname → the type that psycopg loads it as, and dumps it from
_PYTHON_TYPES = {
    "int2": "int",
    "int4": "int",
    "int8": "int",
    "oid": "int",
    "float4": "float",
    "float8": "float",
    "numeric": "Decimal",
    "text": "str",
    "varchar": "str",
    "name": "str",
    "bool": "bool",
    "timestamp": "datetime",
    "timestamptz": "datetime",
    "date": "date",
    "bytea": "bytes",
    "json": "Any",
    "jsonb": "Any",
}


@dataclass(frozen=True)
class Description:
    """The types of a query."""

    parameters: dict[str, str]
    """The Python type of each parameter that the SQL uses, without ``None``."""
    columns: dict[str, str]
    """The Python type of each column of the result, with ``| None`` where the column may be NULL."""
    always_answers: bool
    """Whether a row comes whatever the tables hold."""


class Describer:
    """Asks a server, whose schema is up to date, about queries."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Use a connection, on which nothing but catalog queries and ``PREPARE`` run."""
        self._connection = connection
        self._nullability = NullabilityReader(connection)
        self._type = lru_cache(maxsize=None)(self._read_type)

    def describe(self, query: Query) -> Description:
        """Describe a query with all its optional lines; raises QueryError when the server refuses it."""
        text, names = numbered(query.statement.text(query.statement.optional))
        pgconn = self._connection.pgconn
        prepared = pgconn.prepare(b"", text.encode(self._connection.info.encoding))
        if prepared.status != pq.ExecStatus.COMMAND_OK:
            raise self._refusal(prepared, query)
        described = pgconn.describe_prepared(b"")
        nullable = self._nullability.nullable_columns(text, described, query.header.notnull)
        columns: dict[str, str] = {}
        for number, is_nullable in enumerate(nullable):
            name = (described.fname(number) or b"").decode()
            if self._is_enumeration(described.ftype(number)):
                raise query.source.place.error(
                    f"{query.name}: the column {name} is of an enum type, which psycopg loads as bytes; cast it to text"
                )
            known = self._enumeration_in(name, text) or self._type(described.ftype(number))
            columns[name] = known + (" | None" if is_nullable else "")
        parameters = {name: self._type(described.param_type(number)) for number, name in enumerate(names)}
        return Description(parameters, columns, self._nullability.always_answers(text))

    @cached_property
    def enumerations(self) -> Mapping[str, tuple[str, ...]]:
        """The values of each enum type, by the name that its Python type has: ``SourceType`` for ``source_type``."""
        rows = self._connection.execute(
            "SELECT t.typname, array_agg(e.enumlabel::text ORDER BY e.enumsortorder)"
            " FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_enum AS e ON e.enumtypid = t.oid"
            " GROUP BY t.typname ORDER BY t.typname"
        ).fetchall()
        return {_class_name(name): tuple(values) for name, values in rows}

    def _enumeration_in(self, column: str, text: str) -> str | None:
        """Name the enumeration whose values, cast to text, are a column; both have one name."""
        name = _class_name(column)
        cast = rf"^\s*(?:SELECT +)?(?:\w+\.)?{re.escape(column)}::text(?: +AS +{re.escape(column)})?,?$"
        return name if name in self.enumerations and re.search(cast, text, re.MULTILINE) else None

    def _refusal(self, prepared: pq.abc.PGresult, query: Query) -> QueryError:
        encoding, field = self._connection.info.encoding, pq.DiagnosticField
        message = (prepared.error_field(field.MESSAGE_PRIMARY) or b"").decode(encoding)
        position = prepared.error_field(field.STATEMENT_POSITION)
        statement = query.statement
        place = statement.place_of(int(position), statement.optional) if position else query.source.place
        return place.error(f"{query.name}: {message}")

    def _is_enumeration(self, oid: int) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM pg_catalog.pg_enum WHERE enumtypid IN"
            " (SELECT %(oid)s UNION SELECT typelem FROM pg_catalog.pg_type WHERE oid = %(oid)s)",
            {"oid": oid},
        ).fetchone()
        return row is not None

    def _read_type(self, oid: int) -> str:
        row = self._connection.execute(
            "SELECT typname, typtype::text, typcategory::text, typelem FROM pg_catalog.pg_type WHERE oid = %s", (oid,)
        ).fetchone()
        assert row is not None
        name, kind, category, element = row
        if category == "A" and element:
            return f"list[{self._type(element)}]"
        return "str" if kind == "e" else _PYTHON_TYPES.get(name, "Any")


def _class_name(name: str) -> str:
    return "".join(word.title() for word in name.split("_"))
