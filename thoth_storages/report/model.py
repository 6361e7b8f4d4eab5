"""What a report consists of, before it is a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Tone(Enum):
    """How a fact is to be taken; the page says it by a sign and a colour."""

    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Fact:
    """Something to know at a glance: a value, and what it is about."""

    label: str
    value: str
    tone: Tone = Tone.PLAIN
    remark: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, and how its values are written.

    With ``bar`` each value, a number, has a bar behind it as long as its share of the largest one.
    """

    name: str
    write: Callable[[Any], str] = str
    is_number: bool = False
    bar: bool = False


@dataclass(frozen=True)
class Table:
    """Rows below the names of their columns; of more than ``shown`` rows the rest is folded away."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    shown: int = 12


@dataclass(frozen=True)
class Series:
    """What a chart shows of one thing: a value for each of the chart's labels."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class Chart:
    """A picture of numbers over time; the table has the same numbers to read.

    Bars stand on each other, so that their series must be parts of a whole; lines don't. ``unit`` says what is counted,
    and in which time: "documents a week".
    """

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    table: Table
    unit: str = ""
    is_line: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the report: facts, then charts, then tables, and notes on them in whole sentences.

    ``problem`` says, in a sentence, why the part can't be had, where it can't.
    """

    title: str
    facts: Sequence[Fact] = ()
    charts: Sequence[Chart] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    problem: str = ""


@dataclass(frozen=True)
class Report:
    """All of it: what it is about, when it was made, what matters most, and the parts."""

    title: str
    made: str
    facts: Sequence[Fact] = ()
    sections: Sequence[Section] = field(default_factory=tuple)
