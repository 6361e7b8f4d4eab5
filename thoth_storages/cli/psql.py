"""A query as psql runs it: its variables set first, the optional lines that aren't wanted commented out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Any

from ..sql.lexer import Place, place_of, tokens
from ..sql.query import Query
from .parameters import chosen


def psql_script(query: Query, values: Mapping[str, Any], missing: Collection[str]) -> str:
    r"""Write a query so that it can be pasted into psql, or run by ``\i``.

    ``values`` are its parameters; those that are None are written as NULL, as a variable of psql can't be. The names
    in ``missing`` have no value yet: their lines are there, and their variables stand first, empty, to be filled in.
    """
    given = {*chosen(query, values), *missing}
    left_out = {line.number for line in query.statement.lines if line.needs and given.isdisjoint(line.needs)}
    used: list[str] = []

    def variable(name: str, line: int) -> str:
        # whoever takes a line in again sets its variable
        if line in left_out:
            return f":'{name}'"
        if name not in missing and values[name] is None:
            return "NULL"
        used.append(name)
        return f":'{name}'"

    lines = _rewritten(query, variable, left_out).split("\n")
    numbered = enumerate(lines, query.source.place.line)
    text = "\n".join(f"-- {line}" if number in left_out else line for number, line in numbered)
    return "".join(f"{line}\n" for line in _settings(dict.fromkeys(used), values, missing)) + text


def _rewritten(query: Query, variable: Callable[[str, int], str], left_out: Collection[int]) -> str:
    source, pieces, is_ended = query.source, [], False
    origin = Place(source.place.path, source.place.line)
    for token in tokens(source.text, origin):
        line = place_of(token.start, source.text, origin).line
        is_ended = is_ended or (token.kind == "semicolon" and line not in left_out)
        if token.kind == "parameter":
            pieces.append(variable(token.text[1:], line))
        else:
            pieces.append(token.text)
    return "".join(pieces) if is_ended else "".join(pieces).rstrip("\n") + "\n;\n"


def _settings(used: Collection[str], values: Mapping[str, Any], missing: Collection[str]) -> list[str]:
    to_fill_in = [f"\\set {name} ''" for name in missing if name in used]
    known = [f"\\set {name} {_quoted(_literal(values[name]))}" for name in used if name not in missing]
    return [*(["-- Fill in:"] if to_fill_in else []), *to_fill_in, *known]


def _quoted(text: str) -> str:
    r"""Quote a text for ``\set``, which reads backslashes as C does."""
    for sign, escaped in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(sign, escaped)
    return f"'{text}'"


def _literal(value: Any) -> str:
    """Write a value as the text that PostgreSQL reads it from."""
    match value:
        case bool():
            return "true" if value else "false"
        case dt.date():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case list() | tuple() | set() | frozenset():
            return "{" + ",".join("NULL" if item is None else _array_item(_literal(item)) for item in value) + "}"
    return str(value)


def _array_item(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
