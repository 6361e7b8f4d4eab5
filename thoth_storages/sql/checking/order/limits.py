"""Find the parts of a statement that cut rows off, and what in them isn't decided by their ORDER BY."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pglast import ast, enums, parse_sql
from pglast.visitors import Skip, Visitor

from .catalog import Catalog
from .select import SelectReader

_CUT = re.compile(r"\b(?:LIMIT|OFFSET|FETCH)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Undecided:
    """A SELECT that cuts rows off which its ORDER BY doesn't tell apart."""

    columns: tuple[str, ...]
    """The columns in which rows may differ that are sorted alike."""
    is_sorted: bool
    position: int
    """The character of the text, from 1, where the last thing stands that it sorts by, or what cuts rows off."""


def undecided(text: str, catalog: Catalog) -> Iterator[Undecided]:
    """Yield those parts of a statement whose LIMIT or OFFSET cuts at a place that chance decides."""
    statement: Any = parse_sql(text)[0].stmt
    parts = _Parts()
    parts(statement)
    for select in parts.cutting:
        if parts.is_random(select, catalog):
            continue
        reader = SelectReader(catalog, parts.bodies)
        outputs, scope = reader.read(select)
        relation = reader.relate(outputs)
        decided = reader.determination.closure(reader.order(select, outputs, relation.number, scope))
        open_columns = [each.name for each in relation.attributes if each not in decided]
        if open_columns:
            yield Undecided(tuple(open_columns), bool(select.sortClause), _position(select, text))


class _Parts(Visitor):
    """Collects what cuts rows off, and the common table expressions."""

    def __init__(self) -> None:
        self.cutting: list[ast.SelectStmt] = []
        self.bodies: dict[str, Any] = {}

    def visit_CommonTableExpr(self, ancestors: Any, node: Any) -> None:  # noqa: N802 - pglast looks for this name
        self.bodies[node.ctename] = node

    def visit_SubLink(self, ancestors: Any, node: Any) -> Any:  # noqa: N802
        # EXISTS asks whether there is a row, not which.
        return Skip if node.subLinkType == enums.SubLinkType.EXISTS_SUBLINK else None

    def visit_NullTest(self, ancestors: Any, node: Any) -> Any:  # noqa: N802
        # So does the question whether there is none.
        return Skip if isinstance(node.arg, ast.SubLink) else None

    def is_random(self, select: Any, catalog: Catalog) -> bool:
        """Whether rows come in an order that is drawn: they are meant to be others each time."""
        if not isinstance(select, ast.SelectStmt):
            return False
        calls = _Calls()
        calls(select.sortClause or ())
        if calls.names & catalog.volatile:
            return True
        sources = [] if select.sortClause else list(self._sources(select.fromClause or ()))
        return any(self.is_random(source, catalog) for source in sources)

    def _sources(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            match item:
                case ast.JoinExpr():
                    yield from self._sources((item.larg, item.rarg))
                case ast.RangeSubselect(subquery=query):
                    yield query
                case ast.RangeVar(relname=name) if name in self.bodies:
                    yield self.bodies[name].ctequery

    def visit_SelectStmt(self, ancestors: Any, node: Any) -> None:  # noqa: N802
        if _cuts(node.limitCount, nothing=None) or _cuts(node.limitOffset, nothing=0):
            self.cutting.append(node)


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
    cutting = [node for node in (select.limitCount, select.limitOffset) if node is not None]
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
