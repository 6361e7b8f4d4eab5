"""A picture as a page to look around in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.browser import asked, needs_browser
from tests.schema_picture.making import ENTITY, INDEX, SCHEMA, SOLVED
from thoth_storages.schema_picture import draw

pytestmark = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz isn't installed")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("picture") / "schema.html"
    draw(SCHEMA, path, title="The <schema>")
    return path.read_text(encoding="utf-8")


def test_it_asks_nothing_of_the_network(page: str) -> None:
    assert "default-src 'none'" in page
    assert [text for text in ("src=", "@import", "url(", "fetch(") if text in page] == []


def test_the_title_is_text(page: str) -> None:
    assert "<title>The &lt;schema&gt;</title>" in page
    assert "<schema>" not in page


_LOOK = """(page, document) => {
  const near = () => [...document.querySelectorAll(".near")].map((each) => each.id).sort();
  const point = (name, type) => document.getElementById(name)
    .dispatchEvent(new page.PointerEvent(type, { pointerType: "mouse" }));
  const view = () => document.querySelector(".picture svg").getAttribute("viewBox").split(" ").map(Number);
  const search = document.getElementById("search");
  const seek = (text) => {
    search.value = text;
    search.dispatchEvent(new page.Event("input"));
    return [document.getElementById("found").textContent,
      [...document.querySelectorAll("text.sought")].map((each) => each.textContent)];
  };
  const answer = { before: near(), home: view() };
  point("python_package_version_entity", "pointerenter");
  answer.hovered = near();
  answer.about = document.getElementById("about").textContent;
  point("python_package_version_entity", "pointerleave");
  answer.left = near();
  answer.found = seek("PACKAGE_name");
  answer.missing = seek("nothing like this");
  answer.tables = seek("python_package_index")[0];
  search.form.requestSubmit();
  answer.gone = view();
  document.getElementById("whole").click();
  answer.back = view();
  document.getElementById("closer").click();
  answer.closer = view();
  document.getElementById("whole").click();
  const subject = () => parseFloat(page.getComputedStyle(document.querySelector(".cluster text")).fontSize);
  const drawn = document.querySelector(".picture svg");
  const perPixel = () => { const [, , w, h] = view(); return Math.max(w / drawn.clientWidth, h / drawn.clientHeight); };
  answer.subject = subject() / perPixel();
  answer.column = 10 / perPixel();
  document.getElementById("solved").dispatchEvent(new page.MouseEvent("click", { bubbles: true }));
  answer.clicked = 10 / perPixel();
  document.getElementById("whole").click();
  answer.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  answer.ground = page.getComputedStyle(document.body).backgroundColor;
  answer.table = page.getComputedStyle(document.querySelector("#solved text[fill='#1c1c1c']")).fill;
  return answer;
}"""


@needs_browser
def test_it_can_be_searched_zoomed_and_pointed_at(page: str) -> None:
    answer: dict[str, Any] = asked(page, _LOOK, width=390, dark=True)
    assert answer["before"] == answer["left"] == []
    assert answer["hovered"] == sorted(
        [
            ENTITY.name,
            INDEX.name,
            SOLVED.name,
            f"{ENTITY.name}:python_package_index_id:{INDEX.name}",
            f"{SOLVED.name}:version_id:{ENTITY.name}",
            f"{SOLVED.name}::{ENTITY.name}",
        ]
    )
    assert answer["about"] == f'{ENTITY.name}A package version "as such".\npackage_name: As <PEP 503> has it.'
    assert answer["found"] == ["1 table", ["package_name"]]
    assert answer["missing"] == ["nothing", []]
    assert answer["tables"] == "2 tables"
    assert answer["gone"] != answer["home"]
    assert answer["back"] == answer["home"]
    assert answer["closer"][2] == pytest.approx(0.7 * answer["home"][2])
    assert answer["subject"] == pytest.approx(10, rel=0.1)
    assert answer["column"] < 7 <= answer["clicked"]
    assert answer["overflow"] == 0
    assert (answer["ground"], answer["table"]) == ("rgb(18, 20, 23)", "rgb(233, 233, 234)")
