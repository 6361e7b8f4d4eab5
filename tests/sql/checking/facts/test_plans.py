"""Plans on tables that only seem to be large."""

from __future__ import annotations

from contextlib import AbstractContextManager

import psycopg
import pytest

from thoth_storages.exceptions import QueryError
from thoth_storages.sql.checking.facts.large import large_tables
from thoth_storages.sql.checking.facts.plans import Plan, ceiling, plan_of, read_plan
from thoth_storages.sql.checking.facts.samples import Samples
from thoth_storages.sql.checking.facts.schema import read_schema
from thoth_storages.sql.checking.facts.sizes import Sizes
from thoth_storages.sql.checking.session import Connection

SIZES = Sizes(large=10_000, others=1_000_000, rows={"maker": 100}, distinct={"ware.name": 10})


def enlarged(connection: Connection, sizes: Sizes) -> AbstractContextManager[None]:
    schema = read_schema(connection)
    return large_tables(connection, schema, [table for table in schema.values() if table.is_filled_by_queries], sizes)


def plan(connection: Connection, text: str, *names: str, sizes: Sizes = SIZES) -> Plan:
    with enlarged(connection, sizes):
        return read_plan(connection, text, names, Samples(connection))


def test_a_table_that_seems_large_is_read_by_an_index(shop: Connection) -> None:
    found = plan(shop, "SELECT note FROM price WHERE amount = $1", "amount")
    assert not found.scans
    assert found.indexes == {"price_amount_idx"}


def test_without_an_index_it_is_read_whole(shop: Connection) -> None:
    found = plan(shop, "SELECT size FROM ware WHERE colour = $1", "colour")
    assert found.scans == {"ware"}
    assert found.cost > 10_000


def test_a_table_that_seems_small_is_cheap_to_read(shop: Connection) -> None:
    found = plan(shop, "SELECT id FROM maker WHERE country = $1", "country")
    assert found.scans == {"maker"}
    assert found.cost < 10


def test_the_number_of_values_of_a_column_counts(shop: Connection) -> None:
    text = "SELECT size FROM ware WHERE name = $1"
    few = plan(shop, text, "name")
    many = plan(shop, text, "name", sizes=Sizes(10_000, 1_000_000, {}, {"ware.name": 1_000_000}))
    assert few.cost > 100 * many.cost


def test_a_page_is_planned_for_its_size(shop: Connection) -> None:
    text = "SELECT amount FROM price ORDER BY amount OFFSET $1 LIMIT $2"
    page = plan(shop, text, "start_offset", "count")
    generic = plan(shop, text, "first", "second")
    assert page.cost * 100 < generic.cost
    assert page.worst_node == generic.worst_node


def test_the_plan_for_any_values_is_read_where_there_are_no_pages(shop: Connection) -> None:
    # For NULL the server would plan nothing at all.
    assert plan(shop, "SELECT id FROM ware WHERE id = $1", "id").indexes == {"ware_pkey"}


def test_the_catalog_is_as_it_was_afterwards(shop: Connection) -> None:
    catalog = "SELECT relname, relpages, reltuples FROM pg_class ORDER BY 1"
    statistics = "SELECT starelid, staattnum, stadistinct FROM pg_statistic WHERE starelid >= 16384"
    before = [shop.execute(each).fetchall() for each in (catalog, statistics)]
    plan(shop, "SELECT 1")
    assert [shop.execute(each).fetchall() for each in (catalog, statistics)] == before
    assert shop.execute("SELECT count(*) FROM ware").fetchone() == (0,)


def test_a_statement_that_is_refused_leaves_the_others_alone(shop: Connection) -> None:
    with enlarged(shop, SIZES):
        samples = Samples(shop)
        with pytest.raises(psycopg.errors.UndefinedTable):
            read_plan(shop, "SELECT 1 FROM nothing", (), samples)
        assert read_plan(shop, "SELECT name FROM maker", (), samples).scans == {"maker"}


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        (Sizes(1, 1, {"makers": 5}, {}), "the sizes of tables tell of makers, which isn't a table"),
        (Sizes(1, 1, {}, {"maker.nam": 5}), "tell of the values of maker.nam, which isn't a column"),
        (Sizes(1, 1, {}, {"makers.name": 5}), "tell of the values of makers.name, which isn't a column"),
    ],
)
def test_sizes_of_what_is_not_there_are_refused(shop: Connection, sizes: Sizes, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        plan(shop, "SELECT 1", sizes=sizes)


def test_what_matters_of_a_plan_is_taken_from_all_its_nodes() -> None:
    inner = {"Node Type": "Seq Scan", "Relation Name": "a", "Total Cost": 500.0}
    index = {"Node Type": "Index Only Scan", "Relation Name": "b", "Index Name": "b_key", "Total Cost": 8.0}
    join = {"Node Type": "Nested Loop", "Total Cost": 600.0, "Plans": [inner, index]}
    limit = {"Node Type": "Limit", "Total Cost": 10.0, "Plans": [join]}
    assert plan_of(limit) == Plan(10.0, 600.0, frozenset({"a"}), frozenset({"b_key"}), frozenset("ab"))


@pytest.mark.parametrize(
    ("conflict", "arbiters", "guarded"),
    [
        ("(name) DO NOTHING", {"maker_name_key"}, set()),
        ("ON CONSTRAINT maker_name_key DO UPDATE SET country = 'x'", {"maker_name_key"}, set()),
        ("DO NOTHING", set(), {"maker"}),
    ],
)
def test_the_indexes_of_a_conflict_are_those_that_it_names(
    shop: Connection, conflict: str, arbiters: set[str], guarded: set[str]
) -> None:
    insertion = f"INSERT INTO maker (name) VALUES ($1) ON CONFLICT {conflict} RETURNING id"
    found = plan(shop, f"WITH new AS ({insertion}) SELECT new.id FROM new", "name")
    assert (set(found.arbiters), set(found.guarded)) == (arbiters, guarded)


def test_several_plans_are_as_bad_as_the_worst_of_them() -> None:
    one, other = Plan(1.0, 5.0, frozenset("a"), frozenset("x")), Plan(2.0, 3.0, frozenset("b"), frozenset("y"))
    assert one | other == Plan(2.0, 5.0, frozenset("ab"), frozenset("xy"))


@pytest.mark.parametrize(
    ("cost", "expected"),
    [(0.0, 10), (8.0, 10), (8.1, 20), (16.0, 20), (39.9, 50), (40.1, 100), (81.0, 200), (4e6, 5_000_000)],
)
def test_ceilings_are_round_and_leave_a_quarter_of_room(cost: float, expected: int) -> None:
    assert ceiling(cost) == expected
