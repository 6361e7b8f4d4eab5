"""What an expression is computed from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from pglast import ast
from pglast.stream import RawStream

from ..facts.schema import Schema
from .determination import NOTHING, Attribute, Attributes

# These answer the same to all rows of a window that are sorted alike; others, like lag(), go by each row's place.
_RANKS = frozenset({"rank", "dense_rank", "percent_rank", "cume_dist"})
# Of pglast's WindowDef.frameOptions: ROWS, and the three kinds of EXCLUDE, which frame each row for itself.
_OF_EACH_ROW = 0x4 | 0x8000 | 0x10000 | 0x20000


class Names(Protocol):
    """What the names in an expression mean."""

    @property
    def schema(self) -> Schema:
        """What is known of functions and collations."""

    def find(self, fields: tuple[str, ...]) -> Attributes:
        """Look up a column."""

    def find_outside(self, query: Any) -> Iterable[Attribute]:
        """Answer what a query within looks up outside of itself."""

    def window(self, name: str) -> Any:
        """Look up a window of the WINDOW clause."""

    def tells_rows_apart(self, attributes: Attributes) -> bool:
        """Whether no two rows agree in some attributes."""


@dataclass(frozen=True)
class References:
    """What an expression is computed from; None where that doesn't decide its value."""

    attributes: Attributes | None
    is_aggregate: bool = False
    is_set: bool = False
    """Whether it makes several rows of one."""


def references(expression: Any, names: Names) -> References:
    """Answer what an expression is computed from."""
    collector = _Collector(names)
    collector.look(expression)
    attributes = None if collector.is_undecided else frozenset(collector.attributes)
    return References(attributes, collector.is_aggregate, collector.is_set)


def window_parts(window: Any, find: Callable[[str], Any]) -> tuple[list[Any], list[Any]]:
    """Answer what a window is partitioned by, and what it is sorted by; ``find`` answers a window of that name."""
    partition, order = list(window.partitionClause or ()), [each.node for each in window.orderClause or ()]
    name = window.refname or (window.name if not partition and not order else None)
    if name and (named := find(name)) is not None:
        inner = window_parts(named, lambda other: None if other == name else find(other))
        partition, order = [*inner[0], *partition], [*inner[1], *order]
    return partition, order


def joined(items: Iterable[Any] | None) -> Iterator[Any]:
    """Yield what stands in FROM, joins taken apart."""
    for item in items or ():
        if isinstance(item, ast.JoinExpr):
            yield from joined((item.larg, item.rarg))
        else:
            yield item


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


def strip_collation(expression: Any, loose_collations: Collection[str] = ()) -> Any:
    """Take away what tells values apart as they were: a collation, a cast to text; other casts may make two one."""
    match expression:
        case ast.CollateClause(arg=inner) if not _is_loose(expression, loose_collations):
            return strip_collation(inner, loose_collations)
        case ast.TypeCast(arg=inner, typeName=ast.TypeName(names=(*_, ast.String(sval="text")), arrayBounds=None)):
            return strip_collation(inner, loose_collations)
    return expression


def text_of(expression: Any) -> str:
    """Write an expression in one way only."""
    return str(RawStream()(expression))


def plain_text(expression: Any) -> str:
    """Write an expression on the columns of one table without the table's name, each in one way only."""
    match expression:
        case ast.ColumnRef():
            return column_name(expression)
        case (
            ast.FuncCall(args=(ast.A_ArrayExpr(elements=arguments),), func_variadic=True) | ast.FuncCall(args=arguments)
        ):
            return f"{column_name(expression)}({', '.join(map(plain_text, arguments or ()))})"
    return text_of(expression)


def _is_loose(collation: Any, loose: Collection[str]) -> bool:
    """Whether different texts may be equal by a collation."""
    return collation.collname[-1].sval in loose


class _Collector:
    """Looks through an expression; pglast's own visitor takes twice as long."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.attributes: set[Attribute] = set()
        self.is_undecided = False
        self.is_aggregate = False
        self.is_set = False

    def look(self, node: Any) -> None:
        match node:
            case tuple():
                for each in node:
                    self.look(each)
            case ast.ColumnRef():
                self._column(node)
            case ast.FuncCall():
                self._call(node)
            case ast.CollateClause() if _is_loose(node, self._names.schema.loose_collations):
                self.is_undecided = True
            case ast.SubLink():
                self.attributes.update(self._names.find_outside(node.subselect))
                self.look(node.testexpr)
            case ast.Node():
                for member in node:
                    self.look(getattr(node, member))

    def _column(self, node: Any) -> None:
        if isinstance(node.fields[-1], ast.A_Star):
            self.is_undecided = True
        else:
            self.attributes |= self._names.find(column_fields(node))

    def _call(self, node: Any) -> None:
        name, functions = node.funcname[-1].sval, self._names.schema.functions
        if node.over is not None:
            self._window(name, node)
            return
        self.is_set |= name in functions.sets
        self.is_undecided |= name in functions.volatile or name in functions.sets
        self.is_aggregate |= name in functions.aggregates
        for part in (node.args, node.agg_filter, node.agg_order):
            self.look(part)

    def _window(self, name: str, node: Any) -> None:
        window, functions = node.over, self._names.schema.functions
        partition, order = window_parts(window, self._names.window)
        # What it adds up lies in all rows of its window, which its partition and order tell.
        within = references((*partition, *order), self._names).attributes
        named = self._names.window(window.name) if window.name else None
        frame = window.frameOptions | (named.frameOptions if named else 0)
        is_alike = (name in _RANKS or name in functions.aggregates) and not frame & _OF_EACH_ROW
        if within is None or not (is_alike or self._names.tells_rows_apart(within)):
            self.is_undecided = True
        self.attributes |= within or NOTHING
        self.is_aggregate |= references((node.args, node.agg_filter), self._names).is_aggregate
