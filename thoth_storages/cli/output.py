"""How data is written to stdout: as aligned text for people; as JSON, one object a line, or CSV for programs."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

FORMS = ("text", "json", "ndjson", "csv")
_TO_QUOTE = frozenset('",\r\n')


def output_option(function: Function) -> Function:
    """Add ``--output`` to a command, whose parameter ``output`` then is one of ``FORMS``; see ``write``."""
    return output_option_of(*FORMS)(function)


def output_option_of(*forms: str) -> Callable[[Function], Function]:
    """Add ``--output`` to a command, whose parameter ``output`` then is one of some forms, by default the first."""
    return click.option(
        "--output",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="The form of the data on stdout.",
    )


def write(
    output: str,
    text: Callable[[], str],
    value: Any,
    *,
    columns: Sequence[str] | None = None,
    rows: Iterable[Mapping[str, Any]] | None = None,
) -> None:
    """Write the data of a command to stdout in the form that was chosen.

    ``value`` is what JSON has of it: a list of records, or one record. Lines of JSON and of CSV have ``rows``, which
    are the records in ``value`` unless they are given. ``columns`` name the record's fields for CSV, whose first line
    they are; those of the one record unless they are given.
    """
    if output == "text":
        said = text()
        click.echo(said, nl=not said.endswith("\n") and bool(said))
        return
    if output == "json":
        click.echo(json_text(value))
        return
    records = list(rows if rows is not None else value if isinstance(value, list) else [value])
    known = columns if columns is not None else list(records[0]) if records else []
    written = csv_lines(known, records) if output == "csv" else map(json_line, records)
    click.echo("".join(written), nl=False)


def write_names(
    output: str, key: str, names: Sequence[str], *, column: str, also: Mapping[str, Any] | None = None
) -> None:
    """Write names: a line each, in JSON as a list under ``key`` (and ``also`` beside it), in CSV as a ``column``."""
    write(
        output,
        lambda: "".join(f"{name}\n" for name in names),
        {key: names, **(also or {})},
        columns=[column],
        rows=[{column: name} for name in names],
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


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Write how many there are: ``1 row``, ``2 rows``; the plural ends in s unless it is given."""
    return f"{number} {singular if number == 1 else plural or f'{singular}s'}"


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


def json_line(value: Any) -> str:
    """Write a value as a line of JSON."""
    return f"{_json(value)}\n"


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    r"""Write rows as lines of CSV, below the names of their columns.

    NULL is nothing, and an empty text two quotes: so PostgreSQL tells them apart, and ``\copy … CSV HEADER`` reads it.
    Lists and objects are JSON.
    """
    yield csv_line(columns)
    for row in rows:
        yield csv_line(row.get(column) for column in columns)


def csv_line(values: Iterable[Any]) -> str:
    """Write values as a line of CSV."""
    return ",".join(map(_csv_value, values)) + "\n"


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


def _csv_value(value: Any) -> str:
    if value is None:
        return ""
    text = _json(value) if isinstance(value, bool | list | tuple | dict) else str(_plain(value))
    if text and _TO_QUOTE.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _aligned(line: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(line, widths, numeric, strict=True)
    )
    return "  ".join(padded).rstrip()
