"""What a statement reads and writes, as the server understood it."""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
import pytest

from thoth_storages.sql.checking.facts.dependencies import Dependencies, read_dependencies
from thoth_storages.sql.checking.facts.samples import Samples
from thoth_storages.sql.checking.facts.schema import Schema, read_schema
from thoth_storages.sql.checking.session import Connection

TEXT, INTEGER = 25, 23  # pg_type.oid

Columns = dict[str, set[str]]


@pytest.fixture(scope="module")
def schema(shop: Connection) -> Schema:
    return read_schema(shop)


def read(connection: Connection, schema: Schema, text: str, types: Iterable[int] = ()) -> Dependencies:
    return read_dependencies(connection, text, types, schema, Samples(connection))


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("SELECT name FROM maker", {"maker": {"name"}}),
        ("SELECT m.name FROM maker AS m WHERE m.id = 1 ORDER BY m.country", {"maker": {"id", "name", "country"}}),
        ("SELECT count(*) FROM maker", {"maker": set()}),
        ("SELECT m FROM maker AS m", {"maker": {"id", "name", "country"}}),
        ("SELECT m.ctid, m.xmax FROM maker AS m WHERE m.id = 1", {"maker": {"id", "ctid", "xmax"}}),
        ("SELECT 1 WHERE EXISTS (SELECT FROM price AS p WHERE p.amount > 1)", {"price": {"amount"}}),
        ("WITH x AS (SELECT id FROM maker) SELECT w.name FROM ware AS w JOIN x ON x.id = w.maker_id",
         {"maker": {"id"}, "ware": {"maker_id", "name"}}),
        ("SELECT a.id FROM maker AS a JOIN maker AS b USING (name)", {"maker": {"id", "name"}}),
        ("SELECT relname FROM pg_class", {}),
        ("SELECT 1", {}),
    ],
)  # fmt: skip
def test_columns_that_are_read(shop: Connection, schema: Schema, text: str, reads: Columns) -> None:
    assert read(shop, schema, text) == Dependencies(reads={table: frozenset(names) for table, names in reads.items()})


def test_an_insertion_draws_from_sequences_and_calls_what_the_table_calls(shop: Connection, schema: Schema) -> None:
    found = read(shop, schema, "INSERT INTO ware (name, colour, is_sold) VALUES ($1, 'red', FALSE)", [TEXT])
    assert found == Dependencies(
        inserts={"ware": frozenset({"name", "colour", "is_sold"})},
        sequences=frozenset({"ware_id_seq"}),
        functions=frozenset({"digest(text)"}),
    )


def test_an_insertion_that_gives_the_id_draws_from_no_sequence(shop: Connection, schema: Schema) -> None:
    assert read(shop, schema, "INSERT INTO maker (id, name) VALUES (1, 'x')").sequences == frozenset()


def test_what_is_done_on_a_conflict_counts(shop: Connection, schema: Schema) -> None:
    found = read(
        shop,
        schema,
        "INSERT INTO maker AS m (name) VALUES ('x') ON CONFLICT (name) DO UPDATE SET country = excluded.name || m.id",
    )
    assert found.reads == {"maker": {"id", "name"}}
    assert found.updates == {"maker": {"country"}}


def test_an_update_sets_columns_and_reads_others(shop: Connection, schema: Schema) -> None:
    found = read(shop, schema, "UPDATE ware SET size = $1 FROM maker AS m WHERE m.id = maker_id", [TEXT])
    assert found.updates == {"ware": {"size"}}
    assert found.reads == {"maker": {"id"}, "ware": {"maker_id"}}


def test_a_deletion_is_of_whole_rows(shop: Connection, schema: Schema) -> None:
    found = read(shop, schema, "DELETE FROM price WHERE ware_id = $1", [INTEGER])
    assert found == Dependencies(reads={"price": frozenset({"ware_id"})}, deletes=frozenset({"price"}))


def test_rows_that_are_locked_need_what_an_update_needs(shop: Connection, schema: Schema) -> None:
    found = read(shop, schema, "SELECT name FROM maker FOR UPDATE")
    assert found == Dependencies(reads={"maker": frozenset({"name"})}, updates={"maker": frozenset()})


def test_functions_of_ones_own_are_told(shop: Connection, schema: Schema) -> None:
    assert read(shop, schema, "SELECT digest($1), length($1)", [TEXT]).functions == {"digest(text)"}


def test_a_sequence_that_is_named_is_drawn_from(shop: Connection, schema: Schema) -> None:
    assert read(shop, schema, "SELECT nextval('maker_id_seq')").sequences == {"maker_id_seq"}


def test_a_function_in_a_condition_of_the_table_is_called_by_who_writes(shop: Connection) -> None:
    with shop.transaction(force_rollback=True):
        shop.execute("CREATE TABLE box (name text CHECK (digest(name) <> ''))")
        schema = read_schema(shop)
        assert read(shop, schema, "UPDATE box SET name = $1", [TEXT]).functions == {"digest(text)"}
        assert read(shop, schema, "DELETE FROM box").functions == frozenset()


def test_a_view_is_read_as_such(shop: Connection) -> None:
    with shop.transaction(force_rollback=True):
        shop.execute("CREATE VIEW seen AS SELECT m.name FROM maker AS m")
        assert read(shop, read_schema(shop), "SELECT s.name FROM seen AS s").reads == {"seen": {"name"}}


def test_what_writes_inside_of_a_query_counts(shop: Connection, schema: Schema) -> None:
    found = read(shop, schema, "WITH gone AS (DELETE FROM price RETURNING ware_id) SELECT count(*) FROM gone")
    assert found.deletes == {"price"}


def test_a_refused_statement_is_an_error_and_leaves_the_connection_usable(shop: Connection, schema: Schema) -> None:
    with pytest.raises(psycopg.errors.UndefinedColumn):
        read(shop, schema, "SELECT nothing FROM maker")
    assert read(shop, schema, "SELECT 1") == Dependencies()


def test_nothing_is_left_behind(shop: Connection, schema: Schema) -> None:
    read(shop, schema, "SELECT name FROM maker")
    assert shop.execute("SELECT 1 FROM pg_proc WHERE proname ~ 'shadow'").fetchall() == []
