"""Run every query of the package on rows that its parameters match."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from thoth_storages.sql.checking.examination import examine
from thoth_storages.sql.checking.facts.prepared import run
from thoth_storages.sql.checking.facts.rows import insert_rows, only_required
from thoth_storages.sql.checking.facts.samples import Samples, Values
from thoth_storages.sql.checking.facts.schema import Table, TableColumn
from thoth_storages.sql.checking.session import Connection
from thoth_storages.sql.checking.subject import Checked, Subject


def everything(table: Table, column: TableColumn) -> bool:
    """Choose every column of a row."""
    return True


def run_everything(package: Checked, role: str | None = None) -> Iterator[tuple[Subject, Connection]]:
    """Run each query, with all optional lines and with none; after each, yield it, in the transaction that ran it.

    Values that a constraint of the tables refuses are no failure; everything else that the server refuses is raised.
    """
    connection = package.session.connection
    examination = examine(package)
    tables = [table for table in examination.schema.values() if table.kind == "r" and not table.is_system]
    for is_filled in (False, True):
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL session_replication_role = replica")
            samples, values = Samples(connection), Values()
            insert_rows(connection, tables, samples, values, everything if is_filled else only_required)
            connection.execute("SET LOCAL session_replication_role = origin")
            for query in examination.types:
                yield from _run(query, connection, samples, values, role)


def _run(
    query: Subject, connection: Connection, samples: Samples, values: Values, role: str | None
) -> Iterator[tuple[Subject, Connection]]:
    for variant in query.variants[:2]:
        with connection.transaction(force_rollback=True):
            if role:
                connection.execute(f'SET LOCAL ROLE "{role}"')
            try:
                run(connection, variant.text, variant.names, samples, values)
            except (psycopg.IntegrityError, psycopg.DataError):
                continue
            except psycopg.Error as error:
                error.add_note(query.name)
                raise
            yield query, connection
