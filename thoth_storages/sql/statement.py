"""The SQL of one query, with its optional lines: which text is sent for which parameters.

A line that ends in ``--? name`` is there only when that parameter is given: a flag that is True, anything else that
isn't None. ``--? a, b`` keeps the line when any of them is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..exceptions import QueryError
from .lexer import Place, Report, Token, place_of, refuse, tokens
from .signature import Signature

_OPTIONAL = re.compile(r"--\?\s*(?P<names>\w+(?:\s*,\s*\w+)*)\s*$")
# What changes rows stands at the start of a statement or of a part of WITH, or after it; FOR UPDATE, DO UPDATE don't.
_WRITES = re.compile(r"(?:^|[()])\s*(?:INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|UPDATE|TRUNCATE)\b", re.IGNORECASE)
_KEY_LIKE = re.compile(r"--\s*(?P<key>[A-Za-z_]\w*)\s*:(?!:|//)")
_NAME_LIKE = re.compile(r"--\s*(?P<key>name)(?:\s*:|\s+\w+\s*[\^$!]?\s*$)", re.IGNORECASE)
_NUMBERED = re.compile(r"%\((\w+)\)s|%%")


@dataclass(frozen=True)
class Line:
    """A line of a statement as it is sent to psycopg: comments gone, ``:name`` as ``%(name)s``, ``%`` doubled."""

    number: int
    """The line's number in its file."""
    text: str
    needs: tuple[str, ...] = ()
    """The parameters of which one must be given; none for a line that is always there."""


class Statement:
    """A statement, and the variants of its text that were asked for."""

    def __init__(
        self, name: str, sql: str, origin: Place, signature: Signature | None, report: Report = refuse
    ) -> None:
        """Read the SQL; raises QueryError, or reports it, where it can't be what was meant.

        Without a signature the parameters are taken as they come.
        """
        self.name = name
        self.sql = sql
        self.lines, used = _read(sql, origin, report)
        _refuse_lines(name, self.lines, origin)
        if signature is not None:
            _compare(used, signature, origin, report)
        self.columns: tuple[str, ...] | None = None
        """The names of the result's columns, known after the first run."""
        self.writes = bool(_WRITES.search("\n".join(line.text for line in self.lines)))
        """Whether the statement changes rows."""
        self.optional = tuple(dict.fromkeys(name for line in self.lines for name in line.needs))
        """The parameters that optional lines depend on."""
        self._origin = origin
        flags = [parameter.name for parameter in signature.parameters if parameter.is_flag] if signature else []
        self._absent = tuple((name, False if name in flags else None) for name in self.optional)
        self._variants: dict[tuple[bool, ...], bytes] = {}
        self._described: set[bytes] = set()

    def variant(self, parameters: Mapping[str, Any]) -> bytes:
        """Answer the text for these parameters; equal choices answer the same object, prepared once a connection."""
        choice = tuple([parameters[name] is not absent for name, absent in self._absent])
        text = self._variants.get(choice)
        if text is None:
            text = self._variants[choice] = self.text(self.given(parameters)).encode()
        return text

    def given(self, parameters: Mapping[str, Any]) -> list[str]:
        """Name the parameters that switch optional lines on."""
        return [name for name, absent in self._absent if parameters[name] is not absent]

    def text(self, given: Iterable[str]) -> str:
        """Write the statement with the optional lines of the ``given`` parameters, for psycopg.

        The query's name stands in front, so that ``pg_stat_activity`` and the server's log show it.
        """
        return f"/* {self.name} */\n" + "\n".join(line.text for line in self._kept(given))

    def is_described(self, variant: bytes) -> bool:
        """Whether the columns of a variant's result were noted."""
        return variant in self._described

    def describe(self, variant: bytes, columns: tuple[str, ...]) -> None:
        """Note the columns of a variant's result; raises QueryError when another variant's are others.

        An answer is put together by the columns' positions, so parameters may not change them.
        """
        if self.columns is not None and self.columns != columns:
            raise self._origin.error(
                f"the columns of {self.name} depend on its parameters: {', '.join(self.columns)}; "
                f"but also {', '.join(columns)}"
            )
        self.columns = columns
        self._described.add(variant)

    def place_of(self, position: int, given: Iterable[str]) -> Place:
        """Say where in the file a character stands, whose position the server counts in the variant for ``given``."""
        text, names = numbered(self.text(given))
        before = text[: position - 1].split("\n")
        if len(before) == 1:
            return self._origin
        line = self._kept(given)[len(before) - 2]
        return self._origin._replace(line=line.number, column=_column(line.text, len(before[-1]), names))

    def parameters_in(self, number: int) -> list[str]:
        """Name the parameters in the line of that number in the file."""
        return [name for line in self.lines if line.number == number for name in _NUMBERED.findall(line.text) if name]

    def _kept(self, given: Iterable[str]) -> list[Line]:
        chosen = frozenset(given)
        return [line for line in self.lines if not line.needs or not chosen.isdisjoint(line.needs)]


def refused_alone(place: Place) -> QueryError:
    """Make the error for a ``--?`` on a line of its own."""
    return place.error(
        "--? stands at the end of the line that it makes optional, not on a line of its own",
        why="as a comment it would vanish, and the line that it means be there always",
        remedy="move it to the end of that line",
    )


def numbered(text: str) -> tuple[str, list[str]]:
    """Rewrite psycopg's ``%(name)s`` as PostgreSQL's ``$1``; answer the text and the names in the order of numbers."""
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return "%" if match[0] == "%%" else f"${names.setdefault(match[1], len(names) + 1)}"

    return _NUMBERED.sub(number, text), list(names)


def _column(line: str, width: int, names: list[str]) -> int:
    """Say which column of the file is ``width`` characters into a line whose parameters are numbered."""
    shift = 0
    for match in _NUMBERED.finditer(line):
        sent = "%" if match[0] == "%%" else f"${names.index(match[1]) + 1}"
        start = match.start() + shift
        if start >= width:
            break
        shift += len(sent) - len(match[0])
        if start + len(sent) > width:
            return _width(line[: match.start()]) + 1
    return _width(line[: width - shift]) + 1


def _width(line: str) -> int:
    """Count the characters that the beginning of a line takes in its file."""
    return len(_NUMBERED.sub(lambda match: "%" if match[0] == "%%" else f":{match[1]}", line))


def _read(sql: str, origin: Place, report: Report) -> tuple[tuple[Line, ...], dict[str, Place]]:
    pieces: list[str] = []
    needs: dict[int, tuple[str, ...]] = {}
    used: dict[str, Place] = {}
    quoted: set[int] = set()
    ended: Place | None = None
    for token in tokens(sql, origin):
        place = place_of(token.start, sql, origin)
        if ended and token.kind not in ("comment", "block") and token.text.strip():
            raise ended.error(
                "a query is one statement, and after this semicolon another begins; give it a name of its own",
                why="a prepared statement is one, so the server would refuse both",
            )
        if token.kind == "semicolon":
            ended = place
        elif token.kind == "comment":
            if names := _optional_names(token, place, report, is_alone=_is_alone(token, sql)):
                needs[place.line] = names
                used |= {name: place for name in names if name not in used}
        else:
            pieces.append(_rewritten(token, place, used, report))
        if token.kind == "quoted":
            quoted.update(range(place.line, place.line + token.text.count("\n")))
    return _lines("".join(pieces), needs, quoted, origin, report), used


def _rewritten(token: Token, place: Place, used: dict[str, Place], report: Report) -> str:
    if token.kind == "block":
        return re.sub(r"[^\n]", " ", token.text)  # as wide as it was, so that columns stay what they are
    if token.kind == "parameter":
        used.setdefault(token.text[1:], place)
        return f"%({token.text[1:]})s"
    if token.kind == "numbered":
        report(
            place.error(
                f"{token.text} is a numbered parameter; name it, like :package_name",
                why="the numbers are given when the text is sent, and would collide with it",
            )
        )
    return token.text.replace("%", "%%")


def _is_alone(token: Token, sql: str) -> bool:
    return not sql[sql.rfind("\n", 0, token.start) + 1 : token.start].strip()


def _optional_names(token: Token, place: Place, report: Report, *, is_alone: bool) -> tuple[str, ...]:
    if not token.text.startswith("--?"):
        if is_alone and (key := _NAME_LIKE.match(token.text) or (place.column == 1 and _KEY_LIKE.match(token.text))):
            raise place.error(
                f"a key {key['key']!r} below the header; keys stand over the SQL "
                "(a comment for readers: indent it or reword it)",
                why="as a comment in the SQL it means nothing, and a misspelt name joins two queries",
            )
        return ()
    if is_alone:
        report(refused_alone(place))
    match = _OPTIONAL.match(token.text)
    if match is None:
        report(
            place.error(
                f"--? takes parameter names with commas between them, not {token.text[3:].strip()!r}",
                why="the line would be there or not by chance",
                remedy="write it like '--? package_name' or '--? os_name, os_version'",
            )
        )
        return ()
    return tuple(re.split(r"\s*,\s*", match["names"]))


def _lines(
    text: str, needs: Mapping[int, tuple[str, ...]], quoted: set[int], origin: Place, report: Report
) -> tuple[Line, ...]:
    """Cut the text into lines; ``quoted`` are those that end inside a quotation, where blanks and empty lines count."""
    lines = []
    for number, line in enumerate(text.split("\n"), origin.line):
        if number - 1 in quoted and number in needs:
            mistake = origin._replace(line=number).error(
                "--? makes one line optional, and this one begins inside a quotation",
                why="without the line the quotation would stay open",
                remedy="put the quoted text into one line",
            )
            report(mistake)
        kept = line if number in quoted else line.rstrip()
        if kept or not quoted.isdisjoint((number - 1, number)):
            lines.append(Line(number, kept, needs.get(number, ())))
    return tuple(lines)


def _refuse_lines(name: str, lines: tuple[Line, ...], origin: Place) -> None:
    if not lines:
        raise origin.error(
            f"the query {name!r} has no SQL", why="there is nothing to run", remedy="write a statement below the header"
        )
    if all(line.needs for line in lines):
        raise origin.error(
            f"every line of {name!r} is optional: without parameters there is no SQL",
            why="a call without them would send nothing",
            remedy="leave --? out where a line is always needed",
        )


def _compare(used: dict[str, Place], signature: Signature, origin: Place, report: Report) -> None:
    for name, place in used.items():
        if name not in signature.names:
            mistake = place.error(
                f"the SQL uses {name!r}, which params: doesn't list",
                why="no caller could give it a value",
                remedy="list it in params:, or use one that is there",
            )
            report(mistake)
    for name in signature.names:
        if name not in used:
            mistake = origin.error(
                f"params: lists {name!r}, which the SQL doesn't use",
                why="callers give it and it changes nothing",
                remedy="use it in the SQL, or leave it out of params:",
            )
            report(mistake)
