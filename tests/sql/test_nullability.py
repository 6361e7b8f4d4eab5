"""Which columns may be NULL. The mistake is to say "never" of one that may: rows are held against each such claim."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.fix_postgres import fresh
from tests.sql.conftest import Connection, Load
from thoth_storages.ephemeral import Server
from thoth_storages.sql.describe import Describer, Description

SCHEMA = """\
CREATE TABLE a (id bigint PRIMARY KEY, name text NOT NULL, note text);
CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint NOT NULL REFERENCES a, title text NOT NULL, note text);
CREATE TABLE c (id bigint PRIMARY KEY, b_id bigint NOT NULL, code text NOT NULL);
CREATE TABLE "Mixed Case" (id bigint PRIMARY KEY, name text NOT NULL);
CREATE SCHEMA other;
CREATE TABLE other.a (id bigint PRIMARY KEY, label text NOT NULL);
CREATE TABLE other.d (id bigint PRIMARY KEY, label text NOT NULL);
CREATE VIEW v AS SELECT id, name FROM a;
INSERT INTO a VALUES (1, 'one', NULL), (2, 'two', 'n');
INSERT INTO b VALUES (10, 1, 'ten', NULL);
INSERT INTO c VALUES (100, 11, 'hundred');
INSERT INTO "Mixed Case" VALUES (1000, 'thousand');
INSERT INTO other.a VALUES (5, 'five');
INSERT INTO other.d VALUES (6, 'six');
"""


@pytest.fixture(scope="module")
def filled(postgres: Server) -> Iterator[Connection]:
    """A connection to a database that all tests here share, as none of them changes a row."""
    for conninfo in fresh(postgres):
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(SCHEMA)
            yield connection


def describe(load: Load, connection: Connection, text: str, notnull: str = "") -> Description:
    names = Describer(connection).describe(load(f"-- name: get\n-- returns: [x]\n{text}")["get"]).columns
    header = f"-- name: get\n-- returns: [({', '.join(names)},)]\n" + (f"-- notnull: {notnull}\n" if notnull else "")
    return Describer(connection).describe(load(header + text)["get"])


def nullable(load: Load, connection: Connection, text: str, notnull: str = "") -> set[str]:
    columns = describe(load, connection, text, notnull).columns
    return {name for name, kind in columns.items() if kind.endswith("| None")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT a.name, a.note FROM a", {"note"}),
        ("SELECT a.name, b.title, b.note FROM a JOIN b ON b.a_id = a.id", {"note"}),
        ("SELECT a.name, b.title FROM a LEFT JOIN b ON b.a_id = a.id", {"title"}),
        ("SELECT a.name, b.title FROM b RIGHT JOIN a ON b.a_id = a.id", {"title"}),
        ("SELECT a.name, b.title FROM b RIGHT OUTER JOIN a ON b.a_id = a.id", {"title"}),
        ("SELECT a.name, c.code FROM a FULL JOIN c ON c.id = a.id", {"name", "code"}),
        ("SELECT a.name, c.code FROM a NATURAL LEFT JOIN c", {"code"}),
        ("SELECT a.name, b.title FROM a CROSS JOIN b", set()),
        (
            "SELECT a.name, b.title, c.code FROM a LEFT JOIN (b JOIN c ON c.b_id = b.id) ON b.a_id = a.id",
            {"title", "code"},
        ),
        (
            "SELECT a.name, b.title, c.code FROM a LEFT JOIN b ON b.a_id = a.id LEFT JOIN c ON c.b_id = b.id",
            {"title", "code"},
        ),
        ("SELECT a.name, b.title, c.code FROM c LEFT JOIN (a JOIN b ON b.a_id = a.id) ON TRUE", {"name", "title"}),
        ("SELECT a.name, s.t FROM a LEFT JOIN (SELECT b.a_id, b.title AS t FROM b) AS s ON s.a_id = a.id", {"t"}),
        (
            "SELECT a.name, s.t FROM a LEFT JOIN LATERAL (SELECT b.title AS t FROM b WHERE b.a_id = a.id) AS s ON TRUE",
            {"t"},
        ),
        (
            "WITH s AS (SELECT b.a_id, b.title AS t FROM b) SELECT a.name, s.t FROM a LEFT JOIN s ON s.a_id = a.id",
            {"t"},
        ),
        (
            "WITH r AS (SELECT b.* FROM b), s AS (SELECT r.a_id, r.title AS t FROM r) "
            "SELECT a.name, s.t FROM a LEFT JOIN s ON s.a_id = a.id",
            {"t"},
        ),
        ("WITH s AS (SELECT a.id, b.title AS t FROM a LEFT JOIN b ON b.a_id = a.id) SELECT s.id, s.t FROM s", {"t"}),
        ("SELECT s.id, s.t FROM (SELECT a.id, b.title AS t FROM a LEFT JOIN b ON b.a_id = a.id) AS s", {"t"}),
        ("WITH a AS (SELECT b.title AS t FROM b) SELECT c.code, a.t FROM c LEFT JOIN a ON FALSE", {"t"}),
        # a common table expression of its own table's name, and two of the same name
        ("WITH a AS (SELECT a.name AS t FROM a) SELECT c.code, a.t FROM c LEFT JOIN a ON FALSE", {"t"}),
        (
            "SELECT a.id, x.t FROM a, LATERAL (WITH s AS (SELECT b.title AS t FROM b) "
            "SELECT s.t FROM a AS q LEFT JOIN s ON FALSE) AS x, (WITH s AS (SELECT c.code FROM c) SELECT s.code FROM s)"
            " AS y",
            {"t"},
        ),
        # with LATERAL a column of the near side may be handed through the far one; names alone can't tell them apart
        ("SELECT s.n FROM a LEFT JOIN LATERAL (SELECT a.name AS n WHERE FALSE) AS s ON TRUE", {"n"}),
        ("SELECT s.n FROM a LEFT JOIN LATERAL (SELECT name AS n WHERE FALSE) AS s ON TRUE", {"n"}),
        (
            "SELECT s.n FROM (SELECT c.code FROM c) AS f LEFT JOIN LATERAL "
            "(WITH q AS (SELECT f.code AS n) SELECT q.n FROM q WHERE FALSE) AS s ON TRUE",
            {"n"},
        ),
        (
            "SELECT s.n FROM (a CROSS JOIN c) AS j LEFT JOIN LATERAL "
            "(SELECT q.n FROM (SELECT j.code AS n FROM b) AS q WHERE FALSE) AS s ON TRUE",
            {"n"},
        ),
        (
            "SELECT a.name, s.t FROM a LEFT JOIN LATERAL (SELECT b.title AS t FROM b WHERE b.a_id = a.id) AS s ON TRUE "
            "JOIN c ON TRUE",
            {"t"},
        ),
        (
            "WITH RECURSIVE r (id, n) AS ("
            "SELECT b.id, b.title FROM b UNION ALL SELECT r.id + 1, r.n FROM r WHERE r.id < 12) "
            "SELECT a.name, r.n FROM a LEFT JOIN r ON r.id = a.id",
            {"n"},
        ),
        ('SELECT a.name, m.name AS other FROM a LEFT JOIN "Mixed Case" AS m ON m.id = a.id', {"other"}),
        ("SELECT a.name, d.label FROM a LEFT JOIN other.d AS d ON d.id = a.id", {"label"}),
        ("SELECT a.name, o.label FROM a LEFT JOIN other.a AS o ON o.id = a.id", {"label"}),
        ("SELECT x.name, y.name AS other FROM a AS x LEFT JOIN a AS y ON y.id = x.id + 1", {"name", "other"}),
        ("SELECT a.name, (SELECT b.title FROM b WHERE b.a_id = a.id) AS t FROM a", {"t"}),
        ("SELECT a.name FROM a UNION SELECT NULL", {"name"}),
        ("SELECT a.name FROM a UNION ALL SELECT b.note FROM b", {"name"}),
        ("SELECT s.name FROM (SELECT a.name FROM a UNION ALL SELECT NULL) AS s", {"name"}),
        ("VALUES (NULL::text)", {"column1"}),
        ("SELECT id, name FROM v", {"id", "name"}),
        ("SELECT a.name, count(*) AS n FROM a GROUP BY ROLLUP (a.name)", {"name"}),
        ("SELECT a.name, count(*) AS n FROM a GROUP BY GROUPING SETS ((a.name), ())", {"name"}),
        ("SELECT a.name, count(*) AS n FROM a GROUP BY a.name", set()),
        ("SELECT id FROM a FULL JOIN (SELECT c.id FROM c) AS x USING (id)", {"id"}),
        ("SELECT id, b.title FROM a LEFT JOIN b USING (id)", {"title"}),
        ("SELECT DISTINCT a.name FROM a", set()),
        ("SELECT a.note FROM a WHERE a.note IS NOT NULL", {"note"}),
    ],
)
def test_a_column_of_a_table_is_never_null_only_where_no_outer_join_makes_it_so(
    load: Load, filled: Connection, text: str, expected: set[str]
) -> None:
    assert nullable(load, filled, text) == expected
    cursor = filled.execute(text)
    names = [column.name for column in cursor.description or ()]
    seen = {name for row in cursor for name, value in zip(names, row, strict=True) if value is None}
    assert seen <= expected


@pytest.mark.parametrize(
    "expression",
    [
        "1",
        "'x'::text",
        "TRUE",
        "count(*)",
        "count(a.note)",
        "count(a.note) FILTER (WHERE FALSE)",
        "coalesce(max(a.note), '')",
        "coalesce(NULL, NULL, 1)",
        "count(*) + 1",
        "count(*) > 0",
        "count(*) > 0 AND NOT FALSE",
        "EXISTS (SELECT FROM b WHERE FALSE)",
        "NOT EXISTS (SELECT FROM b)",
        "ARRAY (SELECT b.title FROM b WHERE FALSE)",
        "ARRAY[NULL, 'a']",
        "max(a.note) IS NULL",
        "(max(a.note) = 'x') IS TRUE",
        "concat(NULL, max(a.note))",
        "now()",
        "jsonb_build_object('a', max(a.note))",
    ],
)
def test_what_always_computes_a_value_is_never_null(load: Load, filled: Connection, expression: str) -> None:
    text = f"SELECT {expression} AS x FROM a WHERE FALSE"
    assert nullable(load, filled, text) == set()
    assert filled.execute(text).fetchone() != (None,)


@pytest.mark.parametrize(
    "expression",
    [
        "NULL",
        "NULL::bigint",
        "max(a.name)",
        "sum(a.id)",
        "array_agg(a.name)",
        "bool_or(a.id = 1)",
        "nullif(1, 1)",
        "'{}'::jsonb -> 'a'",
        "'{}'::jsonb ->> 'a'",
        "'[]'::jsonb #> '{0}'",
        "(ARRAY['a'])[2]",
        "coalesce(max(a.note), min(a.note))",
        "1 = ANY (ARRAY[NULL::int])",
        "CASE WHEN FALSE THEN 1 END",
        "count(*) + sum(a.id)",
        "max(a.id) > 0 AND count(*) = 0 IS NULL",
        "-sum(a.id)",
        "substring('abc' FROM 'x')",
        "array_length('{}'::text[], 1)",
        "(SELECT b.title FROM b WHERE FALSE)",
        "1 = ALL (SELECT NULL::int FROM b)",
        "1 IN (2, NULL)",
        "'a' LIKE NULL",
        "greatest(NULL::int, max(a.id))",
    ],
)
def test_what_may_find_nothing_may_be_null(load: Load, filled: Connection, expression: str) -> None:
    assert nullable(load, filled, f"SELECT {expression} AS x FROM a WHERE FALSE") == {"x"}


def test_each_of_several_columns_is_judged_by_its_own_expression(load: Load, filled: Connection) -> None:
    text = "SELECT max(a.note) AS x, count(*) AS y, a.name, NULL AS z FROM a GROUP BY a.name"
    assert nullable(load, filled, text) == {"x", "z"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT INTO a VALUES (3, 'x', NULL) RETURNING id, note, nullif(name, 'x') AS x, 1 AS one", {"note", "x"}),
        ("UPDATE a SET name = 'x', note = 'y' RETURNING nullif(name, 'x') AS x, note", {"x", "note"}),
        ("UPDATE a SET name = 'x' RETURNING nullif(name, 'x') AS x", {"x"}),
        ("UPDATE a SET note = b.title FROM b WHERE b.a_id = a.id RETURNING a.name, b.title", set()),
        (
            "UPDATE a SET note = s.t FROM (SELECT c.code AS t FROM b LEFT JOIN c ON FALSE) AS s RETURNING a.name, s.t",
            {"t"},
        ),
        ("DELETE FROM c RETURNING code, nullif(code, 'hundred') AS x", {"x"}),
    ],
)
def test_what_a_write_answers_is_judged_not_what_it_sets(
    load: Load, filled: Connection, text: str, expected: set[str]
) -> None:
    assert nullable(load, filled, text) == expected


def test_the_header_has_the_last_word(load: Load, filled: Connection) -> None:
    text = "SELECT a.name, b.title, b.note FROM a LEFT JOIN b ON b.a_id = a.id"
    assert nullable(load, filled, text, notnull="title") == {"note"}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT count(*) AS x FROM a",
        "SELECT count(*) AS x FROM a WHERE FALSE",
        "SELECT max(a.id) AS x FROM a",
        "SELECT coalesce(sum(a.id), 0) AS x FROM a",
        "SELECT max(a.id) + 1 AS x FROM a LEFT JOIN b ON TRUE",
        "SELECT EXISTS (SELECT FROM a WHERE FALSE) AS x",
        "SELECT 1 AS x",
        "SELECT (SELECT a.id FROM a WHERE FALSE) AS x",
        "WITH s AS (SELECT id FROM a WHERE FALSE) SELECT count(*) AS x FROM s",
    ],
)
def test_a_row_always_comes_from_an_aggregate_or_without_from(load: Load, filled: Connection, text: str) -> None:
    assert describe(load, filled, text).always_answers
    assert len(filled.execute(text).fetchall()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a.id AS x FROM a WHERE FALSE",
        "SELECT 1 AS x FROM a WHERE FALSE",
        "SELECT lower(a.name) AS x FROM a WHERE FALSE",
        "SELECT count(*) AS x FROM a WHERE FALSE GROUP BY a.id",
        "SELECT count(*) AS x FROM a WHERE FALSE HAVING FALSE",
        "SELECT count(*) OVER () AS x FROM a WHERE FALSE",
        "SELECT (SELECT count(*) FROM b) AS x FROM a WHERE FALSE",
        "SELECT 1 AS x WHERE FALSE",
        "SELECT count(*) AS x FROM a LIMIT 0",
        "SELECT count(*) AS x FROM a OFFSET 1",
        "SELECT 1 AS x EXCEPT SELECT 1",
        "UPDATE a SET note = NULL WHERE FALSE RETURNING id AS x",
        "INSERT INTO a SELECT 1, 'x' WHERE FALSE RETURNING id AS x",
        "SELECT unnest(array_agg(a.name)) AS x FROM a WHERE FALSE",
        "SELECT unnest('{}'::text[]) AS x",
        "SELECT (jsonb_each('{}')).key AS x",
        "SELECT 1 AS x ORDER BY generate_series(1, 0)",
    ],
)
def test_no_row_may_come_from_anything_else(load: Load, filled: Connection, text: str) -> None:
    assert not describe(load, filled, text).always_answers
    assert filled.execute(text).fetchall() == []
