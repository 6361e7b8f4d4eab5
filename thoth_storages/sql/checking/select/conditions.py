"""What a condition says of the rows that it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pglast import ast, enums

_KIND = enums.A_Expr_Kind
_TEST = enums.BoolTestType
_ONE_VALUE = (_TEST.IS_TRUE, _TEST.IS_FALSE, _TEST.IS_UNKNOWN)
# Neither lets a NULL on its left through; on its right these have lists.
_OF_LISTS = (_KIND.AEXPR_IN, _KIND.AEXPR_OP_ANY, _KIND.AEXPR_BETWEEN, _KIND.AEXPR_LIKE, _KIND.AEXPR_ILIKE)
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">=", "~", "~*", "!~", "!~*"})


class Equal(NamedTuple):
    """Two expressions are equal; where that is strict, neither is NULL."""

    one: Any
    other: Any
    is_strict: bool = True


class Given(NamedTuple):
    """An expression has the same value in all rows."""

    expression: Any


class NotNull(NamedTuple):
    """An expression isn't NULL."""

    expression: Any


def told(condition: Any) -> Iterator[Equal | Given | NotNull]:
    """Say what a condition tells of the rows that are left; what isn't understood tells nothing."""
    for each in conjuncts(condition):
        match each:
            case ast.A_Expr():
                yield from _comparison(each)
            case ast.NullTest(nulltesttype=enums.NullTestType.IS_NULL, arg=argument):
                yield Given(argument)
            case ast.NullTest(arg=argument):
                yield NotNull(argument)
            case ast.BooleanTest(booltesttype=kind, arg=argument) if kind in _ONE_VALUE:
                yield Given(argument)
            case ast.BoolExpr(boolop=enums.BoolExprType.NOT_EXPR, args=(ast.ColumnRef() as column,)):
                yield from (Given(column), NotNull(column))
            case ast.ColumnRef():
                yield from (Given(each), NotNull(each))


def conjuncts(condition: Any) -> Iterator[Any]:
    """Yield the conditions that all must hold."""
    if isinstance(condition, ast.BoolExpr) and condition.boolop == enums.BoolExprType.AND_EXPR:
        for each in condition.args or ():
            yield from conjuncts(each)
    elif condition is not None:
        yield condition


def _comparison(comparison: Any) -> Iterator[Equal | NotNull]:
    left, right, operator = comparison.lexpr, comparison.rexpr, comparison.name[-1].sval
    match comparison.kind, left, right:
        case _KIND.AEXPR_NOT_DISTINCT, _, _:
            yield Equal(left, right, is_strict=False)
        case _KIND.AEXPR_OP, ast.RowExpr(args=ones), ast.RowExpr(args=others) if operator == "=":
            yield from map(Equal, ones or (), others or ())
        case (_KIND.AEXPR_OP, _, _) | (_KIND.AEXPR_IN, _, (_,)) if operator == "=":
            yield Equal(left, right[0] if isinstance(right, tuple) else right)
        case _KIND.AEXPR_OP, _, _ if operator in _COMPARISONS:
            yield from (NotNull(left), NotNull(right))
        case kind, _, _ if kind in _OF_LISTS:
            yield NotNull(left)
