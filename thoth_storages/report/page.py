"""A report as one page of HTML that needs nothing else: no network, no script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from .charts import svg
from .model import Chart, Column, Fact, Report, Section, Table, Tone

_SIGNS = {Tone.PLAIN: "", Tone.GOOD: "✓", Tone.WARNING: "!", Tone.BAD: "✗"}
_SPOKEN = {Tone.PLAIN: "", Tone.GOOD: "good: ", Tone.WARNING: "attention: ", Tone.BAD: "bad: "}


def page(report: Report) -> str:
    """Write the page."""
    folder = files(__package__)
    template, style = ((folder / name).read_text(encoding="utf-8") for name in ("page.html", "page.css"))
    return Template(template).substitute(
        title=escape(report.title),
        made=escape(report.made),
        style=style,
        facts=_facts(report.facts),
        contents="".join(f'<li><a href="#{_anchor(each)}">{escape(each.title)}</a></li>' for each in report.sections),
        sections="\n".join(map(_section, report.sections)),
    )


def _anchor(section: Section) -> str:
    return re.sub(r"\W+", "-", section.title.lower()).strip("-")


def _section(section: Section) -> str:
    anchor = _anchor(section)
    problem = f'<p class="problem">{escape(section.problem)}</p>' if section.problem else ""
    charts = "".join(map(_chart, section.charts))
    parts = [
        f'<h2 id="{anchor}-title">{escape(section.title)}</h2>',
        problem,
        _facts(section.facts),
        f'<div class="charts">{charts}</div>' if charts else "",
        *(_table(table, anchor) for table in section.tables),
        *(f'<p class="note">{escape(note)}</p>' for note in section.notes),
    ]
    return f'<section id="{anchor}" aria-labelledby="{anchor}-title">{"".join(parts)}</section>'


def _facts(facts: Sequence[Fact]) -> str:
    return f'<dl class="facts">{"".join(map(_fact, facts))}</dl>' if facts else ""


def _fact(fact: Fact) -> str:
    sign = f'<i aria-hidden="true">{_SIGNS[fact.tone]}</i>' if _SIGNS[fact.tone] else ""
    spoken = f'<span class="spoken">{_SPOKEN[fact.tone]}</span>' if _SPOKEN[fact.tone] else ""
    remark = f"<small>{escape(fact.remark)}</small>" if fact.remark else ""
    value = f"<dd>{sign}{spoken}{escape(fact.value)}{remark}</dd>"
    return f'<div class="{fact.tone.value}"><dt>{escape(fact.label)}</dt>{value}</div>'


def _chart(chart: Chart) -> str:
    names = [
        f'<span><i class="series-{place}"></i>{escape(series.name)}</span>' for place, series in enumerate(chart.series)
    ]
    legend = f'<div class="legend">{"".join(names)}</div>' if len(names) > 1 else ""
    unit = f" <small>{escape(chart.unit)}</small>" if chart.unit else ""
    numbers = f"<details><summary>The numbers</summary>{_scrolled(chart.table, chart.table.rows)}</details>"
    return f"<figure><figcaption>{escape(chart.title)}{unit}</figcaption>{legend}{svg(chart)}{numbers}</figure>"


def _table(table: Table, anchor: str) -> str:
    heading = f"<h3>{escape(table.caption)}</h3>"
    if not table.rows:
        return f'{heading}<p class="note">Nothing.</p>'
    first = _scrolled(table, table.rows[: table.shown])
    rest = table.rows[table.shown :]
    more = f"<details><summary>{len(rest):,} more</summary>{_scrolled(table, rest)}</details>" if rest else ""
    return f"{heading}{first}{more}"


def _scrolled(table: Table, rows: Sequence[Sequence[Any]]) -> str:
    """The table in a box of its own, which scrolls by finger or keyboard where the page is narrower."""
    heads = "".join(f'<th scope="col"{_side(column)}>{escape(column.name)}</th>' for column in table.columns)
    highest = [_highest(column, index, table.rows) for index, column in enumerate(table.columns)]
    body = "".join(f"<tr>{''.join(_cells(table.columns, row, highest))}</tr>" for row in rows)
    caption = f'<caption class="spoken">{escape(table.caption)}</caption>'
    label = escape(table.caption)
    return (
        f'<div class="scrolled" tabindex="0" role="region" aria-label="{label}">'
        f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(columns: Sequence[Column], row: Sequence[Any], highest: Iterable[float]) -> Iterator[str]:
    for index, (column, value, most) in enumerate(zip(columns, row, highest, strict=True)):
        text = escape(column.write(value))
        if index == 0:
            yield f'<th scope="row">{text.replace("_", "_<wbr>")}</th>'  # long names break where words end
        elif column.bar and most:
            yield f'<td class="number bar" style="--share:{value / most:.3f}"><span>{text}</span></td>'
        else:
            yield f"<td{_side(column)}>{text}</td>"


def _highest(column: Column, index: int, rows: Sequence[Sequence[Any]]) -> float:
    return max((row[index] for row in rows), default=0) if column.bar else 0


def _side(column: Column) -> str:
    return ' class="number"' if column.is_number or column.bar else ""
