"""Find the parts of a statement that cut rows off, and what in them isn't decided by their ORDER BY."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pglast import ast, enums, parse_sql
from pglast.visitors import Visitor

from ..facts.schema import Schema
from .expressions import joined
from .reader import SelectReader
from .scope import Scope

_CUT = re.compile(r"\b(?:LIMIT|OFFSET|FETCH)\b", re.IGNORECASE)
_EXISTS = enums.SubLinkType.EXISTS_SUBLINK
# Who sorts by these wants rows that are others each time.
_DRAWING = frozenset({"random", "gen_random_uuid"})


@dataclass(frozen=True)
class Undecided:
    """A SELECT that cuts rows off which its ORDER BY doesn't tell apart."""

    columns: tuple[str, ...]
    """The columns in which rows may differ that are sorted alike."""
    is_sorted: bool
    position: int
    """The character of the text, from 1, where the last thing stands that it sorts by, or what cuts rows off."""


@dataclass(frozen=True)
class _Cut:
    """A SELECT that cuts rows off."""

    select: Any
    around: Scope
    """The common table expressions that it sees."""
    is_of_null: bool
    """Whether it is only asked whether there is a value."""


def undecided(text: str, schema: Schema) -> Iterator[Undecided]:
    """Yield those parts of a statement whose LIMIT, OFFSET or DISTINCT ON cuts at a place that chance decides."""
    for cut in _cuts_of(parse_sql(text)[0].stmt, Scope()):
        if not _is_drawn(cut.select, cut.around):
            open_columns = _open_columns(cut, SelectReader(schema))
            if open_columns:
                yield Undecided(open_columns, bool(cut.select.sortClause), _position(cut.select, text))


def _open_columns(cut: _Cut, reader: SelectReader) -> tuple[str, ...]:
    outputs, scope = reader.read(cut.select, cut.around)
    relation = reader.result(cut.select, outputs, scope)
    order = [item.node for item in cut.select.sortClause or ()]
    decided = reader.determination.closure(reader.sorted_by(order, outputs, relation, scope))
    return tuple(
        attribute.name
        for attribute, output in zip(relation.attributes, outputs, strict=True)
        if attribute not in decided
        and not (cut.is_of_null and output.references and output.references <= reader.not_null)
    )


def _cuts_of(node: Any, around: Scope, *, is_asked: bool = True, is_of_null: bool = False) -> Iterator[_Cut]:
    """Yield what cuts rows off, a SELECT that isn't asked which row it answers left out."""
    match node:
        case tuple():
            yield from itertools.chain.from_iterable(_cuts_of(each, around) for each in node)
        case ast.SubLink(subLinkType=kind, subselect=select):
            # EXISTS asks whether there is a row, not which.
            yield from _cuts_of(select, around, is_asked=kind != _EXISTS, is_of_null=is_of_null)
            yield from _cuts_of(node.testexpr, around)
        case ast.NullTest(arg=ast.SubLink() as query):
            yield from _cuts_of(query, around, is_of_null=True)
        case ast.Node():
            if isinstance(node, ast.SelectStmt) and is_asked and _is_cut(node):
                yield _Cut(node, around, is_of_null)
            yield from _cuts_within(node, around)


def _cuts_within(node: Any, around: Scope) -> Iterator[_Cut]:
    inner = Scope(around)
    inner.define(getattr(node, "withClause", None))
    for body in filter(None, inner.bodies.values()):
        yield from _cuts_of(body.expression.ctequery, body.around)
    for member in node:
        if member != "withClause":
            yield from _cuts_of(getattr(node, member), inner)


def _is_cut(select: Any) -> bool:
    is_first_of_each = any(each is not None for each in select.distinctClause or ())
    return is_first_of_each or _cuts(select.limitCount, nothing=None) or _cuts(select.limitOffset, nothing=0)


def _is_drawn(select: Any, around: Scope) -> bool:
    """Whether rows come in an order that is drawn: they are meant to be others each time."""
    if not isinstance(select, ast.SelectStmt):
        return False
    calls = _Calls()
    calls(select.sortClause or ())
    if calls.names & _DRAWING:
        return True
    inner = Scope(around)
    inner.define(select.withClause)
    sources = [] if select.sortClause else list(_sources(select.fromClause, inner))
    return any(_is_drawn(source, around) for source, around in sources)


def _sources(items: Iterable[Any] | None, scope: Scope) -> Iterator[tuple[Any, Scope]]:
    for item in joined(items):
        match item:
            case ast.RangeSubselect(subquery=query):
                yield query, scope
            case ast.RangeVar(relname=name):
                _, body = scope.body(str(name))
                if body:
                    yield body.expression.ctequery, body.around


def _cuts(amount: Any, nothing: int | None) -> bool:
    """Whether LIMIT or OFFSET cuts anything off: LIMIT ALL and OFFSET 0 only keep the planner from something."""
    if amount is None:
        return False
    if isinstance(amount, ast.A_Const):
        value = None if amount.isnull else getattr(amount.val, "ival", -1)
        return value != nothing
    return True


def _position(select: Any, text: str) -> int:
    """Say where a reader should look."""
    cutting = [
        node for node in (*(select.distinctClause or ()), select.limitCount, select.limitOffset) if node is not None
    ]
    places = _locations([select.sortClause[-1].node] if select.sortClause else cutting)
    if places:
        return min(places) + 1
    # A constant doesn't tell where it stands, but what comes before it does.
    before = max(_locations([select]), default=0)
    cut = _CUT.search(text, before)
    return (cut.start() if cut else before) + 1


def _locations(nodes: Iterable[Any]) -> list[int]:
    found = _Locations()
    for node in nodes:
        found(node)
    return found.locations


class _Calls(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_FuncCall(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        self.names.add(node.funcname[-1].sval)


class _Locations(Visitor):
    def __init__(self) -> None:
        self.locations: list[int] = []

    def visit(self, ancestors: Any, node: Any) -> None:
        location = getattr(node, "location", None)
        if isinstance(location, int) and location >= 0:
            self.locations.append(location)
