"""How the server would run a query: the plan of one of its variants, as that of a prepared statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from ..exceptions import QueryError
from ..sql.query import Query
from ..sql.statement import numbered

_PLANNED = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES")
_STATEMENT = sql.Identifier("thoth_storages_explain")


def explain(
    connection: psycopg.Connection[Any],
    query: Query,
    parameters: Mapping[str, Any],
    *,
    generic: bool = False,
    analyze: bool = False,
    as_json: bool = False,
) -> Any:
    """Answer the plan of the variant that the parameters choose: lines of text, or what FORMAT JSON says.

    A custom plan is made for these values; the generic one, which the server may turn to after five calls, for any.
    ``analyze`` runs the statement as well, and undoes what it did. Raises QueryError for a statement that has no plan,
    and psycopg's errors when the server refuses.
    """
    _refuse_without_plan(query)
    text, names = numbered(query.statement.variant(parameters).decode())
    cursor = psycopg.ClientCursor(connection)
    with connection.transaction(force_rollback=True):
        cursor.execute(_plan_cache_mode(generic))
        cursor.execute(sql.SQL("PREPARE {} AS {}").format(_STATEMENT, sql.SQL(text)))
        try:
            # a savepoint, so that the statement can be forgotten after an error: a rollback alone doesn't
            with connection.transaction():
                cursor.execute(_explanation(names, analyze, as_json), [parameters[name] for name in names])
                rows = cursor.fetchall()
        finally:
            cursor.execute(sql.SQL("DEALLOCATE {}").format(_STATEMENT))
    return rows[0][0] if as_json else [line for (line,) in rows]


def _refuse_without_plan(query: Query) -> None:
    verb = query.statement.lines[0].text.split()[0].lstrip("(").upper()
    if verb not in _PLANNED:
        raise QueryError(f"{query.name}: {verb} has no plan; the server plans {', '.join(_PLANNED)}")


def _plan_cache_mode(generic: bool) -> LiteralString:
    return f"SET LOCAL plan_cache_mode = {'force_generic_plan' if generic else 'force_custom_plan'}"


def _explanation(names: list[str], analyze: bool, as_json: bool) -> sql.Composed:
    options = ", ".join([*(["ANALYZE", "BUFFERS"] if analyze else []), f"FORMAT {'JSON' if as_json else 'TEXT'}"])
    values = f"({', '.join(['%s'] * len(names))})" if names else ""
    return sql.SQL("EXPLAIN ({}) EXECUTE {}{}").format(sql.SQL(options), _STATEMENT, sql.SQL(values))
