"""Whether an ORDER BY decides between rows: what is proved, and what is not."""

from __future__ import annotations

import pytest

from tests.sql.checking.select.decided import DECIDED, SCHEMA
from tests.sql.checking.select.undecided import OPEN
from thoth_storages.sql.checking.facts.schema import Schema, read_schema
from thoth_storages.sql.checking.select.limits import undecided
from thoth_storages.sql.checking.session import Connection


@pytest.fixture(scope="module")
def tables(shop: Connection) -> Schema:
    """The schema of places, things and their parts."""
    with shop.transaction(force_rollback=True):
        shop.execute(SCHEMA.encode())
        return read_schema(shop)


def open_columns(sql: str, tables: Schema) -> list[tuple[str, ...]]:
    return [each.columns for each in undecided(sql, tables)]


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
