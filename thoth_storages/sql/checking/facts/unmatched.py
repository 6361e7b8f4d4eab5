"""A statement in which an outer join matches nothing, whatever there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pglast import ast, enums, parse_sql
from pglast.stream import RawStream
from pglast.visitors import Visitor

from ...nullability import NULLABLE_SIDES

_OUTER = re.compile(r"\b(?:LEFT|RIGHT|FULL)\b", re.IGNORECASE)


def unmatched(text: str) -> Iterator[tuple[str, str]]:
    """Yield for each outer join of a statement what isn't matched, in words, and the statement.

    A join by USING, or NATURAL, has no condition that could be false: it finds an empty table. Other things on the far
    side of one stay as they are.
    """
    if not _OUTER.search(text):  # parsing takes some milliseconds
        return
    statement: Any = parse_sql(text)[0].stmt
    joins = _OuterJoins()
    joins(statement)
    for join in joins.found:
        (side, *_) = NULLABLE_SIDES[join.jointype]
        far, condition = getattr(join, side), join.quals
        if condition:
            join.quals = ast.BoolExpr(boolop=enums.BoolExprType.AND_EXPR, args=(condition, _false()))
        elif isinstance(far, ast.RangeVar):
            setattr(join, side, _emptied(far))
        yield f"nothing in {_words(far)} matches", str(RawStream()(statement))
        join.quals = condition
        setattr(join, side, far)


class _OuterJoins(Visitor):
    def __init__(self) -> None:
        self.found: list[Any] = []

    def visit_JoinExpr(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - pglast looks for this name
        if node.jointype in NULLABLE_SIDES:
            self.found.append(node)


def _false() -> Any:
    return ast.A_Const(isnull=False, val=ast.Boolean(boolval=False))


def _emptied(table: Any) -> Any:
    """Make a sub-query of a table that takes none of its rows."""
    query: Any = parse_sql("SELECT FROM (SELECT * FROM emptied WHERE FALSE) AS named")[0].stmt
    (far,) = query.fromClause
    far.alias = table.alias or ast.Alias(aliasname=table.relname)
    far.subquery.fromClause = (ast.RangeVar(**{name: getattr(table, name) for name in table if name != "alias"}),)
    return far


def _words(far: Any) -> str:
    if far.alias:
        return str(far.alias.aliasname)
    if isinstance(far, ast.JoinExpr):
        return f"{_words(far.larg)} and {_words(far.rarg)}"
    return str(getattr(far, "relname", "a query"))
