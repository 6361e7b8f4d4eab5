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
CREATE TABLE badge (colour text, shade text, owner text);
CREATE UNIQUE INDEX ON badge (colour) NULLS NOT DISTINCT;
CREATE TABLE parent (id integer PRIMARY KEY, name text);
CREATE TABLE child () INHERITS (parent);
CREATE FUNCTION simplified(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
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
    "a key that isn't NULL in the rows that are left": (
        "SELECT p.country FROM place AS p WHERE p.code IS NOT NULL ORDER BY p.code LIMIT 3"
    ),
    "a key that is compared by another operator": (
        "SELECT p.country FROM place AS p WHERE p.code > $1 AND p.code LIKE 'a%' ORDER BY p.code LIMIT 3"
    ),
    "a key that is one of a list": "SELECT p.country FROM place AS p WHERE p.code = ANY ($1) ORDER BY p.code LIMIT 3",
    "a row of columns that is compared": ("SELECT t.id FROM thing AS t WHERE (t.place_id, t.name) = ($1, $2) LIMIT 1"),
    "a list of one": "SELECT t.name FROM thing AS t WHERE t.id IN ($1) LIMIT 1",
    "a key as text": "SELECT t.name FROM thing AS t ORDER BY t.id::text LIMIT 3",
    "a group by an expression that isn't selected": (
        "SELECT count(*) FROM thing AS t GROUP BY lower(t.size) ORDER BY lower(t.size) LIMIT 3"
    ),
    "an expression of a key that isn't NULL": (
        "SELECT p.weight FROM part AS p WHERE lower(p.name) > $1 ORDER BY p.thing_id, lower(p.name) LIMIT 3"
    ),
    "the first of each": "SELECT DISTINCT ON (t.name) t.name, t.size FROM thing AS t ORDER BY t.name, t.id",
    "the first of each, in FROM": (
        "SELECT q.size FROM (SELECT DISTINCT ON (t.name) t.name, t.size FROM thing AS t ORDER BY t.name, t.id) AS q "
        "ORDER BY q.name LIMIT 3"
    ),
    "a join by NATURAL": (
        "SELECT a.size FROM (SELECT x.id, x.size FROM thing AS x) AS a NATURAL JOIN (SELECT y.id FROM place AS y) AS b "
        "ORDER BY b.id LIMIT 3"
    ),
    "an outer join by USING": (
        "SELECT a.size, b.country FROM thing AS a LEFT JOIN place AS b USING (id) ORDER BY id LIMIT 3"
    ),
    "a right join": (
        "SELECT t.name, p.country FROM place AS p RIGHT JOIN thing AS t ON p.id = t.place_id ORDER BY t.id LIMIT 3"
    ),
    "a full join by USING": (
        "SELECT a.size, b.country FROM thing AS a FULL JOIN place AS b USING (id) ORDER BY id LIMIT 3"
    ),
    "what all that may match has in common": (
        "SELECT t.id, p.thing_id FROM thing AS t LEFT JOIN part AS p ON p.thing_id = t.id ORDER BY t.id LIMIT 3"
    ),
    "what is left of a first query": (
        "SELECT a.id, a.name FROM thing AS a EXCEPT SELECT b.id, b.name FROM place AS b ORDER BY id LIMIT 3"
    ),
    "one row of values": "SELECT v.a FROM (VALUES ($1, $2)) AS v (a, b) LIMIT 3",
    "a number of rows that are told apart": (
        "SELECT t.name, row_number() OVER (ORDER BY t.id) AS n FROM thing AS t ORDER BY n LIMIT 3"
    ),
    "the first of each by its number": (
        "SELECT q.name, q.size FROM (SELECT t.name, t.size, row_number() OVER (PARTITION BY t.name ORDER BY t.id) AS n "
        "FROM thing AS t) AS q WHERE q.n = 1 ORDER BY q.name LIMIT 3"
    ),
    "what came before a row that is told apart": (
        "SELECT t.name, lag(t.size) OVER (w ORDER BY t.id) FROM thing AS t WINDOW w AS (PARTITION BY t.name) "
        "ORDER BY t.name, t.id LIMIT 3"
    ),
    "existence of what is cut off": (
        "SELECT EXISTS (SELECT FROM (SELECT t.id FROM thing AS t ORDER BY t.id LIMIT 3) AS q)"
    ),
    "columns of the same name": "SELECT a.name, b.name FROM thing AS a, thing AS b ORDER BY a.id, b.id LIMIT 3",
    "columns that are called otherwise": "SELECT t.size FROM thing AS t (a) ORDER BY t.a LIMIT 3",
    "a condition on what matches that isn't sorted by": (
        "SELECT b.colour, f.weight FROM badge AS b LEFT JOIN LATERAL (SELECT p.weight FROM part AS p "
        "WHERE p.thing_id = b.owner::integer AND lower(p.name) = 'a' AND p.name > b.shade) AS f ON TRUE "
        "ORDER BY b.owner, b.colour LIMIT 3"
    ),
    "a table of the same name in another WITH": (
        "WITH q AS (SELECT t.name, t.size FROM thing AS t) SELECT q.name, r.id FROM "
        "(WITH q AS (SELECT p.id, p.name FROM place AS p) SELECT q.id FROM q) AS r, q ORDER BY r.id, q.name LIMIT 3"
    ),
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
    "a set of each row": (
        "SELECT t.id, unnest(string_to_array(t.size, ',')) FROM thing AS t ORDER BY t.id LIMIT 3",
        ("unnest",),
    ),
    "a set of one value": (
        "SELECT unnest(array_agg(t.name)) AS name FROM thing AS t LIMIT 3",
        ("name",),
    ),
    "a set of one value, in FROM": (
        "SELECT q.name FROM (SELECT unnest(array_agg(t.name)) AS name, count(*) FROM thing AS t) AS q LIMIT 3",
        ("name",),
    ),
    "a whole row": ("SELECT t FROM thing AS t LIMIT 3", ("t",)),
    "a whole row in a function": ("SELECT to_jsonb(t) AS doc FROM thing AS t ORDER BY t.name LIMIT 3", ("doc",)),
    "where a row is stored": ("SELECT ctid FROM thing AS t LIMIT 3", ("ctid",)),
    "a sample": ("SELECT t.name FROM thing AS t TABLESAMPLE SYSTEM (10) LIMIT 3", ("name",)),
    "a join with a name": (
        "SELECT j.name FROM (thing AS t JOIN part AS p USING (name)) AS j LIMIT 3",
        ("name",),
    ),
    "a table of XML": (
        "SELECT x.a FROM XMLTABLE('/a' PASSING CAST($1 AS xml) COLUMNS a text PATH '.') AS x LIMIT 3",
        ("a",),
    ),
    "columns that are called otherwise than they are": (
        "SELECT b FROM thing AS t (a, b) LIMIT 3",
        ("b",),
    ),
    "columns of the same name, of which one is decided": (
        "SELECT a.name, b.name FROM thing AS a, thing AS b ORDER BY a.id LIMIT 3",
        ("name (2)",),
    ),
    "a key that is NULL where nothing matches, too": (
        "SELECT b.shade FROM thing AS t LEFT JOIN badge AS b ON b.owner = t.name AND b.shade = t.size "
        "ORDER BY b.colour LIMIT 3",
        ("shade",),
    ),
    "what isn't NULL for a NULL that matches": (
        "SELECT q.size, q.shown FROM place AS p LEFT JOIN (SELECT t.id, t.size, coalesce(t.size, 'none') AS shown "
        "FROM thing AS t) AS q ON q.id = p.id ORDER BY q.size LIMIT 3",
        ("shown",),
    ),
    "a condition of its own on what matches": (
        "SELECT b.owner, f.weight FROM badge AS b LEFT JOIN LATERAL (SELECT p.weight FROM part AS p "
        "WHERE p.thing_id = length(b.owner) AND lower(p.name) = 'a' AND p.name > b.shade) AS f ON TRUE "
        "ORDER BY b.owner LIMIT 3",
        ("weight",),
    ),
    "a table beside a join by USING": (
        "SELECT a.name FROM thing AS a, place AS b JOIN thing AS c USING (id) ORDER BY b.id LIMIT 3",
        ("name",),
    ),
    "a table of the same name in another WITH, half of it": (
        "WITH q AS (SELECT t.name, t.size FROM thing AS t) SELECT q.name, q.size FROM q, "
        "(WITH q AS (SELECT p.name, p.country AS size FROM place AS p) SELECT q.name FROM q) AS r "
        "ORDER BY q.name, r.name LIMIT 3",
        ("size",),
    ),
    "a WITH that looks at the row around": (
        "SELECT f.weight FROM thing AS t, LATERAL (WITH c AS (SELECT p.weight FROM part AS p "
        "WHERE p.thing_id = t.id AND lower(p.name) = 'a') SELECT c.weight FROM c) AS f LIMIT 3",
        ("weight",),
    ),
    "a window that is named": (
        "SELECT t.name, count(*) OVER w AS n FROM thing AS t WINDOW w AS (PARTITION BY t.size) ORDER BY t.name LIMIT 3",
        ("n",),
    ),
    "a frame of rows among equals": (
        "SELECT t.name, count(*) OVER (ORDER BY t.name ROWS UNBOUNDED PRECEDING) AS n FROM thing AS t "
        "ORDER BY t.name LIMIT 3",
        ("n",),
    ),
    "a frame without the row itself": (
        "SELECT t.name, sum(t.id) OVER (PARTITION BY t.name ORDER BY t.name RANGE UNBOUNDED PRECEDING "
        "EXCLUDE CURRENT ROW) AS n FROM thing AS t ORDER BY t.name LIMIT 3",
        ("n",),
    ),
    "the number in another partition": (
        "SELECT t.name, row_number() OVER (PARTITION BY t.name ORDER BY t.id) AS n FROM thing AS t ORDER BY n LIMIT 3",
        ("name",),
    ),
    "totals of a key and what it decides": (
        "SELECT t.id, t.name FROM thing AS t GROUP BY ROLLUP (t.id, t.name) ORDER BY t.id LIMIT 3",
        ("name",),
    ),
    "the least of some of a group": (
        "SELECT t.name, min(t.id) FILTER (WHERE t.is_sold) AS first FROM thing AS t GROUP BY t.name "
        "ORDER BY first LIMIT 3",
        ("name",),
    ),
    "a key of the parent of other tables": ("SELECT p.name FROM parent AS p ORDER BY p.id LIMIT 3", ("name",)),
    "a function that isn't said to be stable": (
        "SELECT t.name FROM thing AS t ORDER BY simplified(t.name), t.size LIMIT 3",
        ("name",),
    ),
    "the first of each without an order": (
        "SELECT DISTINCT ON (t.name) t.name, t.size FROM thing AS t",
        ("name", "size"),
    ),
    "the first of each by what is alike": (
        "SELECT DISTINCT ON (t.name) t.name, t.size FROM thing AS t ORDER BY t.name, t.is_sold",
        ("size",),
    ),
    "existence in a part": (
        "SELECT EXISTS (SELECT FROM (SELECT t.name FROM thing AS t LIMIT 3) AS q WHERE q.name = $1)",
        ("name",),
    ),
    "absence of a value that may be NULL": ("SELECT (SELECT t.size FROM thing AS t LIMIT 1) IS NULL", ("size",)),
    "a cast that makes two values one": ("SELECT t.name FROM thing AS t ORDER BY t.name::char(1) LIMIT 3", ("name",)),
    "several rows of values": (
        "SELECT v.a, v.b FROM (VALUES ($1, $2), ($3, $4)) AS v (a, b) ORDER BY v.a LIMIT 3",
        ("b",),
    ),
    "the last but one of a first query": (
        "SELECT a.name, a.size FROM thing AS a EXCEPT ALL SELECT b.name, b.code FROM place AS b ORDER BY name LIMIT 3",
        ("size",),
    ),
    "what a statement within writes": (
        "WITH q AS (DELETE FROM thing RETURNING id, name) SELECT q.id, q.name FROM q ORDER BY q.id LIMIT 3",
        ("name",),
    ),
}


def test_the_statements_are_ones_of_the_servers(tables: Schema, shop: Connection) -> None:
    with shop.transaction(force_rollback=True):
        shop.execute(SCHEMA.encode())
        for sql in [*DECIDED.values(), *(sql for sql, _ in OPEN.values())]:
            shop.execute(f"PREPARE asked AS {sql}".encode())
            shop.execute("DEALLOCATE asked")


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
