"""Read a ``.sql`` file of named queries, strictly: what aiosql would pass over in silence is an error here."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from ..exceptions import QueryError
from .header import KEY_LINE, NAME_LINE, Header, check_name, parse_header, refuse_unknown_key
from .lexer import Place, Report, refuse, tokens
from .statement import Statement

_STARTS = re.compile(r"--\s*name\s*:")
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
    return read_text(text_of(path), str(path))


def text_of(path: Path, shown: str | None = None) -> str:
    """Read a file; raises QueryError, which names it as it is to be shown, where it isn't text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Place(shown or str(path), line).error(
            f"this isn't UTF-8: {error.reason}",
            why="the server and other readers would see other letters",
            remedy="save the file as UTF-8",
        ) from error


def read_text(text: str, path: str = "<text>", report: Report = refuse) -> list[Source]:
    """Read every query of a text; ``path`` is what errors name. Raises QueryError for the first mistake.

    With ``report`` it is given every mistake, and what is answered are the queries without one.
    """
    lines = text.split("\n")
    starts = _name_lines(text, path, report)
    try:
        _refuse_stray_sql(lines[: starts[0] - 1 if starts else None], path)
    except QueryError as error:
        report(error)
    spans = itertools.pairwise([*starts, len(lines) + 1])
    queries = (_read_query(lines[start - 1 : end - 1], Place(path, start), report) for start, end in spans)
    return [query for query in queries if query]


def _name_lines(text: str, path: str, report: Report) -> list[int]:
    """Find the lines that start a query, passing over those inside quoted text."""
    line, starts, is_line_start = 1, [], True
    try:
        for token in tokens(text, Place(path, 1)):
            if token.kind == "comment" and is_line_start and _STARTS.match(token.text):
                starts.append(line)
            line += token.text.count("\n")
            is_line_start = token.text.endswith("\n")
    except QueryError as error:
        report(error)
        starts += [number for number, each in enumerate(text.split("\n"), 1) if number > line and _STARTS.match(each)]
    return starts


def _refuse_stray_sql(lines: list[str], path: str) -> None:
    for number, line in enumerate(lines, 1):
        if key := KEY_LINE.match(line):
            refuse_unknown_key(key["key"], Place(path, number))
        if line.strip() and not line.startswith("--"):
            raise Place(path, number).error(
                "SQL before the first '-- name:' line belongs to no query",
                why="it would never be run",
                remedy="give it a '-- name:' line, or remove it",
            )


def _read_query(lines: list[str], place: Place, report: Report) -> Source | None:
    """Read a query, or answer None for one with a mistake that was reported."""
    mistakes: list[QueryError] = []

    def note(mistake: QueryError) -> None:
        mistakes.append(mistake)
        report(mistake)

    name, operator = _read_name(lines[0], place, note)
    height = next((number for number, line in enumerate(lines[1:], 1) if not line.startswith("--")), len(lines))
    header = parse_header(lines[1:height], place._replace(line=place.line + 1), note)
    is_sound = not mistakes  # what a mistake in the header hides is no second one
    origin = place._replace(line=place.line + height)
    try:
        if is_sound:
            _agree(operator, header, place, note)
        statement = Statement(name, "\n".join(lines[height:]), origin, header.signature if is_sound else None, note)
        if header.cache and statement.writes:
            raise place.error(
                "a query that writes can't keep its answers; leave cache: out",
                why="a second call with the same arguments would write nothing",
            )
    except QueryError as error:
        note(error)
        return None
    return None if mistakes else Source(name, operator, header, statement, "\n".join(lines).strip() + "\n", place)


def _read_name(line: str, place: Place, report: Report) -> tuple[str, str]:
    match = NAME_LINE.match(line)
    try:
        if match is None:
            raise place.error(
                f"'-- name:' takes a name and one of the operators ^, $, ! or none, not {line[2:].strip()!r}",
                why="the query gets its method by this line",
                remedy="write it like '-- name: get_python_package_versions_all', parameters go to params:",
            )
        check_name(match["name"], place)
        return match["name"], match["operator"]
    except QueryError as error:
        report(error)
        return "", ""


def _agree(operator: str, header: Header, place: Place, report: Report) -> None:
    if operator == "!":
        _refuse_answer(header, place, report)
        return
    if header.returns is None:
        mistake = place.error(
            "returns: is missing; only a query with the operator ! goes without",
            why="the answer's shape and static type are made from it",
        )
        report(mistake)
        return
    if header.returns.operator != operator:
        wanted, found = (repr(each) if each else "no operator" for each in (header.returns.operator, operator))
        mistake = place.error(
            f"the shape {header.returns.text} goes with {wanted}, not with {found}",
            why="the one promises a single row and the other several, or the one an answer and the other a number",
            remedy=f"write {wanted} after the name, or the shape that is meant",
        )
        report(mistake)
    if unknown := sorted(header.notnull - set(header.returns.columns)):
        mistake = place.error(
            f"notnull: names {unknown[0]!r}, which isn't in returns: {header.returns.text}",
            why="it says something of no column",
            remedy="name columns of the answer, or leave it out",
        )
        report(mistake)


def _refuse_answer(header: Header, place: Place, report: Report) -> None:
    for key in ("returns", "raises", "cache", "notnull"):
        if getattr(header, key):
            mistake = place.error(
                f"a query with the operator ! answers how many rows it wrote; leave {key}: out",
                why="there is no answer that it could be about",
            )
            report(mistake)
