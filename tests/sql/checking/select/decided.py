"""The tables of the statements here and in ``undecided``; and those whose order decides where they cut."""

from __future__ import annotations

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
CREATE TABLE ticket (code text NOT NULL UNIQUE DEFERRABLE, place text NOT NULL);
CREATE COLLATION any_case FROM "C";
-- only ICU has such collations, without which some servers are built
UPDATE pg_catalog.pg_collation SET collisdeterministic = FALSE WHERE collname = 'any_case';
CREATE VIEW seen AS SELECT t.id, t.name FROM thing AS t;
"""

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
    "sides of a union of which one asks for NULL and one for anything else": (
        "SELECT w.name, f.id FROM unnest($1::text[]) AS w (name), LATERAL (SELECT p.id "
        "FROM place AS p WHERE w.name IS NOT NULL AND p.id = 1 "
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
