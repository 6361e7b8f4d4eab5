"""What determines what: functional dependencies between the columns of the tables that a query joins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Attribute(NamedTuple):
    """A column of one relation in a query; the same table joined twice is two relations."""

    relation: int
    name: str


Attributes = frozenset[Attribute]
NOTHING: Attributes = frozenset()


@dataclass
class Determination:
    """Rules of the kind: rows that agree in these attributes agree in those."""

    rules: list[tuple[Attributes, Attributes]] = field(default_factory=list)

    def add(self, determining: Iterable[Attribute], determined: Iterable[Attribute]) -> None:
        """Add a rule; what nothing determines is the same in all rows."""
        self.rules.append((frozenset(determining), frozenset(determined)))

    def equate(self, one: Attribute, other: Attribute) -> None:
        """Note that two attributes are equal in each row."""
        self.add([one], [other])
        self.add([other], [one])

    def closure(self, given: Iterable[Attribute]) -> Attributes:
        """All attributes that the given ones determine."""
        known, before = set(given), -1
        while len(known) > before:
            before = len(known)
            for determining, determined in self.rules:
                if determining <= known:
                    known |= determined
        return frozenset(known)

    def kept(self, is_kept: Callable[[Attributes], bool]) -> list[tuple[Attributes, Attributes]]:
        """The rules whose left sides are kept."""
        return [rule for rule in self.rules if is_kept(rule[0])]
