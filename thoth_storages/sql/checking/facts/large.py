"""Make the planner believe that the tables are large, for the length of a transaction that is rolled back.

The planner multiplies the pages that it finds in a table's file by the rows a page that ``pg_class`` tells of. So each
table gets one row, and ``reltuples`` says the rest. ``pg_statistic`` gets how many different values each
column holds: the one thing that its entry can say without naming values, and that PostgreSQL 15 and 18 store alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from ....exceptions import QueryError
from .rows import insert_rows
from .samples import Samples, Values
from .schema import Schema, Table, TableColumn
from .sizes import Sizes

#: What the costs of a plan depend on beside the tables, at PostgreSQL's defaults.
_SETTINGS = """
SET LOCAL session_replication_role = replica;  -- no foreign key is looked at
SET LOCAL seq_page_cost = 1;
SET LOCAL random_page_cost = 4;
SET LOCAL cpu_tuple_cost = 0.01;
SET LOCAL cpu_index_tuple_cost = 0.005;
SET LOCAL cpu_operator_cost = 0.0025;
SET LOCAL effective_cache_size = '4GB';
SET LOCAL work_mem = '4MB';
SET LOCAL max_parallel_workers_per_gather = 0;
"""
_ROWS = """
UPDATE pg_catalog.pg_class AS class
SET
  relpages = greatest(pg_relation_size(class.oid) / current_setting('block_size')::bigint, 1),
  reltuples = told.rows
FROM unnest(%s::bigint[], %s::real[]) AS told (oid, rows)
WHERE class.oid = told.oid
   OR class.oid IN (SELECT index.indexrelid FROM pg_catalog.pg_index AS index WHERE index.indrelid = told.oid)
"""
_FORGET = "DELETE FROM pg_catalog.pg_statistic WHERE starelid = ANY (%s::bigint[])"
_DISTINCT = """
INSERT INTO pg_catalog.pg_statistic (
  starelid, staattnum, stainherit, stanullfrac, stawidth, stadistinct,
  stakind1, stakind2, stakind3, stakind4, stakind5,
  staop1, staop2, staop3, staop4, staop5,
  stacoll1, stacoll2, stacoll3, stacoll4, stacoll5
)
SELECT told.oid, told.number, FALSE, 0, 0, told.number_of_values, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM unnest(%s::bigint[], %s::smallint[], %s::real[]) AS told (oid, number, number_of_values)
"""


@contextmanager
def large_tables(
    connection: psycopg.Connection[Any], schema: Schema, tables: Collection[Table], sizes: Sizes
) -> Iterator[None]:
    """Run a block in a transaction in which some tables of a schema seem as large as told; it is rolled back.

    Until then nobody else gets at the tables: this is for a database that nobody needs.

    Raises QueryError for a size of what there isn't, and psycopg's InsufficientPrivilege for a role that isn't a
    superuser's.
    """
    _refuse_unknown(schema, sizes)
    with connection.transaction(force_rollback=True):
        connection.execute(_SETTINGS.encode())
        if tables:
            _enlarge(connection, schema, tables, sizes)
        yield


def _enlarge(connection: psycopg.Connection[Any], schema: Schema, tables: Collection[Table], sizes: Sizes) -> None:
    samples = Samples(connection)
    # Rows that were undone have left pages behind, which would cost something.
    names = (sql.Identifier(*table.name.split(".")) for table in tables)
    connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(names)))
    insert_rows(connection, tables, samples, Values())
    oids = [table.oid for table in tables]
    connection.execute(_ROWS, (oids, [sizes.of(table.name) for table in tables]))
    connection.execute(_FORGET, (oids,))
    counted = [
        (table.oid, column.number, float(_distinct(table, column, schema, sizes, samples)))
        for table in tables
        for column in table.columns.values()
    ]
    connection.execute(_DISTINCT, tuple(map(list, zip(*counted, strict=True))))


def _refuse_unknown(schema: Schema, sizes: Sizes) -> None:
    for name in sizes.rows:
        if name not in schema.by_name:
            raise QueryError(f"the sizes of tables tell of {name}, which isn't a table")
    for name in sizes.distinct:
        table, _, column = name.rpartition(".")
        if table not in schema.by_name or column not in schema.by_name[table].columns_by_name:
            raise QueryError(f"the sizes of tables tell of the values of {name}, which isn't a column")


def _distinct(table: Table, column: TableColumn, schema: Schema, sizes: Sizes, samples: Samples) -> int:
    """Say how many different values a column holds: as told, as a key tells, or else one in ten rows."""
    rows = sizes.of(table.name)
    if told := sizes.distinct.get(f"{table.name}.{column.name}"):
        return min(told, rows)
    if (column.name,) in (key.columns for key in table.keys):
        return rows
    if parents := [key.parent for key in table.foreign_keys if key.columns == (column.name,)]:
        return min(sizes.of(schema[parents[0]].name), rows)
    return min(samples.number_of_values(column.type_oid) or max(rows // 10, 1), rows)
