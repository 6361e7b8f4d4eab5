"""The picture that the documentation shows."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest

from thoth_storages.schema_picture import chosen, draw, read_schema

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs/images/schema.svg"


def said(picture: Path) -> Counter[str | None]:
    """What is written in a picture, wherever that stands: another Graphviz, or other fonts, place it elsewhere."""
    return Counter(text.text for text in ET.parse(picture).iter("{http://www.w3.org/2000/svg}text"))


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz isn't installed")
def test_it_shows_the_schema_as_it_is(connection: psycopg.Connection[Any], tmp_path: Path) -> None:
    (recipe,) = re.findall(
        r"generate-schema docs/images/schema\.svg(.*?)\n\n", (ROOT / "Makefile").read_text(), re.DOTALL
    )
    (title,) = re.findall(r"--title '(.*?)'", recipe)
    schema = chosen(read_schema(connection), re.findall(r"--include '(.*?)'", recipe))
    draw(schema, tmp_path / "schema.svg", title=title)
    assert said(PICTURE) == said(tmp_path / "schema.svg"), "'make schema-picture' draws it anew"


def test_it_is_no_burden_on_the_repository() -> None:
    assert PICTURE.stat().st_size < 100_000
