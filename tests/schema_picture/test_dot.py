"""A schema in the language of Graphviz."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from tests.schema_picture.making import ENTITY, SCHEMA, TO_INDEX
from thoth_storages.schema_picture import Column, Schema, Table
from thoth_storages.schema_picture.dot import COLOURS, graphs

TEXT = graphs(SCHEMA, "All & everything")


def row(column: str) -> str:
    """What the picture says in the row of a column of the entities, without markup."""
    rows = re.findall(r"<TR>(?:(?!<TR>).)*?</TR>", graphs(SCHEMA.only([ENTITY.name]), ""))
    (found,) = (each for each in rows if f">{column}<" in each)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_a_graph_a_subject_follows_the_legend() -> None:
    assert re.findall(r'^digraph "(.*)" \{', TEXT, re.MULTILINE) == [
        "legend",
        "python packages",
        "solvers",
        "inspections",
    ]


def test_the_title_is_text_not_markup() -> None:
    assert "All &amp; everything" in TEXT


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("id", "● id integer PK"),
        ("package_name", "● package_name text U1"),
        ("python_package_index_id", "○ python_package_index_id integer U1 U2"),
    ],
)
def test_a_row_tells_keys_and_whether_it_may_be_null(column: str, said: str) -> None:
    assert row(column) == said


def test_a_foreign_key_is_marked() -> None:
    assert "FK U1 U2" in graphs(SCHEMA, "")


def test_columns_that_are_left_out_are_counted() -> None:
    table = replace(ENTITY, columns=(replace(ENTITY.columns[0], type=""),), left_out=12)
    (label,) = re.findall(r"label=<(<TABLE .*?</TABLE>)>", graphs(Schema((table,), ()), "").partition("cluster")[2])
    said = re.sub(r"(<[^>]+>|\s)+", " ", label)
    assert said == " python_package_version_entity ● id PK … and 12 more columns "


def test_long_names_of_types_are_shortened() -> None:
    assert ">timestamp<" in TEXT
    assert ">varchar(256)<" in TEXT


def test_an_arrow_goes_from_column_to_column_within_a_subject() -> None:
    ends = '"python_package_version_entity":out2:e -> "python_package_index":in0:w'
    assert ends in TEXT


def test_what_refers_to_another_subject_has_a_signpost_in_its_colour() -> None:
    assert '"solved":out1:e -> "solved::python_package_version_entity":w' in TEXT
    (signpost,) = re.findall(r'^ *"solved::python_package_version_entity" \[(.*)\]', TEXT, re.MULTILINE)
    assert 'label="python_package_version_entity"' in signpost
    assert f'fillcolor="{COLOURS[0].head}"' in signpost


def test_two_columns_share_a_signpost() -> None:
    again = replace(SCHEMA.references[1], columns=("datetime",))
    text = graphs(replace(SCHEMA, references=(*SCHEMA.references, again)), "")
    assert len(re.findall(r'^ *"solved::python_package_version_entity" \[', text, re.MULTILINE)) == 1
    assert len(re.findall(r'-> "solved::python_package_version_entity"', text)) == 2


def test_comments_are_shown_when_pointed_at() -> None:
    assert r'tooltip="A package version \"as such\".\npackage_name: As <PEP 503> has it."' in TEXT


def test_equal_schemas_make_equal_texts() -> None:
    assert graphs(replace(SCHEMA), "All & everything") == TEXT


def test_a_subject_has_the_same_colour_in_a_picture_of_a_part() -> None:
    head = f'BGCOLOR="{COLOURS[2].head}"'  # solvers are the third subject
    assert head in graphs(SCHEMA, "all")
    assert head in graphs(SCHEMA.only(["solved"]), "a part")


def test_there_are_colours_for_any_number_of_subjects() -> None:
    tables = tuple(Table(f"t{number}", "", f"subject {number}", ENTITY.columns) for number in range(30))
    # tables that no migration makes keep the order they are given in
    assert graphs(Schema(tables, ()), "").count("digraph") == 31


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
def test_text_can_be_read_on_its_ground(colour: tuple[str, str]) -> None:
    head, ground = map(_luminance, colour)
    assert 1.05 / (head + 0.05) >= 5
    assert (ground + 0.05) / (head + 0.05) >= 4.5


@pytest.mark.parametrize("name", ['say "no"', "a\\b", "x < y & z", "größe", "two words", "semi;colon", "new\nline"])
@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz isn't installed")
def test_any_name_can_be_drawn(name: str) -> None:
    table = Table(name, name, name, (Column(name, "text", True, name, True),))
    reference = replace(TO_INDEX, table=name, columns=(name,), referred=name, referred_columns=(name,))
    text = graphs(Schema((table,), (reference,)), name)
    done = subprocess.run(["dot", "-Tdot"], input=text.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
