"""Reading a file of queries: what aiosql passes over in silence is an error with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_storages.exceptions import QueryError
from thoth_storages.sql.source import Source, read_file, read_text

ONE = "-- name: get_a\n-- returns: [a]\nSELECT 1 AS a;\n"


def only(text: str) -> Source:
    (source,) = read_text(text, "some.sql")
    return source


def sent(text: str) -> list[str]:
    """The lines that are sent to the server for the only query of a text."""
    statement = only(text).statement
    return statement.text(statement.optional).split("\n")[1:]


def message(text: str) -> str:
    with pytest.raises(QueryError) as raised:
        read_text(text, "some.sql")
    return str(raised.value)


class TestQueries:
    def test_name_operator_header_and_place_are_read(self) -> None:
        source = only(
            "\n-- A file about a.\n\n-- name: get_a^\n-- One a.\n-- returns: (a, b)\nSELECT 1 AS a, 2 AS b;\n"
        )
        assert (source.name, source.operator, source.header.prose) == ("get_a", "^", "One a.")
        assert source.place == ("some.sql", 4, 1)

    def test_each_query_ends_where_the_next_begins(self) -> None:
        first, second = read_text(f"{ONE}\n-- a remark\n\n-- name: get_b$\n-- returns: b\nSELECT 2 AS b", "some.sql")
        assert first.statement.text(()) == "/* get_a */\nSELECT 1 AS a"
        assert second.statement.text(()) == "/* get_b */\nSELECT 2 AS b"
        assert [first.place.line, second.place.line] == [1, 7]

    def test_the_text_is_kept_as_it_stands_in_the_file(self) -> None:
        assert only(f"\n\n{ONE}\n\n").text == ONE

    @pytest.mark.parametrize("end", ["", ";", ";\n", "\n;\n", "\n\n\n", "; -- done", ";\n/* done */\n"])
    def test_a_file_may_end_anyhow(self, end: str) -> None:
        assert sent(f"-- name: get_a\n-- returns: [a]\nSELECT 1 AS a{end}") == ["SELECT 1 AS a"]

    @pytest.mark.parametrize("text", ["", "\n\n", "-- only remarks\n\n-- and no query\n"])
    def test_a_file_without_queries_has_none(self, text: str) -> None:
        assert read_text(text, "some.sql") == []

    @pytest.mark.parametrize("line", ["-- name: get_a", "--name:get_a", "--   name :  get_a  "])
    def test_blanks_in_a_name_line_mean_nothing(self, line: str) -> None:
        assert only(f"{line}\n-- returns: [a]\nSELECT 1 AS a").name == "get_a"


class TestBytes:
    def test_windows_line_ends_are_line_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sql"
        path.write_bytes(
            b"-- name: get_a\r\n-- params: x=None\r\n-- returns: [a]\r\n"
            b"SELECT 1 AS a\r\nWHERE TRUE\r\n  AND :x = 'b'  --? x\r\n;\r\n"
        )
        (source,) = read_file(path)
        assert source.statement.text(("x",)) == "/* get_a */\nSELECT 1 AS a\nWHERE TRUE\n  AND %(x)s = 'b'"
        assert source.statement.text(()) == "/* get_a */\nSELECT 1 AS a\nWHERE TRUE"

    def test_a_byte_order_mark_is_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sql"
        path.write_bytes(b"\xef\xbb\xbf" + ONE.encode())
        assert [source.name for source in read_file(path)] == ["get_a"]

    def test_text_is_utf_8(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sql"
        path.write_text("-- name: get_a\n-- Größe.\n-- returns: [a]\nSELECT 'é—' AS a", encoding="utf-8")
        (source,) = read_file(path)
        assert source.header.prose == "Größe."
        assert source.statement.text(()).endswith("SELECT 'é—' AS a")

    def test_what_is_not_utf_8_is_refused_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sql"
        path.write_bytes("-- name: get_a\n-- Größe.\n".encode("latin-1"))
        with pytest.raises(QueryError) as raised:
            read_file(path)
        assert str(raised.value) == f"{path}:2:1: this isn't UTF-8: invalid start byte"


class TestNames:
    @pytest.mark.parametrize("rest", ["", "get-a", "get_a()", "get_a(x)^", "get_a<!", "get_a*!", "get_a#", "1a", "a b"])
    def test_a_name_line_that_cannot_be_read_is_refused(self, rest: str) -> None:
        line = f"-- name: {rest}".rstrip()
        assert message(f"{line}\nSELECT 1") == (
            "some.sql:1:1: '-- name:' takes a name and one of the operators ^, $, ! or none, "
            f"not {line.removeprefix('-- ')!r}"
        )

    def test_a_keyword_of_python_is_no_name(self) -> None:
        assert message("-- name: import\n-- returns: [a]\nSELECT 1 AS a") == (
            "some.sql:1:1: 'import' is no name of Python's; write names with commas between them"
        )

    def test_a_misspelt_name_line_before_the_first_query_is_refused(self) -> None:
        assert message("-- A file.\n\n-- nmae: get_a\n-- returns: [a]\nSELECT 1 AS a;\n") == (
            "some.sql:3:1: unknown key 'nmae'; did you mean 'name'?"
        )

    @pytest.mark.parametrize("end", [";", ""])
    @pytest.mark.parametrize(
        ("line", "key"),
        [
            ("-- nmae: get_b", "nmae"),
            ("--nmae:get_b", "nmae"),
            ("-- Name: get_b", "Name"),
            ("-- name get_b$", "name"),
            ("  -- name: get_b", "name"),
            ("-- names : get_b", "names"),
        ],
    )
    def test_a_misspelt_name_line_after_a_query_is_refused_with_or_without_a_semicolon(
        self, end: str, line: str, key: str
    ) -> None:
        text = f"-- name: get_a\n-- returns: [a]\nSELECT 1 AS a{end}\n\n{line}\n-- returns: [a]\nSELECT 2 AS a"
        column = len(line) - len(line.lstrip()) + 1
        assert message(text) == (
            f"some.sql:5:{column}: a key {key!r} below the header; keys stand over the SQL "
            "(a comment for readers: indent it or reword it)"
        )

    def test_a_name_line_of_any_other_spelling_joins_two_statements_which_is_refused_too(self) -> None:
        assert message(f"{ONE}\n-- eman get_b\nSELECT 2 AS a") == (
            "some.sql:3:14: a query is one statement, and after this semicolon another begins; "
            "give it a name of its own"
        )

    @pytest.mark.parametrize(
        "line", ["  -- note: a reader's", "-- a reader's: two words", "-- https://pypi.org", "-- why", "  -- Name of a"]
    )
    def test_comments_for_readers_may_stand_in_the_sql(self, line: str) -> None:
        assert sent(f"-- name: get_a\n-- returns: [a]\nSELECT\n{line}\n  1 AS a") == ["SELECT", "  1 AS a"]


class TestStrayText:
    @pytest.mark.parametrize("line", ["SELECT 1;", "/* a block */", "  -- indented"])
    def test_before_the_first_query_only_comments_stand(self, line: str) -> None:
        assert message(f"-- A file.\n{line}\n{ONE}") == (
            "some.sql:2:1: SQL before the first '-- name:' line belongs to no query"
        )

    def test_a_file_of_sql_without_any_name_is_refused(self) -> None:
        assert message("SELECT 1;\n") == "some.sql:1:1: SQL before the first '-- name:' line belongs to no query"

    def test_a_header_key_before_the_first_query_is_refused(self) -> None:
        assert message(f"-- returns: [a]\n{ONE}") == (
            "some.sql:1:1: the key 'returns' stands before the first '-- name:' line"
        )

    def test_a_key_below_the_header_is_refused(self) -> None:
        assert message("-- name: get_a\n-- returns: [a]\n\n-- raises: NotFoundError\nSELECT 1 AS a").startswith(
            "some.sql:4:1: a key 'raises' below the header"
        )

    @pytest.mark.parametrize("body", ["", "\n\n", ";", "\n;\n", "\n  -- only a remark\n", "/* only a remark */"])
    def test_a_query_without_sql_is_refused(self, body: str) -> None:
        assert message(f"-- name: get_a\n-- returns: [a]\n{body}") == "some.sql:3:1: the query 'get_a' has no SQL"


class TestQuotedText:
    @pytest.mark.parametrize(
        "quoted",
        [
            "'-- name: get_b'",
            "$$-- name: get_b$$",
            "'it''s :x; 100%'",
            "$tag$ :x; it's $$ -- $tag$",
            "E'it\\'s :x;'",
            "'a -- b'",
            "'/* a'",
        ],
    )
    def test_nothing_in_quoted_text_has_a_meaning(self, quoted: str) -> None:
        assert sent(f"-- name: get_a\n-- returns: [a]\nSELECT {quoted} AS a") == [
            f"SELECT {quoted} AS a".replace("%", "%%")
        ]

    def test_a_name_line_in_quoted_text_starts_no_query(self) -> None:
        text = "-- name: get_a\n-- returns: [a]\nSELECT '\n-- name: get_b\n--? x\n' AS a"
        assert sent(text) == ["SELECT '", "-- name: get_b", "--? x", "' AS a"]

    @pytest.mark.parametrize("comment", ["-- it's", '-- a "b', "-- :x", "-- name: get_b", "-- $$", "-- /*", "-- ;"])
    def test_nothing_in_a_trailing_comment_has_a_meaning(self, comment: str) -> None:
        assert sent(f"-- name: get_a\n-- returns: [a]\nSELECT 1  {comment}\n  AS a") == ["SELECT 1", "  AS a"]

    def test_an_unclosed_quotation_is_refused_even_in_a_later_query(self) -> None:
        assert message(f"{ONE}\n-- name: get_b$\n-- returns: b\nSELECT 'b AS b") == (
            "some.sql:7:8: ' opens a quotation or comment that is never closed"
        )

    def test_an_apostrophe_in_the_prose_of_a_header_opens_nothing(self) -> None:
        assert only("-- name: get_a\n-- It's one's own :a.\n-- returns: [a]\nSELECT 1 AS a").header.prose == (
            "It's one's own :a."
        )


class TestAgreement:
    @pytest.mark.parametrize(
        ("operator", "returns"),
        [("", "[a]"), ("", "[(a,)]"), ("", "[{a}]"), ("", "{a: [a]}"), ("^", "{a}"), ("^", "(a,)"), ("$", "a")],
    )
    def test_operator_and_shape_go_together(self, operator: str, returns: str) -> None:
        assert only(f"-- name: get_a{operator}\n-- returns: {returns}\nSELECT 1 AS a").operator == operator

    @pytest.mark.parametrize(
        ("operator", "returns", "expected"),
        [
            ("", "a", "the shape a goes with '$', not with no operator"),
            ("^", "a", "the shape a goes with '$', not with '^'"),
            ("", "{a}", "the shape {a} goes with '^', not with no operator"),
            ("$", "(a,)", "the shape (a,) goes with '^', not with '$'"),
            ("$", "[a]", "the shape [a] goes with no operator, not with '$'"),
            ("^", "{a: [a]}", "the shape {a: [a]} goes with no operator, not with '^'"),
        ],
    )
    def test_operator_and_shape_that_disagree_are_refused(self, operator: str, returns: str, expected: str) -> None:
        assert message(f"-- name: get_a{operator}\n-- returns: {returns}\nSELECT 1 AS a") == f"some.sql:1:1: {expected}"

    @pytest.mark.parametrize("operator", ["", "^", "$"])
    def test_a_query_that_answers_says_in_which_shape(self, operator: str) -> None:
        assert message(f"-- name: get_a{operator}\nSELECT 1 AS a") == (
            "some.sql:1:1: returns: is missing; only a query with the operator ! goes without"
        )

    @pytest.mark.parametrize(
        ("key", "value"), [("returns", "a"), ("raises", "NotFoundError"), ("cache", "SIZE 1"), ("notnull", "a")]
    )
    def test_a_query_that_answers_a_number_of_rows_takes_nothing_about_an_answer(self, key: str, value: str) -> None:
        assert message(f"-- name: delete_a!\n-- {key}: {value}\nDELETE FROM a") == (
            f"some.sql:1:1: a query with the operator ! answers how many rows it wrote; leave {key}: out"
        )

    def test_a_query_that_writes_keeps_no_answers(self) -> None:
        assert message(
            "-- name: add_a$\n-- returns: id\n-- cache: SIZE 1\nINSERT INTO a DEFAULT VALUES RETURNING id"
        ) == ("some.sql:1:1: a query that writes can't keep its answers; leave cache: out")

    def test_columns_that_are_never_null_are_columns_of_the_answer(self) -> None:
        assert message("-- name: get_a\n-- returns: [a]\n-- notnull: b, a\nSELECT 1 AS a") == (
            "some.sql:1:1: notnull: names 'b', which isn't in returns: [a]"
        )


class TestIteratingNames:
    """One rule: the verb of a list that is only read becomes ``iterate``."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("get_packages_all", "iterate_packages_all"),
            ("get_package_hashes", "iterate_package_hashes"),
            ("retrieve_dependencies", "iterate_dependencies"),
            ("_get_packages", "_iterate_packages"),
        ],
    )
    def test_the_verb_becomes_iterate(self, name: str, expected: str) -> None:
        source = only(f"-- name: {name}\n-- returns: [a]\nSELECT 1 AS a")
        assert source.iterating_names == {name: expected}

    def test_an_alias_has_one_of_its_own(self) -> None:
        source = only("-- name: get_a\n-- alias: get_all_a, a_of\n-- returns: [a]\nSELECT 1 AS a")
        assert source.names == ("get_a", "get_all_a", "a_of")
        assert source.iterating_names == {"get_a": "iterate_a", "get_all_a": "iterate_all_a"}

    @pytest.mark.parametrize(
        "text",
        [
            "get_a$\n-- returns: a\nSELECT 1 AS a",
            "get_a^\n-- returns: {a}\nSELECT 1 AS a",
            "get_a\n-- returns: {a: [b]}\nSELECT 1 AS a, 2 AS b",
            "get_a\n-- returns: [a]\nDELETE FROM a RETURNING a",
            "lock_a\n-- returns: [a]\nSELECT a FROM a FOR UPDATE",
            "getter\n-- returns: [a]\nSELECT 1 AS a",
            "get_a!\nDELETE FROM a",
        ],
        ids=["a value", "a record", "a dict", "a writing list", "another verb", "no verb", "a write"],
    )
    def test_nothing_else_has_one(self, text: str) -> None:
        assert only(f"-- name: {text}").iterating_names == {}
