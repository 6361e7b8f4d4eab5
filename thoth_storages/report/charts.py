"""Charts as SVG: bars on each other, and lines. Colours are the page's, by the classes ``series-0``, ``series-1`` …"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from .model import Chart, Series

WIDTH, HEIGHT = 440, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 8, 10, 24
_PLOT_WIDTH, _PLOT_HEIGHT = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
_LABEL_WIDTH = 84
"""The room that a label below the axis needs, in units of the picture."""
_MOST_TICKS = 5
_STEPS = (1, 2, 2.5, 5, 10)
_WIDEST_BAR = 34.0
_THOUSANDS = ("", "k", "M", "G", "T")


def svg(chart: Chart) -> str:
    """Draw a chart; who can't see it hears its title, and has the table."""
    step, ticks = _scale(_highest(chart))
    marks = _lines(chart, step * ticks) if chart.is_line else _bars(chart, step * ticks)
    parts = "".join([*_grid(step, ticks), *_labels(chart.labels), *marks])
    said = escape(", ".join(filter(None, [chart.title, chart.unit])))
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}">{parts}</svg>'


def _highest(chart: Chart) -> float:
    columns = zip(*(series.values for series in chart.series), strict=True)
    return max(map(max if chart.is_line else sum, columns), default=0)


def _scale(highest: float) -> tuple[float, int]:
    """Choose what lies between two lines of the grid, a round number, and how many of them the highest value takes."""
    power = 10.0 ** math.floor(math.log10(max(highest, 1) / _MOST_TICKS))
    step = next(step * power for step in _STEPS if step * power * _MOST_TICKS >= highest)
    # what is counted is whole
    step = max(step, 1)
    return step, max(math.ceil(highest / step), 1)


def _short(value: float) -> str:
    power = 0
    while value >= 1000 and power < len(_THOUSANDS) - 1:
        value, power = value / 1000, power + 1
    return f"{value:g}{_THOUSANDS[power]}"


def _height(value: float, top: float) -> float:
    return value / top * _PLOT_HEIGHT


def _grid(step: float, ticks: int) -> Iterator[str]:
    for tick in range(ticks + 1):
        y = _TOP + _PLOT_HEIGHT * (1 - tick / ticks)
        kind = "axis" if tick == 0 else "grid"
        yield f'<line class="{kind}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_short(tick * step)}</text>'


def _middles(count: int) -> list[float]:
    step = _PLOT_WIDTH / max(count, 1)
    return [_LEFT + step * (number + 0.5) for number in range(count)]


def _labels(labels: Sequence[str]) -> Iterator[str]:
    """Name as many of the places as there is room for, the last one in any case."""
    every = math.ceil(len(labels) / (_PLOT_WIDTH // _LABEL_WIDTH)) if labels else 1
    last = len(labels) - 1
    for number, (label, x) in enumerate(zip(labels, _middles(len(labels)), strict=True)):
        if (last - number) % every == 0:
            anchor, at = ("end", WIDTH - _RIGHT) if number == last and x + _LABEL_WIDTH / 2 > WIDTH else ("middle", x)
            anchor, at = ("start", _LEFT - 10) if at - _LABEL_WIDTH / 2 < 0 else (anchor, at)
            yield f'<text x="{at:.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}">{escape(label)}</text>'


def _bars(chart: Chart, top: float) -> Iterator[str]:
    room = _PLOT_WIDTH / max(len(chart.labels), 1)
    width = min(room * (0.8 if room > 5 else 0.95), _WIDEST_BAR)
    for number, (label, middle) in enumerate(zip(chart.labels, _middles(len(chart.labels)), strict=True)):
        yield f"<g><title>{escape(_told(chart.series, number, label))}</title>"
        # what is pointed at is the whole column, so that low bars can be hit
        yield f'<rect class="touch" x="{middle - room / 2:.1f}" y="{_TOP}" width="{room:.1f}" height="{_PLOT_HEIGHT}"/>'
        y = float(_TOP + _PLOT_HEIGHT)
        for place, series in enumerate(chart.series):
            height = _height(series.values[number], top)
            y -= height
            if height:
                box = f'x="{middle - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
                yield f'<rect class="series-{place}" {box}/>'
        yield "</g>"


def _lines(chart: Chart, top: float) -> Iterator[str]:
    middles = _middles(len(chart.labels))
    base = _TOP + _PLOT_HEIGHT
    for place, series in enumerate(chart.series):
        ys = [base - _height(value, top) for value in series.values]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(middles, ys, strict=True))
        if len(middles) == 1:
            yield f'<circle class="series-{place}" cx="{middles[0]:.1f}" cy="{ys[0]:.1f}" r="3.5"/>'
        elif middles:
            outline = f"{middles[0]:.1f},{base} {points} {middles[-1]:.1f},{base}"
            yield f'<polygon class="area series-{place}" points="{outline}"/>'
            yield f'<polyline class="line series-{place}" points="{points}"/>'
    room = _PLOT_WIDTH / max(len(middles), 1)
    for number, (label, middle) in enumerate(zip(chart.labels, middles, strict=True)):
        box = f'x="{middle - room / 2:.1f}" y="{_TOP}" width="{room:.1f}" height="{_PLOT_HEIGHT}"'
        yield f'<rect class="touch" {box}><title>{escape(_told(chart.series, number, label))}</title></rect>'


def _told(series: Sequence[Series], number: int, label: str) -> str:
    return "\n".join([label, *(f"{each.name}: {each.values[number]:,}" for each in series)])
