"""Whether the two sides of a UNION exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pglast import ast, enums

from .conditions import Equal, NotNull, conjuncts, told
from .expressions import column_fields, joined, strip_collation

_Fields = tuple[str, ...]


def exclude_each_other(one: Any, other: Any) -> bool:
    """Whether one side asks for NULL in a column of the query around, which isn't NULL in the other."""
    own = {*_names(one.fromClause), *_names(other.fromClause)}
    return any(
        fields[0] not in own
        for nulls, others in ((one, other), (other, one))
        for fields in set(_asked_for_null(nulls)) & set(_not_null(others))
    )


def _asked_for_null(select: Any) -> Iterator[_Fields]:
    for condition in conjuncts(select.whereClause):
        if isinstance(condition, ast.NullTest) and condition.nulltesttype == enums.NullTestType.IS_NULL:
            yield from _qualified(condition.arg)


def _not_null(select: Any) -> Iterator[_Fields]:
    for fact in told(select.whereClause):
        match fact:
            case Equal(one, other, is_strict=True):
                yield from _qualified(one)
                yield from _qualified(other)
            case NotNull(expression):
                yield from _qualified(expression)


def _qualified(expression: Any) -> Iterator[_Fields]:
    expression = strip_collation(expression)
    if isinstance(expression, ast.ColumnRef) and len(fields := column_fields(expression)) == 2:
        yield fields


def _names(items: Any) -> Iterator[str]:
    for item in joined(items):
        yield item.alias.aliasname if item.alias else getattr(item, "relname", "")
