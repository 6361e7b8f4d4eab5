"""The size of a database, and how much of its tables and indexes is bloat, beside what pgstattuple counts."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import errors

from thoth_storages import queries

Connection = psycopg.Connection[Any]

MEGABYTE = 2**20

# Columns of all alignments, with NULLs, texts of different lengths, and numbers that repeat.
MIXED = """
CREATE TABLE measured AS
SELECT
  n AS id,
  n % 2 = 0 AS flag,
  n::bigint AS number,
  CASE WHEN n % 3 > 0 THEN (n % 100)::smallint END AS small,
  repeat('name', n % 7 + 1) || n / 10 AS name,
  CASE WHEN n % 4 = 0 THEN repeat('text ', n % 50) END AS description,
  timestamp '2022-03-04' + n * interval '1 minute' AS moment,
  n / 50 AS owner,
  'a@' || n % 3000 AS address
FROM generate_series(1, 30000) AS n
"""


@pytest.fixture
def counting(connection: Connection) -> Connection:
    """A database with the extension pgstattuple, which reads every page and counts."""
    try:
        connection.execute("CREATE EXTENSION pgstattuple")
    except errors.FeatureNotSupported as error:
        pytest.skip(f"needs the contrib modules of PostgreSQL: {error}")
    return connection


@pytest.fixture
def measured(counting: Connection) -> Connection:
    """That database with a table ``measured``, which was just filled."""
    counting.execute(MIXED)
    counting.execute("VACUUM ANALYZE measured")
    return counting


def bloat(connection: Connection) -> dict[str, Any]:
    """What is estimated of the table ``measured``."""
    (found,) = [record for record in queries.get_bloat_data(connection) if record["tablename"] == "measured"]
    return dict(found)


def index_bloat(connection: Connection) -> dict[str, Any]:
    """What is estimated of the index ``measured_idx``."""
    (found,) = [each for each in queries.get_index_bloat_data(connection) if each["index_name"] == "measured_idx"]
    return dict(found)


def number(connection: Connection, query: str) -> float:
    """The one number that a query answers."""
    row = connection.execute(query).fetchone()
    assert row is not None
    return float(row[0])


def delete(connection: Connection, percent: int) -> None:
    """Delete rows here and there, and have the server see what is left."""
    connection.execute(f"DELETE FROM measured WHERE abs(hashint4(id)) % 100 < {percent}")
    connection.execute("VACUUM ANALYZE measured")


class TestSize:
    def test_it_is_that_of_the_whole_database(self, connection: Connection) -> None:
        before = queries.get_database_size(connection)
        connection.execute("CREATE TABLE more AS SELECT n FROM generate_series(1, 100000) AS n")
        grown = queries.get_database_size(connection) - before
        assert grown == pytest.approx(number(connection, "SELECT pg_total_relation_size('more')"), rel=0.05)


class TestTables:
    def test_a_table_that_was_just_filled_has_next_to_none(self, measured: Connection) -> None:
        size = number(measured, "SELECT pg_relation_size('measured')")
        record = bloat(measured)
        assert record == {
            "databasename": measured.info.dbname,
            "schemaname": "public",
            "tablename": "measured",
            "can_estimate": True,
            "table_bytes": size,
            "table_mb": round(size / MEGABYTE, 3),
            "expected_bytes": pytest.approx(size, rel=0.05),
            "expected_mb": pytest.approx(size / MEGABYTE, rel=0.05),
            "pct_bloat": pytest.approx(0, abs=5),
            "mb_bloat": pytest.approx(0, abs=0.2),
            "est_rows": 30000,
        }

    @pytest.mark.parametrize("percent", [25, 50, 75])
    def test_a_bloated_one_has_what_pgstattuple_counts(self, measured: Connection, percent: int) -> None:
        delete(measured, percent)
        wasted = number(measured, "SELECT dead_tuple_len + free_space FROM pgstattuple('measured')")
        assert bloat(measured)["mb_bloat"] * MEGABYTE == pytest.approx(wasted, rel=0.2)
        assert bloat(measured)["pct_bloat"] == pytest.approx(percent, abs=5)

    @pytest.mark.parametrize(
        "column", ["id", "flag", "small", "name", "description", "flag, number", "name, id", "small, description"]
    )
    def test_columns_of_any_kind_are_weighed(self, counting: Connection, column: str) -> None:
        counting.execute(f"CREATE TABLE measured AS SELECT {column} FROM ({MIXED.split('AS', 1)[1]}) AS mixed")
        counting.execute("VACUUM ANALYZE measured")
        record = bloat(counting)
        assert record["expected_bytes"] == pytest.approx(record["table_bytes"], rel=0.06)

    def test_space_that_the_fillfactor_leaves_is_no_bloat(self, measured: Connection) -> None:
        measured.execute("ALTER TABLE measured SET (fillfactor = 50)")
        measured.execute("VACUUM (FULL, ANALYZE) measured")
        record = bloat(measured)
        assert record["expected_bytes"] == pytest.approx(record["table_bytes"], rel=0.05)

    def test_a_dropped_column_leaves_a_null_in_newer_rows(self, measured: Connection) -> None:
        measured.execute("ALTER TABLE measured DROP COLUMN small, DROP COLUMN description")
        measured.execute("VACUUM (FULL, ANALYZE) measured")
        record = bloat(measured)
        assert record["expected_bytes"] == pytest.approx(record["table_bytes"], rel=0.05)

    def test_what_was_toasted_counts(self, counting: Connection) -> None:
        counting.execute("CREATE TABLE measured (id integer, document text)")
        counting.execute("ALTER TABLE measured ALTER COLUMN document SET STORAGE EXTERNAL")
        counting.execute("INSERT INTO measured SELECT n, repeat('x', 7980) FROM generate_series(1, 1000) AS n")
        counting.execute("VACUUM ANALYZE measured")
        record = bloat(counting)
        assert record["table_bytes"] > 7_980_000
        assert record["expected_bytes"] == pytest.approx(record["table_bytes"], rel=0.1)
        delete(counting, 50)
        assert bloat(counting)["pct_bloat"] == pytest.approx(50, abs=6)

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE measured (id integer)",
            "CREATE TABLE measured AS SELECT 1 AS id",
            "CREATE VIEW measured AS SELECT 1 AS id",
        ],
    )
    def test_what_is_empty_or_was_never_analysed_is_left_out(self, connection: Connection, statement: str) -> None:
        connection.execute(statement)
        assert "measured" not in {record["tablename"] for record in queries.get_bloat_data(connection)}

    def test_the_most_bloated_come_first_and_catalogs_not_at_all(self, measured: Connection) -> None:
        delete(measured, 50)
        measured.execute("CREATE TABLE tight AS SELECT n FROM generate_series(1, 10) AS n")
        measured.execute("ANALYZE")
        records = queries.get_bloat_data(measured)
        assert records[0]["tablename"] == "measured"
        assert {record["schemaname"] for record in records} == {"public"}


class TestIndexes:
    @pytest.mark.parametrize(
        "index",
        [
            "UNIQUE (id)",
            "(number)",
            "(owner)",
            "(flag)",
            "(name)",
            "(small)",
            "(address)",
            "(description)",
            "(flag, owner, number)",
            "(upper(name))",
            "(owner) INCLUDE (number)",
            "((number::numeric(20, 2)))",
            "(id) WHERE flag",
            "(id) WITH (fillfactor = 60)",
            "(id) WITH (fillfactor = 100)",
        ],
    )
    def test_an_index_that_was_just_made_has_next_to_none(self, measured: Connection, index: str) -> None:
        _, separator, columns = index.rpartition("UNIQUE ")
        measured.execute(f"CREATE {'UNIQUE' if separator else ''} INDEX measured_idx ON measured {columns}")
        measured.execute("ANALYZE measured")
        record = index_bloat(measured)
        assert record["bloat_pct"] <= 6

    @pytest.mark.parametrize("columns", ["id", "name", "owner", "flag, number"])
    @pytest.mark.parametrize("percent", [30, 60])
    def test_a_bloated_one_has_what_making_it_anew_takes_away(
        self, measured: Connection, columns: str, percent: int
    ) -> None:
        measured.execute(f"CREATE INDEX measured_idx ON measured ({columns})")
        delete(measured, percent)
        record = index_bloat(measured)
        measured.execute("REINDEX INDEX measured_idx")
        saved = record["index_mb"] - number(measured, "SELECT pg_relation_size('measured_idx')") / MEGABYTE
        assert record["index_mb"] * record["bloat_pct"] / 100 == pytest.approx(saved, rel=0.2)

    def test_an_index_is_answered_with_its_table_and_its_uses(self, measured: Connection) -> None:
        measured.execute("CREATE INDEX measured_idx ON measured (id)")
        delete(measured, 50)
        measured.execute("SET enable_seqscan = off")
        for _ in range(2):
            measured.execute("SELECT FROM measured WHERE id = 1")
        measured.execute("SELECT pg_stat_force_next_flush()")
        size, table_size = (
            number(measured, f"SELECT pg_relation_size('{name}')") for name in ("measured_idx", "measured")
        )
        assert index_bloat(measured) == {
            "database_name": measured.info.dbname,
            "schema_name": "public",
            "table_name": "measured",
            "index_name": "measured_idx",
            "bloat_pct": pytest.approx(50, abs=3),
            "bloat_mb": 0,
            "index_mb": round(size / MEGABYTE, 3),
            "table_mb": round(table_size / MEGABYTE, 3),
            "index_scans": 2,
        }

    def test_what_is_empty_was_never_analysed_or_is_no_b_tree_is_left_out(self, measured: Connection) -> None:
        measured.execute("CREATE INDEX by_hash ON measured USING hash (id)")
        measured.execute("CREATE TABLE new AS SELECT 1 AS id")
        measured.execute("CREATE INDEX of_new ON new (id)")
        measured.execute("CREATE INDEX of_nothing ON measured (id) WHERE id < 0")
        measured.execute("ANALYZE measured")
        left = {record["index_name"] for record in queries.get_index_bloat_data(measured)}
        assert left.isdisjoint({"by_hash", "of_new"})
        assert {record["schema_name"] for record in queries.get_index_bloat_data(measured)} <= {"public"}

    def test_the_most_bloated_come_first(self, measured: Connection) -> None:
        measured.execute("CREATE INDEX tight ON measured (id) WITH (fillfactor = 100)")
        measured.execute("CREATE INDEX measured_idx ON measured (id)")
        delete(measured, 50)
        measured.execute("REINDEX INDEX tight")
        names = [record["index_name"] for record in queries.get_index_bloat_data(measured)]
        assert names[0] == "measured_idx"
        assert "tight" in names


class TestCorruption:
    """What is_database_corrupted asks of the catalog."""

    def test_every_b_tree_can_be_checked_but_those_of_temporary_tables(self, connection: Connection) -> None:
        connection.execute("CREATE TABLE measured (id integer PRIMARY KEY, name text)")
        connection.execute("CREATE INDEX by_hash ON measured USING hash (name)")
        connection.execute("CREATE TEMPORARY TABLE passing (id integer PRIMARY KEY)")
        names = {name for _, name in queries._get_btree_indexes(connection)}
        assert {"measured_pkey", "solved_key", "pg_class_oid_index"} <= names
        assert names.isdisjoint({"by_hash", "passing_pkey"})

    def test_the_extension_is_found_where_it_is(self, connection: Connection) -> None:
        assert queries._get_amcheck_schema(connection) is None
        connection.execute("CREATE SCHEMA tools")
        try:
            connection.execute("CREATE EXTENSION amcheck SCHEMA tools")
        except errors.FeatureNotSupported as error:
            pytest.skip(f"needs the contrib modules of PostgreSQL: {error}")
        assert queries._get_amcheck_schema(connection) == "tools"
