"""The indexes that migrations build, read from their statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .files import Migration
from .statements import Statement

_BUILT = re.compile(
    r"CREATE\s+(?P<unique>UNIQUE\s+)?INDEX\s+(?P<concurrently>CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?P<name>\w+)"
    r"\s+ON\b(?:\s+(?P<table>\w+)\s*\((?P<columns>(?:[^()]|\([^()]*\))*)\))?",
    re.IGNORECASE,
)
_CALL = re.compile(r"\w+\s*\([^()]*\)")


class Index(NamedTuple):
    """An index that a migration builds; ``columns`` are those that it holds as they are."""

    name: str
    table: str
    columns: list[str]
    is_unique: bool
    has_expressions: bool


def indexes_built(migrations: Iterable[Migration]) -> Iterator[Index]:
    """Read from the files of migrations which indexes they build; those of another form than ``ON table (…)`` not."""
    for migration in migrations:
        for statement in migration.statements():
            match = _BUILT.match(statement.text)
            if match and match["table"]:
                plain = _CALL.sub("", match["columns"])
                columns = re.findall(r"\w+", plain)
                yield Index(match["name"], match["table"], columns, bool(match["unique"]), plain != match["columns"])


def built_concurrently(statement: Statement) -> str | None:
    """Name the index that a statement builds CONCURRENTLY; None for any other statement."""
    match = _BUILT.match(statement.text)
    return match["name"] if match and match["concurrently"] else None
