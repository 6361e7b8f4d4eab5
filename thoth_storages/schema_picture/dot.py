"""A schema in the language of Graphviz: a graph a subject, a node a table, a port a column.

Each subject is a graph of its own, as arrows across all of them would make a tangle of what is printed: a column that
refers to a table of another subject has an arrow to a signpost with that table's name, in that subject's colour.

What is drawn has ids for scripts: ``table``, ``table::referred`` (a signpost), ``table:column:referred`` (an arrow).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import cycle
from typing import NamedTuple

from .catalog import Column, Reference, Schema, Table
from .subjects import known_subjects


class Colour(NamedTuple):
    """The colours of a subject: that of its tables' heads and of arrows to them, and the ground that they stand on."""

    head: str
    ground: str


COLOURS = (
    Colour("#0b5394", "#eaf1f8"),
    Colour("#6b4fa0", "#f2eefa"),
    Colour("#a34a00", "#faf0e6"),
    Colour("#00694e", "#e7f5f0"),
    Colour("#8c2d5a", "#faecf3"),
    Colour("#2c6f80", "#e9f4f6"),
    Colour("#746000", "#f9f5e2"),
    Colour("#44546a", "#eef1f4"),
    Colour("#9c2a2a", "#faecec"),
    Colour("#4d4d4d", "#f2f2f2"),
)
"""White text on each head has a contrast of at least 5 : 1."""
REQUIRED, OPTIONAL = "●", "○"
_INK, _FAINT, _PAPER = "#1c1c1c", "#5c5c5c", "#ffffff"
FONT = "Helvetica,Arial,sans-serif"
_SHORTER = {" without time zone": "", " with time zone": "tz", "character varying": "varchar"}
_DEFAULTS = f"""\
  graph [rankdir=LR, nodesep=0.16, ranksep=0.5, pad=0.3, fontname="{FONT}", fontsize=18, bgcolor="{_PAPER}"]
  node [shape=plain, fontname="{FONT}", fontsize=10, fontcolor="{_INK}"]
  edge [arrowsize=0.7, penwidth=1.1, dir=both, arrowtail=crow, arrowhead=none]"""
_LEGEND = (
    ("PK", "primary key"),
    ("FK", "foreign key: an arrow leads to the row that it names"),
    ("U1, U2 …", "unique, together with the others of that number"),
    (REQUIRED, "NOT NULL"),
    (OPTIONAL, "may be NULL"),
)


def graphs(schema: Schema, title: str) -> str:
    """Write the schema for ``dot``, graph after graph: the legend, and each subject; equal schemas make equal texts."""
    # A subject keeps its colour in a picture of a part.
    colours = dict(zip(dict.fromkeys((*known_subjects(), *schema.subjects)), cycle(COLOURS), strict=False))
    colour_of = {table.name: colours[table.subject] for table in schema.tables}
    texts = [_graph("legend", [_legend(title)])]
    for subject, tables in schema.subjects.items():
        texts.append(_graph(subject, _cluster(subject, colours[subject], _parts(schema, tables, colour_of))))
    return "\n".join(texts)


def _graph(name: str, lines: Iterable[str]) -> str:
    return "\n".join([f"digraph {_quoted(name)} {{", _DEFAULTS, *lines, "}", ""])


def _legend(title: str) -> str:
    heading = f'<TR><TD ALIGN="LEFT"><FONT POINT-SIZE="22"><B>{escape(title)}</B></FONT></TD></TR>'
    signs = "     ".join(f"<B>{sign}</B>  {meaning}" for sign, meaning in _LEGEND)
    look = 'BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="5"'
    label = f'<TABLE {look}>{heading}<TR><TD ALIGN="LEFT">{signs}</TD></TR></TABLE>'
    return f'  "legend" [id="legend", fontsize=12, label=<{label}>]'


def _cluster(subject: str, colour: Colour, parts: Iterable[str]) -> Iterator[str]:
    look = f"style=rounded, bgcolor={_quoted(colour.ground)}, color={_quoted(colour.head)}, margin=16, labeljust=l"
    yield f"  subgraph {_quoted(f'cluster {subject}')} {{"
    yield f"    graph [label=<<B>{escape(subject)}</B>>, fontcolor={_quoted(colour.head)}, {look}]"
    yield from parts
    yield "  }"


def _parts(schema: Schema, tables: list[Table], colour_of: dict[str, Colour]) -> Iterator[str]:
    names = {table.name for table in tables}
    references = [each for each in schema.references if each.table in names]
    foreign = {(each.table, column) for each in references for column in each.columns}
    for table in tables:
        label = _label(table, colour_of[table.name], {column for name, column in foreign if name == table.name})
        yield f"    {_quoted(table.name)} [id={_quoted(table.name)}, tooltip={_quoted(_tip(table))}, label=<{label}>]"
    far = [each for each in references if each.referred not in names]
    for sign, referred in {_sign(each): each.referred for each in far}.items():
        yield f"    {_quoted(sign)} [{_signpost(sign, referred, colour_of[referred])}]"
    rows = {table.name: [column.name for column in table.columns] for table in schema.tables}
    for each in references:
        start = f"{_quoted(each.table)}:out{rows[each.table].index(each.columns[0])}"
        end = f"{_quoted(each.referred)}:in{rows[each.referred].index(each.referred_columns[0])}"
        end = _quoted(_sign(each)) if each in far else end
        yield f"    {start}:e -> {end}:w [{_arrow(each, colour_of[each.referred])}]"


def _label(table: Table, colour: Colour, foreign: set[str]) -> str:
    head = (
        f'<TR><TD COLSPAN="3" BGCOLOR="{colour.head}" CELLPADDING="4"><FONT COLOR="{_PAPER}">'
        f"<B>{escape(table.name)}</B></FONT></TD></TR>"
    )
    rows = "".join(
        _row(number, column, is_foreign=column.name in foreign) for number, column in enumerate(table.columns)
    )
    if table.left_out:
        rows += f'<TR><TD COLSPAN="3" ALIGN="LEFT">{_small(f"… and {table.left_out} more columns")}</TD></TR>'
    look = f'BORDER="1" COLOR="{colour.head}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2" BGCOLOR="{_PAPER}"'
    return f"<TABLE {look}>{head}{rows}</TABLE>"


def _row(number: int, column: Column, *, is_foreign: bool) -> str:
    keys = ["PK"] * column.is_primary + ["FK"] * is_foreign + [f"U{number}" for number in column.unique]
    name = f"<B>{escape(column.name)}</B>" if column.is_primary else escape(column.name)
    sign = _small(f"{REQUIRED if column.is_required else OPTIONAL} ")
    type_ = _cell(_small(escape(_short(column.type)))) if column.type else ""
    name = _cell(f"{sign}{name}", f"in{number}")
    return f"<TR>{name}{type_}{_cell(_small(' '.join(keys) or ' '), f'out{number}')}</TR>"


def _cell(content: str, port: str | None = None) -> str:
    attribute = f' PORT="{port}"' if port else ""
    return f'<TD ALIGN="LEFT"{attribute}>{content}</TD>'


def _small(text: str) -> str:
    return f'<FONT POINT-SIZE="8" COLOR="{_FAINT}">{text}</FONT>'


def _short(type_: str) -> str:
    for long, short in _SHORTER.items():
        type_ = type_.replace(long, short)
    return type_


def _sign(reference: Reference) -> str:
    return f"{reference.table}::{reference.referred}"


def _signpost(sign: str, referred: str, colour: Colour) -> str:
    look = f"shape=cds, style=filled, fillcolor={_quoted(colour.head)}, color={_quoted(colour.head)}"
    text = f'fontcolor="{_PAPER}", fontsize=9, height=0.2, margin="0.1,0.03", label={_quoted(referred)}'
    return f"id={_quoted(sign)}, {look}, {text}, tooltip={_quoted(referred)}"


def _arrow(reference: Reference, colour: Colour) -> str:
    id_ = f"{reference.table}:{reference.columns[0]}:{reference.referred}"
    return f"color={_quoted(colour.head)}, id={_quoted(id_)}, tooltip={_quoted(_said(reference))}"


def _tip(table: Table) -> str:
    columns = (f"{column.name}: {column.comment}" for column in table.columns if column.comment)
    return "\n".join(filter(None, [table.comment or table.name, *columns]))


def _said(reference: Reference) -> str:
    ends = ((reference.table, reference.columns), (reference.referred, reference.referred_columns))
    return " → ".join(f"{table} ({', '.join(columns)})" for table, columns in ends)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
