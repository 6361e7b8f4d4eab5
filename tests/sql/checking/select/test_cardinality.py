"""Why there is one row at most. The mistake would be a reason for a query that may answer two."""

from __future__ import annotations

import pytest

from tests.sql.checking.select.decided import SCHEMA
from thoth_storages.sql.checking.facts.schema import Schema, read_schema
from thoth_storages.sql.checking.select.cardinality import one_row
from thoth_storages.sql.checking.session import Connection


@pytest.fixture(scope="module")
def schema(shop: Connection) -> Schema:
    with shop.transaction(force_rollback=True):
        shop.execute(SCHEMA.encode())
        return read_schema(shop)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT name FROM maker WHERE id = $1", "maker_pkey"),
        ("SELECT name FROM maker AS m WHERE $1 = m.id AND country = 'x'", "maker_pkey"),
        ("SELECT m.id FROM maker AS m WHERE m.name = $1::text", "maker_name_key"),
        ("SELECT w.id FROM ware AS w WHERE w.name = $1 AND w.size = $2", "ware_name_size_key"),
        ("SELECT amount FROM price WHERE ware_id = $1 AND note IS NOT DISTINCT FROM $2", "price_key"),
        ("SELECT amount FROM price WHERE ware_id = $1 AND note IS NULL", "price_key"),
        ("SELECT m.name FROM ware AS w JOIN maker AS m ON m.id = w.maker_id WHERE w.id = $1", "ware_pkey, maker_pkey"),
        (
            "SELECT m.name FROM ware AS w LEFT JOIN maker AS m ON m.id = w.maker_id WHERE w.id = $1",
            "ware_pkey, maker_pkey",
        ),
        ("SELECT w.id FROM ware AS w WHERE w.id = (SELECT m.id FROM maker AS m WHERE m.name = $1)", "ware_pkey"),
        ("SELECT x.n FROM (SELECT count(*) AS n FROM ware) AS x", "an aggregate"),
        (
            "WITH x AS (SELECT id FROM maker WHERE name = $1) SELECT w.id FROM x JOIN ware AS w ON w.id = x.id",
            "maker_name_key, ware_pkey",
        ),
        ("SELECT count(*) FROM ware", "an aggregate"),
        ("SELECT max(name) AS name FROM ware HAVING count(*) > 0", "an aggregate"),
        ("SELECT EXISTS (SELECT FROM ware)", "EXISTS"),
        ("SELECT pg_database_size(current_database())", "no FROM"),
        ("SELECT name FROM ware ORDER BY id LIMIT 1", "LIMIT 1"),
        ("SELECT w.size FROM ware AS w ORDER BY w.size LIMIT 1", "LIMIT 1"),
        ("SELECT w.size AS s, 1 AS one FROM ware AS w ORDER BY s DESC LIMIT 1", "LIMIT 1"),
        (
            "SELECT w.name, w.colour FROM ware AS w WHERE w.colour = $1 ORDER BY w.name LIMIT 1",
            "LIMIT 1",
        ),
        ("VALUES (1)", "VALUES"),
        ("INSERT INTO maker (name) VALUES ($1) RETURNING id", "VALUES"),
        ("INSERT INTO maker (name) SELECT $1 ON CONFLICT DO NOTHING RETURNING id", "no FROM"),
        ("UPDATE maker SET country = $2 WHERE name = $1 RETURNING id", "maker_name_key"),
        ("DELETE FROM maker AS m WHERE m.id = $1 RETURNING m.name", "maker_pkey"),
        ("SELECT w.name FROM ware AS w LIMIT 1", "LIMIT 1"),
        ("WITH maker AS (SELECT * FROM maker WHERE id = $1) SELECT m.name FROM maker AS m", "maker_pkey"),
        ("SELECT name FROM maker UNION ALL SELECT name FROM ware ORDER BY name LIMIT 1", "LIMIT 1"),
        ("SELECT w.id FROM ware AS w WHERE (w.name, w.size) = ($1, $2)", "ware_name_size_key"),
        ("SELECT m.id FROM maker AS m WHERE m.id IN ($1)", "maker_pkey"),
        ("SELECT m.id FROM maker AS m WHERE m.name::text = $1", "maker_name_key"),
        ("SELECT w.id FROM ware AS w JOIN maker AS m USING (id) WHERE m.name = $1", "ware_pkey, maker_name_key"),
        (
            "SELECT w.id FROM maker AS m RIGHT JOIN ware AS w ON m.id = w.maker_id WHERE w.id = $1",
            "ware_pkey, maker_pkey",
        ),
        ("SELECT q.name FROM (SELECT m.id, m.name FROM maker AS m) AS q WHERE q.id = $1", "maker_pkey"),
        ("SELECT w.colour, count(*) FROM ware AS w WHERE w.colour = $1 GROUP BY w.colour", "GROUP BY"),
        ("SELECT w.id, count(*) FROM ware AS w WHERE w.id = $1 GROUP BY w.id", "GROUP BY"),
        ("SELECT DISTINCT w.colour FROM ware AS w WHERE w.colour = $1", "DISTINCT"),
        (
            "SELECT DISTINCT ON (w.colour) w.name FROM ware AS w WHERE w.colour = $1 ORDER BY w.colour, w.id",
            "DISTINCT ON",
        ),
        ("SELECT 1 AS found FROM ware HAVING count(*) > 3", "an aggregate"),
        ("SELECT 1 AS found FROM ware ORDER BY count(*)", "an aggregate"),
        ("SELECT sum(count(*)) OVER () FROM ware", "an aggregate"),
        ("SELECT m.id FROM maker AS m WHERE m.id = $1 EXCEPT SELECT w.id FROM ware AS w", "EXCEPT"),
        ("SELECT c.relname FROM pg_catalog.pg_class AS c WHERE c.oid = $1", "pg_class_oid_index"),
        (
            "WITH x AS (INSERT INTO maker (name) VALUES ($1) RETURNING id) SELECT x.id FROM x",
            "VALUES",
        ),
        (
            "SELECT w.name, x.amount FROM ware AS w LEFT JOIN LATERAL (SELECT p.amount FROM price AS p "
            "WHERE p.ware_id = w.id ORDER BY p.amount LIMIT 1) AS x ON TRUE WHERE w.id = $1",
            "ware_pkey, LIMIT 1",
        ),
        (
            "SELECT q.name FROM (SELECT w.name, row_number() OVER (PARTITION BY w.colour ORDER BY w.id) AS number "
            "FROM ware AS w WHERE w.colour = $1) AS q WHERE q.number = 1",
            "row_number",
        ),
        ("SELECT e.extname FROM pg_extension AS e WHERE e.extname = $1", "pg_extension_name_index"),
    ],
)
def test_what_holds_one_row(schema: Schema, text: str, reason: str) -> None:
    assert one_row(text, schema) == reason


@pytest.mark.parametrize(
    "text",
    [
        "SELECT name FROM maker",
        "SELECT name FROM maker WHERE country = $1",
        "SELECT name FROM maker WHERE id > $1",
        "SELECT name FROM maker WHERE id = ANY($1)",
        "SELECT name FROM maker WHERE id = $1 OR name = $2",
        "SELECT w.name FROM ware AS w WHERE w.name = $1",
        # NULLs in this key are distinct, so it lets in several
        "SELECT w.id FROM ware AS w WHERE w.name = $1 AND w.size IS NOT DISTINCT FROM $2",
        "SELECT w.id FROM ware AS w WHERE w.name = $1 AND w.size IS NULL",
        "SELECT p.amount FROM price AS p WHERE p.ware_id = $1",
        "SELECT w.name FROM maker AS m JOIN ware AS w ON w.maker_id = m.id WHERE m.id = $1",
        # an outer join's condition ties its far side only
        "SELECT w.id FROM ware AS w LEFT JOIN maker AS m ON w.id = $1 AND m.id = w.maker_id",
        "SELECT m.id FROM ware AS w RIGHT JOIN maker AS m ON m.id = $1 AND w.id = $2",
        "SELECT m.id FROM ware AS w FULL JOIN maker AS m ON m.id = $1 AND w.id = $2",
        "SELECT name FROM ware ORDER BY id LIMIT 2",
        "SELECT colour, count(*) FROM ware GROUP BY colour",
        "SELECT count(*) OVER () FROM ware",
        "SELECT (SELECT count(*) FROM maker) AS makers FROM ware",
        "SELECT generate_series(1, 2)",
        "SELECT unnest($1::text[]) AS name",
        "SELECT given.name FROM unnest($1::text[]) AS given (name)",
        "VALUES (1), (2)",
        "INSERT INTO maker (name) VALUES ($1), ($2) RETURNING id",
        "INSERT INTO maker (name) SELECT name FROM ware RETURNING id",
        "UPDATE maker SET country = $2 RETURNING id",
        "DELETE FROM maker WHERE country = $1 RETURNING id",
        "SELECT u.name FROM (SELECT m.id, m.name FROM maker AS m UNION ALL SELECT w.id, w.name FROM ware AS w) AS u",
        "SELECT name FROM maker UNION SELECT name FROM maker",
        # a cast may make several values one
        "SELECT m.id FROM maker AS m WHERE m.name::char(1) = $1",
        "SELECT m.id FROM maker AS m WHERE m.name::varchar(3) = $1",
        # and so may a collation
        "SELECT m.id FROM maker AS m WHERE m.name = $1 COLLATE any_case",
        "SELECT m.id FROM maker AS m WHERE m.name COLLATE any_case = $1",
        # chance is thrown anew for each row
        "SELECT m.id FROM maker AS m WHERE m.id = (random() * 10)::integer",
        "SELECT m.id FROM maker AS m WHERE m.name = $1 OR m.id = $2",
        "SELECT w.name FROM ware AS w ORDER BY w.name FETCH FIRST 1 ROW WITH TIES",
        "SELECT count(*) FROM maker AS m WHERE m.id = $1 GROUP BY ROLLUP (m.country)",
        "SELECT m.country FROM maker AS m WHERE m.id = $1 GROUP BY GROUPING SETS ((m.country), (m.name))",
        "SELECT m.id FROM maker AS m WHERE m.id = $1 ORDER BY generate_series(1, 3)",
        "SELECT unnest(array_agg(m.name)) FROM maker AS m",
        "SELECT m.name FROM maker AS m TABLESAMPLE SYSTEM (10)",
        "SELECT w.id FROM ware AS w WHERE w.id = ANY (SELECT m.id FROM maker AS m)",
        "SELECT w.id FROM ware AS w, price AS p WHERE w.id = $1",
        "SELECT m.name FROM maker AS m WHERE m.id = $1 UNION ALL SELECT m.name FROM maker AS m WHERE m.id = $2",
        "SELECT DISTINCT w.colour, w.size FROM ware AS w WHERE w.colour = $1",
        "SELECT DISTINCT ON (w.colour) w.colour FROM ware AS w ORDER BY w.colour",
        # a key of the far side tells nothing of the near one
        "SELECT w.id FROM ware AS w LEFT JOIN maker AS m ON m.id = $1",
        "SELECT w.id FROM maker AS m FULL JOIN ware AS w ON m.id = w.maker_id WHERE m.id = $1",
        "WITH m AS (DELETE FROM maker RETURNING id, name) SELECT m.name FROM m WHERE m.id = $1",
        "WITH x AS (SELECT id FROM maker WHERE id = $1) SELECT y.id FROM (WITH x AS (SELECT id FROM ware) "
        "SELECT x.id FROM x) AS y, x",
        "WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x WHERE n < 3) SELECT x.n FROM x",
    ],
)
def test_several_rows_may_come(schema: Schema, text: str) -> None:
    assert one_row(text, schema) is None
