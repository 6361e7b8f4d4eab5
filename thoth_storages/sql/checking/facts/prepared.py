"""A statement under a name on the server, for as long as a fact needs it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg

from .samples import Samples, Values

#: The parameters of a page, and their values on the first.
PAGE: Mapping[str, str] = {"count": "100", "start_offset": "0"}

_RUN = "thoth_storages_run"
_VERB = re.compile(r"(?:/\*.*?\*/|[\s(])*(?P<verb>\w+)", re.DOTALL)
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


def run(
    connection: psycopg.Connection[Any],
    text: str,
    names: Iterable[str],
    samples: Samples,
    values: Values,
    *,
    null: str | None = None,
) -> None:
    """Run a statement with the sample of each parameter's type, in a page's place the first page.

    The parameter ``null`` is NULL, or a list of it.

    ``text`` has PostgreSQL's ``$1`` for parameters, ``names`` are theirs. It needs a transaction around it, which goes
    on after psycopg's errors that are raised for what the server refuses.
    """
    if is_utility(text):
        with connection.transaction():
            connection.execute(text.encode())
        return
    names = list(names)
    with prepared_as(connection, _RUN, text):
        typed = zip(names, parameter_types(connection, _RUN), strict=True)
        given = [samples.null(oid) if name == null else samples.value(oid, values) for name, oid in typed]
        with connection.transaction():
            connection.execute(called(_RUN, values_of_a_page(names, given)).encode())


def is_utility(text: str) -> bool:
    """Whether a statement, like LOCK, has neither a plan nor columns."""
    return verb_of(text) == "LOCK"


def verb_of(text: str) -> str:
    """Answer the word that a statement begins with, behind comments and parentheses; "" where there is none."""
    match = _VERB.match(text)
    return match["verb"].upper() if match else ""
