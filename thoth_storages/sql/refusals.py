"""What the server refuses, said in terms of the arguments that were given and of the query's file."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import psycopg
from psycopg import errors
from psycopg.adapt import PyFormat, Transformer

from .statement import Statement, numbered

_MISMATCHES = (errors.UndefinedFunction, errors.DatatypeMismatch, errors.CannotCoerce, errors.WrongObjectType)


def refusal(
    error: psycopg.Error,
    connection: psycopg.Connection[Any],
    statement: Statement,
    parameters: Mapping[str, Any],
    *,
    preceding: int = 0,
) -> Exception | None:
    """Make the TypeError or ValueError that names the argument to blame for an error, or answer None where none is.

    The error itself then gets a note that says where in the file the server stopped. ``preceding`` is how many
    characters were sent before the statement.
    """
    given = statement.given(parameters)
    reason = error.diag.message_primary or str(error)
    position = int(error.diag.statement_position or 0) - preceding
    if name := _mistyped(error, position, statement, given, parameters):
        return TypeError(f"{statement.name}(): {name}={parameters[name]!r} has the wrong type: {reason}")
    if name := _unreadable(error, statement, given):
        return ValueError(f"{statement.name}(): {name}={parameters[name]!r}: {reason}")
    if name := _not_sendable(error, connection, parameters):
        kind = TypeError if isinstance(error, psycopg.ProgrammingError) else ValueError
        return kind(f"{statement.name}(): {name}={parameters[name]!r}: {reason}")
    if position > 0:
        place = statement.place_of(position, given)
        error.add_note(f"{place.path}:{place.line}:{place.column}: {statement.name}")
    return None


def _mistyped(
    error: psycopg.Error, position: int, statement: Statement, given: Collection[str], parameters: Mapping[str, Any]
) -> str | None:
    """Find a parameter in the line where types don't fit. Text is sent without a type, so it never is the reason."""
    if position <= 0 or not isinstance(error, _MISMATCHES):
        return None
    text = numbered(statement.text(given))[0]
    if isinstance(error, errors.UndefinedFunction) and re.match(r"[\w\"]", text[position - 1]):
        return None  # a function that isn't there at all, as in an older schema
    names = statement.parameters_in(statement.place_of(position, given).line)
    return next((name for name in names if not isinstance(parameters[name], str | None)), None)


def _unreadable(error: psycopg.Error, statement: Statement, given: Collection[str]) -> str | None:
    """Find the parameter whose text the server can't read: its number stands in the context, in every language."""
    match = re.search(r"\$(\d+)", error.diag.context or "")
    if match is None or not isinstance(error, psycopg.DataError):
        return None
    return numbered(statement.text(given))[1][int(match[1]) - 1]


def _not_sendable(
    error: psycopg.Error, connection: psycopg.Connection[Any], parameters: Mapping[str, Any]
) -> str | None:
    """Find the parameter that psycopg can't send; such an error never saw the server, so it has no state."""
    if error.sqlstate is not None:
        return None
    for name, value in parameters.items():
        try:
            Transformer(connection).dump_sequence([value], [PyFormat.AUTO])
        except (psycopg.ProgrammingError, psycopg.DataError):
            return name
    return None
