"""Reading members of a document: what they hold, and what is said where they hold something else."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from thoth_storages.documents.fields import LARGEST_BIG_INTEGER, LONGEST_KEY_TEXT, Section, storable_prose
from thoth_storages.exceptions import DocumentError

DOCUMENT = "solver-rhel-8-py38-220131123456-0123456789abcdef"
LONG = "x" * (LONGEST_KEY_TEXT + 1)
MOMENT = dt.datetime(2022, 1, 31, 12, 34, 56, 789012)

Read = Callable[[Section], Any]


def section(**members: Any) -> Section:
    return Section(members, DOCUMENT, "result.tree[3]")


@pytest.mark.parametrize(
    ("members", "read", "expected"),
    [
        ({"a": "x"}, lambda s: s.text("a"), "x"),
        ({"b": "x"}, lambda s: s.text("a", "b"), "x"),
        ({"a": None, "b": "x"}, lambda s: s.text("a", "b"), "x"),
        ({"a": "", "b": "x"}, lambda s: s.text("a", "b"), "x"),
        ({"a": "x", "b": "y"}, lambda s: s.text("a", "b"), "x"),
        ({"a": "Dvořák"}, lambda s: s.text("a"), "Dvořák"),
        ({"a": "x"}, lambda s: s.nullable_text("a"), "x"),
        ({"a": None}, lambda s: s.nullable_text("a"), None),
        ({"a": ""}, lambda s: s.nullable_text("a"), None),
        ({"b": None}, lambda s: s.nullable_text("a", "b"), None),
        ({}, lambda s: s.optional_text("a"), None),
        ({"a": None}, lambda s: s.optional_text("a"), None),
        ({"a": "x"}, lambda s: s.optional_text("a"), "x"),
        ({}, lambda s: s.long_text("a"), None),
        ({"a": None}, lambda s: s.long_text("a"), None),
        ({"a": ""}, lambda s: s.long_text("a"), None),
        ({"a": LONG}, lambda s: s.long_text("a"), LONG),
        ({"a": LONG}, lambda s: s.needed_long_text("a"), LONG),
        ({"a": LONG}, lambda s: s.indexed_text("a"), LONG),
        ({"a": LONG}, lambda s: s.needed_indexed_text("a"), LONG),
        ({}, lambda s: s.indexed_text("a"), None),
        ({"a": "é" * 1_300}, lambda s: s.indexed_text("a"), "é" * 1_300),
        ({}, lambda s: s.long_texts("a"), []),
        ({"a": None}, lambda s: s.long_texts("a"), []),
        ({"a": [LONG, "", None, "y"]}, lambda s: s.long_texts("a"), [LONG, "y"]),
        ({LONG: ["x"], "b": None}, lambda s: s.long_texts_by_name(), {LONG: ["x"], "b": []}),
        ({}, lambda s: s.prose("a"), None),
        ({"a": None}, lambda s: s.prose("a"), None),
        ({"a": ""}, lambda s: s.prose("a"), ""),
        ({"a": "x\0y"}, lambda s: s.prose("a"), "xy"),
        ({"a": LONG}, lambda s: s.prose("a"), LONG),
        ({}, lambda s: s.prose_list("a"), []),
        ({"a": None}, lambda s: s.prose_list("a"), []),
        ({"a": "x"}, lambda s: s.prose_list("a"), ["x"]),
        ({"a": ["x", None, "y\0"]}, lambda s: s.prose_list("a"), ["x", "y"]),
        ({"a": []}, lambda s: s.texts("a"), []),
        ({"a": None}, lambda s: s.texts("a"), []),
        ({"a": "x"}, lambda s: s.texts("a"), ["x"]),
        ({"a": ["x", "", None, "y"]}, lambda s: s.texts("a"), ["x", "y"]),
        ({}, lambda s: s.optional_texts("a"), []),
        ({"a": ["x"]}, lambda s: s.optional_texts("a"), ["x"]),
        ({}, lambda s: s.flag("a"), None),
        ({}, lambda s: s.flag("a", True), True),
        ({"a": None}, lambda s: s.flag("a", True), True),
        ({"a": False}, lambda s: s.flag("a", True), False),
        ({}, lambda s: s.optional_integer("a"), None),
        ({"a": None}, lambda s: s.optional_integer("a"), None),
        ({"a": 7}, lambda s: s.optional_integer("a"), 7),
        ({"a": 7.6}, lambda s: s.optional_integer("a"), 8),
        ({"a": 2**31 - 1}, lambda s: s.optional_integer("a"), 2**31 - 1),
        ({"a": 2**63 - 1}, lambda s: s.optional_integer("a", LARGEST_BIG_INTEGER), 2**63 - 1),
        ({}, lambda s: s.optional_number("a"), None),
        ({"a": None}, lambda s: s.optional_number("a"), None),
        ({"a": -0.25}, lambda s: s.optional_number("a"), -0.25),
        ({"a": 7}, lambda s: s.optional_number("a"), 7.0),
        ({"a": "2022-01-31T12:34:56.789012"}, lambda s: s.moment("a"), MOMENT),
        ({"a": "2022-01-31 12:34:56.789012"}, lambda s: s.moment("a"), MOMENT),
        ({"a": "2022-01-31T12:34:56.789012Z"}, lambda s: s.moment("a"), MOMENT),
        ({"a": "2022-01-31T14:34:56.789012+02:00"}, lambda s: s.moment("a"), MOMENT),
        ({"a": {"b": "x"}}, lambda s: s.section("a").text("b"), "x"),
        ({"a": None}, lambda s: s.optional_section("a"), None),
        ({"a": {"b": "x"}}, lambda s: s.section_or_empty("a").text("b"), "x"),
        ({}, lambda s: s.section_or_empty("a").optional_text("b"), None),
        ({"a": None}, lambda s: list(s.section_or_empty("a").names()), []),
        ({}, lambda s: s.holds_anything("a"), False),
        ({"a": {}}, lambda s: s.holds_anything("a"), False),
        ({"a": [None]}, lambda s: s.holds_anything("a"), True),
        ({"a": [{"b": "x"}, {"b": "y"}]}, lambda s: [each.text("b") for each in s.sections("a")], ["x", "y"]),
        ({}, lambda s: s.optional_sections("a"), []),
        ({"a": None}, lambda s: s.optional_sections("a"), []),
        ({"a": [{"b": "x"}]}, lambda s: [each.text("b") for each in s.optional_sections("a")], ["x"]),
        ({"a": 1, "b": 2}, lambda s: list(s.names()), ["a", "b"]),
        ({"a": 1}, lambda s: ("a" in s, "b" in s), (True, False)),
    ],
)
def test_a_member_is_read(members: dict[str, Any], read: Read, expected: object) -> None:
    assert read(section(**members)) == expected


def test_a_moment_has_no_time_zone() -> None:
    assert section(a="2022-01-31T00:00:00-11:00").moment("a").tzinfo is None


@pytest.mark.parametrize(
    ("members", "read", "message"),
    [
        ({}, lambda s: s.text("a"), "a: a text is needed, found nothing"),
        ({"a": None}, lambda s: s.text("a"), "a: a text is needed, found null"),
        ({"a": ""}, lambda s: s.text("a"), 'a: a text is needed, found ""'),
        ({"a": 1.5}, lambda s: s.text("a"), "a: a text is needed, found 1.5"),
        ({"a": ["x"]}, lambda s: s.text("a"), "a: a text is needed, found a list"),
        ({"a": {}}, lambda s: s.text("a"), "a: a text is needed, found an object"),
        ({"b": None}, lambda s: s.text("a", "b"), "a: a text is needed, found nothing"),
        ({"a": LONG}, lambda s: s.text("a"), f'a: a text of at most 512 characters is needed, found "{"x" * 59}…'),
        ({"a": "x\0"}, lambda s: s.text("a"), "a: a text without NUL characters and lone surrogates is needed"),
        ({"a": "x\ud800"}, lambda s: s.text("a"), "a: a text without NUL characters and lone surrogates is needed"),
        ({}, lambda s: s.nullable_text("a", "b"), "a: a text or null is needed, found nothing"),
        ({"a": 1}, lambda s: s.nullable_text("a"), "a: a text is needed, found 1"),
        ({"a": True}, lambda s: s.optional_text("a"), "a: a text is needed, found true"),
        ({"a": 1}, lambda s: s.long_text("a"), "a: a text is needed, found 1"),
        ({"a": "é" * 1_301}, lambda s: s.indexed_text("a"), "a: a text of at most 2,600 bytes is needed, found "),
        ({"a": ""}, lambda s: s.needed_indexed_text("a"), 'a: a text is needed, found ""'),
        ({"a": "x\0"}, lambda s: s.long_text("a"), "a: a text without NUL characters"),
        ({"a": ""}, lambda s: s.needed_long_text("a"), 'a: a text is needed, found ""'),
        ({}, lambda s: s.needed_long_text("a"), "a: a text is needed, found nothing"),
        ({"a": ["x", {}]}, lambda s: s.long_texts("a"), "a[1]: a text is needed, found an object"),
        ({"a": ["x\0"]}, lambda s: s.long_texts("a"), "a[0]: a text without NUL characters"),
        ({"a": {}}, lambda s: s.long_texts_by_name(), "a: a list of texts is needed, found an object"),
        ({"a": ["x"]}, lambda s: s.prose("a"), "a: a text is needed, found a list"),
        ({"a": 1}, lambda s: s.prose_list("a"), "a: a list of texts is needed, found 1"),
        ({"a": ["x", 1]}, lambda s: s.prose_list("a"), "a[1]: a text is needed, found 1"),
        ({}, lambda s: s.texts("a"), "a: a list of texts is needed, found nothing"),
        ({"a": {}}, lambda s: s.texts("a"), "a: a list of texts is needed, found an object"),
        ({"a": ["", "x", []]}, lambda s: s.texts("a"), "a[2]: a text is needed, found a list"),
        ({"a": ["x", None, "y\0"]}, lambda s: s.texts("a"), "a[2]: a text without NUL characters"),
        ({"a": 1}, lambda s: s.flag("a"), "a: true or false is needed, found 1"),
        ({"a": "8"}, lambda s: s.optional_integer("a"), 'a: a number is needed, found "8"'),
        ({"a": True}, lambda s: s.optional_integer("a"), "a: a number is needed, found true"),
        ({"a": math.nan}, lambda s: s.optional_integer("a"), "a: a number is needed, found NaN"),
        ({"a": 10**400}, lambda s: s.optional_integer("a"), "a: a number is needed, found 1000"),
        ({"a": 10**400}, lambda s: s.optional_number("a"), "a: a number is needed, found 1000"),
        ({"a": 2**31}, lambda s: s.optional_integer("a"), "a: a number up to 2147483647 is needed, found 2147483648"),
        ({"a": 2**63}, lambda s: s.optional_integer("a", LARGEST_BIG_INTEGER), "a: a number up to 9223372036854775807"),
        ({"a": "0.5"}, lambda s: s.optional_number("a"), 'a: a number is needed, found "0.5"'),
        ({"a": False}, lambda s: s.optional_number("a"), "a: a number is needed, found false"),
        ({"a": math.inf}, lambda s: s.optional_number("a"), "a: a number is needed, found Infinity"),
        ({"a": []}, lambda s: s.section_or_empty("a"), "a: an object is needed, found a list"),
        ({}, lambda s: s.section_or_empty("a").text("b"), "a.b: a text is needed, found nothing"),
        ({"a": {}}, lambda s: s.optional_sections("a"), "a: a list of objects is needed, found an object"),
        ({}, lambda s: s.moment("a"), "a: a date and time such as 2022-01-31T12:34:56 is needed, found nothing"),
        ({"a": "yesterday"}, lambda s: s.moment("a"), 'is needed, found "yesterday"'),
        ({"a": 1643632496}, lambda s: s.moment("a"), "is needed, found 1643632496"),
        ({"a": "0001-01-01T00:00:00+14:00"}, lambda s: s.moment("a"), "is needed, found"),
        ({}, lambda s: s.section("a"), "a: an object is needed, found nothing"),
        ({"a": []}, lambda s: s.section("a"), "a: an object is needed, found a list"),
        ({}, lambda s: s.optional_section("a"), "a: an object is needed, found nothing"),
        ({}, lambda s: s.sections("a"), "a: a list of objects is needed, found nothing"),
        ({"a": {}}, lambda s: s.sections("a"), "a: a list of objects is needed, found an object"),
        ({"a": [{}, "x"]}, lambda s: s.sections("a"), 'a[1]: an object is needed, found "x"'),
        ({"a": [{}]}, lambda s: s.sections("a")[0].text("b"), "a[0].b: a text is needed, found nothing"),
    ],
)
def test_what_is_refused_is_named_by_its_path(members: dict[str, Any], read: Read, message: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(section(**members))
    assert str(refused.value).startswith(f"{DOCUMENT}: result.tree[3].")
    assert message in str(refused.value)


def test_a_name_that_cannot_be_stored_is_refused_by_the_path_of_what_holds_it() -> None:
    with pytest.raises(DocumentError, match=r': result\.tree\[3\]: a text without NUL .*, found "a\\u0000"$'):
        section(**{"a\0": ["x"]}).long_texts_by_name()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", 'a name for each member is needed, found ""'),
        ("a\0", 'a text without NUL characters and lone surrogates is needed, found "a\\u0000"'),
        ("\ud800", "a text without NUL characters and lone surrogates is needed"),
        (LONG, f"a text of at most {LONGEST_KEY_TEXT} characters is needed"),
    ],
)
def test_a_name_that_names_nothing_is_refused_by_the_path_of_what_holds_it(name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=re.escape(f"result.tree[3]: {message}")):
        section(**{name: "*"}).key_names()


def test_names_that_name_something_are_answered_in_order() -> None:
    assert section(flask="*", six="*").key_names() == ["flask", "six"]


def test_a_document_that_is_no_object_is_refused_without_a_path() -> None:
    with pytest.raises(DocumentError, match=f"^{DOCUMENT}: an object is needed, found a list$"):
        Section([], DOCUMENT)


def test_members_of_the_document_itself_are_named_without_a_dot_in_front() -> None:
    with pytest.raises(DocumentError, match=f"^{DOCUMENT}: result: an object is needed, found nothing$"):
        Section({}, DOCUMENT).section("result")


@pytest.mark.parametrize(
    ("text", "stored"),
    [("plain", "plain"), ("é€😀", "é€😀"), ("a\0b\0", "ab"), ("é\ud800", "é�"), ("\ud83d\ude00", "😀")],
)
def test_prose_loses_only_what_cannot_be_stored(text: str, stored: str) -> None:
    assert storable_prose(text) == stored
