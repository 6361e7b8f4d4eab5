"""What an expression is computed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from pglast import ast, enums
from pglast.stream import RawStream

from .determination import Attribute, Attributes

# These number rows that may be sorted alike.
_POSITIONAL = frozenset({"row_number", "ntile", "lag", "lead", "first_value", "last_value", "nth_value"})


class Functions(Protocol):
    """What is known of functions, by their names."""

    @property
    def aggregates(self) -> frozenset[str]:
        """Those that make one value of many rows."""

    @property
    def volatile(self) -> frozenset[str]:
        """Those that answer something else each time."""


@dataclass(frozen=True)
class References:
    """What an expression is computed from; None where that doesn't decide its value."""

    attributes: Attributes | None
    is_aggregate: bool


def references(
    expression: Any,
    find: Callable[[tuple[str, ...]], Attribute | None],
    of_query: Callable[[Any], Iterable[Attribute]],
    functions: Functions,
) -> References:
    """Answer what an expression is computed from.

    ``find`` looks a column up, ``of_query`` answers what a query within looks up outside of itself.
    """
    collector = _Collector(find, of_query, functions)
    collector.look(expression)
    attributes = None if collector.is_undecided else frozenset(collector.attributes)
    return References(attributes, collector.is_aggregate)


def conjuncts(condition: Any) -> Iterator[Any]:
    """Yield the conditions that all must hold."""
    if isinstance(condition, ast.BoolExpr) and condition.boolop == enums.BoolExprType.AND_EXPR:
        for each in condition.args or ():
            yield from conjuncts(each)
    elif condition is not None:
        yield condition


def column_fields(reference: Any) -> tuple[str, ...]:
    """Split a reference to a column into its names; ``*`` stands for all columns."""
    return tuple(getattr(field, "sval", "*") for field in reference.fields)


def column_name(expression: Any) -> str:
    """Name a column of a result that has no AS, as PostgreSQL does."""
    match expression:
        case ast.ColumnRef(fields=(*_, ast.String(sval=name))) | ast.FuncCall(funcname=(*_, ast.String(sval=name))):
            return str(name)
        case ast.TypeCast(arg=inner) | ast.CollateClause(arg=inner):
            return column_name(inner)
        case ast.CoalesceExpr():
            return "coalesce"
        case ast.CaseExpr():
            return "case"
    return "?column?"


def ordinal(expression: Any) -> int | None:
    """Answer the number by which ORDER BY or GROUP BY means a column of the result."""
    value = expression.val if isinstance(expression, ast.A_Const) else None
    return value.ival if isinstance(value, ast.Integer) else None


def strip_collation(expression: Any) -> Any:
    """Take away what leaves a value as it is; a cast may make two values one."""
    return strip_collation(expression.arg) if isinstance(expression, ast.CollateClause) else expression


def plain_text(expression: Any) -> str:
    """Write an expression on the columns of one table without the table's name, each in one way only."""
    match expression:
        case ast.ColumnRef():
            return column_name(expression)
        case (
            ast.FuncCall(args=(ast.A_ArrayExpr(elements=arguments),), func_variadic=True) | ast.FuncCall(args=arguments)
        ):
            return f"{column_name(expression)}({', '.join(map(plain_text, arguments or ()))})"
    return str(RawStream()(expression))


class _Collector:
    """Looks through an expression; pglast's own visitor takes twice as long."""

    def __init__(
        self,
        find: Callable[[tuple[str, ...]], Attribute | None],
        of_query: Callable[[Any], Iterable[Attribute]],
        functions: Functions,
    ) -> None:
        self._find = find
        self._of_query = of_query
        self._functions = functions
        self.attributes: set[Attribute] = set()
        self.is_undecided = False
        self.is_aggregate = False

    def look(self, node: Any) -> None:
        match node:
            case tuple():
                for each in node:
                    self.look(each)
            case ast.ColumnRef():
                self._column(node)
            case ast.FuncCall():
                self._call(node)
            case ast.SubLink():
                self.attributes.update(self._of_query(node.subselect))
                self.look(node.testexpr)
            case ast.Node():
                for member in node:
                    self.look(getattr(node, member))

    def _column(self, node: Any) -> None:
        if isinstance(node.fields[-1], ast.A_Star):
            self.is_undecided = True
        elif found := self._find(column_fields(node)):
            self.attributes.add(found)

    def _call(self, node: Any) -> None:
        name = node.funcname[-1].sval
        if node.over is not None:
            self.is_undecided |= name in _POSITIONAL
            # What it adds up lies in all rows of its window, which its partition and order tell.
            self.look(node.over)
            return
        self.is_undecided |= name in self._functions.volatile
        self.is_aggregate |= name in self._functions.aggregates
        for part in (node.args, node.agg_filter, node.agg_order):
            self.look(part)
