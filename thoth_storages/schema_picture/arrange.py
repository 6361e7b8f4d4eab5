"""Graphs that ``dot`` laid out one by one, put side by side into one picture of the shape of a sheet of paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

_SHEET = 2**0.5
"""Width over height of a sheet of paper (A4, A0 …) that lies."""
_GAP = 18.0
"""Points between two graphs."""
_TRIED_WIDTHS = 40

_PLACES = re.compile(r'\b(?P<key>pos|lp|bb)="(?P<value>[^"]*)"')
_BOX = re.compile(r'\bbb="(?P<box>[^"]*)",?\s*')
_PAIR = re.compile(r"(-?[\d.]+(?:e[+-]?\d+)?),(-?[\d.]+(?:e[+-]?\d+)?)")


class Size(NamedTuple):
    """How large a graph is, in points."""

    width: float
    height: float


class Place(NamedTuple):
    """Where the lower left corner of a graph is, in points."""

    x: float
    y: float


def one_graph(laid_out: str) -> str:
    """Put the graphs that ``dot -Tdot`` wrote into one, for ``dot -Kneato -n2``, which keeps everything where it is.

    The first one, the legend, stands above the others.
    """
    legend, *graphs = _cut(laid_out)
    places = arrange([_size(graph) for graph in graphs])
    bodies = [_moved(legend, Place(0, _GAP)), *map(_moved, graphs, places)]
    return "\n".join(["digraph schema {", *bodies, "}", ""])


def arrange(sizes: Sequence[Size]) -> list[Place]:
    """Place rectangles side by side, so that the smallest possible sheet of paper holds them."""
    widest, area = max(size.width for size in sizes), sum(size.width * size.height for size in sizes)
    widths = [max(widest, (area * _SHEET) ** 0.5 * (0.7 + 0.025 * step)) for step in range(_TRIED_WIDTHS)]
    tries = (_shelved(sizes, order, width) for order in _orders(sizes) for width in widths)
    return min(tries, key=lambda places: _sheet_needed(sizes, places))


def _orders(sizes: Sequence[Size]) -> Iterator[list[int]]:
    """Yield in what orders to try it: each of these leaves the fewest holes now and then."""
    measures = (attrgetter("height"), attrgetter("width"), lambda size: size.width * size.height, max, sum)
    for measure in measures:
        yield sorted(range(len(sizes)), key=lambda each: -measure(sizes[each]))


def _shelved(sizes: Sequence[Size], order: Iterable[int], width: float) -> list[Place]:
    """Place one after the other, each as far up as it goes within a width, and there as far left."""
    places: dict[int, Place] = {}
    for number in order:
        corners = _corners(sizes, places, number, width)
        places[number] = max(corners, key=lambda place: (place.y, -place.x))
    return [places[number] for number in range(len(sizes))]


def _corners(sizes: Sequence[Size], places: dict[int, Place], number: int, width: float) -> Iterator[Place]:
    """Yield where a rectangle may hang: below what is there, beside it or at the left edge."""
    size = sizes[number]
    lefts = {0.0, *(place.x + sizes[other].width + _GAP for other, place in places.items())}
    for left in (left for left in lefts if left == 0 or left + size.width <= width):
        below = [
            place.y - _GAP
            for other, place in places.items()
            if place.x < left + size.width + _GAP and left < place.x + sizes[other].width + _GAP
        ]
        yield Place(left, min(below, default=0.0) - size.height)


def _sheet_needed(sizes: Sequence[Size], places: Sequence[Place]) -> float:
    """The width of the smallest lying sheet that holds everything."""
    width = max(place.x + size.width for size, place in zip(sizes, places, strict=True))
    return max(width, -min(place.y for place in places) * _SHEET)


def _cut(laid_out: str) -> list[str]:
    whole_lines = laid_out.replace("\\\n", "")
    return [f"digraph {part}" for part in re.split(r"^digraph ", whole_lines, flags=re.MULTILINE) if part.strip()]


def _size(graph: str) -> Size:
    match = _BOX.search(graph)
    assert match is not None  # dot always tells the size of a graph
    left, bottom, right, top = map(float, match["box"].split(","))
    return Size(right - left, top - bottom)


def _moved(graph: str, place: Place) -> str:
    """The inside of a graph at another place."""

    def moved(match: re.Match[str]) -> str:
        return f'{match["key"]}="{_PAIR.sub(moved_pair, match["value"])}"'

    def moved_pair(match: re.Match[str]) -> str:
        return f"{float(match[1]) + place.x:.2f},{float(match[2]) + place.y:.2f}"

    inside = graph[graph.index("{") + 1 : graph.rindex("}")]
    # the first box is that of this graph, which isn't that of the whole
    return _PLACES.sub(moved, _BOX.sub("", inside, count=1))
