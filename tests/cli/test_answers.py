"""Answers of every shape as the rows that they are made of."""

from __future__ import annotations

import json
from typing import Any

import pytest

from thoth_storages.cli.answers import as_json, as_text, rows_of
from thoth_storages.sql.lexer import Place
from thoth_storages.sql.shape import Shape, parse_shape


def shape(text: str) -> Shape:
    return parse_shape(text, Place("here.sql", 1))


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
def test_an_answer_of_many_rows_is_a_list_of_objects(text: str, answer: Any, rows: list[dict[str, Any]]) -> None:
    assert json.loads(as_json(answer, shape(text))) == rows


@pytest.mark.parametrize(("text", "answer", "rows"), MANY)
def test_an_answer_of_many_rows_is_a_table(text: str, answer: Any, rows: list[dict[str, Any]]) -> None:
    columns, _, *lines = as_text(answer, shape(text)).split("\n")
    assert tuple(columns.split()) == shape(text).columns
    assert [line.split() for line in lines] == [
        [json.dumps(value).strip('"') for value in row.values()] for row in rows
    ]
    assert len(rows_of(answer, shape(text))) == len(rows)


@pytest.mark.parametrize(
    ("text", "answer", "as_object", "as_lines"),
    [
        ("a", 7, 7, "7"),
        ("a", None, None, "null"),
        ("a", ["x", None], ["x", None], '["x", null]'),
        ("{a, bc}", {"a": 1, "bc": "x"}, {"a": 1, "bc": "x"}, "a   1\nbc  x"),
        ("(a, bc)", (1, "x"), {"a": 1, "bc": "x"}, "a   1\nbc  x"),
        ("{a, bc}", None, None, ""),
    ],
)
def test_an_answer_of_one_row_stands_by_itself(text: str, answer: Any, as_object: Any, as_lines: str) -> None:
    assert json.loads(as_json(answer, shape(text))) == as_object
    assert as_text(answer, shape(text)) == as_lines


def test_a_query_that_writes_answers_a_number() -> None:
    assert (as_text(3, None), as_json(3, None)) == ("3", "3")
