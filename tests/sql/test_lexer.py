"""Cutting SQL into tokens: nothing is lost, and quoted text and comments are what PostgreSQL takes for them."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pglast.parser import ParseError, scan

from thoth_storages.exceptions import QueryError
from thoth_storages.sql.lexer import Place, place_of, tokens

ORIGIN = Place("some.sql", 7)

# What means something to a lexer, and some of what stands around it.
FRAGMENTS = [
    *("'", "''", '"', '""', "$$", "$tag$", "$1", "$", "E'", "e'", "\\", "\\'", "--", "--?", "/*", "*/", "/", "*", "-"),
    *(
        "\n",
        " ",
        "\t",
        ":",
        "::",
        ":name",
        ":other",
        "[1:2]",
        "[low:high]",
        ":=",
        ";",
        "%",
        "%%",
        "a",
        "like",
        "né",
        "1",
    ),
]
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)


def kinds(text: str) -> list[tuple[str, str]]:
    """The tokens as pairs, neighbouring plain ones as one."""
    pairs: list[tuple[str, str]] = []
    for token in tokens(text, ORIGIN):
        if pairs and pairs[-1][0] == token.kind == "plain":
            pairs[-1] = ("plain", pairs[-1][1] + token.text)
        else:
            pairs.append((token.kind, token.text))
    return pairs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("SELECT 1", [("plain", "SELECT 1")]),
        ("a -- b", [("plain", "a "), ("comment", "-- b")]),
        ("-- it's\nb", [("comment", "-- it's"), ("plain", "\nb")]),
        ("-- é /* x", [("comment", "-- é /* x")]),
        ("1 - -1", [("plain", "1 - -1")]),
        ("/* a\nb */c", [("block", "/* a\nb */"), ("plain", "c")]),
        ("6 / 3 * 2", [("plain", "6 / 3 * 2")]),
        ("'it''s'", [("quoted", "'it''s'")]),
        ("''", [("quoted", "''")]),
        ("'a'';'", [("quoted", "'a'';'")]),
        (r"'\' a", [("quoted", r"'\'"), ("plain", " a")]),
        (r"E'it\'s'", [("plain", "E"), ("quoted", r"'it\'s'")]),
        (r"e'\\'", [("plain", "e"), ("quoted", r"'\\'")]),
        (r"E'it''s'", [("plain", "E"), ("quoted", "'it''s'")]),
        (r"LIKE'\'", [("plain", "LIKE"), ("quoted", r"'\'")]),
        (r"U&'\0061'", [("plain", "U&"), ("quoted", r"'\0061'")]),
        ('"a ""b"" :c"', [("quoted", '"a ""b"" :c"')]),
        ("$$a;'b$$", [("quoted", "$$a;'b$$")]),
        ("$t$a $$ b$t$", [("quoted", "$t$a $$ b$t$")]),
        ("$é$'$é$", [("quoted", "$é$'$é$")]),
        ("a$b$c$b$ :x", [("plain", "a$b$c$b$ "), ("parameter", ":x")]),
        ("$1", [("numbered", "$1")]),
        ("a$1", [("plain", "a$1")]),
        (":x", [("parameter", ":x")]),
        ("(:x,:y_1)", [("plain", "("), ("parameter", ":x"), ("plain", ","), ("parameter", ":y_1"), ("plain", ")")]),
        (":x::text", [("parameter", ":x"), ("cast", "::"), ("plain", "text")]),
        ("a::int", [("plain", "a"), ("cast", "::"), ("plain", "int")]),
        ("a[1:2]", [("plain", "a[1:2]")]),
        ("a[low:high]", [("plain", "a[low:high]")]),
        ("a[b[1]:c]", [("plain", "a[b[1]:c]")]),
        ("a[f(1):c]", [("plain", "a[f(1):c]")]),
        ('a["b":c]', [("plain", "a["), ("quoted", '"b"'), ("plain", ":c]")]),
        ("f(a := 1)", [("plain", "f(a := 1)")]),
        ("a; b", [("plain", "a"), ("semicolon", ";"), ("plain", " b")]),
        ("a % b", [("plain", "a "), ("percent", "%"), ("plain", " b")]),
        ("-- :x ; % '\n", [("comment", "-- :x ; % '"), ("plain", "\n")]),
        ("/* :x ; % ' */", [("block", "/* :x ; % ' */")]),
        ("':x ; % -- /*'", [("quoted", "':x ; % -- /*'")]),
    ],
)
def test_each_kind_of_token(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "place", "opening"),
    [
        ("SELECT 'abc", "7:8", "'"),
        ("SELECT 'it''s", "7:8", "'"),
        ('SELECT\n  "abc', "8:3", '"'),
        (r"SELECT E'it\'s", "7:9", "'"),
        ("SELECT $$abc$", "7:8", "$$"),
        ("SELECT\n\n $tag$ abc $TAG$", "9:2", "$tag$"),
        ("SELECT 1 /* abc * /", "7:10", "/*"),
        ("'closed' 'open\n", "7:10", "'"),
    ],
)
def test_a_quotation_or_comment_that_is_never_closed_is_refused_where_it_opens(
    text: str, place: str, opening: str
) -> None:
    with pytest.raises(QueryError) as raised:
        list(tokens(text, ORIGIN))
    assert str(raised.value) == f"some.sql:{place}: {opening} opens a quotation or comment that is never closed"


def test_a_comment_inside_a_comment_is_refused_as_readers_differ_on_where_it_ends() -> None:
    with pytest.raises(QueryError) as raised:
        list(tokens("SELECT 1,\n /* a /* b */ c */ 2", ORIGIN))
    assert str(raised.value) == "some.sql:8:2: a comment inside a comment; use -- for the inner one"


@given(fragments | st.text())
@example("E'")
@example("né'")
def test_joined_tokens_are_the_text(text: str) -> None:
    try:
        cut = list(tokens(text, ORIGIN))
    except QueryError:
        return
    assert "".join(token.text for token in cut) == text
    assert all(text.startswith(token.text, token.start) for token in cut)
    assert [token.start for token in cut] == sorted({token.start for token in cut})


@given(fragments)
@example("E'a\\'b' ':name' $a$;$a$")
@example("a$a$;$a$")
def test_what_postgresql_takes_for_quoted_text_or_comment_is_taken_for_it_here(text: str) -> None:
    # Text that goes on in the next line ('a' newline 'b') is one token there and several here, sent as it was written.
    assume(not re.search(r"'\s*(--[^\n]*)?\n[^']*'", text))
    try:
        theirs = [(token.name, text[token.start : token.end + 1]) for token in scan(text)]
    except ParseError:
        assume(False)
    try:
        ours = list(tokens(text, ORIGIN))
    except QueryError:
        # Refused here and not there is a comment inside a comment, and a $$ right behind a number or a parameter.
        assert text.count("/*") > 1 or "$" in text
        return
    assert [each.text for each in ours if each.kind == "comment"] == _texts(theirs, "SQL_COMMENT")
    assert [each.text for each in ours if each.kind == "block"] == _texts(theirs, "C_COMMENT")
    assert sum(each.kind == "semicolon" for each in ours) == len(_texts(theirs, "ASCII_59"))
    assert sum(each.kind == "percent" for each in ours) == "".join(_texts(theirs, "ASCII_37", "Op")).count("%")


def _texts(scanned: list[tuple[str, str]], *names: str) -> list[str]:
    return [text for name, text in scanned if name in names]


@pytest.mark.parametrize(
    ("offset", "expected"), [(0, (7, 1)), (1, (7, 2)), (2, (7, 3)), (3, (8, 1)), (4, (9, 1)), (5, (9, 2)), (6, (9, 3))]
)
def test_a_place_is_counted_in_lines_and_columns_from_one(offset: int, expected: tuple[int, int]) -> None:
    assert place_of(offset, "ab\n\ncd", ORIGIN) == ("some.sql", *expected)


def test_an_error_starts_with_its_place() -> None:
    assert str(Place("a/b.sql", 3, 14).error("what is wrong")) == "a/b.sql:3:14: what is wrong"
    assert isinstance(Place("a.sql", 1).error("x"), QueryError)
