"""The text that is sent: comments gone, parameters as psycopg writes them, optional lines there or not."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pglast import parse_sql

from tests.sql.conftest import Load
from thoth_storages.exceptions import QueryError
from thoth_storages.sql.catalog import Catalog
from thoth_storages.sql.lexer import Place
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query
from thoth_storages.sql.signature import parse_signature
from thoth_storages.sql.statement import Statement, numbered

ORIGIN = Place("some.sql", 4)

FILTERED = """\
SELECT
  DISTINCT                    --? distinct
  v.a
FROM v
JOIN i ON i.id = v.i          --? url, kind
WHERE TRUE
  AND v.a = :a                --? a
  AND i.url = :url            --? url
  AND i.kind = :kind          --? kind
"""


def statement(sql: str, params: str = "") -> Statement:
    return Statement("get_a", sql, ORIGIN, parse_signature(params, ORIGIN))


def filtered() -> Statement:
    return statement(FILTERED, "a=None, url=None, *, kind=None, distinct=False")


def lines(sql: str, params: str = "", **given_values: Any) -> list[str]:
    """The lines that are sent when the parameters have these values."""
    return statement(sql, params).variant(given_values).decode().split("\n")[1:]


def message(sql: str, params: str = "") -> str:
    with pytest.raises(QueryError) as raised:
        statement(sql, params)
    return str(raised.value)


class TestText:
    @pytest.mark.parametrize(
        ("sql", "params", "expected"),
        [
            ("SELECT :a, :b_1 ,:a", "a, b_1", "SELECT %(a)s, %(b_1)s ,%(a)s"),
            ("SELECT :a::text[], b::int", "a", "SELECT %(a)s::text[], b::int"),
            ("SELECT a[1:2], a[low:high], a[f(1):2]", "", "SELECT a[1:2], a[low:high], a[f(1):2]"),
            ("SELECT a[:low] ", "low", "SELECT a[%(low)s]"),
            ("SELECT a % 2, '100%', \"%\" -- 5%", "", "SELECT a %% 2, '100%%', \"%%\""),
            ("SELECT a LIKE '%x' || :a", "a", "SELECT a LIKE '%%x' || %(a)s"),
            ("SELECT ':a', \":a\", $$:a$$, $b$:a$b$, E'\\':a'", "", "SELECT ':a', \":a\", $$:a$$, $b$:a$b$, E'\\':a'"),
            ("SELECT f(a := :a)", "a", "SELECT f(a := %(a)s)"),
            ("SELECT a/* x :y; */+/**/1", "", "SELECT a           +    1"),
            ("SELECT/* x */1", "", "SELECT       1"),
            ("SELECT '%(a)s'", "", "SELECT '%%(a)s'"),
            ("SELECT a ? 'b', a ?| b, a @? '$.x'", "", "SELECT a ? 'b', a ?| b, a @? '$.x'"),
        ],
    )
    def test_the_sql_is_rewritten_for_psycopg(self, sql: str, params: str, expected: str) -> None:
        assert lines(sql, params) == [expected]

    def test_whole_line_comments_and_empty_lines_are_left_out(self) -> None:
        sql = "SELECT 1,\n\n  -- why: because it's so; :x\n  2  -- two\n/* a\n   block */\n;"
        assert lines(sql) == ["SELECT 1,", "  2"]

    def test_each_line_keeps_its_number_in_the_file(self) -> None:
        sql = "-- a remark\nSELECT 1,\n\n/* a\nblock */ 2,\n  3"
        assert [(line.number, line.text) for line in statement(sql).lines] == [
            (5, "SELECT 1,"),
            (8, "         2,"),
            (9, "  3"),
        ]

    def test_blanks_and_empty_lines_inside_a_quotation_are_kept(self) -> None:
        sql = "SELECT 'a  \n\n   \n -- b' , $$\n\n$$  "
        assert "\n".join(lines(sql)) == "SELECT 'a  \n\n   \n -- b' , $$\n\n$$"

    def test_the_name_stands_in_front(self) -> None:
        assert statement("SELECT 1").text(()) == "/* get_a */\nSELECT 1"

    @pytest.mark.parametrize("end", [";", ";\n", " ; -- done", ";\n/* done */\n-- really\n"])
    def test_the_semicolon_at_the_end_is_not_sent(self, end: str) -> None:
        assert lines(f"SELECT 1{end}") == ["SELECT 1"]


class TestOptionalLines:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({}, ["SELECT", "  v.a", "FROM v", "WHERE TRUE"]),
            ({"distinct": True}, ["SELECT", "  DISTINCT", "  v.a", "FROM v", "WHERE TRUE"]),
            ({"a": "x"}, ["SELECT", "  v.a", "FROM v", "WHERE TRUE", "  AND v.a = %(a)s"]),
            (
                {"url": "u"},
                ["SELECT", "  v.a", "FROM v", "JOIN i ON i.id = v.i", "WHERE TRUE", "  AND i.url = %(url)s"],
            ),
            (
                {"kind": "k"},
                ["SELECT", "  v.a", "FROM v", "JOIN i ON i.id = v.i", "WHERE TRUE", "  AND i.kind = %(kind)s"],
            ),
        ],
    )
    def test_a_line_is_there_when_one_of_its_parameters_is_given(
        self, values: dict[str, Any], expected: list[str]
    ) -> None:
        parameters = {"a": None, "url": None, "kind": None, "distinct": False, **values}
        assert filtered().variant(parameters).decode().split("\n")[1:] == expected

    @pytest.mark.parametrize("value", [False, 0, "", []])
    def test_what_is_not_a_flag_is_given_unless_it_is_none(self, value: Any) -> None:
        sql, params = "SELECT 1\nWHERE a = :a  --? a", "a: bool | None = None"
        assert lines(sql, params, a=value) == ["SELECT 1", "WHERE a = %(a)s"]
        assert lines(sql, params, a=None) == ["SELECT 1"]

    @pytest.mark.parametrize("default", ["False", "True"])
    def test_a_flag_is_given_when_it_is_true_whatever_its_default(self, default: str) -> None:
        sql, params = "SELECT 1\nLIMIT 1  --? one", f"one={default}"
        assert lines(sql, params, one=True) == ["SELECT 1", "LIMIT 1"]
        assert lines(sql, params, one=False) == ["SELECT 1"]

    def test_a_required_parameter_may_be_none_too(self) -> None:
        sql = "SELECT 1\nWHERE a = :a  --? a"
        assert lines(sql, "a", a=None) == ["SELECT 1"]

    @pytest.mark.parametrize("mark", ["--?a,b", "--?  a , b  ", "--? a,b\r"])
    def test_blanks_in_the_mark_mean_nothing(self, mark: str) -> None:
        sql, params = f"SELECT 1\nWHERE TRUE {mark}\n", "a=None, b=None"
        assert lines(sql, params, a=None, b=None) == ["SELECT 1"]
        assert lines(sql, params, a=None, b=1) == ["SELECT 1", "WHERE TRUE"]

    def test_equal_choices_answer_the_same_text_object(self) -> None:
        read = filtered()
        base = {"a": "x", "url": None, "kind": None, "distinct": False}
        assert read.variant(base) is read.variant({**base, "a": "y"})
        assert read.variant(base) is not read.variant({**base, "url": "u"})

    def test_the_parameters_that_lines_depend_on_are_known(self) -> None:
        assert filtered().optional == ("distinct", "url", "kind", "a")
        assert filtered().given({"a": "x", "url": None, "kind": False, "distinct": True}) == ["distinct", "kind", "a"]

    def test_a_mark_alone_on_a_line_is_refused_as_the_line_it_means_would_be_unconditional(self) -> None:
        assert message("SELECT 1\n  --? a\nWHERE a = :a", "a=None") == (
            "some.sql:5:3: --? stands at the end of the line that it makes optional, not on a line of its own"
        )

    @pytest.mark.parametrize("text", ["", "a b", "a,", "a-b", "a; b", "not a", "a?"])
    def test_a_mark_takes_names_only(self, text: str) -> None:
        assert message(f"SELECT 1 --? {text}", "a=None, b=None") == (
            f"some.sql:4:10: --? takes parameter names with commas between them, not {text!r}"
        )

    def test_a_line_that_begins_inside_a_quotation_cannot_be_optional(self) -> None:
        assert message("SELECT 'a\nb'  --? a", "a=None") == (
            "some.sql:5:1: --? makes one line optional, and this one begins inside a quotation"
        )

    def test_a_mark_inside_quoted_text_is_text(self) -> None:
        assert lines("SELECT '--? a'") == ["SELECT '--? a'"]

    def test_some_line_is_always_there(self) -> None:
        assert message("SELECT 1 --? a\nWHERE :a --? a", "a=None") == (
            "some.sql:4:1: every line of 'get_a' is optional: without parameters there is no SQL"
        )


class TestParameters:
    def test_a_parameter_that_the_signature_lacks_is_refused_where_it_stands(self) -> None:
        assert message("SELECT :a,\n  :b", "a") == "some.sql:5:3: the SQL uses 'b', which params: doesn't list"

    def test_a_name_in_a_mark_that_the_signature_lacks_is_refused_too(self) -> None:
        assert message("SELECT 1\nWHERE :a  --? a, b", "a=None") == (
            "some.sql:5:11: the SQL uses 'b', which params: doesn't list"
        )

    def test_a_parameter_that_the_sql_lacks_is_refused(self) -> None:
        assert message("SELECT :a, ':c', 1 -- :c", "a, c") == (
            "some.sql:4:1: params: lists 'c', which the SQL doesn't use"
        )

    def test_a_parameter_may_stand_in_a_mark_only(self) -> None:
        assert statement("SELECT 1\nWHERE x  --? has_x", "has_x=False").optional == ("has_x",)

    def test_a_slice_with_a_blank_before_its_colon_is_refused_unless_it_is_a_parameter(self) -> None:
        assert message("SELECT a[low :high]") == "some.sql:4:14: the SQL uses 'high', which params: doesn't list"

    def test_a_numbered_parameter_is_refused(self) -> None:
        assert message("SELECT\n $1") == "some.sql:5:2: $1 is a numbered parameter; name it, like :package_name"

    @pytest.mark.parametrize("second", ["SELECT 2", "\n  SELECT 2;", "'a'", ";", "/* x */ ;"])
    def test_several_statements_are_refused(self, second: str) -> None:
        assert message(f"SELECT 1; {second}") == (
            "some.sql:4:9: a query is one statement, and after this semicolon another begins; give it a name of its own"
        )


class TestWrites:
    @pytest.mark.parametrize(
        "sql",
        [
            "INSERT INTO a VALUES (1)",
            "insert\n  into a values (1)",
            "DELETE FROM a",
            "UPDATE a SET b = 1",
            "-- why\n  UPDATE a SET b = 1",
            "MERGE INTO a USING b ON TRUE WHEN MATCHED THEN DO NOTHING",
            "TRUNCATE a",
            "WITH gone AS (\n  DELETE FROM a RETURNING id\n)\nSELECT count(*) FROM gone",
            "WITH b AS (SELECT 1) UPDATE a SET b = 1",
            "WITH b AS (SELECT 1)\nINSERT INTO a SELECT * FROM b",
        ],
    )
    def test_what_changes_rows_is_known(self, sql: str) -> None:
        assert statement(sql).writes

    @pytest.mark.parametrize(
        "sql",
        [
            "SELECT a FROM b FOR UPDATE",
            "SELECT a FROM b\nFOR NO KEY UPDATE",
            "SELECT last_update, update_manager, b.update FROM b",
            "SELECT 'DELETE FROM a'",
            "SELECT 1 -- INSERT INTO a",
            "/* UPDATE a */ SELECT 1",
            "SELECT truncate FROM b",
        ],
    )
    def test_what_only_reads_is_known(self, sql: str) -> None:
        assert not statement(sql).writes


class TestColumns:
    def test_the_columns_of_a_variant_are_noted_once(self) -> None:
        read = filtered()
        variant = read.variant({"a": None, "url": None, "kind": None, "distinct": False})
        assert not read.is_described(variant)
        read.describe(variant, ("a",))
        assert read.is_described(variant)
        assert read.columns == ("a",)

    def test_columns_that_depend_on_parameters_are_refused(self) -> None:
        read = filtered()
        read.describe(b"one", ("a", "b"))
        with pytest.raises(QueryError) as raised:
            read.describe(b"another", ("a",))
        assert str(raised.value) == "some.sql:4:1: the columns of get_a depend on its parameters: a, b; but also a"


class TestPlaces:
    @pytest.mark.parametrize(
        ("marked", "params", "given_names", "expected"),
        [
            ("SELECT ^a", "", (), (4, 8)),
            ("SELECT 1,\n\n  -- why\n  ^a", "", (), (7, 3)),
            ("SELECT :long_name, ^a", "long_name", (), (4, 20)),
            ("SELECT :b, :long_name, :b, '%', ^a", "b, long_name", (), (4, 33)),
            ("SELECT 1\nWHERE :x  --? x\n  AND ^a", "x=None", (), (6, 7)),
            ("SELECT 1\nWHERE :x  --? x\n  AND ^a", "x=None", ("x",), (6, 7)),
            ("SELECT 'a\n\nb', ^a", "", (), (6, 5)),
            ("SELECT /* why */ :b, ^a", "b", (), (4, 22)),
            ("SELECT :b, '$1 %', ^a", "b", (), (4, 20)),
        ],
    )
    def test_a_position_of_the_server_is_found_in_the_file(
        self, marked: str, params: str, given_names: tuple[str, ...], expected: tuple[int, int]
    ) -> None:
        read = statement(marked.replace("^", ""), params)
        position = numbered(read.text(given_names))[0].index("a", len("/* get_a */") if "'a" not in marked else 26) + 1
        assert read.place_of(position, given_names) == ("some.sql", *expected)

    def test_a_position_in_the_name_is_the_beginning(self) -> None:
        assert statement("SELECT 1").place_of(3, ()) == ORIGIN

    def test_the_parameters_of_a_line_are_known(self) -> None:
        assert statement("SELECT :a, :b, '%'\n, :c", "a, b, c").parameters_in(4) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "expected", "names"),
    [
        ("SELECT %(a)s, %(b)s, %(a)s", "SELECT $1, $2, $1", ["a", "b"]),
        ("SELECT 5 %% 3, '%%(a)s'", "SELECT 5 % 3, '%(a)s'", []),
        ("SELECT 1", "SELECT 1", []),
    ],
)
def test_names_become_numbers_for_the_server(text: str, expected: str, names: list[str]) -> None:
    assert numbered(text) == (expected, names)


# Conditions that may each be there or not: any choice of them is a statement that PostgreSQL can read.
CONDITIONS = [
    "v.a = :{0}",
    "v.b = ANY(:{0}::text[])",
    "v.c LIKE '%;' || :{0} /* a % b */",
    "v.d IN (SELECT id FROM i WHERE url = :{0})",
    "v.e[1:2] = $$it's$$",
    "v.f = E'\\';' AND \"g:h\" % 2 = 0",
]


@given(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=4), st.booleans())
def test_every_choice_of_optional_lines_is_a_statement(conditions: list[str], has_join: bool) -> None:
    names = [f"p{number}" for number in range(len(conditions))]
    params = ", ".join(f"{name}=None" for name in names)
    sql = ["SELECT v.a FROM v"]
    if has_join:
        sql.append(f"JOIN j ON j.id = v.j  --? {', '.join(names)}")
    sql += ["WHERE TRUE", "  -- it's :no_parameter"]
    sql += [f"  AND {condition.format(name)}  --? {name}" for name, condition in zip(names, conditions, strict=True)]
    read = statement("\n".join([*sql, "ORDER BY v.a;"]), params)
    for choice in product((False, True), repeat=len(names)):
        chosen = {name for name, is_given in zip(names, choice, strict=True) if is_given}
        text, used = numbered(read.text(chosen))
        assert len(parse_sql(text)) == 1
        assert set(used) <= chosen
        assert ("JOIN" in text) == (has_join and bool(chosen))


@pytest.mark.parametrize("query", catalog.values(), ids=str)
def test_every_variant_of_the_librarys_queries_is_one_statement(query: Query) -> None:
    optional = query.statement.optional
    choices = [(), optional, *((name,) for name in optional), *(tuple(set(optional) - {name}) for name in optional)]
    if len(optional) <= 8:
        choices = [
            tuple(name for name, is_given in zip(optional, choice, strict=True) if is_given)
            for choice in product((False, True), repeat=len(optional))
        ]
    for choice in choices:
        assert len(parse_sql(numbered(query.statement.text(choice))[0])) == 1, choice


def test_a_percent_sign_reaches_the_server_as_one(load: Load, bare: Any) -> None:
    header = "-- name: get_a$\n-- params: like\n-- returns: a\n"
    query = load(f"{header}SELECT 'a%b' LIKE 'a\\%b' AND 7 % 4 = 3 AND 'x' LIKE :like AS a")["get_a"]
    assert query(bare, "%") is True


def test_catalogs_do_not_share_their_statements(load: Load) -> None:
    text = "-- name: get_a$\n-- returns: a\nSELECT 1 AS a"
    first, second = load(text), load(text)
    assert isinstance(first, Catalog)
    assert first["get_a"].statement is not second["get_a"].statement
