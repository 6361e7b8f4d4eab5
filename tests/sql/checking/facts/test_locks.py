"""The locks of a statement: what the server takes when it reads one, and what foreign keys add when it writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.sql.checking.proving import run_everything
from thoth_storages.sql.checking.examination import examine
from thoth_storages.sql.checking.facts.dependencies import Dependencies, read_dependencies
from thoth_storages.sql.checking.facts.locks import MODES, held_locks, read_locks
from thoth_storages.sql.checking.facts.prepared import is_utility
from thoth_storages.sql.checking.facts.samples import Samples
from thoth_storages.sql.checking.facts.schema import read_schema
from thoth_storages.sql.checking.session import Connection
from thoth_storages.sql.checking.subject import Checked


def locks(connection: Connection, text: str) -> dict[str, str]:
    schema = read_schema(connection)
    samples = Samples(connection)
    found = Dependencies() if is_utility(text) else read_dependencies(connection, text, (), schema, samples)
    return read_locks(connection, text, found, schema)


@contextmanager
def made(connection: Connection, tables: str) -> Iterator[None]:
    """Make tables for a block: not in a transaction, which would hold them locked."""
    connection.execute(tables.encode())
    try:
        yield
    finally:
        connection.execute("DROP TABLE IF EXISTS print, seal")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT name FROM maker", {}),
        ("SELECT name FROM maker FOR UPDATE", {"maker": "ROW SHARE"}),
        ("SELECT m.name FROM maker AS m JOIN ware AS w ON TRUE FOR KEY SHARE OF w", {"ware": "ROW SHARE"}),
        ("INSERT INTO maker (name) VALUES ('x')", {"maker": "ROW EXCLUSIVE"}),
        (
            "INSERT INTO ware (name, colour, is_sold) VALUES ('x', 'red', FALSE)",
            {"ware": "ROW EXCLUSIVE", "maker": "ROW SHARE"},
        ),
        ("UPDATE ware SET size = 'x'", {"ware": "ROW EXCLUSIVE"}),
        ("UPDATE ware SET maker_id = 1", {"ware": "ROW EXCLUSIVE", "maker": "ROW SHARE"}),
        ("UPDATE maker SET id = 2", {"maker": "ROW EXCLUSIVE", "ware": "ROW SHARE"}),
        ("DELETE FROM price", {"price": "ROW EXCLUSIVE"}),
        ("DELETE FROM ware", {"ware": "ROW EXCLUSIVE", "price": "ROW SHARE"}),
        ("DELETE FROM maker", {"maker": "ROW EXCLUSIVE", "ware": "ROW EXCLUSIVE", "price": "ROW SHARE"}),
        ("LOCK TABLE maker IN SHARE ROW EXCLUSIVE MODE", {"maker": "SHARE ROW EXCLUSIVE"}),
        ("LOCK price", {"price": "ACCESS EXCLUSIVE"}),
        ("/* named */\nLOCK TABLE price IN SHARE MODE", {"price": "SHARE"}),
        ("SELECT pg_advisory_xact_lock(1)", {"pg_advisory_xact_lock": "ADVISORY"}),
        ("WITH gone AS (DELETE FROM price RETURNING 1) SELECT FROM gone", {"price": "ROW EXCLUSIVE"}),
        ("WITH held AS (SELECT id FROM maker FOR UPDATE) SELECT held.id FROM held", {"maker": "ROW SHARE"}),
        (
            "INSERT INTO maker (name) VALUES ('x') ON CONFLICT (name) DO UPDATE SET id = 5",
            {"maker": "ROW EXCLUSIVE", "ware": "ROW SHARE"},
        ),
    ],
)
def test_a_statement_locks(shop: Connection, text: str, expected: dict[str, str]) -> None:
    assert locks(shop, text) == expected


@pytest.mark.parametrize(
    ("reference", "statement", "mode"),
    [
        ("ON UPDATE CASCADE", "UPDATE maker SET name = 'y'", "ROW EXCLUSIVE"),
        ("ON UPDATE SET NULL", "UPDATE maker SET name = 'y'", "ROW EXCLUSIVE"),
        ("ON UPDATE RESTRICT", "UPDATE maker SET name = 'y'", "ROW SHARE"),
        ("ON DELETE SET NULL", "DELETE FROM maker WHERE id > 1", "ROW EXCLUSIVE"),
        ("ON UPDATE CASCADE", "UPDATE maker SET country = 'y'", None),
    ],
)
def test_a_reference_locks_what_follows_it(shop: Connection, reference: str, statement: str, mode: str | None) -> None:
    with made(shop, f"CREATE TABLE seal (maker text REFERENCES maker (name) {reference})"):
        assert locks(shop, statement).get("seal") == mode


def test_a_reference_that_follows_locks_what_follows_it_in_turn(shop: Connection) -> None:
    seal = "CREATE TABLE seal (maker text PRIMARY KEY REFERENCES maker (name) ON UPDATE CASCADE)"
    with made(shop, f"{seal}; CREATE TABLE print (seal text REFERENCES seal)"):
        assert locks(shop, "UPDATE maker SET name = 'y'")["print"] == "ROW SHARE"


def test_nothing_stays_locked(shop: Connection) -> None:
    with shop.transaction():
        locks(shop, "DELETE FROM maker")
        assert list(held_locks(shop, read_schema(shop))) == []


def test_a_refused_statement_is_an_error(shop: Connection) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        read_locks(shop, "LOCK TABLE nothing", Dependencies(), read_schema(shop))


def test_no_query_of_the_package_takes_a_lock_that_is_not_told(package: Checked) -> None:
    """Each is run on rows that its parameters match, and what the transaction then holds is compared."""
    examination = examine(package)
    strength = list(MODES)
    wrong = []
    for query, connection in run_everything(package):
        told = examination.locks(query)
        for table, mode in held_locks(connection, examination.schema):
            if strength.index(mode) > strength.index(told.get(table, "ACCESS SHARE")):
                wrong.append((query.name, table, mode, told.get(table)))
    assert wrong == []
