"""Whether the two sides of a UNION exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pglast import ast, enums

from .expressions import conjuncts, strip_collation

_Fields = tuple[str, ...]


def exclude_each_other(one: ast.SelectStmt, other: ast.SelectStmt) -> bool:
    """Whether one side asks for NULL in a column of the query around, which the other compares with something."""
    own = {*_names(one.fromClause), *_names(other.fromClause)}
    return any(
        fields[0] not in own
        for nulls, compared in ((one, other), (other, one))
        for fields in set(_asked_for_null(nulls)) & set(_compared(compared))
    )


def _asked_for_null(select: ast.SelectStmt) -> Iterator[_Fields]:
    for condition in conjuncts(select.whereClause):
        if isinstance(condition, ast.NullTest) and condition.nulltesttype == enums.NullTestType.IS_NULL:
            yield from _qualified(condition.arg)


def _compared(select: ast.SelectStmt) -> Iterator[_Fields]:
    for condition in conjuncts(select.whereClause):
        match condition:
            case ast.A_Expr(kind=enums.A_Expr_Kind.AEXPR_OP, name=(ast.String(sval="="),), lexpr=left, rexpr=right):
                yield from _qualified(left)
                yield from _qualified(right)


def _qualified(expression: Any) -> Iterator[_Fields]:
    match strip_collation(expression):
        case ast.ColumnRef(fields=(ast.String(sval=table), ast.String(sval=column))):
            yield (table, column)


def _names(items: Any) -> Iterator[str]:
    for item in items or ():
        if isinstance(item, ast.JoinExpr):
            yield from _names((item.larg, item.rarg))
        elif getattr(item, "alias", None):
            yield item.alias.aliasname
        elif isinstance(item, ast.RangeVar):
            yield item.relname
