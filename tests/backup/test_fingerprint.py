"""What a table holds, as two numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.backup.making import TABLES
from thoth_storages.backup.fingerprint import Fingerprint, asking, differences, take_fingerprints


@pytest.fixture
def bare(empty_database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        yield connection


def fingerprint_of(connection: psycopg.Connection[Any], rows: str) -> Fingerprint:
    """The fingerprint of a table that a query fills."""
    connection.execute("DROP TABLE IF EXISTS public.t")
    connection.execute(f"CREATE TABLE public.t AS {rows}".encode())
    return take_fingerprints(asking(connection))["public.t"]


def test_every_table_has_one(small_database: str) -> None:
    with psycopg.connect(small_database, autocommit=True) as connection:
        found = take_fingerprints(asking(connection))
    assert {table: each.rows for table, each in found.items()} == TABLES
    assert found["public.nothing_yet"] == Fingerprint(0, "0")


@pytest.mark.parametrize(
    "settings",
    [
        {"datestyle": "SQL, DMY", "timezone": "Asia/Tokyo"},
        {"extra_float_digits": "-3"},
        {"bytea_output": "escape"},
        {"intervalstyle": "sql_standard", "lc_monetary": "C.UTF-8"},
        {"search_path": "pg_catalog"},
    ],
)
def test_it_does_not_depend_on_the_settings_of_the_session(small_database: str, settings: dict[str, str]) -> None:
    with psycopg.connect(small_database, autocommit=True) as usual:
        expected = take_fingerprints(asking(usual))
    with psycopg.connect(small_database, autocommit=True) as other:
        for name, value in settings.items():
            other.execute("SELECT set_config(%s, %s, false)", (name, value))
        assert take_fingerprints(asking(other)) == expected


def test_the_order_of_rows_is_no_matter(bare: psycopg.Connection[Any]) -> None:
    rows = "SELECT n, n::text AS name FROM generate_series(1, 100) AS n ORDER BY n"
    assert fingerprint_of(bare, rows) == fingerprint_of(bare, f"{rows} DESC")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT 1", "SELECT 2"),
        ("SELECT 1", "SELECT 1 UNION ALL SELECT 1"),
        ("SELECT 1 UNION ALL SELECT 1 UNION ALL SELECT 2", "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 2"),
        ("SELECT ''", "SELECT NULL::text"),
        ("SELECT 'a' AS a, 'b' AS b", "SELECT 'b' AS a, 'a' AS b"),
        ("SELECT 'a,b' AS a, '' AS b", "SELECT 'a' AS a, 'b,' AS b"),
        ("SELECT 0.1::float8", "SELECT 0.10000000000000002::float8"),
        ("SELECT 1.0", "SELECT 1.00"),
    ],
)
def test_other_rows_have_another_one(bare: psycopg.Connection[Any], one: str, other: str) -> None:
    assert fingerprint_of(bare, one) != fingerprint_of(bare, other)


def test_tables_that_no_dump_holds_have_none(bare: psycopg.Connection[Any]) -> None:
    bare.execute("CREATE TEMPORARY TABLE passing (id integer)")
    bare.execute("CREATE SCHEMA aside CREATE TABLE kept (id integer)")
    bare.execute("CREATE VIEW seen AS SELECT id FROM aside.kept")
    assert list(take_fingerprints(asking(bare))) == ["aside.kept"]


def test_a_partition_counts_once(bare: psycopg.Connection[Any]) -> None:
    bare.execute("CREATE TABLE whole (id integer) PARTITION BY RANGE (id)")
    bare.execute("CREATE TABLE part PARTITION OF whole FOR VALUES FROM (0) TO (10)")
    bare.execute("INSERT INTO whole VALUES (1), (2)")
    assert {table: each.rows for table, each in take_fingerprints(asking(bare)).items()} == {"public.part": 2}


@pytest.mark.parametrize(
    ("recorded", "found", "said"),
    [
        (Fingerprint(1, "7"), Fingerprint(1, "7"), []),
        (Fingerprint(1, "7"), Fingerprint(2, "7"), ["t holds 2 rows, not 1"]),
        (Fingerprint(1, "7"), Fingerprint(1, "8"), ["t holds as many rows (1), but other ones"]),
        (Fingerprint(1, "7"), None, ["t is missing"]),
        (None, Fingerprint(1, "7"), ["t wasn't there when the dump was made"]),
    ],
)
def test_a_difference_is_told(recorded: Fingerprint | None, found: Fingerprint | None, said: list[str]) -> None:
    before = {"t": recorded} if recorded else {}
    after = {"t": found} if found else {}
    assert differences(before, after) == said
