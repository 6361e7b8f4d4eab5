"""Errors as a user of the command line sees them: one sentence that says what happened and what to do."""

from __future__ import annotations

import psycopg
from psycopg import errors

from ..settings import STATEMENT_TIMEOUT

_MISSING = (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction)


def sentence(error: Exception) -> str:
    """Say in one sentence what an error of the library, of the database or of the machine means, and where it was."""
    return "; ".join([_said(error), *getattr(error, "__notes__", ())])


def _said(error: Exception) -> str:
    if isinstance(error, psycopg.Error):
        return _of_the_database(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__


def _of_the_database(error: psycopg.Error) -> str:
    # The rest of psycopg's text is the statement with a caret, for whoever wrote it.
    said = error.diag.message_primary or next(iter(str(error).splitlines()), type(error).__name__)
    remedy = error.diag.message_hint
    if isinstance(error, errors.QueryCanceled):
        remedy = f"{STATEMENT_TIMEOUT.name} says how many seconds a statement may take"
    elif isinstance(error, _MISSING):
        remedy = remedy or "'thoth-storages db status' tells whether the schema fits this library"
    return f"The database says: {said}" + (f" ({remedy})" if remedy else "")
