"""What the server says of a query, as Python types; and where in the file it stops when it refuses one."""

from __future__ import annotations

import datetime as dt
import decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.sql.conftest import Connection, Load
from thoth_storages.exceptions import QueryError
from thoth_storages.sql.describe import Describer, Description

# A type of the server, the Python type that is written for it, and a value that psycopg loads it as.
TYPES: list[tuple[str, str, Any]] = [
    ("smallint", "int", 1),
    ("integer", "int", 1),
    ("bigint", "int", 1),
    ("oid", "int", 1),
    ("real", "float", 1.5),
    ("double precision", "float", 1.5),
    ("numeric", "Decimal", decimal.Decimal("1.5")),
    ("text", "str", "a"),
    ("varchar(3)", "str", "a"),
    ("name", "str", "a"),
    ("boolean", "bool", True),
    ("timestamp", "datetime", dt.datetime(2022, 1, 2, 3)),
    ("timestamptz", "datetime", dt.datetime(2022, 1, 2, 3, tzinfo=dt.UTC)),
    ("date", "date", dt.date(2022, 1, 2)),
    ("bytea", "bytes", b"a"),
    ("text[]", "list[str]", ["a"]),
    ("bigint[]", "list[int]", [1]),
]
PYTHON = {
    "int": int,
    "float": float,
    "Decimal": decimal.Decimal,
    "str": str,
    "bool": bool,
    "datetime": dt.datetime,
    "date": dt.date,
    "bytes": bytes,
    "list[str]": list,
    "list[int]": list,
}


@pytest.fixture
def typed(bare: Connection) -> Connection:
    bare.execute("CREATE TYPE kind AS ENUM ('solver', 'adviser')")
    return bare


def described(load: Load, connection: Connection, text: str, params: str = "", shape: str = "[a]") -> Description:
    query = load(f"-- name: get_a\n-- params: {params}\n-- returns: {shape}\n{text}")["get_a"]
    return Describer(connection).describe(query)


@pytest.mark.parametrize(("name", "expected", "value"), TYPES, ids=[name for name, _, _ in TYPES])
def test_each_type_is_the_one_that_psycopg_loads(
    load: Load, typed: Connection, name: str, expected: str, value: Any
) -> None:
    typed.execute(sql.SQL("CREATE TABLE t (a {} NOT NULL)").format(sql.SQL(name)))
    typed.execute("INSERT INTO t VALUES (%s)", (value,))
    description = described(load, typed, "SELECT a FROM t WHERE a = :a", "a")
    assert description.columns == {"a": expected}
    assert description.parameters == {"a": expected}
    (loaded,) = load("-- name: get_a\n-- returns: [a]\nSELECT a FROM t")["get_a"](typed)
    assert loaded == value
    assert type(loaded) is PYTHON[expected]


@pytest.mark.parametrize("name", ["json", "jsonb", "jsonb[]", "point", "int4range"])
def test_what_has_no_type_of_its_own_may_be_anything(load: Load, bare: Connection, name: str) -> None:
    kind = described(load, bare, f"SELECT NULL::{name} AS a").columns["a"]
    assert kind == ("list[Any] | None" if name.endswith("[]") else "Any | None")


@pytest.mark.parametrize("column", ["kind", "kinds"])
def test_an_enum_that_is_answered_is_refused_as_it_would_come_as_bytes(
    load: Load, typed: Connection, tmp_path: Path, column: str
) -> None:
    typed.execute("CREATE TABLE t (kind kind NOT NULL, kinds kind[] NOT NULL)")
    with pytest.raises(QueryError) as raised:
        described(load, typed, f"SELECT t.{column} AS a FROM t")
    assert str(raised.value) == (
        f"{tmp_path}/queries.sql:1:1: get_a: the column a is of an enum type, which psycopg loads as bytes; "
        "cast it to text"
    )
    description = described(load, typed, f"SELECT t.{column}::text AS a FROM t WHERE t.{column} = :a", "a")
    assert description.parameters == {"a": "list[str]" if column == "kinds" else "str"}


def test_parameters_are_described_also_those_of_optional_lines(load: Load, bare: Connection) -> None:
    bare.execute("CREATE TABLE t (a text, b bigint, c timestamp)")
    description = described(
        load,
        bare,
        "SELECT a FROM t\nWHERE a = :a\n  AND b = ANY(:many)  --? many\n  AND c > :after  --? after\nLIMIT :count",
        "a, many=None, *, after=None, count=100",
    )
    assert description.parameters == {"a": "str", "many": "list[int]", "after": "datetime", "count": "int"}


def test_a_flag_that_the_sql_only_mentions_has_no_type(load: Load, bare: Connection) -> None:
    description = described(load, bare, "SELECT\n  DISTINCT  --? distinct\n  1 AS a", "distinct=False")
    assert description.parameters == {}


def test_columns_are_described_in_the_order_of_the_result(load: Load, bare: Connection) -> None:
    bare.execute("CREATE TABLE t (a text NOT NULL, b bigint, c boolean)")
    description = described(load, bare, "SELECT b, a, c AS d FROM t", shape="[(a, b)]")
    assert list(description.columns.items()) == [("b", "int | None"), ("a", "str"), ("d", "bool | None")]


def test_a_query_may_be_described_inside_a_transaction(load: Load, empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        assert described(load, connection, "SELECT 1 AS a").columns == {"a": "int"}


def test_nothing_is_run(load: Load, bare: Connection) -> None:
    bare.execute("CREATE TABLE t (a text NOT NULL)")
    description = described(load, bare, "INSERT INTO t VALUES ('x') RETURNING a")
    assert description.columns == {"a": "str"}
    assert bare.execute("SELECT count(*) FROM t").fetchone() == (0,)


@pytest.mark.parametrize(
    ("text", "params", "expected"),
    [
        ("SELECT 1 AS a,\n  -- why\n  nothing", "", '6:3: get_a: column "nothing" does not exist'),
        ("SELECT 1 AS a\nFROM nothing", "", '5:6: get_a: relation "nothing" does not exist'),
        ("SELECT :long_name AS a, :b || nothing", "long_name, b", '4:31: get_a: column "nothing" does not exist'),
        (
            "SELECT 1 AS a\nWHERE TRUE\n  AND 'x' = nothing --? b",
            "b=None",
            '6:13: get_a: column "nothing" does not exist',
        ),
        ("SELECT 1 AS a WHERE", "", "4:20: get_a: syntax error at end of input"),
        ("SELECT 'é' AS a, é.b", "", '4:18: get_a: missing FROM-clause entry for table "é"'),
        ("SELECT :a + :b AS a", "a, b", "4:11: get_a: operator is not unique: unknown + unknown"),
        ("SELECT 1 AS a\nWHERE a[1:2] = ':x' AND %% nothing", "", '5:7: get_a: column "a" does not exist'),
    ],
)
def test_what_the_server_refuses_is_found_in_the_file(
    load: Load, bare: Connection, tmp_path: Path, text: str, params: str, expected: str
) -> None:
    with pytest.raises(QueryError) as raised:
        described(load, bare, text, params)
    assert str(raised.value) == f"{tmp_path}/queries.sql:{expected}"


def test_a_query_that_is_refused_does_not_spoil_the_next(load: Load, bare: Connection) -> None:
    catalog = load(
        "-- name: get_a\n-- returns: [a]\nSELECT nothing AS a;\n-- name: get_b\n-- returns: [a]\nSELECT 1 AS a"
    )
    describer = Describer(bare)
    with pytest.raises(QueryError, match="get_a"):
        describer.describe(catalog["get_a"])
    assert describer.describe(catalog["get_b"]).columns == {"a": "int"}
