"""A report as a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.browser import asked, needs_browser
from tests.report.making import REPORT
from thoth_storages.report import page

PAGE = page(REPORT)

_EMPTY = {"meta", "wbr", "line", "rect", "polygon", "polyline", "circle"}


class Outline(HTMLParser):
    """Which elements a page has, and that each is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def outline() -> Outline:
    parser = Outline()
    parser.feed(PAGE)
    assert parser.open == []
    return parser


def attributes(outline: Outline, tag: str) -> list[dict[str, str | None]]:
    return [attrs for name, attrs in outline.found if name == tag]


def test_it_asks_nothing_of_the_network(outline: Outline) -> None:
    assert {tag for tag, _ in outline.found}.isdisjoint({"script", "link", "img", "iframe"})
    assert [attrs["href"] for attrs in attributes(outline, "a")] == ["#over-time", "#sizes", "#backups"]
    assert "http://" not in PAGE
    assert "https://" not in PAGE
    assert "default-src 'none'" in PAGE


def test_every_part_is_named_and_linked(outline: Outline) -> None:
    ids = [str(attrs["id"]) for _, attrs in outline.found if "id" in attrs]
    assert len(set(ids)) == len(ids)
    links = [str(attrs["href"])[1:] for attrs in attributes(outline, "a")]
    assert [str(attrs["id"]) for attrs in attributes(outline, "section")] == links
    assert all(attrs["aria-labelledby"] in ids for attrs in attributes(outline, "section"))


def test_text_is_no_markup() -> None:
    assert "State of &lt;the&gt; database" in PAGE
    assert "No object store &amp; no backup." in PAGE


def test_each_chart_has_its_numbers_below(outline: Outline) -> None:
    tags = [tag for tag, _ in outline.found]
    assert tags.count("figure") == tags.count("svg") == 2
    figure = PAGE[PAGE.index("<figure>") : PAGE.index("</figure>")]
    assert re.findall(r"<tr>.*?</tr>", figure)[-1] == (
        '<tr><th scope="row">2022-12</th><td class="number">2,000</td><td class="number">110</td></tr>'
    )


def test_a_chart_says_what_it_counts() -> None:
    assert "Results of solvers <small>results a month</small>" in PAGE
    assert 'aria-label="Results of solvers, results a month"' in PAGE
    assert "<figcaption>Packages</figcaption>" in PAGE


def test_a_chart_of_one_series_has_no_legend() -> None:
    assert PAGE.count('class="legend"') == 1


def test_a_long_table_is_folded() -> None:
    assert "<summary>8 more</summary>" in PAGE
    assert PAGE.count("has_<wbr>external_<wbr>python") == 20


def test_bars_are_as_long_as_their_share() -> None:
    assert re.findall(r"--share:([\d.]+)", PAGE)[:2] == ["1.000", "0.950"]


def test_tones_are_told_to_those_who_see_no_colours() -> None:
    assert '<span class="spoken">good: </span>up to date' in PAGE
    assert '<span class="spoken">bad: </span>none<small>make one</small>' in PAGE


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lower, higher = sorted([_luminance(one), _luminance(other)])
    return (higher + 0.05) / (lower + 0.05)


_LOOK = """(page, document) => {
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  const colour = (selector, property) => page.getComputedStyle(document.querySelector(selector))[property];
  const card = colour("section", "backgroundColor");
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    card,
    texts: ["section h2", ".note", "dt", "td", "thead th", "summary", ".facts .good i", ".facts .bad i"]
      .map((selector) => [selector, colour(selector, "color")]).concat([["svg text", colour("svg text", "fill")]]),
    bars: [".series-0", ".series-1"].map((each) => colour("svg rect" + each, "fill")),
    smallest: Math.min(...[...document.querySelectorAll("figure svg")].map((each) => {
      const scale = each.getBoundingClientRect().width / each.viewBox.baseVal.width;
      return parseFloat(page.getComputedStyle(each.querySelector("text")).fontSize) * scale;
    })),
  };
}"""


@needs_browser
@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_it_can_be_read_on_a_phone_and_in_the_dark(width: int, dark: bool) -> None:
    look: dict[str, Any] = asked(PAGE, _LOOK, width=width, dark=dark)
    assert look["overflow"] == 0
    assert look["smallest"] >= 9
    assert (_luminance(look["card"]) < 0.1) is dark
    for what, colour in look["texts"]:
        assert _contrast(colour, look["card"]) >= 4.5, what
    for colour in look["bars"]:
        assert _contrast(colour, look["card"]) >= 3
