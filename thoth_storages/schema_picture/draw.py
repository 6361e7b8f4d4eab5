"""From a schema to a file with its picture."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from ..exceptions import SchemaPictureError
from .arrange import one_graph
from .catalog import Schema
from .dot import graphs
from .page import page

SUFFIXES = (".png", ".svg", ".pdf", ".html")
"""The forms of a picture, told by the end of its file's name."""
PERFORMANCE_INDICATORS = re.compile("pi_.*")
"""The tables of performance indicators: few services read them, and they fill a third of the picture."""

_DOT = "dot"
_DOTS_PER_INCH = 110
_AS_IT_IS = ("-Kneato", "-n2")  # everything has its place already


def draw(schema: Schema, path: Path, *, title: str) -> None:
    """Draw a schema into a file, whose suffix says in which form; what was in the file is replaced.

    Raises SchemaPictureError where Graphviz isn't installed, for another suffix and for a schema without tables, and
    OSError for a file that can't be written.
    """
    if path.suffix not in SUFFIXES:
        raise SchemaPictureError(f"{path}: a picture's name ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}")
    if not schema.tables:
        raise SchemaPictureError("there is no table to draw")
    path.write_bytes(_drawn(schema, path.suffix.removeprefix("."), title))


def chosen(schema: Schema, include: Iterable[str] = (), *, performance_indicators: bool = True) -> Schema:
    """Keep the tables that one of the regular expressions fits as a whole, by their names or those of their models.

    A model is what the original library named ``PythonPackageVersion``; without expressions every table is kept.
    Raises SchemaPictureError where none is left, ``re.error`` for what is no regular expression.
    """
    patterns = [re.compile(text) for text in include]
    names = [table.name for table in schema.tables]
    if patterns:
        names = [name for name in names if any(map(_fits(name), patterns))]
    if not performance_indicators:
        names = [name for name in names if not PERFORMANCE_INDICATORS.fullmatch(name)]
    if not names:
        raise SchemaPictureError(f"no table is named like {' or '.join(map(repr, include)) or 'that'}")
    return schema.only(names)


def _fits(table: str) -> Callable[[re.Pattern[str]], bool]:
    model = "".join(part.capitalize() for part in table.split("_"))
    return lambda pattern: bool(pattern.fullmatch(table) or pattern.fullmatch(model))


def _drawn(schema: Schema, form: str, title: str) -> bytes:
    whole = one_graph(_run_dot("-Tdot", graphs(schema, title).encode()).decode())
    if form == "html":
        return page(_run_dot("-Tsvg", whole.encode(), *_AS_IT_IS).decode(), title).encode()
    resolution = [f"-Gdpi={_DOTS_PER_INCH}"] if form == "png" else []
    return _run_dot(f"-T{form}", whole.encode(), *_AS_IT_IS, *resolution)


def _run_dot(form: str, text: bytes, *options: str) -> bytes:
    program = shutil.which(_DOT)
    if program is None:
        raise SchemaPictureError(
            "Graphviz, which draws the picture, isn't installed: 'apt-get install graphviz' does that on Debian"
        )
    done = subprocess.run([program, form, *options], input=text, capture_output=True, check=False)
    if done.returncode:
        raise SchemaPictureError(f"Graphviz can't draw this: {' '.join(done.stderr.decode(errors='replace').split())}")
    return done.stdout
