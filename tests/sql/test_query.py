"""A named query as it is called: its arguments, its answer, and what is said when something is wrong."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.sql.conftest import Connection, Load
from thoth_storages.exceptions import NotFoundError, QueryError
from thoth_storages.sql.query import Query

HEADER = """\
-- name: get_versions
-- The versions of a package.
--
-- More about them.
-- params: package_name, *, distinct=False, start_offset=0, count=100
-- returns: {package_name: [version]}
-- raises: NotFoundError
-- cache: SOME_CACHE_SIZE 64
-- alias: get_all_versions
"""
BODY = """\
SELECT
  DISTINCT  --? distinct
  t.package_name, t.version
FROM (VALUES ('flask', 1), ('flask', 1), ('flask', 2), ('empty', NULL)) AS t (package_name, version)
WHERE t.package_name = :package_name
ORDER BY t.package_name, t.version
LIMIT :count OFFSET :start_offset;
"""


def test_the_answer_has_the_shape_that_the_header_promises(load: Load, bare: Connection) -> None:
    query = load(HEADER + BODY)["get_versions"]
    assert query(bare, "Flask") == {"flask": [1, 1, 2]}
    assert query(bare, package_name="flask", distinct=True) == {"flask": [1, 2]}
    assert query(bare, "flask", start_offset=1, count=1) == {"flask": [1]}
    assert query(bare, "flask", count=None) == {"flask": [1, 1, 2]}
    assert query(bare, "empty") == {"empty": []}


def test_no_row_is_what_the_header_raises_with_the_question(load: Load, bare: Connection) -> None:
    with pytest.raises(NotFoundError) as raised:
        load(HEADER + BODY)["get_versions"](bare, "Django")
    assert str(raised.value) == (
        "get_versions: no record for package_name='django', distinct=False, start_offset=0, count=100"
    )


@pytest.mark.parametrize(("name", "expected"), [("get_a", []), ("get_b", {}), ("get_c$", None), ("get_d^", None)])
def test_no_row_without_raises_is_an_empty_answer(load: Load, bare: Connection, name: str, expected: Any) -> None:
    shape = {"get_a": "[a]", "get_b": "{a: [b]}", "get_c$": "a", "get_d^": "{a, b}"}[name]
    catalog = load(f"-- name: {name}\n-- returns: {shape}\nSELECT 1 AS a, 2 AS b WHERE FALSE")
    query = catalog[name.rstrip("$^")]
    assert query(bare) == expected
    assert query.copy(query(bare)) == expected


def test_an_answer_may_be_changed_by_who_got_it(load: Load, bare: Connection) -> None:
    query = load(HEADER + BODY)["get_versions"]
    kept = query(bare, "flask")
    copy = query.copy(kept)
    copy["flask"].append(3)
    copy["other"] = []
    assert kept == {"flask": [1, 1, 2]}
    assert query(bare, "flask") == {"flask": [1, 1, 2]}


def test_a_number_of_rows_is_its_own_copy(load: Load) -> None:
    assert load("-- name: delete_a!\nDELETE FROM a")["delete_a"].copy(3) == 3


def test_what_the_file_says_is_at_hand(load: Load, tmp_path: Path) -> None:
    query = load(f"-- A file.\n\n{HEADER}{BODY}")["get_versions"]
    assert query.names == ("get_versions", "get_all_versions")
    assert query.qualified_name == query.name == "get_versions"
    assert query.header.cache is not None
    assert query.statement.optional == ("distinct",)
    assert query.source.text == HEADER + BODY
    assert repr(query) == (
        f"<query get_versions(package_name, *, distinct=False, start_offset=0, count=100) of {tmp_path}/queries.sql:3>"
    )


def test_the_documentation_says_what_is_answered_raised_and_kept(load: Load) -> None:
    assert load(HEADER + BODY)["get_versions"].documentation == (
        "The versions of a package.\n\n"
        "More about them.\n\n"
        "Answers ``{package_name: [version]}``.\n\n"
        "Raises NotFoundError when there is no such record.\n\n"
        "Keeps its answers: ``SOME_CACHE_SIZE`` of them, 64 by default; 0 keeps none.\n\n"
        '>>> graph.get_versions("flask")'
    )


def test_the_documentation_of_a_write_says_that_rows_are_counted(load: Load) -> None:
    assert load("-- name: delete_a!\nDELETE FROM a")["delete_a"].documentation == (
        "Answers how many rows were written.\n\n>>> graph.delete_a()"
    )


def test_the_documentation_of_iterating_says_what_is_yielded_and_held(load: Load) -> None:
    text = HEADER.replace("{package_name: [version]}", "[version]") + BODY
    assert load(text)["get_versions"].iterating_documentation == (
        "The versions of a package.\n\n"
        "More about them.\n\n"
        "Yields the elements of ``[version]`` one by one, however many, in constant memory. They come from a cursor on "
        "the server, which holds a connection until the last one, until ``close()``, or until the generator is "
        "dropped.\n\n"
        "Raises NotFoundError at the first one when there is no such record.\n\n"
        '>>> for each in graph.iterate_versions("flask"):\n...     print(each)'
    )


class TestArguments:
    @pytest.mark.parametrize(
        ("args", "kwargs", "expected"),
        [
            (("a",), {"versoin": 1}, "get_versions() got an unexpected keyword argument 'versoin'"),
            ((), {}, "get_versions() missing 1 required positional argument: 'package_name'"),
            (("a", "b"), {}, "get_versions() takes 1 positional argument but 2 were given"),
            (("a",), {"package_name": "b"}, "get_versions() got multiple values for argument 'package_name'"),
            ((5,), {}, "get_versions(): package_name: a text is needed, not 5"),
            ((b"flask",), {}, "get_versions(): package_name: a text is needed, not b'flask'"),
            (("a",), {"distinct": "no"}, "get_versions(): distinct: True or False is needed, not 'no'"),
            (("a",), {"count": "5"}, "get_versions(): count: a whole number is needed, not '5'"),
            (("a",), {"start_offset": 1.5}, "get_versions(): start_offset: a whole number is needed, not 1.5"),
        ],
    )
    def test_a_wrong_argument_is_one_sentence_that_names_query_and_parameter(
        self, load: Load, bare: Connection, args: tuple[Any, ...], kwargs: dict[str, Any], expected: str
    ) -> None:
        with pytest.raises(TypeError) as raised:
            load(HEADER + BODY)["get_versions"](bare, *args, **kwargs)
        assert str(raised.value) == expected
        assert raised.value.__cause__ is not raised.value

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("count", "get_versions(): count: -1 is negative; it is the number of rows to answer"),
            ("start_offset", "get_versions(): start_offset: -1 is negative; it is the number of rows to skip"),
        ],
    )
    def test_a_negative_page_is_refused(self, load: Load, bare: Connection, name: str, expected: str) -> None:
        with pytest.raises(ValueError, match="is negative") as raised:
            load(HEADER + BODY)["get_versions"](bare, "flask", **{name: -1})
        assert str(raised.value) == expected

    def test_a_set_of_extras_is_no_text(self, load: Load, bare: Connection) -> None:
        query = load("-- name: get_a$\n-- params: extras\n-- returns: a\nSELECT :extras::text[] AS a")["get_a"]
        assert query(bare, frozenset(("gpu", None))) == [None, "gpu"]
        with pytest.raises(TypeError) as raised:
            query(bare, "gpu")
        assert str(raised.value) == (
            "get_a(): extras: a set of names is needed, not the text 'gpu': write frozenset(('gpu',))"
        )

    @pytest.mark.parametrize("connection", [None, "flask", 5])
    def test_a_forgotten_connection_is_said(self, load: Load, connection: Any) -> None:
        query = load(HEADER + BODY)["get_versions"]
        with pytest.raises(TypeError) as raised:
            query(connection, "flask")
        assert str(raised.value) == (
            f"get_versions(): the first argument is a connection of psycopg, not {connection!r}"
        )

    def test_a_cursor_is_no_connection(self, load: Load, bare: Connection) -> None:
        with pytest.raises(TypeError, match=r"the first argument is a connection of psycopg, not <psycopg\.Cursor"):
            load(HEADER + BODY)["get_versions"](bare.cursor(), "flask")  # type: ignore[arg-type]

    def test_nothing_is_sent_for_a_wrong_argument(self, load: Load, bare: Connection) -> None:
        query = load("-- name: add_a!\n-- params: package_name\nINSERT INTO a VALUES (:package_name)")["add_a"]
        with pytest.raises(TypeError), bare.transaction():
            query(bare, 5)
        assert bare.info.transaction_status.name == "IDLE"


class TestResult:
    def test_a_column_of_the_shape_that_the_result_lacks_is_refused(
        self, load: Load, bare: Connection, tmp_path: Path
    ) -> None:
        with pytest.raises(QueryError) as raised:
            load("\n-- name: get_a\n-- returns: [(a, c)]\nSELECT 1 AS a, 2 AS b")["get_a"](bare)
        assert str(raised.value) == (f"{tmp_path}/queries.sql:2:1: get_a: the result has no column c; it has a, b")

    def test_a_column_that_the_result_has_twice_is_refused(self, load: Load, bare: Connection, tmp_path: Path) -> None:
        with pytest.raises(QueryError) as raised:
            load("-- name: get_a\n-- returns: [(id,)]\nSELECT 1 AS id, 2 AS id")["get_a"](bare)
        assert str(raised.value) == (
            f"{tmp_path}/queries.sql:1:1: get_a: the result has several columns id; name them apart with AS"
        )

    def test_columns_in_another_order_than_the_shapes_find_their_places(self, load: Load, bare: Connection) -> None:
        query = load("-- name: get_a\n-- returns: [(a, b)]\nSELECT 2 AS b, 3 AS sort_key, 1 AS a")["get_a"]
        assert query(bare) == [(1, 2)]

    def test_values_come_as_psycopg_loads_them(self, load: Load, bare: Connection) -> None:
        query = load(
            "-- name: get_a^\n-- returns: {flag, list, document, nothing, moment}\n"
            "SELECT TRUE AS flag, ARRAY['a', NULL] AS list, '{\"a\": [1]}'::jsonb AS document, NULL AS nothing,\n"
            "  '2022-01-02 03:04:05'::timestamp AS moment"
        )["get_a"]
        answer = query(bare)
        moment = answer.pop("moment")
        assert answer == {"flag": True, "list": ["a", None], "document": {"a": [1]}, "nothing": None}
        assert (moment.isoformat(), moment.tzinfo) == ("2022-01-02T03:04:05", None)


LISTS = """\
-- name: get_versions
-- params: package_name, *, distinct=False, count=100
-- returns: {shape}
-- raises: NotFoundError
SELECT
  DISTINCT  --? distinct
  t.package_name, t.version
FROM (VALUES ('flask', 1), ('flask', 1), ('flask', NULL), ('empty', NULL)) AS t (package_name, version)
WHERE t.package_name = :package_name
ORDER BY t.package_name, t.version
LIMIT :count;
"""


class TestIterating:
    @pytest.mark.parametrize(
        ("shape", "expected"),
        [
            ("[version]", [1, 1]),
            ("[(version, package_name)]", [(1, "flask"), (1, "flask"), (None, "flask")]),
            ("[{package_name, version}]", [{"package_name": "flask", "version": each} for each in (1, 1, None)]),
        ],
    )
    def test_the_elements_are_those_of_the_list(
        self, load: Load, bare: Connection, shape: str, expected: list[Any]
    ) -> None:
        query = load(LISTS.format(shape=shape))["get_versions"]
        assert list(query.iterate(bare, query.parameters("Flask"))) == query(bare, "Flask") == expected
        assert list(query.iterate(bare, query.parameters("flask", distinct=True))) == expected[1:]
        assert list(query.iterate(bare, query.parameters("flask", count=1))) == expected[:1]

    def test_no_row_is_what_the_header_raises_at_the_first_element(self, load: Load, bare: Connection) -> None:
        query = load(LISTS.format(shape="[version]"))["get_versions"]
        iteration = query.iterate(bare, query.parameters("django"))
        with pytest.raises(NotFoundError, match=r"^get_versions: no record for package_name='django', "):
            next(iteration)
        assert list(query.iterate(bare, query.parameters("empty"))) == query(bare, "empty") == []

    def test_no_row_without_raises_is_no_element(self, load: Load, bare: Connection) -> None:
        query = load("-- name: get_a\n-- returns: [a]\nSELECT 1 AS a WHERE FALSE")["get_a"]
        assert list(query.iterate(bare, {})) == []

    @pytest.mark.parametrize(
        ("name", "header", "sql"),
        [
            ("get_a", "$\n-- returns: a", "SELECT 1 AS a"),
            ("get_a", "^\n-- returns: {a}", "SELECT 1 AS a"),
            ("get_a", "\n-- returns: {a: [b]}", "SELECT 1 AS a, 2 AS b"),
            ("get_a", "\n-- returns: [a]", "DELETE FROM b RETURNING a"),
            ("find_a", "\n-- returns: [a]", "SELECT 1 AS a"),
            ("delete_a", "!", "DELETE FROM a"),
        ],
    )
    def test_what_is_no_list_to_be_read_is_refused_at_once(
        self, load: Load, bare: Connection, tmp_path: Path, name: str, header: str, sql: str
    ) -> None:
        query = load(f"-- name: {name}{header}\n{sql}")[name]
        with pytest.raises(QueryError) as raised:
            query.iterate(bare, {})
        assert str(raised.value) == (
            f"{tmp_path}/queries.sql:1:1: {name} can't be iterated over: that takes a query named get_… or retrieve_… "
            "that reads a list"
        )

    def test_a_forgotten_connection_is_said_at_once(self, load: Load) -> None:
        query = load(LISTS.format(shape="[version]"))["get_versions"]
        connection: Any = "flask"
        with pytest.raises(TypeError, match="the first argument is a connection of psycopg, not 'flask'"):
            query.iterate(connection, {})

    def test_a_column_that_the_result_lacks_is_refused(self, load: Load, bare: Connection, tmp_path: Path) -> None:
        query = load("-- name: get_a\n-- returns: [(a, c)]\nSELECT 1 AS a, 2 AS b")["get_a"]
        with pytest.raises(QueryError) as raised:
            list(query.iterate(bare, {}))
        assert str(raised.value) == f"{tmp_path}/queries.sql:1:1: get_a: the result has no column c; it has a, b"


class TestMemory:
    """Of many rows: what Python allocates meanwhile, which doesn't count the result that libpq holds."""

    TEXT = (
        "-- name: get_many\n-- params: count\n-- returns: {shape}\n"
        "SELECT 'package-' || n / 10 AS name, n % 10 || '.0' AS version, 1000000 + n AS id, NULL AS nothing\n"
        "FROM generate_series(1, :count) AS n;"
    )

    @staticmethod
    def traced(action: Callable[[], Any]) -> tuple[int, int]:
        """What is left of an action that answers something, and the most that there was until then, in bytes."""
        tracemalloc.start()
        try:
            answer = action()
            left, peak = tracemalloc.get_traced_memory()
            del answer
            return left, peak
        finally:
            tracemalloc.stop()

    @pytest.mark.parametrize(
        "shape",
        [
            *("[name]", "[id]", "[(name, version)]", "[(name, version, id, nothing)]", "[{name, version, id}]"),
            *("{name: [(version, id)]}", "{name: {version: id}}", "{(name, version): id}", "{id: nothing}"),
        ],
    )
    def test_an_answer_takes_little_more_than_itself(self, load: Load, bare: Connection, shape: str) -> None:
        query = load(self.TEXT.format(shape=shape))["get_many"]
        query(bare, 1)
        left, peak = self.traced(lambda: query(bare, 50_000))
        assert left > 1_000_000
        assert peak < 1.4 * left

    @staticmethod
    def length_of(query: Query, connection: Connection, count: int) -> int:
        return sum(1 for _ in query.iterate(connection, {"count": count}))

    @pytest.mark.parametrize("shape", ["[name]", "[(name, version)]", "[{name, version, id, nothing}]"])
    def test_iterating_takes_the_same_however_many_rows_there_are(
        self, load: Load, bare: Connection, shape: str
    ) -> None:
        query = load(self.TEXT.format(shape=shape))["get_many"]
        list(query.iterate(bare, {"count": 1}))
        peaks = [self.traced(partial(self.length_of, query, bare, count))[1] for count in (5_000, 50_000)]
        assert peaks[1] < 1.1 * peaks[0] < 3_000_000


def test_a_traceback_leads_into_the_file(load: Load, bare: Connection, tmp_path: Path) -> None:
    query = load("\n\n-- name: get_a$\n-- returns: a\nSELECT 1 / 0 AS a")["get_a"]
    with pytest.raises(psycopg.errors.DivisionByZero) as raised:
        query(bare)
    frames = [(str(entry.path), entry.lineno + 1) for entry in raised.traceback]
    assert (f"{tmp_path}/queries.sql", 3) in frames
