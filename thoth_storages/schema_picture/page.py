"""A picture as a page to look around in: drag, zoom, search, and see what a table has to do with."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template

from .dot import COLOURS

_DARK_COLOURS = "\n".join(
    f'  .picture [fill="{colour.ground}"] {{ fill: color-mix(in srgb, {colour.head} 22%, #121417); }}\n'
    f'  .picture text[fill="{colour.head}"] {{ fill: color-mix(in srgb, {colour.head} 50%, white); }}\n'
    f'  .picture [stroke="{colour.head}"] {{ stroke: color-mix(in srgb, {colour.head} 62%, white); }}'
    for colour in COLOURS
)


def page(svg: str, title: str) -> str:
    """Write a page that shows an SVG by Graphviz; it asks nothing of the network."""
    folder = files(__package__)
    parts = {name: (folder / f"page.{name}").read_text(encoding="utf-8") for name in ("html", "css", "js")}
    return Template(parts["html"]).substitute(
        title=escape(title),
        style=parts["css"].replace("/* dark colours of the subjects */", _DARK_COLOURS),
        script=parts["js"],
        picture=svg[svg.index("<svg") :],
    )
