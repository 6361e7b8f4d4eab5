"""Answers of every shape as the rows that they are made of."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

from thoth_storages.cli.answers import rows_of, write_answer
from thoth_storages.sql.lexer import Place
from thoth_storages.sql.shape import Shape, parse_shape

Write = Callable[[str, Any, Shape | None], str]


def shape(text: str) -> Shape:
    return parse_shape(text, Place("here.sql", 1))


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Write:
    """A function that answers what is written of an answer in a form, without the end of its last line."""

    def write(form: str, answer: Any, of: Shape | None) -> str:
        write_answer(form, answer, of)
        return capsys.readouterr().out.removesuffix("\n")

    return write


MANY: list[tuple[str, Any, list[dict[str, Any]]]] = [
    ("[a]", ["x", None], [{"a": "x"}, {"a": None}]),
    ("[(a, b)]", [("x", 1), ("y", 2)], [{"a": "x", "b": 1}, {"a": "y", "b": 2}]),
    ("[((a, b), (c, d))]", [((1, 2), (3, 4))], [{"a": 1, "b": 2, "c": 3, "d": 4}]),
    ("[{a, 'import'}]", [{"a": 1, "import": 2}], [{"a": 1, "import": 2}]),
    ("{a: [b]}", {"x": [1, 2], "y": []}, [{"a": "x", "b": 1}, {"a": "x", "b": 2}, {"a": "y", "b": None}]),
    ("{a: [(b, c)]}", {None: [(1, 2)]}, [{"a": None, "b": 1, "c": 2}]),
    ("{a: [{b, c}]}", {"x": [{"b": 1, "c": 2}]}, [{"a": "x", "b": 1, "c": 2}]),
    ("{a: b}", {"x": 1, "y": None}, [{"a": "x", "b": 1}, {"a": "y", "b": None}]),
    ("{(a, b): n}", {("x", "y"): 3}, [{"a": "x", "b": "y", "n": 3}]),
    (
        "{a: {(b, c): n}}",
        {"x": {(1, 2): 3}, "y": {}},
        [{"a": "x", "b": 1, "c": 2, "n": 3}, {"a": "y", "b": None, "c": None, "n": None}],
    ),
    ("{a: {b: [c]}}", {"x": {"y": [1]}}, [{"a": "x", "b": "y", "c": 1}]),
    ("[a]", [], []),
    ("{a: [b]}", {}, []),
]


@pytest.mark.parametrize(("text", "answer", "rows"), MANY)
def test_an_answer_of_many_rows_is_a_list_of_objects(
    written: Write, text: str, answer: Any, rows: list[dict[str, Any]]
) -> None:
    assert json.loads(written("json", answer, shape(text))) == rows


@pytest.mark.parametrize(("text", "answer", "rows"), MANY)
def test_an_answer_of_many_rows_is_an_object_a_line(
    written: Write, text: str, answer: Any, rows: list[dict[str, Any]]
) -> None:
    assert [json.loads(line) for line in written("ndjson", answer, shape(text)).splitlines()] == rows


@pytest.mark.parametrize(("text", "answer", "rows"), MANY)
def test_an_answer_of_many_rows_is_csv(written: Write, text: str, answer: Any, rows: list[dict[str, Any]]) -> None:
    columns, *lines = csv.reader(f"{written('csv', answer, shape(text))}\n".splitlines())
    assert tuple(columns) == shape(text).columns
    # a reader takes a line with nothing but NULL for none
    found = [line or [""] for line in lines]
    assert found == [["" if value is None else str(value) for value in row.values()] for row in rows]


@pytest.mark.parametrize(("text", "answer", "rows"), MANY)
def test_an_answer_of_many_rows_is_a_table(written: Write, text: str, answer: Any, rows: list[dict[str, Any]]) -> None:
    columns, _, *lines = written("text", answer, shape(text)).split("\n")
    assert tuple(columns.split()) == shape(text).columns
    assert [line.split() for line in lines] == [
        [json.dumps(value).strip('"') for value in row.values()] for row in rows
    ]
    assert len(rows_of(answer, shape(text))) == len(rows)


@pytest.mark.parametrize(
    ("text", "answer", "as_object", "as_lines", "as_csv"),
    [
        ("a", 7, 7, "7", "a\n7"),
        ("a", None, None, "null", "a\n"),
        ("a", "", "", "", 'a\n""'),
        ("a", ["x", None], ["x", None], '["x", null]', 'a\n"[""x"", null]"'),
        ("{a, bc}", {"a": 1, "bc": "x"}, {"a": 1, "bc": "x"}, "a   1\nbc  x", "a,bc\n1,x"),
        ("(a, bc)", (1, "x"), {"a": 1, "bc": "x"}, "a   1\nbc  x", "a,bc\n1,x"),
        ("{a, bc}", None, None, "", "a,bc"),
    ],
)
def test_an_answer_of_one_row_stands_by_itself(
    written: Write, text: str, answer: Any, as_object: Any, as_lines: str, as_csv: str
) -> None:
    assert json.loads(written("json", answer, shape(text))) == as_object
    assert written("text", answer, shape(text)) == as_lines
    assert written("csv", answer, shape(text)) == as_csv


def test_a_query_that_writes_answers_a_number(written: Write) -> None:
    assert [written(form, 3, None) for form in ("text", "json", "ndjson", "csv")] == [
        "3",
        "3",
        '{"rows_written": 3}',
        "rows_written\n3",
    ]
