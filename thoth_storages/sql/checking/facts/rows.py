"""Put a row into each table, made of the sample values of its columns' types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from psycopg import sql

from .samples import Samples, Values
from .schema import Table, TableColumn

Choice = Callable[[Table, TableColumn], bool]


def only_required(table: Table, column: TableColumn) -> bool:
    """Choose the columns that a row can't go without."""
    return column.is_not_null


def insert_rows(
    connection: psycopg.Connection[Any],
    tables: Iterable[Table],
    samples: Samples,
    values: Values,
    is_filled: Choice = only_required,
) -> None:
    """Insert a row into each table, with a value in the columns chosen, and NULL in the others that can be NULL.

    No sequence is drawn from: a transaction's end wouldn't undo that. A row that breaks a key is left out, and one that
    breaks another constraint has values only where it must.
    """
    for table in tables:
        try:
            with connection.transaction():
                connection.execute(_insertion(table, samples, values, is_filled))
        except psycopg.errors.CheckViolation:
            connection.execute(_insertion(table, samples, values, only_required))


def _insertion(table: Table, samples: Samples, values: Values, is_filled: Choice) -> sql.Composed:
    columns = [column for column in table.columns.values() if not column.is_generated]
    written = [
        samples.value(column.type_oid, values) if column.is_not_null or is_filled(table, column) else "NULL"
        for column in columns
    ]
    return sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING").format(
        sql.Identifier(*table.name.split(".")),
        sql.SQL(", ").join(sql.Identifier(column.name) for column in columns),
        sql.SQL(", ").join(sql.SQL(value) for value in written),
    )
