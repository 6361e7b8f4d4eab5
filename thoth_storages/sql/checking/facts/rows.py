"""Put a row into each table, made of the sample values of its columns' types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from psycopg import sql

from .samples import Samples
from .schema import Table, TableColumn

Choice = Callable[[Table, TableColumn], bool]


def only_required(table: Table, column: TableColumn) -> bool:
    """Choose the columns that a row can't go without."""
    return column.is_not_null


def insert_rows(
    connection: psycopg.Connection[Any], tables: Iterable[Table], samples: Samples, filled: Choice = only_required
) -> None:
    """Insert a row into each table, with a value in the columns chosen, and NULL in the others.

    No sequence is drawn from: a transaction's end wouldn't undo that. A row that breaks a key is left out.
    """
    for table in tables:
        columns = [column for column in table.columns.values() if not column.is_generated]
        values = [
            samples.value(column.type_oid, is_true=False) if filled(table, column) or column.is_not_null else "NULL"
            for column in columns
        ]
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING").format(
            sql.Identifier(*table.name.split(".")),
            sql.SQL(", ").join(sql.Identifier(column.name) for column in columns),
            sql.SQL(", ").join(map(sql.SQL, values)),
        )
        connection.execute(statement)
