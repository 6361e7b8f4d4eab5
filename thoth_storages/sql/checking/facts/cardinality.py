"""Why a query answers one row at most: what in its text, and in the tables' keys, holds it.

Which row LIMIT 1 lets through is another question, which the rule ``total-order`` answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from pglast import ast, enums, parse_sql
from pglast.visitors import Skip, Visitor

from .schema import Schema
from .scope import Scope, scope_of


class CardinalityReader:
    """Reads how many rows come, with the keys of one schema."""

    def __init__(self, connection: psycopg.Connection[Any], schema: Schema) -> None:
        """Use a connection's catalog to tell aggregates and functions that answer sets."""
        self._schema = schema
        rows = connection.execute(
            "SELECT proname, bool_and(prokind = 'a'), bool_or(proretset) FROM pg_catalog.pg_proc GROUP BY proname"
        ).fetchall()
        self._aggregates = frozenset(name for name, is_aggregate, _ in rows if is_aggregate)
        self._sets = frozenset(name for name, _, is_set in rows if is_set)

    def one_row(self, text: str) -> str | None:
        """Say what keeps a statement from answering more than one row; None where nothing does."""
        return self._prove(parse_sql(text)[0].stmt, {})

    def _prove(self, statement: Any, bodies: Mapping[str, Any]) -> str | None:
        known = {**bodies, **_bodies(statement)}
        if isinstance(statement, ast.InsertStmt):
            return self._prove(statement.selectStmt, known) if statement.selectStmt else "VALUES"
        if isinstance(statement, ast.UpdateStmt | ast.DeleteStmt):
            return _keys(scope_of(statement, self._schema, known, self._prove))
        if not isinstance(statement, ast.SelectStmt):
            return None
        if statement.valuesLists:
            return "VALUES" if len(statement.valuesLists) == 1 else None
        held = self._prove_select(statement, known) if statement.op == enums.SetOperation.SETOP_NONE else None
        return held or ("LIMIT 1" if _has_limit_of_one(statement) else None)

    def _prove_select(self, select: Any, bodies: Mapping[str, Any]) -> str | None:
        calls = _Calls()
        calls(select.targetList or ())
        if not self._sets.isdisjoint(calls.names):
            return None
        if not select.groupClause and not self._aggregates.isdisjoint(calls.names):
            return "an aggregate"
        if not select.fromClause:
            return "EXISTS" if calls.has_exists else "no FROM"
        return _keys(scope_of(select, self._schema, bodies, self._prove))


def _keys(scope: Scope) -> str | None:
    return None if scope.reasons is None else ", ".join(dict.fromkeys(scope.reasons))


def _has_limit_of_one(select: Any) -> bool:
    limit = select.limitCount
    return isinstance(limit, ast.A_Const) and isinstance(limit.val, ast.Integer) and limit.val.ival == 1


def _bodies(statement: Any) -> dict[str, Any]:
    clause = getattr(statement, "withClause", None)
    return {each.ctename: each.ctequery for each in (clause.ctes or ())} if clause else {}


class _Calls(Visitor):
    """Collects the functions that are called in a list of targets, not as windows and not in sub-queries."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.has_exists = False

    def visit_SubLink(self, ancestors: Any, node: Any) -> Any:  # noqa: N802 - pglast looks for this name
        self.has_exists |= node.subLinkType == enums.SubLinkType.EXISTS_SUBLINK
        return Skip

    def visit_FuncCall(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        if node.over is None:
            self.names.add(node.funcname[-1].sval)
