"""Charts as SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.report.making import BARS, ERRORS, LABELS, LINE, SOLVED
from thoth_storages.report.charts import HEIGHT, WIDTH, svg
from thoth_storages.report.model import Chart, Series


def drawn(chart: Chart) -> ET.Element:
    return ET.fromstring(svg(chart))


def of(values: Sequence[float], *, is_line: bool = False) -> Chart:
    labels = [str(number) for number in range(len(values))]
    return replace(LINE if is_line else BARS, labels=labels, series=(Series("one", values),))


def boxes(chart: Chart, series: int) -> list[tuple[float, float, float, float]]:
    found = [each for each in drawn(chart).iter("rect") if each.get("class") == f"series-{series}"]
    x, y, width, height = ([float(each.get(key, "")) for each in found] for key in ("x", "y", "width", "height"))
    return list(zip(x, y, width, height, strict=True))


def ticks(chart: Chart) -> list[str]:
    beside = {"text-anchor": "end", "x": "40"}
    return [str(each.text) for each in drawn(chart).iter("text") if beside.items() <= each.attrib.items()]


def test_bars_are_as_high_as_their_values_and_stand_on_each_other() -> None:
    solved, errors = boxes(BARS, 0), boxes(BARS, 1)
    per_unit = solved[0][3] / SOLVED[0]
    assert [height / per_unit for *_, height in solved] == pytest.approx(SOLVED, rel=0.01)
    # the first month has no errors, and no bar for them
    assert [height / per_unit for *_, height in errors] == pytest.approx(ERRORS[1:], abs=2)
    for below, above in zip(solved[1:], errors, strict=True):
        assert above[1] + above[3] == pytest.approx(below[1], abs=0.11)


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (11, ["0", "2.5", "5", "7.5", "10", "12.5"]),
        (20, ["0", "5", "10", "15", "20"]),
        (11_041, ["0", "2.5k", "5k", "7.5k", "10k", "12.5k"]),
        (68_000, ["0", "20k", "40k", "60k", "80k"]),
        (5_000_000, ["0", "1M", "2M", "3M", "4M", "5M"]),
    ],
)
def test_the_scale_has_round_numbers_and_ends_above_the_highest(highest: int, expected: list[str]) -> None:
    assert ticks(of([highest])) == expected


@pytest.mark.parametrize("count", [1, 2, 3, 7, 45, 60, 420])
@pytest.mark.parametrize("is_line", [False, True])
def test_nothing_is_drawn_outside(count: int, is_line: bool) -> None:
    chart = of([number * 37 % 101 for number in range(count)], is_line=is_line)
    for each in drawn(chart).iter():
        if each.tag == "rect":
            x, y, width, height = (float(each.get(key, "")) for key in ("x", "y", "width", "height"))
            assert 0 <= x <= x + width <= WIDTH
            assert 0 <= y <= y + height <= HEIGHT


@pytest.mark.parametrize("count", [1, 2, 5, 12, 60])
def test_labels_have_room_and_the_last_one_is_there(count: int) -> None:
    chart = replace(of([1] * count), labels=[f"2022-01-{number:02}" for number in range(count)])
    below = [each for each in drawn(chart).iter("text") if each.get("y") == str(HEIGHT - 6)]
    assert below[-1].text == chart.labels[-1]
    places = [float(each.get("x", "")) for each in below]
    assert places == sorted(places)
    assert len(below) <= 5


def test_what_is_pointed_at_is_told() -> None:
    titles = [each.text for each in drawn(BARS).iter("title")]
    assert titles[-1] == "2022-12\nsolved: 2,000\nerrors: 110"
    assert len(titles) == len(LABELS)


def test_a_line_goes_through_its_values() -> None:
    (line,) = (each for each in drawn(LINE).iter("polyline"))
    heights = [float(pair.split(",")[1]) for pair in line.get("points", "").split()]
    steps = [one - other for one, other in pairwise(heights)]
    assert steps == pytest.approx([steps[0]] * len(steps), abs=0.11)
    assert steps[0] > 0


def test_one_value_of_a_line_is_a_dot() -> None:
    assert len(list(drawn(of([5], is_line=True)).iter("circle"))) == 1


@pytest.mark.parametrize("is_line", [False, True])
def test_nothing_can_be_drawn(is_line: bool) -> None:
    assert re.search("<rect|<poly|<circle", svg(of([], is_line=is_line))) is None


def test_names_are_text() -> None:
    chart = replace(BARS, title='"Rows" & <tags>', series=(Series("<b>", SOLVED),))
    assert drawn(chart).get("aria-label") == '"Rows" & <tags>, results a month'
