"""What the server refuses is said in terms of the arguments, or of the place in the file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.sql.conftest import Connection, Load
from thoth_storages.sql.query import Query

QUERY = """\
-- name: get_documents
-- params: document_id=None, *, version_id: int | None = None, after: object = None, kind=None, ids=None, few=None
-- returns: [document_id]
SELECT d.document_id
FROM document AS d
WHERE TRUE
  AND d.document_id = :document_id              --? document_id
  AND d.version_id = :version_id                --? version_id
  AND d.moment > :after                         --? after
  AND d.kind = :kind                            --? kind
  AND d.version_id = ANY(:ids)                  --? ids
ORDER BY d.document_id
LIMIT :few
"""


# The same is said by both forms of a query, although more text stands before the SQL of the one that iterates.
EACH_FORM = pytest.mark.parametrize("is_iterating", [False, True], ids=["list", "iterating"])


def ask(query: Query, connection: Connection, is_iterating: bool, **arguments: Any) -> Any:
    """The answer as a list, from either form of a query."""
    if is_iterating:
        return list(query.iterate(connection, query.parameters(**arguments)))
    return query(connection, **arguments)


@pytest.fixture
def documents(bare: Connection) -> Connection:
    bare.execute("CREATE TYPE kind AS ENUM ('solver', 'adviser')")
    bare.execute("CREATE TABLE document (document_id text, version_id bigint, moment timestamp, kind kind)")
    bare.execute("INSERT INTO document VALUES ('a', 1, '2022-01-01', 'solver')")
    return bare


@EACH_FORM
@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"document_id": "a"},
        {"version_id": 1},
        {"version_id": "1"},
        {"after": dt.datetime(2021, 1, 1)},
        {"after": "2021-01-01"},
        {"kind": "solver"},
        {"ids": [1, 2]},
        {"few": 1},
    ],
)
def test_right_arguments_are_answered(
    load: Load, documents: Connection, is_iterating: bool, arguments: dict[str, Any]
) -> None:
    assert ask(load(QUERY)["get_documents"], documents, is_iterating, **arguments) == ["a"]


@EACH_FORM
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            {"document_id": 3.8},
            "document_id=3.8 has the wrong type: operator does not exist: text = double precision",
        ),
        ({"document_id": b"a"}, "document_id=b'a' has the wrong type: operator does not exist: text = bytea"),
        (
            {"document_id": "a", "version_id": True},
            "version_id=True has the wrong type: operator does not exist: bigint = boolean",
        ),
        (
            {"after": 5},
            "after=5 has the wrong type: operator does not exist: timestamp without time zone > smallint",
        ),
        ({"ids": 1}, "ids=1 has the wrong type: op ANY/ALL (array) requires array on right side"),
        ({"few": [1]}, "few=[1] has the wrong type: argument of LIMIT must be type bigint, not type smallint[]"),
        ({"document_id": {"a"}}, "document_id={'a'}: cannot adapt type 'set' using placeholder '%s' (format: AUTO)"),
    ],
)
def test_a_value_of_a_wrong_type_is_a_type_error_that_names_it(
    load: Load, documents: Connection, is_iterating: bool, arguments: dict[str, Any], expected: str
) -> None:
    with pytest.raises(TypeError) as raised:
        ask(load(QUERY)["get_documents"], documents, is_iterating, **arguments)
    assert str(raised.value) == f"get_documents(): {expected}"
    assert isinstance(raised.value.__cause__, psycopg.Error)


@EACH_FORM
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"version_id": "x"}, "version_id='x': invalid input syntax for type bigint: \"x\""),
        ({"document_id": "a", "version_id": ""}, "version_id='': invalid input syntax for type bigint: \"\""),
        ({"ids": ["a"]}, "ids=['a']: invalid input syntax for type bigint: \"a\""),
        ({"kind": "advisor"}, "kind='advisor': invalid input value for enum kind: \"advisor\""),
        (
            {"after": "yesterday-ish"},
            "after='yesterday-ish': invalid input syntax for type timestamp: \"yesterday-ish\"",
        ),
        ({"after": "2021-02-30"}, "after='2021-02-30': date/time field value out of range: \"2021-02-30\""),
        ({"document_id": "a\0b"}, "document_id='a\\x00b': PostgreSQL text fields cannot contain NUL (0x00) bytes"),
    ],
)
def test_a_text_that_cannot_be_read_is_a_value_error_that_names_it(
    load: Load, documents: Connection, is_iterating: bool, arguments: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ValueError, match=r"^get_documents\(\): ") as raised:
        ask(load(QUERY)["get_documents"], documents, is_iterating, **arguments)
    assert str(raised.value) == f"get_documents(): {expected}"
    assert isinstance(raised.value.__cause__, psycopg.Error)


def test_a_wrong_value_is_named_on_a_connection_that_prepares_nothing(load: Load, empty_database: str) -> None:
    query = load("-- name: get_a$\n-- params: b, n\n-- returns: a\nSELECT :b::text || :n::int AS a")["get_a"]
    with (
        psycopg.connect(empty_database, autocommit=True, prepare_threshold=None) as connection,
        pytest.raises(ValueError, match=r"^get_a\(\): n='x': invalid input syntax for type integer: \"x\"$"),
    ):
        query(connection, "b", "x")


@EACH_FORM
@pytest.mark.parametrize(
    ("sql", "place", "error"),
    [
        ("SELECT 1 AS a,\n  -- why\n  nothing AS b", "6:3", psycopg.errors.UndefinedColumn),
        ("SELECT :n AS a\nFROM nothing", "5:6", psycopg.errors.UndefinedTable),
        ("SELECT :n AS a, nothing(:n)", "4:17", psycopg.errors.UndefinedFunction),
        ("SELECT :n AS a\nWHERE :n :n", "5:10", psycopg.errors.SyntaxError),
    ],
)
def test_a_mistake_in_the_sql_stays_what_it_is_with_a_note_of_its_place(
    load: Load,
    bare: Connection,
    tmp_path: Path,
    is_iterating: bool,
    sql: str,
    place: str,
    error: type[psycopg.Error],
) -> None:
    params = "n=5" if ":n" in sql else ""
    query = load(f"-- name: get_a\n-- params: {params}\n-- returns: [a]\n{sql}")["get_a"]
    with pytest.raises(error) as raised:
        ask(query, bare, is_iterating)
    assert raised.value.__notes__ == [f"{tmp_path}/queries.sql:{place}: get_a"]


def test_a_function_that_is_missing_is_not_blamed_on_an_argument_as_an_older_schema_lacks_it(
    load: Load, bare: Connection
) -> None:
    query = load("-- name: get_a$\n-- params: names: list[str]\n-- returns: a\nSELECT content_digest(:names) AS a")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        query["get_a"](bare, ["a"])


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("SELECT 1 / :n::int AS a", psycopg.errors.DivisionByZero),
        ("SELECT '{bad json'::text::jsonb AS a WHERE :n = 0", psycopg.errors.InvalidTextRepresentation),
    ],
)
def test_an_error_that_no_argument_is_to_blame_for_stays_what_it_is(
    load: Load, bare: Connection, sql: str, error: type[psycopg.Error]
) -> None:
    with pytest.raises(error):
        load(f"-- name: get_a$\n-- params: n\n-- returns: a\n{sql}")["get_a"](bare, 0)
