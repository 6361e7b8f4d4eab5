"""The names that an expression sees: what stands in FROM, the query around, and common table expressions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .determination import NOTHING, ROW, Attribute, Attributes

_SYSTEM_COLUMNS = frozenset({"ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"})


@dataclass(frozen=True)
class Relation:
    """What stands in FROM under one name."""

    number: int
    name: str
    columns: tuple[str, ...] | None
    """Its columns; None where nobody knows them."""
    is_table: bool = False

    @property
    def attributes(self) -> list[Attribute]:
        """The known columns."""
        return [Attribute(self.number, column) for column in self.columns or ()]

    @property
    def row(self) -> Attribute:
        """Which of its rows it is."""
        return Attribute(self.number, ROW)

    def has(self, column: str) -> bool:
        """Whether a column without a relation's name is one of its."""
        return column in (self.columns or ()) or (self.is_table and column in _SYSTEM_COLUMNS)


@dataclass(frozen=True)
class Body:
    """A common table expression."""

    expression: Any
    """pglast's CommonTableExpr."""
    around: Scope
    """What it sees: the query around that which defines it, and the expressions before it."""


@dataclass
class Scope:
    """The names that an expression sees: those of its own FROM, then those of the query around."""

    outer: Scope | None = None
    relations: list[Relation] = field(default_factory=list)
    rows: list[Attribute] = field(default_factory=list)
    """The rows that make one row of the query: those of all that stands in FROM."""
    bodies: dict[str, Body | None] = field(default_factory=dict)
    """The common table expressions; None for one that is still being defined."""
    windows: dict[str, Any] = field(default_factory=dict)
    """What the WINDOW clause names."""
    groups: dict[str, Attribute] = field(default_factory=dict)
    """What the rows are grouped by, by its text."""
    has_totals: bool = False
    """Whether rows of totals are in between, as of ROLLUP, in which grouped columns are NULL."""
    is_aggregate: bool = False
    is_set: bool = False
    """Whether several rows are made of one."""
    seen: set[Attribute] = field(default_factory=set)
    """The attributes that were looked up."""
    seen_outside: set[Attribute] = field(default_factory=set)
    """Those of queries around."""

    def find(self, fields: tuple[str, ...]) -> Attributes:
        """Look a column up, or all columns by their relation's name.

        Nothing is found for a column of a query that isn't looked at, so that its value is given.
        """
        found = self._own(fields)
        if found is None:
            found = self.outer.find(fields) if self.outer else NOTHING
            self.seen_outside |= found
        self.seen |= found
        return found

    def define(self, clause: Any) -> None:
        """Take in the common table expressions of a WITH."""
        expressions = clause.ctes if clause else ()
        unknown: dict[str, Body | None] = dict.fromkeys(each.ctename for each in expressions)
        for each in expressions:
            known = {**(unknown if clause.recursive else {}), **self.bodies}
            self.bodies[each.ctename] = Body(each, Scope(self.outer, bodies=known))

    def body(self, name: str) -> tuple[bool, Body | None]:
        """Answer whether a name is that of a common table expression, and of which."""
        if name in self.bodies:
            return True, self.bodies[name]
        return self.outer.body(name) if self.outer else (False, None)

    def note(self, attributes: Iterable[Attribute]) -> None:
        """Note what a common table expression has looked up in queries around."""
        own = {relation.number for relation in self.relations}
        outside = {each for each in attributes if each.relation not in own}
        self.seen.update(attributes)
        self.seen_outside |= outside
        if outside and self.outer:
            self.outer.note(outside)

    @property
    def told_apart_by(self) -> Attributes:
        """What tells the rows apart that windows look at: groups, or the rows of all that stands in FROM."""
        return frozenset(self.groups.values() or self.rows)

    def _own(self, fields: tuple[str, ...]) -> Attributes | None:
        *qualifier, column = fields
        if qualifier:
            named = [relation for relation in self.relations if relation.name == qualifier[-1]]
            return frozenset([Attribute(named[0].number, column)]) if named else None
        if having := [relation for relation in self.relations if relation.has(column)]:
            return frozenset([Attribute(having[0].number, column)])
        if unknown := [relation for relation in self.relations if relation.columns is None]:
            return frozenset([Attribute(unknown[0].number, column)])
        whole = [relation for relation in self.relations if relation.name == column]
        return frozenset(whole[0].attributes) if whole else None
