"""What the doctor asks of the catalog and of the statistics."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from thoth_storages import queries

Connection = psycopg.Connection[Any]


def test_connections_are_counted(bare: Connection) -> None:
    numbers = queries._get_connection_numbers(bare)
    assert numbers is not None
    (reserved,) = bare.execute("SHOW superuser_reserved_connections").fetchone() or ("",)
    (allowed,) = bare.execute("SHOW max_connections").fetchone() or ("",)
    assert numbers["allowed"] == int(allowed) - int(reserved)
    assert numbers["used"] >= 1
    assert numbers["idle_in_transaction"] == 0


@pytest.mark.parametrize(
    ("index", "found"),
    [
        ("SELECT 1", ["child.child_a_b_fkey"]),
        ("CREATE INDEX ON child (a, b)", []),
        ("CREATE INDEX ON child (b, a, c)", []),
        ("CREATE INDEX ON child (c, a, b)", ["child.child_a_b_fkey"]),
        ("CREATE INDEX ON child (a)", ["child.child_a_b_fkey"]),
        ("CREATE INDEX ON child (a, b) WHERE c > 0", ["child.child_a_b_fkey"]),
    ],
)
def test_a_foreign_key_wants_an_index_that_begins_with_its_columns(
    bare: Connection, index: str, found: list[str]
) -> None:
    bare.execute("CREATE TABLE parent (a integer, b integer, PRIMARY KEY (a, b))")
    bare.execute("CREATE TABLE child (a integer, b integer, c integer, FOREIGN KEY (a, b) REFERENCES parent)")
    bare.execute(index.encode())
    assert queries._get_unindexed_foreign_keys(bare) == found


def test_every_foreign_key_of_the_graph_has_an_index(connection: Connection) -> None:
    assert queries._get_unindexed_foreign_keys(connection) == []


def test_an_index_that_could_not_be_built_is_invalid(bare: Connection) -> None:
    bare.execute("CREATE TABLE t AS SELECT 1 AS id UNION ALL SELECT 1")
    assert queries._get_invalid_indexes(bare) == []
    with pytest.raises(psycopg.errors.UniqueViolation):
        bare.execute("CREATE UNIQUE INDEX CONCURRENTLY t_idx ON t (id)")
    assert queries._get_invalid_indexes(bare) == [("t_idx", False)]


@pytest.mark.parametrize(
    ("indexes", "found"),
    [
        (["CREATE INDEX one ON t (a)", "CREATE INDEX two ON t (a)"], [("two", "one")]),
        (["CREATE INDEX one ON t (id)"], [("one", "t_pkey")]),
        (["CREATE INDEX one ON t (a)", "CREATE UNIQUE INDEX two ON t (a)"], [("one", "two")]),
        (["CREATE INDEX one ON t (lower(b))", "CREATE INDEX two ON t (lower(b))"], [("two", "one")]),
        (["CREATE INDEX one ON t (lower(b))", "CREATE INDEX two ON t (upper(b))"], []),
        (["CREATE INDEX one ON t (a)", "CREATE INDEX two ON t (a DESC)"], []),
        (["CREATE INDEX one ON t (a)", "CREATE INDEX two ON t (a) WHERE a > 0"], []),
        (["CREATE INDEX one ON t (a)", "CREATE INDEX two ON t (a, b)"], []),
        (["CREATE INDEX one ON t (a, b)", "CREATE INDEX two ON t (a) INCLUDE (b)"], []),
        (["CREATE INDEX one ON t (a)", "CREATE INDEX two ON t USING hash (a)"], []),
        (["CREATE INDEX one ON t (b)", "CREATE INDEX two ON t (b text_pattern_ops)"], []),
        (["CREATE INDEX one ON t (b)", 'CREATE INDEX two ON t (b COLLATE "POSIX")'], []),
    ],
)
def test_indexes_that_are_the_same_are_found(
    bare: Connection, indexes: list[str], found: list[tuple[str, str]]
) -> None:
    bare.execute("CREATE TABLE t (id integer PRIMARY KEY, a integer, b text)")
    for statement in indexes:
        bare.execute(statement.encode())
    assert queries._get_duplicate_indexes(bare) == found


def test_the_graph_has_no_index_twice(connection: Connection) -> None:
    assert queries._get_duplicate_indexes(connection) == []


def test_a_large_index_that_nobody_reads_is_unused(bare: Connection) -> None:
    bare.execute("CREATE TABLE t AS SELECT n AS id, n AS a, n AS b FROM generate_series(1, 60000) AS n")
    for statement in ("CREATE UNIQUE INDEX t_unique ON t (id)", "CREATE INDEX t_unread ON t (a)"):
        bare.execute(statement.encode())
    bare.execute("CREATE INDEX t_small ON t (b) WHERE b < 10")
    ((name, size),) = queries._get_unused_indexes(bare)
    assert (name, size > 2**20) == ("t_unread", True)
    bare.execute("SET enable_seqscan = off")
    bare.execute("SELECT b FROM t WHERE a = 7")
    bare.execute("SELECT pg_stat_force_next_flush()")
    assert queries._get_unused_indexes(bare) == []


def test_statistics_that_were_never_reset_have_no_age(bare: Connection) -> None:
    assert queries._get_days_of_statistics(bare) is None
    bare.execute("SELECT pg_stat_reset()")
    days = queries._get_days_of_statistics(bare)
    assert days is not None
    assert 0 <= days < 1


def test_a_table_of_which_no_statistics_were_gathered_is_named(bare: Connection) -> None:
    bare.execute("CREATE TABLE t AS SELECT 1 AS id")
    bare.execute("CREATE TABLE nothing (id integer)")
    assert queries._get_never_analyzed_tables(bare) == ["t"]
    bare.execute("ANALYZE")
    assert queries._get_never_analyzed_tables(bare) == []


def test_the_largest_table_counts_with_its_indexes(bare: Connection) -> None:
    assert queries._get_largest_table(bare) is None
    bare.execute("CREATE TABLE a AS SELECT n AS id FROM generate_series(1, 3000) AS n")
    bare.execute("CREATE TABLE b AS SELECT n AS id FROM generate_series(1, 2000) AS n")
    bare.execute("CREATE INDEX ON b (id)")
    largest = queries._get_largest_table(bare)
    assert largest is not None
    name, size, location = largest
    assert (name, location) == ("b", None)
    assert (size,) == bare.execute("SELECT pg_total_relation_size('b')").fetchone()


def test_each_database_has_an_age(bare: Connection) -> None:
    ages = dict(queries._get_transaction_ages(bare))
    assert {"postgres", "template0", bare.info.dbname} <= set(ages)
    assert all(0 <= age < 2**31 for age in ages.values())
