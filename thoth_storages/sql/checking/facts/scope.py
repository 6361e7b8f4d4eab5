"""What the rows of one SELECT have in common: which columns hold one value only, which tables give one row only.

A column is *fixed* when an equality ties it to a value from outside: a parameter, a constant, another fixed column. A
table is *bound* when the columns of one of its keys are fixed; then all its columns are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pglast import ast, enums
from pglast.visitors import Visitor

from .schema import Schema, Table

_OPERATOR, _NOT_DISTINCT = enums.A_Expr_Kind.AEXPR_OP, enums.A_Expr_Kind.AEXPR_NOT_DISTINCT
_JOIN = enums.JoinType

Proof = Callable[[Any, Mapping[str, Any]], str | None]
ColumnName = tuple[str, str]


@dataclass
class Relation:
    """One of the things that FROM names."""

    alias: str
    table: Table | None = None
    keys: list[tuple[str, tuple[str, ...], bool]] = field(default_factory=list)
    """Names, columns, and whether NULLs are equal, of what there is at most one row of."""
    reason: str | None = None
    """Why there is one row at most, once that is known."""


class Scope:
    """The relations of a statement, and what ties their columns."""

    def __init__(self, schema: Schema, bodies: Mapping[str, Any], prove: Proof) -> None:
        """Start without relations; ``bodies`` are the common table expressions, ``prove`` says why there's one row."""
        self.relations: dict[str, Relation] = {}
        self._fixed: dict[ColumnName, bool] = {}
        self._schema = schema
        self._bodies = bodies
        self._prove = prove
        self._equalities: list[tuple[Any, Any, bool, frozenset[str] | None]] = []

    def add(self, item: Any) -> None:
        """Add what FROM, or a join, names."""
        match item:
            case ast.JoinExpr():
                self._add_join(item)
            case ast.RangeVar():
                self._add_table(item)
            case ast.RangeSubselect(alias=alias, subquery=subquery):
                name = str(alias.aliasname) if alias else ""
                self.relations[name] = Relation(name, reason=self._prove(subquery, self._bodies))
            case _:
                alias = getattr(item, "alias", None)
                name = alias.aliasname if alias else f"function {len(self.relations)}"
                self.relations[name] = Relation(name)

    def require(self, condition: Any, sides: frozenset[str] | None = None) -> None:
        """Take in a condition of WHERE, or of an outer join, which ties nothing but the relations of ``sides``."""
        match condition:
            case ast.BoolExpr(boolop=enums.BoolExprType.AND_EXPR, args=parts):
                for part in parts or ():
                    self.require(part, sides)
            case ast.A_Expr(kind=kind, name=(ast.String(sval="="),), lexpr=left, rexpr=right) if kind in (
                _OPERATOR,
                _NOT_DISTINCT,
            ):
                self._equalities += [
                    (left, right, kind == _OPERATOR, sides),
                    (right, left, kind == _OPERATOR, sides),
                ]
            case ast.NullTest(arg=argument, nulltesttype=enums.NullTestType.IS_NULL):
                self._equalities.append((argument, ast.A_Const(isnull=True), False, sides))
            case ast.BoolExpr(boolop=enums.BoolExprType.NOT_EXPR, args=(ast.ColumnRef() as column,)):
                self._equalities.append((column, ast.A_Const(isnull=False), True, sides))
            case ast.ColumnRef():
                self._equalities.append((condition, ast.A_Const(isnull=False), True, sides))

    def settle(self) -> None:
        """Follow the equalities and keys as far as they lead."""
        before = -1
        while before != (before := len(self._fixed) + sum(bool(each.reason) for each in self.relations.values())):
            for column, other, is_strict, sides in self._equalities:
                name = self.name_of(column)
                if name and (sides is None or name[0] in sides) and self.is_fixed(other):
                    self._fixed[name] = self._fixed.get(name, False) or is_strict
            for relation in self.relations.values():
                self._bind(relation)

    def is_fixed(self, expression: Any) -> bool:
        """Whether an expression has the same value in all rows."""
        columns = _Columns()
        columns(expression)
        return all(self._is_known(column) for column in columns.found)

    def name_of(self, column: Any) -> ColumnName | None:
        """Answer the relation and the column that an expression is, None for what isn't a column of these relations."""
        while isinstance(column, ast.TypeCast):
            column = column.arg
        fields: Any = column.fields if isinstance(column, ast.ColumnRef) else (ast.A_Star(),)
        if isinstance(fields[-1], ast.A_Star):
            return None
        *qualifier, name = (each.sval for each in fields)
        if qualifier:
            return (qualifier[-1], name) if qualifier[-1] in self.relations else None
        having = [each for each in self.relations.values() if each.table and name in each.table.columns_by_name]
        if len(self.relations) == 1:
            return (next(iter(self.relations)), name)
        return (having[0].alias, name) if len(having) == 1 else None

    @property
    def reasons(self) -> list[str] | None:
        """Why every relation gives one row, or None where one may give more."""
        found = [relation.reason for relation in self.relations.values()]
        return [reason for reason in found if reason] if all(found) else None

    def _is_known(self, column: ast.ColumnRef) -> bool:
        name = self.name_of(column)
        if name is None:
            return _is_of_outer_query(column, self.relations)
        return name in self._fixed or bool(self.relations[name[0]].reason)

    def _bind(self, relation: Relation) -> None:
        if relation.reason:
            return
        for name, columns, nulls_are_equal in relation.keys:
            if all(self._pins(relation, column, nulls_are_equal) for column in columns):
                relation.reason = name
                self._fix_all(relation)
                return

    def _pins(self, relation: Relation, column: str, nulls_are_equal: bool) -> bool:
        is_strict = self._fixed.get((relation.alias, column))
        if is_strict is None:
            return False
        never_null = relation.table is None or relation.table.columns_by_name[column].is_not_null
        return is_strict or nulls_are_equal or never_null

    def _fix_all(self, relation: Relation) -> None:
        for column in relation.table.columns_by_name if relation.table else ():
            self._fixed.setdefault((relation.alias, column), False)

    def _add_join(self, join: Any) -> None:
        before = frozenset(self.relations)
        self.add(join.larg)
        left = frozenset(self.relations) - before
        self.add(join.rarg)
        right = frozenset(self.relations) - before - left
        sides = {_JOIN.JOIN_LEFT: right, _JOIN.JOIN_RIGHT: left, _JOIN.JOIN_FULL: frozenset[str]()}.get(join.jointype)
        if join.quals:
            self.require(join.quals, sides)

    def _add_table(self, item: Any) -> None:
        alias = item.alias.aliasname if item.alias else item.relname
        if item.schemaname is None and item.relname in self._bodies:
            # Its own name means a table inside of it.
            others = {name: body for name, body in self._bodies.items() if name != item.relname}
            self.relations[alias] = Relation(alias, reason=self._prove(self._bodies[item.relname], others))
            return
        table = self._schema.by_name.get(f"{item.schemaname}.{item.relname}" if item.schemaname else item.relname)
        keys = [
            (key.name, tuple(column for column in key.columns if column), key.nulls_are_equal)
            for key in (table.keys if table else ())
            if None not in key.columns
        ]
        self.relations[alias] = Relation(alias, table, keys)


def scope_of(statement: Any, schema: Schema, bodies: Mapping[str, Any], prove: Proof) -> Scope:
    """Take in FROM (or USING) and WHERE of a statement."""
    scope = Scope(schema, bodies, prove)
    if relation := getattr(statement, "relation", None):
        scope.add(relation)
    for item in getattr(statement, "fromClause", None) or getattr(statement, "usingClause", None) or ():
        scope.add(item)
    if statement.whereClause:
        scope.require(statement.whereClause)
    scope.settle()
    return scope


def _is_of_outer_query(column: ast.ColumnRef, relations: Mapping[str, Relation]) -> bool:
    # A qualified name of another relation is a column of a query around, or of a sub-query inside, where it is judged.
    return len(column.fields or ()) > 1


class _Columns(Visitor):
    """Collects the columns that an expression names."""

    def __init__(self) -> None:
        self.found: list[ast.ColumnRef] = []

    def visit_ColumnRef(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - pglast looks for this name
        self.found.append(node)
