"""What is read from the texts of the command line, by the annotation of the parameter."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from thoth_storages.cli.kinds import kind_of
from thoth_storages.enums import RecommendationTypeEnum


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        ("str", "flask", "flask"),
        ("str", "", ""),
        ("str", "null", "null"),
        ("str", "a=b, c", "a=b, c"),
        ("str", '"', '"'),
        ("str", '"null"', "null"),
        ("str", r'"say \"no\" \\"', r'say "no" \\'[:-1]),
        ("str | None", "null", None),
        ("str | None", '"null"', "null"),
        ("str | None", "NULL", "NULL"),
        ("int", "-7", -7),
        ("int | None", "null", None),
        ("None | int", "7", 7),
        ("int | str", "7", 7),
        ("int | str", "seven", "seven"),
        ("float", "1.5", 1.5),
        ("Decimal", "1.50", Decimal("1.50")),
        ("bool", "true", True),
        ("bool", "No", False),
        ("bool | None", "0", False),
        ("bool | None", "null", None),
        ("datetime", "2024-02-29T12:30", dt.datetime(2024, 2, 29, 12, 30)),
        ("datetime", "2024-02-29", dt.datetime(2024, 2, 29)),
        ("datetime", "2024-02-29 12:30:00.5", dt.datetime(2024, 2, 29, 12, 30, 0, 500000)),
        ("datetime", "2024-02-29T12:30+02:00", dt.datetime(2024, 2, 29, 10, 30)),
        ("datetime", "2024-02-29T12:30Z", dt.datetime(2024, 2, 29, 12, 30)),
        ("date", "2024-02-29", dt.date(2024, 2, 29)),
        ("frozenset[str | None] | None", "null,gpu", frozenset({None, "gpu"})),
        ("frozenset[str | None] | None", "gpu", frozenset({"gpu"})),
        ("frozenset[str | None] | None", "", frozenset()),
        ("frozenset[str | None] | None", '"null","a,b" , c', frozenset({"null", "a,b", "c"})),
        ("frozenset[str]", "null", frozenset({"null"})),
        ("list[str | None]", "a, b,,null", ["a", "b", "", None]),
        ("list[int]", "3,1,2,", [3, 1, 2]),
        ("set[int] | None", "3,1", {1, 3}),
        ("RecommendationTypeEnum", "STABLE", RecommendationTypeEnum.STABLE),
        ("RecommendationTypeEnum | None", "null", None),
        ("Any", "what you like", "what you like"),
        ("Sequence[str]", "what you like", "what you like"),
    ],
)
def test_a_text_is_read_as_the_annotation_says(annotation: str, text: str, value: Any) -> None:
    read = kind_of(annotation).read(text)
    assert (read, type(read)) == (value, type(value))


def test_null_alone_is_no_set() -> None:
    assert kind_of("frozenset[str | None] | None").read("null") is None
    assert kind_of("frozenset[str | None] | None").read("null,") == frozenset({None})


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        ("int", "ten"),
        ("int", "null"),
        ("int", ""),
        ("int", "1.5"),
        ("int | None", "none"),
        ("float", "much"),
        ("Decimal", "much"),
        ("bool", "maybe"),
        ("bool", "null"),
        ("bool", ""),
        ("datetime", "yesterday"),
        ("datetime", "2024-02-30"),
        ("date", "2024-02-29T12:30"),
        ("list[int]", "1,two"),
        ("list[int]", "1,,2"),
        ("RecommendationTypeEnum", "stable"),
        ("RecommendationTypeEnum | None", "BEST"),
    ],
)
def test_a_text_that_does_not_fit_is_a_value_error(annotation: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kind_of(annotation).read(text)


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        ("str", "a text"),
        ("int | None", "a whole number or null"),
        ("bool | None", "true or false or null"),
        ("datetime", "a moment in UTC like 2024-02-29T12:30"),
        ("frozenset[str | None] | None", "values with commas between them (each a text or null) or null"),
        ("RecommendationTypeEnum", "one of STABLE, TESTING, LATEST, PERFORMANCE, SECURITY"),
    ],
)
def test_a_kind_is_named_for_a_sentence(annotation: str, name: str) -> None:
    assert kind_of(annotation).name == name
