"""Whether the two sides of a UNION exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pglast import ast, enums

from .conditions import conjuncts
from .expressions import column_fields, joined, strip_collation

_Fields = tuple[str, ...]


def exclude_each_other(one: Any, other: Any) -> bool:
    """Whether one side asks for NULL in a column of the query around, which the other compares with something."""
    own = {*_names(one.fromClause), *_names(other.fromClause)}
    return any(
        fields[0] not in own
        for nulls, compared in ((one, other), (other, one))
        for fields in set(_asked_for_null(nulls)) & set(_compared(compared))
    )


def _asked_for_null(select: Any) -> Iterator[_Fields]:
    for condition in conjuncts(select.whereClause):
        if isinstance(condition, ast.NullTest) and condition.nulltesttype == enums.NullTestType.IS_NULL:
            yield from _qualified(condition.arg)


def _compared(select: Any) -> Iterator[_Fields]:
    for condition in conjuncts(select.whereClause):
        match condition:
            case ast.A_Expr(kind=enums.A_Expr_Kind.AEXPR_OP, name=(ast.String(sval="="),), lexpr=left, rexpr=right):
                yield from _qualified(left)
                yield from _qualified(right)


def _qualified(expression: Any) -> Iterator[_Fields]:
    expression = strip_collation(expression)
    if isinstance(expression, ast.ColumnRef) and len(fields := column_fields(expression)) == 2:
        yield fields


def _names(items: Any) -> Iterator[str]:
    for item in joined(items):
        yield item.alias.aliasname if item.alias else getattr(item, "relname", "")
