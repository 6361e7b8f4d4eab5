"""The types of a statement's parameters and columns, as PostgreSQL names them, and which columns may be NULL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import pq

from ...nullability import NullabilityReader
from ..variants import Variant
from .samples import Samples


@dataclass(frozen=True)
class Types:
    """The types of a query, over all its variants."""

    parameters: dict[str, tuple[int, ...]]
    """The oid of each parameter's type; several where it depends on the variant."""
    columns: dict[str, int]
    """The oid of each column's type."""
    nullable: frozenset[str]
    """The columns that may be NULL in one of the variants."""

    def parameters_of(self, names: Iterable[str]) -> list[int]:
        """Answer the types of some parameters."""
        return [self.parameters[name][0] for name in names]

    def has(self, columns: Iterable[str]) -> bool:
        """Whether there are columns of all these names."""
        return self.columns.keys() >= set(columns)

    def written(self, samples: Samples) -> tuple[list[str], list[str]]:
        """Write parameters and columns: ``extras text[]``, ``marker text null``."""
        parameters = [f"{name} {' or '.join(map(samples.name, oids))}" for name, oids in self.parameters.items()]
        columns = [
            f"{name} {samples.name(oid)}" + (" null" if name in self.nullable else "")
            for name, oid in self.columns.items()
        ]
        return parameters, columns


class TypeReader:
    """Reads types with the catalog of one connection."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Use a connection, on which nothing but catalog queries and ``PREPARE`` run."""
        self._connection = connection
        self._nullability = NullabilityReader(connection)

    def read(self, variants: Iterable[Variant], notnull: frozenset[str]) -> Types | None:
        """Read the types of a query, ``notnull`` being the columns that its header promises.

        Answers None when the server refuses one of the variants.
        """
        parameters: dict[str, dict[int, None]] = {}
        columns: dict[str, int] = {}
        nullable: set[str] = set()
        for variant in variants:
            described = self._describe(variant.text)
            if described is None:
                return None
            for number, name in enumerate(variant.names):
                parameters.setdefault(name, {})[described.param_type(number)] = None
            names = [(described.fname(number) or b"").decode() for number in range(described.nfields)]
            columns |= {name: described.ftype(number) for number, name in enumerate(names)}
            if names:
                may_be_null = self._nullability.nullable_columns(variant.text, described, notnull)
                nullable |= {name for name, is_null in zip(names, may_be_null, strict=True) if is_null}
        return Types({name: tuple(oids) for name, oids in parameters.items()}, columns, frozenset(nullable))

    def _describe(self, text: str) -> pq.abc.PGresult | None:
        pgconn = self._connection.pgconn
        prepared = pgconn.prepare(b"", text.encode(self._connection.info.encoding))
        return pgconn.describe_prepared(b"") if prepared.status == pq.ExecStatus.COMMAND_OK else None
