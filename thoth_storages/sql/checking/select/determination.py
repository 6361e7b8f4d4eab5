"""What determines what: functional dependencies between the columns, and the rows, of the relations of a query."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Attribute(NamedTuple):
    """A column of one relation in a query; the same table joined twice is two relations."""

    relation: int
    name: str
    """``ROW`` for which of the relation's rows it is: what a key tells, and equal rows of a table without one don't."""


Attributes = frozenset[Attribute]
NOTHING: Attributes = frozenset()
ROW = ""

Reasons = tuple[str, ...]


class Rule(NamedTuple):
    """Rows that agree in some attributes agree in others."""

    determining: Attributes
    determined: Attributes
    reasons: Reasons
    """What holds it, in the words of a contract: the name of a key, "an aggregate"."""


class Determination:
    """Rules, and what follows from them."""

    def __init__(self) -> None:
        """Start without rules."""
        self.rules: list[Rule] = []

    def add(
        self, determining: Iterable[Attribute], determined: Iterable[Attribute], reasons: Iterable[str] = ()
    ) -> None:
        """Add a rule; what nothing determines is the same in all rows."""
        self.rules.append(Rule(frozenset(determining), frozenset(determined), tuple(reasons)))

    def equate(self, one: Attribute, other: Attribute) -> None:
        """Note that two attributes are equal in each row."""
        self.add([one], [other])
        self.add([other], [one])

    def closure(self, given: Iterable[Attribute]) -> Attributes:
        """All attributes that the given ones determine."""
        return frozenset(self.proofs(given))

    def proofs(self, given: Iterable[Attribute]) -> dict[Attribute, Reasons]:
        """All attributes that the given ones determine, each with what holds it first."""
        found: dict[Attribute, Reasons] = dict.fromkeys(given, ())
        waiting, before = self.rules, -1
        while waiting and len(found) > before:
            before, still = len(found), []
            for rule in waiting:
                if not rule.determining <= found.keys():
                    still.append(rule)
                    continue
                if not rule.determined <= found.keys():
                    reasons = rule.reasons or _of_rows(rule.determining, found)
                    found = {**dict.fromkeys(rule.determined, reasons), **found}
            waiting = still
        return found


def _of_rows(attributes: Attributes, found: dict[Attribute, Reasons]) -> Reasons:
    """What holds the rows that something follows from, in the order of the relations."""
    rows = sorted(each for each in attributes if each.name == ROW)
    return tuple(reason for row in rows for reason in found[row])
