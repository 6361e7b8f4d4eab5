"""How data is written to stdout: as aligned text for people, or as JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])


def output_option(function: Function) -> Function:
    """Add ``--output`` to a command, whose parameter ``output`` then is ``text`` or ``json``."""
    return output_option_of("text", "json")(function)


def output_option_of(*forms: str) -> Callable[[Function], Function]:
    """Add ``--output`` to a command, whose parameter ``output`` then is one of some forms, by default the first."""
    return click.option(
        "--output",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="The form of the data on stdout.",
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Write rows below the names of their columns, each column as wide as its widest value; numbers stand right."""
    values = list(rows)
    cells = [list(columns), *([cell(value) for value in row] for row in values)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(columns))]
    numeric = [bool(values) and all(_is_number(row[index]) for row in values) for index in range(len(columns))]
    lines = [_aligned(line, widths, numeric) for line in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def pairs(values: Mapping[str, Any]) -> str:
    """Write one record, a line a column."""
    width = max(map(len, values), default=0)
    return "\n".join(f"{name:{width}}  {cell(value)}".rstrip() for name, value in values.items())


def cell(value: Any) -> str:
    """Write one value in one line, so that nothing in it can break the table or steer the terminal."""
    if value is None or isinstance(value, bool | list | tuple | dict):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    text = value.isoformat(" ") if isinstance(value, dt.datetime) else str(_plain(value))
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def json_text(value: Any) -> str:
    """Write a value as JSON; of a list, each element in a line of its own."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_json(element)}" for element in value) + "\n]"
    return _json(value)


def streamed_json(texts: Iterable[str]) -> Iterator[str]:
    """Write the list of elements that are JSON already, each piece as soon as its element is there."""
    before = "[\n"
    for text in texts:
        yield before + textwrap.indent(text, "  ")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _json(value: Any) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Spell what JSON has no form for: moments in ISO 8601, bytes as PostgreSQL shows them, the rest as its text."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _aligned(line: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(line, widths, numeric, strict=True)
    )
    return "  ".join(padded).rstrip()
