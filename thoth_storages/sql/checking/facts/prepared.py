"""A statement under a name on the server, for as long as a fact needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg

#: The parameters of a page, and their values on the first.
PAGE: Mapping[str, str] = {"count": "100", "start_offset": "0"}

_TYPES = """
SELECT statement.parameter_types::oid[]::bigint[]
FROM pg_catalog.pg_prepared_statements AS statement
WHERE statement.name = %s
"""


@contextmanager
def prepared_as(connection: psycopg.Connection[Any], name: str, text: str) -> Iterator[None]:
    """Prepare a statement for a block; raises psycopg's errors when the server refuses it.

    What the block does belongs in a transaction of its own: the statement outlives it, and its failure, too.
    """
    with connection.transaction():
        connection.execute(f"PREPARE {name} AS {text}".encode())
    try:
        yield
    finally:
        connection.execute(f"DEALLOCATE {name}".encode())


def parameter_types(connection: psycopg.Connection[Any], name: str) -> list[int]:
    """Answer the oids of the types of a prepared statement's parameters."""
    row = connection.execute(_TYPES, (name,)).fetchone()
    assert row is not None
    return list(row[0])


def called(name: str, values: Iterable[str]) -> str:
    """Write the call of a prepared statement, with values that are SQL."""
    written = ", ".join(values)
    return f"EXECUTE {name}({written})" if written else f"EXECUTE {name}"


def values_of_a_page(names: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """Yield a value a parameter: the first page's, or what stands for it in ``others``."""
    for name, other in zip(names, others, strict=True):
        yield PAGE.get(name, other)
