"""Read a ``.sql`` file of named queries, strictly: what aiosql would pass over in silence is an error here."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from .header import KEY_LINE, NAME_LINE, Header, check_name, parse_header, refuse_unknown_key
from .lexer import Place, tokens
from .statement import Statement

_READING_NAME = re.compile(r"(?P<mark>_*)(?:get|retrieve)_(?P<rest>\w+)$")


@dataclass(frozen=True)
class Source:
    """A named query as it stands in its file."""

    name: str
    operator: str
    header: Header
    statement: Statement
    text: str
    """All lines of the query, header and SQL, as they stand in the file."""
    place: Place
    """Where its ``-- name:`` stands."""

    @property
    def names(self) -> tuple[str, ...]:
        """The query's name and its aliases."""
        return (self.name, *self.header.aliases)

    @property
    def iterating_names(self) -> dict[str, str]:
        """The names of the forms that answer element by element: one a name, none unless a list is only read."""
        is_list = self.header.returns is not None and self.header.returns.is_list
        if not is_list or self.statement.writes:
            return {}
        matches = {name: _READING_NAME.match(name) for name in self.names}
        return {name: f"{match['mark']}iterate_{match['rest']}" for name, match in matches.items() if match}


def read_file(path: Path) -> list[Source]:
    """Read every query of a file; raises QueryError, which starts with ``file:line:column``, for the first mistake."""
    try:
        return read_text(path.read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Place(str(path), line).error(f"this isn't UTF-8: {error.reason}") from error


def read_text(text: str, path: str = "<text>") -> list[Source]:
    """Read every query of a text; ``path`` is what errors name."""
    lines = text.split("\n")
    starts = _name_lines(text, path)
    _refuse_stray_sql(lines[: starts[0] - 1 if starts else None], path)
    spans = itertools.pairwise([*starts, len(lines) + 1])
    return [_read_query(lines[start - 1 : end - 1], Place(path, start)) for start, end in spans]


def _name_lines(text: str, path: str) -> list[int]:
    """Find the lines that start a query, passing over those inside quoted text."""
    line, starts, is_line_start = 1, [], True
    for token in tokens(text, Place(path, 1)):
        if token.kind == "comment" and is_line_start and re.match(r"--\s*name\s*:", token.text):
            starts.append(line)
        line += token.text.count("\n")
        is_line_start = token.text.endswith("\n")
    return starts


def _refuse_stray_sql(lines: list[str], path: str) -> None:
    for number, line in enumerate(lines, 1):
        if key := KEY_LINE.match(line):
            refuse_unknown_key(key["key"], Place(path, number))
        if line.strip() and not line.startswith("--"):
            raise Place(path, number).error("SQL before the first '-- name:' line belongs to no query")


def _read_query(lines: list[str], place: Place) -> Source:
    match = NAME_LINE.match(lines[0])
    if match is None:
        raise place.error(
            f"'-- name:' takes a name and one of the operators ^, $, ! or none, not {lines[0][2:].strip()!r}"
        )
    check_name(match["name"], place)
    height = next((number for number, line in enumerate(lines[1:], 1) if not line.startswith("--")), len(lines))
    header = parse_header(lines[1:height], place._replace(line=place.line + 1))
    _agree(match["operator"], header, place)
    origin = place._replace(line=place.line + height)
    statement = Statement(match["name"], "\n".join(lines[height:]), origin, header.signature)
    if header.cache and statement.writes:
        raise place.error("a query that writes can't keep its answers; leave cache: out")
    return Source(match["name"], match["operator"], header, statement, "\n".join(lines).strip() + "\n", place)


def _agree(operator: str, header: Header, place: Place) -> None:
    if operator == "!":
        _refuse_answer(header, place)
        return
    if header.returns is None:
        raise place.error("returns: is missing; only a query with the operator ! goes without")
    if header.returns.operator != operator:
        wanted, found = (repr(each) if each else "no operator" for each in (header.returns.operator, operator))
        raise place.error(f"the shape {header.returns.text} goes with {wanted}, not with {found}")
    if unknown := sorted(header.notnull - set(header.returns.columns)):
        raise place.error(f"notnull: names {unknown[0]!r}, which isn't in returns: {header.returns.text}")


def _refuse_answer(header: Header, place: Place) -> None:
    for key in ("returns", "raises", "cache", "notnull"):
        if getattr(header, key):
            raise place.error(f"a query with the operator ! answers how many rows it wrote; leave {key}: out")
