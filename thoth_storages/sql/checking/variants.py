"""The variants of a query that are proved: its text with some of the optional lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..lexer import Place
from ..source import Source
from ..statement import numbered


@dataclass(frozen=True)
class Variant:
    """A query's text with the optional lines of the parameters ``given``, as PostgreSQL itself writes parameters."""

    given: tuple[str, ...]
    """The parameters, or flags, that are given, of those that optional lines depend on."""
    text: str
    """The statement with ``$1``, ``$2`` …, the query's name in front."""
    names: tuple[str, ...]
    """The parameters of ``$1``, ``$2`` …; a variant needn't have all of the query's."""
    source: Source = field(repr=False, compare=False)

    def place_of(self, position: int) -> Place:
        """Say where in its file the character of the text stands that the server counts as ``position``, from 1."""
        return self.source.statement.place_of(position, self.given)

    @cached_property
    def words(self) -> str:
        """Say which variant this is: ``with os_name``, ``without optional lines``, or nothing for the only one."""
        if not self.source.statement.optional:
            return ""
        return f"with {', '.join(self.given)}" if self.given else "without optional lines"


def variants_of(source: Source) -> tuple[Variant, ...]:
    """All optional lines, none, and those of each parameter alone; the one with all lines is first.

    Variants of equal text are one.
    """
    found: dict[str, Variant] = {}
    for given in _choices(source.statement.optional):
        text, names = numbered(source.statement.text(given))
        found.setdefault(text, Variant(given, text, tuple(names), source))
    return tuple(found.values())


def _choices(optional: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield optional
    yield ()
    yield from ((name,) for name in optional)
