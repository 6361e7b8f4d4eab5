"""Columns as parameters: their types are fixed, and every value comes back as it was sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from thoth_storages.documents.columns import BigIntegers, Booleans, Integers, Moments, Texts, columns_of, typed_columns

MOMENT = dt.datetime(2022, 1, 31, 12, 34, 56, 789012)


@pytest.mark.parametrize(
    ("column", "type_name"),
    [
        (Texts(["", "x", None, "é€😀", 'a "quoted", {braced} \\ text', "NULL"]), "text[]"),
        (Texts([None, None]), "text[]"),
        (Texts(), "text[]"),
        (Integers([1, None, -(2**31), 2**31 - 1]), "integer[]"),
        (Integers([None]), "integer[]"),
        (BigIntegers([1, None, -(2**63), 2**63 - 1]), "bigint[]"),
        (Booleans([True, None, False]), "boolean[]"),
        (Moments([MOMENT]), "timestamp without time zone[]"),
    ],
)
def test_a_column_has_a_fixed_type_and_keeps_its_values(
    connection: psycopg.Connection[Any], column: list[Any], type_name: str
) -> None:
    answer = connection.execute("SELECT pg_typeof(%s)::text, %s", (column, column)).fetchone()
    assert answer == (type_name, list(column))


def test_rows_become_columns() -> None:
    assert columns_of([("a", "1"), ("b", None)]) == [["a", "b"], ["1", None]]
    assert all(isinstance(column, Texts) for column in columns_of([("a", "1")]))


def test_rows_of_different_widths_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        columns_of([("a", "1"), ("b",)])


def test_rows_become_columns_of_their_kinds() -> None:
    texts, numbers = typed_columns([Texts, Integers], [("a", 1), ("b", None)])
    assert (type(texts), texts) == (Texts, ["a", "b"])
    assert (type(numbers), numbers) == (Integers, [1, None])
    with pytest.raises(ValueError, match="zip"):
        typed_columns([Texts], [("a", 1)])
