"""Writing documents in the tests, and asking what stands in the tables then."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.rows import scalar_row

from tests.documents.making import Document
from thoth_storages.documents import solver_rows, write_solver_results

Connection = psycopg.Connection[Any]


def write(connection: Connection, *documents: Document) -> None:
    """Write solver documents in one transaction."""
    with connection.transaction():
        write_solver_results(connection, [solver_rows(document) for document in documents])


def select_column(connection: Connection, query: str) -> list[Any]:
    """Answer the first column of a query's rows."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(query.encode()).fetchall()


def select(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    """Answer the rows of a query."""
    return connection.execute(query.encode()).fetchall()


def sequences(connection: Connection) -> dict[str, int | None]:
    """Answer how far each sequence has counted."""
    query = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
    return dict(select(connection, query))
