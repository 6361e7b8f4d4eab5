"""Statements in which an outer join matches nothing."""

from __future__ import annotations

import pytest

from thoth_storages.sql.checking.facts.unmatched import unmatched
from thoth_storages.sql.checking.session import Connection

SELECT = "SELECT m.name, w.name FROM maker AS m "


@pytest.mark.parametrize(
    ("joins", "expected"),
    [
        ("LEFT JOIN ware AS w ON w.maker_id = m.id", {"nothing in w matches"}),
        ("LEFT JOIN (SELECT * FROM ware) AS w ON w.maker_id = m.id", {"nothing in w matches"}),
        ("LEFT JOIN ware AS w USING (id, name)", {"nothing in w matches"}),
        ("NATURAL LEFT JOIN ware AS w", {"nothing in w matches"}),
        ("RIGHT JOIN ware AS w ON w.maker_id = m.id", {"nothing in m matches"}),
        (
            "LEFT JOIN ware AS w ON w.maker_id = m.id LEFT JOIN price ON price.ware_id = w.id",
            {"nothing in w matches", "nothing in price matches"},
        ),
        (
            "LEFT JOIN (price JOIN ware AS w ON w.id = price.ware_id) ON w.maker_id = m.id",
            {"nothing in price and w matches"},
        ),
    ],
)
def test_a_row_comes_with_nothing_beside_it(joins: str, expected: set[str], shop: Connection) -> None:
    with shop.transaction(force_rollback=True):
        shop.execute("INSERT INTO maker (id, name) VALUES (1, 'x')")
        shop.execute("INSERT INTO ware (id, maker_id, name, colour, is_sold) VALUES (1, 1, 'x', 'red', TRUE)")
        shop.execute("INSERT INTO price (ware_id, amount) VALUES (1, 5)")
        assert shop.execute((SELECT + joins).encode()).fetchall() == [("x", "x")]
        found = dict(unmatched(SELECT + joins))
        assert found.keys() == expected
        for words, statement in found.items():
            (row,) = shop.execute(statement.encode()).fetchall()
            assert ("price matches" in words) or (None in row)


def test_each_row_of_a_full_join_comes_alone(shop: Connection) -> None:
    with shop.transaction(force_rollback=True):
        shop.execute("INSERT INTO maker (id, name) VALUES (1, 'x')")
        ((_, statement),) = unmatched("SELECT a.name, b.name FROM maker AS a FULL JOIN maker AS b ON a.id = b.id")
        assert set(shop.execute(statement.encode())) == {("x", None), (None, "x")}


def test_parameters_keep_their_numbers_and_types(shop: Connection) -> None:
    text = "/* get */ SELECT m.name FROM maker AS m LEFT JOIN ware AS w ON w.id = $2 WHERE m.id = $1"
    ((_, statement),) = unmatched(text)
    with shop.transaction(force_rollback=True):
        shop.execute(f"PREPARE asked AS {statement}".encode())
        types = shop.execute("SELECT parameter_types::text FROM pg_prepared_statements WHERE name = 'asked'").fetchone()
        shop.execute("DEALLOCATE asked")
    assert types == ("{integer,integer}",)


@pytest.mark.parametrize("text", ["SELECT 1", "SELECT m.id FROM maker AS m, ware AS w", "SELECT left('a', 1)"])
def test_without_outer_joins_there_is_nothing(text: str) -> None:
    assert list(unmatched(text)) == []
