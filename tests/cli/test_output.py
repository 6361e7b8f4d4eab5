"""Data as text and as JSON."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from thoth_storages.cli.output import cell, json_text, pairs, streamed_json, table

MOMENT = dt.datetime(2024, 2, 29, 12, 30)


def test_columns_are_as_wide_as_their_widest_value_and_numbers_stand_right() -> None:
    assert table(("name", "n"), [("flask", 7), ("a", 1200)]).split("\n") == [
        "name      n",
        "-----  ----",
        "flask     7",
        "a      1200",
    ]


def test_a_table_without_rows_has_its_columns() -> None:
    assert table(("name", "n"), []) == "name  n\n----  -"


def test_a_column_with_a_null_among_numbers_stands_left() -> None:
    assert table(("n",), [(1000,), (None,)]).split("\n") == ["n", "----", "1000", "null"]


def test_no_line_ends_in_blanks() -> None:
    assert table(("name", "text"), [("a", ""), ("b", "long enough")]).split("\n")[2] == "a"


def test_a_record_has_a_line_a_column() -> None:
    assert pairs({"name": "flask", "is_missing": None}) == "name        flask\nis_missing  null"
    assert pairs({}) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (7, "7"),
        (1.5, "1.5"),
        (Decimal("1.50"), "1.50"),
        ("Größe", "Größe"),
        ("two\nlines\tand \x1b[31mred", "two\\nlines\\tand \\x1b[31mred"),
        (MOMENT, "2024-02-29 12:30:00"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (["a", None, MOMENT], '["a", null, "2024-02-29T12:30:00"]'),
        ({"größe": 1}, '{"größe": 1}'),
        (b"\x00\xff", "\\x00ff"),
    ],
)
def test_a_value_is_one_line_that_steers_no_terminal(value: Any, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize(
    "value", [None, 7, "x", [], {"a": [1, None]}, [{"a": 1}, {"a": 2}], [1, "two"]], ids=json.dumps
)
def test_json_reads_back(value: Any) -> None:
    assert json.loads(json_text(value)) == value


def test_a_json_list_has_a_line_an_element() -> None:
    assert json_text([{"a": 1}, {"a": [2, 3]}]) == '[\n  {"a": 1},\n  {"a": [2, 3]}\n]'


def test_json_has_moments_in_iso_8601_and_numbers_without_loss() -> None:
    assert json.loads(json_text([MOMENT, Decimal("0.1"), b"\x00"])) == ["2024-02-29T12:30:00", "0.1", "\\x00"]


@pytest.mark.parametrize("elements", [[], [1], [{"a": [1, 2]}, "b", None]])
def test_a_list_is_written_as_its_elements_come(elements: list[Any]) -> None:
    texts = map(json.dumps, elements)
    pieces = streamed_json(texts)
    if elements:
        assert next(pieces).lstrip("[\n ") == json.dumps(elements[0])
        assert len(list(texts)) == len(elements) - 1
    assert json.loads("".join(streamed_json(map(json.dumps, elements)))) == elements


def test_elements_of_several_lines_are_indented() -> None:
    assert "".join(streamed_json(['{\n  "a": 1\n}'])) == '[\n  {\n    "a": 1\n  }\n]\n'
