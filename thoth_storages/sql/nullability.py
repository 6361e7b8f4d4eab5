"""Which columns of a result may be NULL: what the catalog knows, and what outer joins undo.

PostgreSQL tells from which table's column a result's column comes, but not whether an outer join stands between. So
the parsed query is searched for tables on the nullable side of one. A column that is computed may be NULL, except for
functions and forms that never answer it; where neither the catalog nor the form can say, the query's ``notnull:`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import psycopg
from pglast import ast, enums, parse_sql
from pglast.visitors import Skip, Visitor
from psycopg import pq

_NEVER_NULL = frozenset({"count", "now", "row_number", "concat", "jsonb_build_object", "json_build_object"})
# These answer NULL for NULL only; others, like -> of JSON, may find nothing.
_STRICT_OPERATORS = frozenset({"+", "-", "*", "/", "%", "||", "=", "<>", "<", "<=", ">", ">="})
_JOIN = enums.JoinType
_NULLABLE_SIDES = {
    _JOIN.JOIN_LEFT: ("rarg",),
    _JOIN.JOIN_RIGHT: ("larg",),
    _JOIN.JOIN_FULL: ("larg", "rarg"),
}

_OUTER = re.compile(r"\b(?:LEFT|RIGHT|FULL)\b", re.IGNORECASE)

_TableName = tuple[str | None, str]


class NullabilityReader:
    """Reads nullability with the catalog of one connection."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Use a connection whose schema is up to date."""
        self._connection = connection
        self._is_not_null = lru_cache(maxsize=None)(self._read_is_not_null)
        self._is_aggregate = lru_cache(maxsize=None)(self._read_is_aggregate)

    def nullable_columns(self, text: str, described: pq.abc.PGresult, notnull: frozenset[str]) -> list[bool]:
        """Answer for each column of a described statement whether it may be NULL."""
        statement: Any = parse_sql(text)[0].stmt
        parts = _Parts()
        parts(statement)
        outer = {self._oid(*name) for name in _outer_joined(parts)}
        targets = _targets(statement)
        computed = [_computes_a_value(target.val) for target in targets] if len(targets) == described.nfields else []
        nullable = []
        for number in range(described.nfields):
            if table := described.ftable(number):
                is_known = self._is_not_null(table, described.ftablecol(number))
                is_never_null = is_known and table not in outer and not parts.has_totals
            else:
                is_never_null = bool(computed) and computed[number]
            nullable.append(not is_never_null and (described.fname(number) or b"").decode() not in notnull)
        return nullable

    def always_answers(self, text: str) -> bool:
        """Whether a row comes whatever the tables hold, as from an aggregate without groups, or without FROM."""
        statement = parse_sql(text)[0].stmt
        if not isinstance(statement, ast.SelectStmt) or statement.op != enums.SetOperation.SETOP_NONE:
            return False
        if statement.groupClause or statement.havingClause or statement.limitCount or statement.limitOffset:
            return False
        if not statement.fromClause:
            return not statement.whereClause
        calls = _Calls()
        calls(statement.targetList or ())
        return any(map(self._is_aggregate, calls.names))

    def _oid(self, schema: str | None, table: str) -> int:
        row = self._connection.execute(
            "SELECT to_regclass(concat_ws('.', quote_ident(%s), quote_ident(%s)))::oid::bigint", (schema, table)
        ).fetchone()
        return int(row[0]) if row and row[0] else 0

    def _read_is_not_null(self, table: int, column: int) -> bool:
        row = self._connection.execute(
            "SELECT attnotnull FROM pg_catalog.pg_attribute WHERE attrelid = %s AND attnum = %s", (table, column)
        ).fetchone()
        return bool(row and row[0])

    def _read_is_aggregate(self, name: str) -> bool:
        row = self._connection.execute(
            "SELECT bool_and(prokind = 'a') FROM pg_catalog.pg_proc WHERE proname = %s", (name,)
        ).fetchone()
        return bool(row and row[0])


def outer_joined_tables(text: str) -> set[str]:
    """Name the tables that stand on the nullable side of an outer join, those of other schemas with theirs in front."""
    if not _OUTER.search(text):  # parsing takes some milliseconds
        return set()
    statement: Any = parse_sql(text)[0].stmt
    parts = _Parts()
    parts(statement)
    return {f"{schema}.{table}" if schema else table for schema, table in _outer_joined(parts)}


def _targets(statement: Any) -> tuple[Any, ...]:
    """Answer what a statement answers; the targets of an UPDATE are something else, the columns that it sets."""
    if isinstance(statement, ast.SelectStmt):
        return statement.targetList or ()
    return statement.returningClause.exprs if getattr(statement, "returningClause", None) else ()


def _computes_a_value(expression: Any) -> bool:
    match expression:
        case ast.TypeCast(arg=inner):
            return _computes_a_value(inner)
        case ast.A_Const():
            return not expression.isnull
        case ast.FuncCall():
            return (expression.funcname or ())[-1].sval in _NEVER_NULL
        case ast.CoalesceExpr(args=arguments):
            return any(_computes_a_value(argument) for argument in arguments or ())
        case ast.SubLink(subLinkType=kind):
            return bool(kind in (enums.SubLinkType.EXISTS_SUBLINK, enums.SubLinkType.ARRAY_SUBLINK))
        case ast.BoolExpr(args=arguments):
            return all(_computes_a_value(argument) for argument in arguments or ())
        case ast.A_Expr(kind=enums.A_Expr_Kind.AEXPR_OP, name=(ast.String(sval=operator),), lexpr=left, rexpr=right):
            return operator in _STRICT_OPERATORS and _computes_a_value(left) and _computes_a_value(right)
    return isinstance(expression, ast.NullTest | ast.BooleanTest | ast.A_ArrayExpr)


class _Parts(Visitor):
    """Collects what makes columns NULL that aren't so in their tables, and the bodies of common table expressions."""

    def __init__(self) -> None:
        self.nullable_sides: list[Any] = []
        self.bodies: dict[str, Any] = {}
        self.has_totals = False
        """Whether there are rows of subtotals (ROLLUP and its kin), where the grouped columns are NULL."""

    def visit_CommonTableExpr(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - pglast looks for this name
        self.bodies[node.ctename] = node.ctequery

    def visit_JoinExpr(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self.nullable_sides += [getattr(node, side) for side in _NULLABLE_SIDES.get(node.jointype, ())]

    def visit_GroupingSet(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self.has_totals = True


class _Tables(Visitor):
    """Collects the tables, and the common table expressions, that a part of a query names."""

    def __init__(self) -> None:
        self.names: list[_TableName] = []

    def visit_RangeVar(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self.names.append((node.schemaname, node.relname))


class _Calls(Visitor):
    """Collects the names of the functions that are called in expressions, not as windows and not in sub-queries."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def visit_SubLink(self, ancestors: Any, node: Any) -> Any:  # noqa: N802
        return Skip

    def visit_FuncCall(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        if node.over is None:
            self.names.append(node.funcname[-1].sval)


def _outer_joined(parts: _Parts) -> Iterator[_TableName]:
    waiting, seen = list(parts.nullable_sides), set[_TableName]()
    while waiting:
        tables = _Tables()
        tables(waiting.pop())
        for name in set(tables.names) - seen:
            seen.add(name)
            schema, table = name
            if schema is None and table in parts.bodies:
                waiting.append(parts.bodies[table])
            else:
                yield name
