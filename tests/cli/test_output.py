"""Data as text and as JSON."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any, ClassVar

import psycopg
import pytest

from thoth_storages.cli.output import (
    cell,
    counted,
    csv_line,
    csv_lines,
    json_text,
    pairs,
    streamed_json,
    table,
    write,
    write_names,
)

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


def test_csv_tells_nothing_from_an_empty_text_and_quotes_what_it_must() -> None:
    rows: list[dict[str, Any]] = [
        {"a": None, "b": ""},
        {"a": 'say "hi"', "b": "two\nlines"},
        {"a": "x,y", "b": "Größe"},
    ]
    assert "".join(csv_lines(["a", "b"], rows)) == 'a,b\n,""\n"say ""hi""","two\nlines"\n"x,y",Größe\n'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (7, "7"),
        (Decimal("1.50"), "1.50"),
        (MOMENT, "2024-02-29T12:30:00"),
        (["a", None], '"[""a"", null]"'),
        (b"\x00\xff", "\\x00ff"),
    ],
)
def test_csv_has_values_as_json_has_them(value: Any, text: str) -> None:
    assert csv_line([value]) == f"{text}\n"


def test_csv_is_read_by_postgresql(connection: psycopg.Connection) -> None:
    rows = [(1, "", MOMENT, True), (2, None, None, None), (3, 'a "b", c\nd', MOMENT, False)]
    columns = ["n", "text", "moment", "flag"]
    connection.execute("CREATE TEMP TABLE t (n integer, text text, moment timestamp, flag boolean)")
    with connection.cursor() as cursor, cursor.copy("COPY t FROM STDIN (FORMAT csv, HEADER)") as copy:
        copy.write("".join(csv_lines(columns, [dict(zip(columns, row, strict=True)) for row in rows])))
    assert connection.execute("SELECT n, text, moment, flag FROM t ORDER BY n").fetchall() == rows


class TestWriting:
    RECORDS: ClassVar = [{"a": 1, "b": "x"}, {"a": 2, "b": None}]

    @pytest.mark.parametrize(
        ("form", "written"),
        [
            ("text", "said\n"),
            ("json", '[\n  {"a": 1, "b": "x"},\n  {"a": 2, "b": null}\n]\n'),
            ("ndjson", '{"a": 1, "b": "x"}\n{"a": 2, "b": null}\n'),
            ("csv", "a,b\n1,x\n2,\n"),
        ],
    )
    def test_records_come_in_every_form(self, form: str, written: str, capsys: pytest.CaptureFixture[str]) -> None:
        write(form, lambda: "said", self.RECORDS)
        assert capsys.readouterr().out == written

    @pytest.mark.parametrize(("form", "written"), [("text", ""), ("json", "[]\n"), ("ndjson", ""), ("csv", "a,b\n")])
    def test_no_records_have_their_columns_in_csv(
        self, form: str, written: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write(form, str, [], columns=["a", "b"])
        assert capsys.readouterr().out == written

    @pytest.mark.parametrize(
        ("form", "written"),
        [("json", '{"a": 1, "b": [2]}\n'), ("ndjson", '{"a": 1, "b": [2]}\n'), ("csv", "a,b\n1,[2]\n")],
    )
    def test_one_record_is_a_row(self, form: str, written: str, capsys: pytest.CaptureFixture[str]) -> None:
        write(form, str, {"a": 1, "b": [2]})
        assert capsys.readouterr().out == written

    @pytest.mark.parametrize(
        ("form", "written"),
        [
            ("text", "x\ny\n"),
            ("json", '{"removed": ["x", "y"]}\n'),
            ("ndjson", '{"backup": "x"}\n{"backup": "y"}\n'),
            ("csv", "backup\nx\ny\n"),
        ],
    )
    def test_names_are_a_line_each(self, form: str, written: str, capsys: pytest.CaptureFixture[str]) -> None:
        write_names(form, "removed", ["x", "y"], column="backup")
        assert capsys.readouterr().out == written


@pytest.mark.parametrize(
    ("number", "nouns", "said"),
    [(0, ("row",), "0 rows"), (1, ("row",), "1 row"), (2, ("query", "queries"), "2 queries")],
)
def test_what_is_counted_is_singular_or_plural(number: int, nouns: tuple[str, ...], said: str) -> None:
    assert counted(number, *nouns) == said
