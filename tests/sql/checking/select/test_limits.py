"""Whether an ORDER BY decides between rows: what is proved, and what is not."""

from __future__ import annotations

import pytest

from thoth_storages.sql.checking.facts.schema import Schema, read_schema
from thoth_storages.sql.checking.select.limits import undecided
from thoth_storages.sql.checking.session import Connection

SCHEMA = """\
CREATE FUNCTION told(VARIADIC text[]) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE TABLE place (id integer PRIMARY KEY, name text NOT NULL UNIQUE, country text, code text UNIQUE);
CREATE TABLE thing (
  id integer PRIMARY KEY,
  place_id integer REFERENCES place,
  name text NOT NULL,
  size text,
  is_sold boolean NOT NULL
);
CREATE UNIQUE INDEX ON thing (place_id, name) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX ON thing (told(name, size));
CREATE UNIQUE INDEX ON thing (size) WHERE is_sold;
CREATE TABLE part (thing_id integer NOT NULL REFERENCES thing, name text NOT NULL, weight integer);
CREATE UNIQUE INDEX ON part (thing_id, lower(name));
CREATE VIEW seen AS SELECT t.id, t.name FROM thing AS t;
"""


@pytest.fixture(scope="module")
def tables(shop: Connection) -> Schema:
    """The schema of places, things and their parts."""
    with shop.transaction(force_rollback=True):
        shop.execute(SCHEMA.encode())
        return read_schema(shop)


def open_columns(sql: str, tables: Schema) -> list[tuple[str, ...]]:
    return [each.columns for each in undecided(sql, tables)]


DECIDED = {
    "a primary key": "SELECT t.name, t.size FROM thing AS t ORDER BY t.id LIMIT $1",
    "a key without its table's alias": "SELECT name, size FROM thing ORDER BY id LIMIT $1",
    "another unique key": "SELECT p.country FROM place AS p ORDER BY p.name DESC LIMIT $1",
    "a key in which NULLs are equal": "SELECT t.size FROM thing AS t ORDER BY t.place_id, t.name LIMIT 3",
    "a key that may be NULL but is compared": "SELECT p.country FROM place AS p WHERE p.code = $1 ORDER BY 1 LIMIT 1",
    "all that is selected": "SELECT t.size, t.is_sold FROM thing AS t ORDER BY t.is_sold, t.size LIMIT 3",
    "all that is selected, by other names": "SELECT t.size AS a, t.name AS b FROM thing AS t ORDER BY b, a LIMIT 3",
    "all that is selected, by number": "SELECT t.size, t.name FROM thing AS t ORDER BY 2, 1 LIMIT 3",
    "all distinct": "SELECT DISTINCT t.size, t.name FROM thing AS t ORDER BY t.name, t.size OFFSET $1",
    "an expression that is selected": "SELECT lower(t.size) FROM thing AS t ORDER BY lower(t.size) LIMIT 3",
    "what is computed of a decided row": "SELECT lower(t.size) || t.name FROM thing AS t ORDER BY t.id LIMIT 3",
    "a collation of a key": 'SELECT p.country FROM place AS p ORDER BY p.name COLLATE "C" LIMIT 3',
    "a row that it refers to": (
        "SELECT t.name, p.country FROM thing AS t JOIN place AS p ON p.id = t.place_id ORDER BY t.id LIMIT 3"
    ),
    "a row that it may refer to": (
        "SELECT t.name, p.country FROM thing AS t LEFT JOIN place AS p ON p.id = t.place_id ORDER BY t.id LIMIT 3"
    ),
    "a row that it may refer to, on a condition": (
        "SELECT t.name, p.country FROM thing AS t LEFT JOIN place AS p ON p.id = t.place_id AND t.is_sold "
        "ORDER BY t.id LIMIT 3"
    ),
    "a join by USING": ("SELECT a.size, b.name FROM thing AS a JOIN thing AS b USING (id) ORDER BY b.id LIMIT 3"),
    "columns that a parameter fixes": (
        "SELECT t.name, t.place_id FROM thing AS t WHERE t.place_id = $1 ORDER BY t.name LIMIT 3"
    ),
    "a column that is NULL": "SELECT t.size FROM thing AS t WHERE t.size IS NULL LIMIT 3",
    "columns that are true or false": "SELECT t.is_sold FROM thing AS t WHERE NOT t.is_sold LIMIT 3",
    "a key of an expression": ("SELECT t.id FROM thing AS t WHERE told(t.name, t.size) = told($1, $2) LIMIT 1"),
    "a key partly of an expression": (
        "SELECT p.weight FROM part AS p WHERE p.thing_id = $1 AND lower(p.name) = lower($2) LIMIT 1"
    ),
    "what rows are grouped by": ("SELECT t.name, count(*) FROM thing AS t GROUP BY t.name ORDER BY t.name LIMIT 3"),
    "the expression that rows are grouped by": (
        "SELECT lower(t.size) AS s, max(t.id) FROM thing AS t GROUP BY lower(t.size) ORDER BY s LIMIT 3"
    ),
    "the name that rows are grouped by": (
        "SELECT lower(t.size) AS s, max(t.id) FROM thing AS t GROUP BY s ORDER BY lower(t.size) LIMIT 3"
    ),
    "one row of all": "SELECT count(*), max(t.id) FROM thing AS t LIMIT 1",
    "the least id of a group": (
        "SELECT t.place_id, t.name, min(p.thing_id) AS first FROM part AS p JOIN thing AS t ON t.id = p.thing_id "
        "GROUP BY t.place_id, t.name ORDER BY first LIMIT 3"
    ),
    "a count of all rows beside each": "SELECT t.id, count(*) OVER () FROM thing AS t ORDER BY t.id LIMIT 3",
    "a rank": "SELECT t.name, rank() OVER (ORDER BY t.name) FROM thing AS t ORDER BY t.name LIMIT 3",
    "a query in FROM": (
        "SELECT q.name, q.size FROM (SELECT t.id AS number, t.name, t.size FROM thing AS "
        "t) AS q ORDER BY q.number LIMIT 3"
    ),
    "a common table expression": (
        "WITH q (number, called) AS (SELECT t.id, t.name FROM thing AS t) SELECT "
        "q.called FROM q ORDER BY q.number LIMIT 3"
    ),
    "the first of a query for each row": (
        "SELECT t.id, f.weight FROM thing AS t CROSS JOIN LATERAL (SELECT p.weight FROM part AS p "
        "WHERE p.thing_id = t.id ORDER BY p.weight LIMIT 1) AS f ORDER BY t.id LIMIT 3"
    ),
    "a sum for each row": (
        "SELECT t.id, f.all FROM thing AS t LEFT JOIN LATERAL (SELECT sum(p.weight) AS all FROM part AS p "
        "WHERE p.thing_id = t.id) AS f ON TRUE ORDER BY t.id LIMIT 3"
    ),
    "a value looked up for each row": (
        "SELECT t.id, (SELECT p.name FROM place AS p WHERE p.id = t.place_id) FROM thing AS t ORDER BY t.id LIMIT 3"
    ),
    "a list with its numbers": (
        "SELECT w.name FROM unnest($1::text[]) WITH ORDINALITY AS w (name, number) ORDER BY w.number LIMIT 3"
    ),
    "both sides of a union": "SELECT a.id FROM thing AS a UNION ALL SELECT b.id FROM place AS b ORDER BY id LIMIT 3",
    "sides of a union that exclude each other": (
        "SELECT w.name, f.id FROM unnest($1::text[]) AS w (name), LATERAL (SELECT p.id "
        "FROM place AS p WHERE p.code = w.name "
        "UNION ALL SELECT p.id FROM place AS p WHERE w.name IS NULL AND p.name = 'none' LIMIT 1) AS f"
    ),
    "a row without columns": "SELECT FROM thing AS t LIMIT 200",
    "existence": "SELECT EXISTS (SELECT 1 FROM thing AS t LIMIT 1)",
    "absence": "SELECT (SELECT t.id FROM thing AS t LIMIT 1) IS NULL",
    "chance on purpose": "SELECT t.name FROM thing AS t ORDER BY random() LIMIT 3",
    "chance on purpose, within": (
        "WITH drawn AS (SELECT t.name FROM thing AS t ORDER BY random()) SELECT drawn.name FROM drawn LIMIT 3"
    ),
    "a key, beside chance in what is selected": "SELECT t.id, random() FROM thing AS t ORDER BY t.id LIMIT 3",
    "nothing that cuts": "SELECT t.name FROM thing AS t LIMIT ALL OFFSET 0",
    "all columns": "SELECT * FROM thing AS t ORDER BY t.id LIMIT 3",
}

OPEN = {
    "no order": ("SELECT t.name FROM thing AS t LIMIT 3", ("name",)),
    "an order by half of what is selected": (
        "SELECT t.name, t.size FROM thing AS t ORDER BY t.name LIMIT 3",
        ("size",),
    ),
    "FETCH FIRST": ("SELECT t.name FROM thing AS t FETCH FIRST 3 ROWS ONLY", ("name",)),
    "OFFSET alone": ("SELECT t.name FROM thing AS t OFFSET 3", ("name",)),
    "a key that may be NULL": ("SELECT p.country, p.code FROM place AS p ORDER BY p.code LIMIT 3", ("country",)),
    "a key of some rows": ("SELECT t.name, t.size FROM thing AS t WHERE t.size = $1 LIMIT 3", ("name",)),
    "half a key": ("SELECT p.weight FROM part AS p ORDER BY p.thing_id LIMIT 3", ("weight",)),
    "an expression of a key": ("SELECT p.name FROM place AS p ORDER BY lower(p.name) LIMIT 3", ("name",)),
    "another table's key": (
        "SELECT t.name, p.name AS part FROM thing AS t JOIN part AS p ON p.thing_id = t.id ORDER BY t.id LIMIT 3",
        ("part",),
    ),
    "a key of the side that may be missing": (
        "SELECT t.name, p.country FROM thing AS t LEFT JOIN place AS p ON p.id = t.place_id ORDER BY p.id LIMIT 3",
        ("name",),
    ),
    "a comparison on the side that may be missing": (
        "SELECT t.id, p.name FROM thing AS t LEFT JOIN place AS p ON p.country = $1 ORDER BY t.id LIMIT 3",
        ("name",),
    ),
    "a comparison that only joins": (
        "SELECT t.name, p.id FROM thing AS t LEFT JOIN place AS p ON p.id = $1 AND p.id "
        "= t.place_id ORDER BY p.id LIMIT 3",
        ("name",),
    ),
    "a comparison other than equality": ("SELECT t.name FROM thing AS t WHERE t.id > $1 LIMIT 3", ("name",)),
    "one of two conditions": ("SELECT t.name FROM thing AS t WHERE t.id = $1 OR t.id = $2 LIMIT 3", ("name",)),
    "true or unknown": ("SELECT t.is_sold FROM thing AS t WHERE t.is_sold IS NOT FALSE LIMIT 3", ("is_sold",)),
    "the same table twice": (
        "SELECT a.name, b.name AS other FROM thing AS a, thing AS b ORDER BY a.id LIMIT 3",
        ("other",),
    ),
    "groups by more than the order": (
        "SELECT t.name, t.size, count(*) FROM thing AS t GROUP BY t.name, t.size ORDER BY t.name LIMIT 3",
        ("size", "count"),
    ),
    "totals between the groups": (
        "SELECT t.name, count(*) FROM thing AS t GROUP BY ROLLUP (t.name) ORDER BY t.name LIMIT 3",
        ("count",),
    ),
    "the least of what decides no group": (
        "SELECT t.name, min(t.place_id) AS first FROM thing AS t GROUP BY t.name ORDER BY first LIMIT 3",
        ("name",),
    ),
    "a number among equals": (
        "SELECT t.name, row_number() OVER (ORDER BY t.name) FROM thing AS t ORDER BY t.name LIMIT 3",
        ("row_number",),
    ),
    "chance in what is selected": ("SELECT t.name, random() FROM thing AS t ORDER BY t.name LIMIT 3", ("random",)),
    "a part of a query": (
        "SELECT q.name FROM (SELECT t.name FROM thing AS t ORDER BY t.size LIMIT 3) AS q ORDER BY q.name",
        ("name",),
    ),
    "a common table expression's part": (
        "WITH q AS (SELECT t.name FROM thing AS t LIMIT 3) SELECT count(*) FROM q",
        ("name",),
    ),
    "a list without numbers": (
        "SELECT w.a, w.b FROM unnest($1::text[], $2::text[]) AS w (a, b) ORDER BY w.a LIMIT 3",
        ("b",),
    ),
    "half of a union": (
        "SELECT a.id, a.name FROM thing AS a UNION ALL SELECT b.id, b.name FROM place AS b ORDER BY id LIMIT 3",
        ("name",),
    ),
    "sides of a union that don't exclude each other": (
        "SELECT w.name, f.id FROM unnest($1::text[]) AS w (name), LATERAL (SELECT p.id "
        "FROM place AS p WHERE p.code = w.name "
        "UNION ALL SELECT p.id FROM place AS p WHERE p.name = w.name LIMIT 1) AS f",
        ("id",),
    ),
    "a view, of which nothing is known": ("SELECT s.name FROM seen AS s ORDER BY s.id LIMIT 3", ("name",)),
    "some of many": ("SELECT ARRAY(SELECT t.name FROM thing AS t LIMIT 3)", ("name",)),
    "all columns of two tables": (
        "SELECT p.*, t.name AS thing FROM place AS p JOIN thing AS t ON t.place_id = p.id ORDER BY p.id LIMIT 3",
        ("thing",),
    ),
    "what a recursion answers": (
        "WITH RECURSIVE q AS (SELECT t.id, t.size FROM thing AS t UNION ALL SELECT q.id, q.size FROM q) "
        "SELECT q.id, q.size FROM q ORDER BY q.id LIMIT 3",
        ("size",),
    ),
    "what a statement within writes": (
        "WITH q AS (DELETE FROM thing RETURNING id, name) SELECT q.id, q.name FROM q ORDER BY q.id LIMIT 3",
        ("name",),
    ),
}


@pytest.mark.parametrize("sql", DECIDED.values(), ids=DECIDED.keys())
def test_the_order_is_decided_by(sql: str, tables: Schema) -> None:
    assert open_columns(sql, tables) == []


@pytest.mark.parametrize(("sql", "columns"), OPEN.values(), ids=OPEN.keys())
def test_the_order_is_left_open_by(sql: str, columns: tuple[str, ...], tables: Schema) -> None:
    assert open_columns(sql, tables) == [columns]


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("SELECT 'é', t.name FROM thing AS t ORDER BY t.size, t.is_sold LIMIT 3", "t.is_sold LIMIT"),
        ("SELECT 'é', t.name FROM thing AS t LIMIT 3", "LIMIT 3"),
        ("SELECT 'LIMIT', t.name FROM thing AS t LIMIT $1 OFFSET $2", "$1 OFFSET"),
        ("SELECT 'é', t.name FROM thing AS t FETCH FIRST 3 ROWS ONLY", "FETCH FIRST"),
    ],
)
def test_the_place_is_what_it_sorts_by_last_or_else_what_cuts(sql: str, shown: str, tables: Schema) -> None:
    (found,) = undecided(sql, tables)
    assert sql[found.position - 1 :].startswith(shown)
