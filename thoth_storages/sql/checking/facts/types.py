"""The types of a query's parameters and columns, as PostgreSQL names them, and which columns may be NULL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...nullability import NullabilityReader
from ..session import Connection, Prepared
from ..variants import Variant
from .samples import Samples


@dataclass(frozen=True)
class Types:
    """The types of a query, over all its variants."""

    parameters: dict[str, tuple[str, ...]]
    """The names of each parameter's type; several where it depends on the variant."""
    columns: dict[str, str]
    """The name of each column's type."""
    nullable: frozenset[str]
    """The columns that may be NULL in one of the variants."""


def read_types(
    connection: Connection,
    prepared: Iterable[tuple[Variant, Prepared]],
    notnull: frozenset[str],
    samples: Samples,
) -> Types:
    """Read the types of a query's prepared variants; ``notnull`` are the columns that its header promises."""
    reader = NullabilityReader(connection)
    parameters: dict[str, dict[str, None]] = {}
    columns: dict[str, str] = {}
    nullable: set[str] = set()
    for variant, found in prepared:
        for name, oid in found.parameters.items():
            parameters.setdefault(name, {})[samples.name(oid)] = None
        columns |= {column.name: samples.name(column.type) for column in found.columns}
        described = connection.pgconn.describe_prepared(found.name.encode())
        may_be_null = reader.nullable_columns(variant.text, described, notnull)
        nullable |= {column.name for column, is_null in zip(found.columns, may_be_null, strict=True) if is_null}
    return Types({name: tuple(types) for name, types in parameters.items()}, columns, frozenset(nullable))
