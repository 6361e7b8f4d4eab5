"""The header of a query: prose and keys, and each mistake in it that would otherwise pass in silence."""

from __future__ import annotations

import pytest

from thoth_storages.exceptions import NotFoundError, QueryError
from thoth_storages.sql.header import KEYS, CacheLimit, Header, check_name, parse_header, refuse_unknown_key
from thoth_storages.sql.lexer import Place

PLACE = Place("some.sql", 2)


def parse(text: str) -> Header:
    return parse_header(text.split("\n"), PLACE)


def message(text: str) -> str:
    with pytest.raises(QueryError) as raised:
        parse(text)
    return str(raised.value)


def test_every_key() -> None:
    header = parse(
        "-- What it answers.\n"
        "-- params: package_name, *, distinct=False\n"
        "-- returns: [(a, b)]\n"
        "-- raises: NotFoundError\n"
        "-- cache: SOME_CACHE_SIZE 128\n"
        "-- alias: other, third\n"
        "-- notnull: a,b"
    )
    assert header.prose == "What it answers."
    assert str(header.signature) == "package_name, *, distinct=False"
    assert header.returns is not None
    assert header.returns.text == "[(a, b)]"
    assert header.raises is NotFoundError
    assert header.cache == CacheLimit("SOME_CACHE_SIZE", 128)
    assert header.aliases == ("other", "third")
    assert header.notnull == {"a", "b"}


def test_a_header_may_be_empty() -> None:
    assert parse_header([], PLACE) == Header()


def test_prose_keeps_its_lines_and_its_indentation_and_keys_may_stand_between() -> None:
    header = parse("-- First.\n--\n--   indented\n-- params: a\n-- Last line: not a key, as two words aren't.\n--")
    assert header.prose == "First.\n\n  indented\nLast line: not a key, as two words aren't."
    assert header.signature.names == ("a",)


@pytest.mark.parametrize(
    "line", ["-- See https://pypi.org: it's :there", "-- `a: b` is a pair", "-- 10: ten", "--- rule"]
)
def test_prose_may_hold_colons_and_apostrophes(line: str) -> None:
    assert parse(line).prose == line.removeprefix("-- ").removeprefix("--")


def test_a_line_that_is_indented_more_goes_on_with_its_key() -> None:
    header = parse("-- params: a,\n--   b,\n--         c=None\n-- returns:\n--   [(x,\n--    y)]")
    assert header.signature.names == ("a", "b", "c")
    assert header.returns is not None
    assert header.returns.columns == ("x", "y")


def test_the_place_of_a_value_that_goes_on_is_that_of_its_key() -> None:
    assert message("-- Prose.\n-- params: a,\n--   b c").startswith("some.sql:3:1: params: isn't a Python signature (")


def test_prose_ends_what_a_key_began() -> None:
    header = parse("-- params: a\n-- Prose.\n--   indented prose")
    assert header.signature.names == ("a",)
    assert header.prose == "Prose.\n  indented prose"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-- param: a", "unknown key 'param'; did you mean 'params'?"),
        ("-- return: [a]", "unknown key 'return'; did you mean 'returns'?"),
        ("-- riases: NotFoundError", "unknown key 'riases'; did you mean 'raises'?"),
        ("-- not_null: a", "unknown key 'not_null'; did you mean 'notnull'?"),
        ("-- aliases: a", "unknown key 'aliases'; did you mean 'alias'?"),
        ("-- cahce: A 1", "unknown key 'cahce'; did you mean 'cache'?"),
        ("-- nmae: get_b", "unknown key 'nmae'; did you mean 'name'?"),
        (
            "-- zzz: a",
            "unknown key 'zzz'; keys are name, params, returns, raises, cache, alias, notnull",
        ),
    ],
)
def test_an_unknown_key_is_refused_with_the_one_that_was_probably_meant(line: str, expected: str) -> None:
    assert message(f"-- Prose.\n{line}") == f"some.sql:3:1: {expected}"


@pytest.mark.parametrize("key", KEYS)
def test_a_key_that_stands_twice_is_refused_where_it_stands_again(key: str) -> None:
    assert message(f"-- {key}: a\n-- Prose.\n-- {key}: b") == (
        f"some.sql:4:1: the key {key!r} stands twice in this header"
    )


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("-- Raises: NotFoundError", "raises"),
        ("-- RETURNS: [a]", "returns"),
        ("-- raises : NotFoundError", "raises"),
        ("--  raises: NotFoundError", "raises"),
        ("-- raises:NotFoundError", "raises"),
        ("--\tcache: A 1", "cache"),
        ("-- Name: get_b", "name"),
        ("--  name: get_b", "name"),
    ],
)
def test_a_line_that_is_nearly_a_key_is_refused_as_it_would_be_taken_for_prose(line: str, key: str) -> None:
    assert message(f"-- Prose.\n{line}") == (
        f"some.sql:3:1: this line would be prose; a key is written like '-- {key}: …', in small letters"
    )


def test_an_optional_mark_in_the_header_is_refused_as_it_would_be_taken_for_prose() -> None:
    assert message("-- params: a=None\n--? a") == (
        "some.sql:3:1: --? stands at the end of the line that it makes optional, not on a line of its own"
    )


@pytest.mark.parametrize("text", ["NotFound", "", "ValueError", "annotations", "NotFoundError, QueryError", "__name__"])
def test_raises_takes_an_exception_of_this_library(text: str) -> None:
    assert message(f"-- raises: {text}".rstrip()) == (
        f"some.sql:2:1: raises: takes the name of an exception of thoth_storages.exceptions, not {text!r}"
    )


@pytest.mark.parametrize("text", ["", "A_CACHE_SIZE", "128", "a_cache_size 128", "A_CACHE_SIZE -1", "A 1 2", "A=1"])
def test_cache_takes_a_variable_and_a_size(text: str) -> None:
    assert message(f"-- cache: {text}".rstrip()) == (
        f"some.sql:2:1: cache: takes an environment variable and a default size, not {text!r}"
    )


@pytest.mark.parametrize("key", ["alias", "notnull"])
@pytest.mark.parametrize(
    ("text", "name"), [("", ""), ("a b", "a b"), ("a,", ""), ("a, 1b", "1b"), ("a.b", "a.b"), ("a, class", "class")]
)
def test_names_are_names_of_python_with_commas_between(key: str, text: str, name: str) -> None:
    assert message(f"-- {key}: {text}".rstrip()) == (
        f"some.sql:2:1: {name!r} is no name of Python's; write names with commas between them"
    )


@pytest.mark.parametrize("name", ["a", "_a", "a1", "né", "match"])
def test_a_name_of_python_is_accepted(name: str) -> None:
    check_name(name, PLACE)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [("params", "a b", "params: isn't a Python signature"), ("returns", "a b", "returns: isn't a Python literal")],
)
def test_a_value_that_cannot_be_read_is_refused_in_its_line(key: str, value: str, expected: str) -> None:
    assert message(f"-- Prose.\n-- {key}: {value}").startswith(f"some.sql:3:1: {expected}")


def test_a_key_before_the_first_query_is_refused() -> None:
    with pytest.raises(QueryError) as raised:
        refuse_unknown_key("returns", PLACE)
    assert str(raised.value) == "some.sql:2:1: the key 'returns' stands before the first '-- name:' line"
