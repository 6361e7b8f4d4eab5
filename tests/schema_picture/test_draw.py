"""Files with pictures."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.schema_picture.making import ENTITY, INDEX, INDICATOR, SCHEMA, SOLVED
from thoth_storages.exceptions import SchemaPictureError
from thoth_storages.schema_picture import SUFFIXES, Schema, chosen, draw

needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz isn't installed")


def names(schema: Schema) -> list[str]:
    return [table.name for table in schema.tables]


class TestChoosing:
    @pytest.mark.parametrize(
        ("include", "expected"),
        [
            ([], [INDICATOR.name, INDEX.name, ENTITY.name, SOLVED.name]),
            (["python_package.*"], [INDEX.name, ENTITY.name]),
            (["solved", "pi_.*"], [INDICATOR.name, SOLVED.name]),
            (["PythonPackageVersionEntity"], [ENTITY.name]),
            (["Python.*"], [INDEX.name, ENTITY.name]),
        ],
    )
    def test_takes_what_an_expression_fits_as_a_whole(self, include: list[str], expected: list[str]) -> None:
        assert names(chosen(SCHEMA, include)) == expected

    def test_may_leave_out_performance_indicators(self) -> None:
        assert names(chosen(SCHEMA, performance_indicators=False)) == [INDEX.name, ENTITY.name, SOLVED.name]

    @pytest.mark.parametrize("include", [["package"], ["solve"], ["nothing", "at all"]])
    def test_refuses_to_choose_nothing(self, include: list[str]) -> None:
        with pytest.raises(SchemaPictureError, match=r"no table is named like '(package|solve|nothing' or 'at all)'"):
            chosen(SCHEMA, include)

    def test_refuses_what_is_no_expression(self) -> None:
        with pytest.raises(re.error):
            chosen(SCHEMA, ["("])


@needs_graphviz
class TestAPicture:
    @pytest.mark.parametrize(
        ("suffix", "begins"),
        [(".png", b"\x89PNG\r\n"), (".svg", b"<?xml"), (".pdf", b"%PDF-"), (".html", b"<!DOCTYPE html>")],
    )
    def test_has_the_form_that_its_suffix_says(self, tmp_path: Path, suffix: str, begins: bytes) -> None:
        path = tmp_path / f"schema{suffix}"
        path.write_text("what was there")
        draw(SCHEMA, path, title="The schema")
        assert path.read_bytes().startswith(begins)

    def test_has_ids_for_scripts(self, tmp_path: Path) -> None:
        draw(SCHEMA, tmp_path / "schema.svg", title="The schema")
        found = {each.get("id") for each in ET.parse(tmp_path / "schema.svg").iter()}
        assert {
            ENTITY.name,
            f"{SOLVED.name}::{ENTITY.name}",
            f"{SOLVED.name}:version_id:{ENTITY.name}",
            f"{ENTITY.name}:python_package_index_id:{INDEX.name}",
        } <= found

    def test_shows_every_column_and_every_subject(self, tmp_path: Path) -> None:
        draw(SCHEMA, tmp_path / "schema.svg", title="The schema")
        texts = {each.text for each in ET.parse(tmp_path / "schema.svg").iter("{http://www.w3.org/2000/svg}text")}
        assert {"The schema", *SCHEMA.subjects} <= texts
        assert {column.name for table in SCHEMA.tables for column in table.columns} <= texts

    def test_lies_on_a_ground_a_subject(self, tmp_path: Path) -> None:
        draw(SCHEMA, tmp_path / "schema.svg", title="The schema")
        assert (tmp_path / "schema.svg").read_text().count('class="cluster"') == len(SCHEMA.subjects)


class TestRefusing:
    @pytest.mark.parametrize("name", ["schema", "schema.gif", "schema.PNG", ".svg"])
    def test_another_suffix(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(SchemaPictureError, match=r"ends in \.png, \.svg, \.pdf or \.html"):
            draw(SCHEMA, tmp_path / name, title="")
        assert list(tmp_path.iterdir()) == []

    def test_a_schema_without_tables(self, tmp_path: Path) -> None:
        with pytest.raises(SchemaPictureError, match="no table"):
            draw(Schema((), ()), tmp_path / "schema.svg", title="")

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_a_machine_without_graphviz_and_how_to_get_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(SchemaPictureError, match="apt-get install graphviz"):
            draw(SCHEMA, tmp_path / f"schema{suffix}", title="")
        assert list(tmp_path.iterdir()) == []

    def test_what_graphviz_cannot_do_in_its_own_words(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = tmp_path / "dot"
        program.write_text("#!/bin/sh\necho 'Error: no\nroom' >&2\nexit 1\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        with pytest.raises(SchemaPictureError, match="can't draw this: Error: no room"):
            draw(SCHEMA, tmp_path / "schema.svg", title="")
