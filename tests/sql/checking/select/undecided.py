"""Statements that cut rows off where their order leaves it open, with the columns in which the rows may differ."""

from __future__ import annotations

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
    "a key that may be broken until the transaction ends": (
        "SELECT t.place FROM ticket AS t ORDER BY t.code LIMIT 3",
        ("place",),
    ),
    "a collation by which different keys are equal": (
        "SELECT p.name FROM place AS p ORDER BY p.name COLLATE any_case LIMIT 3",
        ("name",),
    ),
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
    "sides of a union that both take NULL": (
        "SELECT w.name, f.id FROM unnest($1::text[]) AS w (name), LATERAL (SELECT p.id "
        "FROM place AS p WHERE w.name IS NOT DISTINCT FROM p.code AND p.id = 1 "
        "UNION ALL SELECT p.id FROM place AS p WHERE w.name IS NULL AND p.name = 'none' LIMIT 1) AS f",
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
    "a near side that LATERAL compares": (
        "SELECT p.country FROM place AS p LEFT JOIN (part AS q CROSS JOIN LATERAL "
        "(SELECT 1 AS one WHERE q.thing_id = p.id) AS f) ON TRUE ORDER BY q.thing_id, lower(q.name) LIMIT 3",
        ("country",),
    ),
    "one of two columns that a LATERAL compares": (
        "SELECT b.owner, f.weight FROM badge AS b LEFT JOIN LATERAL (SELECT p.weight FROM part AS p "
        "WHERE p.thing_id = 1 AND lower(p.name) = b.owner AND p.name = b.shade) AS f ON TRUE ORDER BY b.owner LIMIT 3",
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
