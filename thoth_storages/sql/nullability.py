"""Which columns of a result may be NULL: what the catalog knows, and what outer joins undo.

PostgreSQL tells from which table's column a result's column comes, but not whether an outer join stands between. So
the parsed query is searched for tables on the nullable side of one. A column that is computed may be NULL, except for
functions and forms that never answer it; where neither the catalog nor the form can say, the query's ``notnull:`` does.
"""

from __future__ import annotations

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
NULLABLE_SIDES = {
    _JOIN.JOIN_LEFT: ("rarg",),
    _JOIN.JOIN_RIGHT: ("larg",),
    _JOIN.JOIN_FULL: ("larg", "rarg"),
}
"""The sides of an outer join, as pglast calls them, whose columns are NULL where nothing matches."""

_TableName = tuple[str | None, str]


class NullabilityReader:
    """Reads nullability with the catalog of one connection."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Use a connection whose schema is up to date."""
        self._connection = connection
        self._is_not_null = lru_cache(maxsize=None)(self._read_is_not_null)
        self._kind = lru_cache(maxsize=None)(self._read_kind)

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
        calls = _Calls()
        calls((*(statement.targetList or ()), *(statement.sortClause or ())))
        if any(map(self._makes_rows, calls.names)):
            return False
        if not statement.fromClause:
            return not statement.whereClause
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

    def _is_aggregate(self, function: str) -> bool:
        return self._kind(function)[0]

    def _makes_rows(self, function: str) -> bool:
        """Whether a function makes many rows of one, or none, like unnest()."""
        return self._kind(function)[1]

    def _read_kind(self, name: str) -> tuple[bool, bool]:
        row = self._connection.execute(
            "SELECT bool_and(prokind = 'a'), bool_or(proretset) FROM pg_catalog.pg_proc WHERE proname = %s", (name,)
        ).fetchone()
        assert row is not None
        return bool(row[0]), bool(row[1])


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
    """Collects what makes columns NULL that aren't so in their tables, and what the names in the query stand for."""

    def __init__(self) -> None:
        self.nullable_sides: list[Any] = []
        self.bodies: dict[str, list[Any]] = {}
        """The common table expressions by name: one in a sub-query may have the name of another."""
        self.named: dict[str, list[Any]] = {}
        """What stands in FROM, by its name there."""
        self.has_totals = False
        """Whether there are rows of subtotals (ROLLUP and its kin), where the grouped columns are NULL."""

    def visit_CommonTableExpr(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - pglast looks for this name
        self.bodies.setdefault(node.ctename, []).append(node.ctequery)

    def visit_JoinExpr(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self.nullable_sides += [getattr(node, side) for side in NULLABLE_SIDES.get(node.jointype, ())]
        self._name(node)

    def visit_RangeVar(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self._name(node)

    def visit_RangeSubselect(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self._name(node)

    def visit_GroupingSet(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self.has_totals = True

    def _name(self, node: Any) -> None:
        name = node.alias.aliasname if node.alias else getattr(node, "relname", "")
        self.named.setdefault(name, []).append(node)


class _Side(Visitor):
    """Collects the tables, and the common table expressions, that a part of a query takes columns from."""

    def __init__(self) -> None:
        self.names: list[_TableName] = []
        self.relations: set[str] = set()
        """The names in FROM of which it selects columns; with LATERAL they may be those of the query around."""
        self.is_open = False
        """Whether a LATERAL sub-query selects columns that don't tell of which relation they are."""
        self._is_lateral = False

    def visit_RangeVar(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self.names.append((node.schemaname, node.relname))

    def visit_RangeSubselect(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self._is_lateral |= bool(node.lateral)

    def visit_ResTarget(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        match node.val:
            case ast.ColumnRef(fields=(*_, ast.String(sval=relation), _)):
                self.relations.add(str(relation))
            case ast.ColumnRef(fields=(ast.String(),)):
                self.is_open |= self._is_lateral


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
    waiting, seen = list(parts.nullable_sides), set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        side = _Side()
        side(node)
        yield from side.names
        waiting += (body for schema, name in side.names if schema is None for body in parts.bodies.get(name, ()))
        for relation in parts.named if side.is_open else side.relations:
            waiting += parts.named.get(relation, ())
