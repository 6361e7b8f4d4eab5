"""Which query a statement is that the server counted: PostgreSQL 18 forgets the name that stands in front of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ...sql.named import catalog
from ...sql.query import Query

_NAME = re.compile(r"/\* ?(?P<name>[a-z_]\w*) ?\*/")
# The server writes $1, $2 … for constants; which they are differs from version to version.
_CONSTANT = re.compile(r"'(?:[^']|'')*'|\$\d+|%\(\w+\)s|-?\b\d+(?:\.\d+)?\b|\b(?:TRUE|FALSE|NULL)\b")


def names_of(text: str) -> tuple[str, ...]:
    """Name all queries of this library whose statement this is; none for another one.

    The server counts statements that do the same as one, whatever name stands in front of the first that it saw.
    """
    name = name_of(text)
    lines = _normal(_NAME.sub("", text).split("\n"))
    others = {each.name for each in _queries() if each.needed <= lines <= each.all}
    return (name, *sorted(others - {name})) if name else ()


class _Lines(NamedTuple):
    """The lines of a query, and which of them every choice of its optional lines has."""

    name: str
    all: frozenset[str]
    needed: frozenset[str]


def name_of(text: str) -> str:
    """Name the query of this library that a statement is, or answer "" for another one."""
    if match := _NAME.match(text):
        return match["name"]
    lines = _normal(text.split("\n"))
    return next((each.name for each in _queries() if each.needed <= lines <= each.all), "")


@cache
def _queries() -> tuple[_Lines, ...]:
    return tuple(map(_lines, catalog.values()))


def _lines(query: Query) -> _Lines:
    lines = query.statement.lines
    needed = _normal(line.text.replace("%%", "%") for line in lines if not line.needs)
    return _Lines(query.name, _normal(line.text.replace("%%", "%") for line in lines), needed)


def _normal(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(text for line in lines if (text := " ".join(_CONSTANT.sub("?", line).split())))
