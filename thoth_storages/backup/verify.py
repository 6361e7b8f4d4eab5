"""Proving a backup: it is restored, compared with what was dumped, and asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..ephemeral import Cluster, find_programs
from ..ephemeral.programs import major_version, program_environment
from ..exceptions import BackupError
from ..sql import migrating
from ..sql.migrating.server import connect
from ..sql.named import catalog
from ..sql.query import Query
from ..sql.statement import numbered
from .fingerprint import Fingerprint
from .load import load_dump
from .manifest import Manifest, check_files
from .places import BackupPlace
from .programs import find_clients, major
from .scratch import scratch_database

_DATABASE = "restored"
# Class 22: NULL may be no value for a parameter, which is no fault of the data.
_DATA_EXCEPTION = "22"
# Without an end a page is the whole table.
_ARGUMENTS = {"count": b"1", "start_offset": b"0"}


@dataclass(frozen=True)
class Proof:
    """What was proven of a backup: how many tables and rows were restored, and how many queries answered.

    ``is_compared`` is False where there is no manifest to compare with: then nothing was lost that pg_dump wrote, but
    whether its bytes are still those can't be told. ``state`` is the schema's before it was migrated for the queries.
    """

    name: str
    tables: int
    rows: int
    is_compared: bool
    state: migrating.SchemaState
    queries: int


def verify_backup(place: BackupPlace, name: str, *, conninfo: str | None = None, jobs: int = 1) -> Proof:
    """Restore a backup, compare its tables with the manifest, migrate it if need be, and run the named queries.

    That happens on a throw-away server, or, where a connection string is given, in a scratch database of that server.
    Raises BackupError, which says what isn't as it was, and NotFoundError for a backup that isn't there.
    """
    manifest = place.manifest(name)
    with place.fetched(name) as dump:
        if manifest is not None:
            check_files(dump, manifest)
        with _scratch(conninfo, manifest) as (restored, environment):
            tables = load_dump(dump, restored, manifest, jobs=jobs, environment=environment)
            return _prove(name, restored, tables=tables, is_compared=manifest is not None)


def ask_queries(connection: psycopg.Connection[object]) -> int:
    """Run every named query that only reads, prepare the others, and answer how many there are.

    Each has all its optional lines, and NULL for its parameters, but for those of a page. Raises BackupError, which
    names the query, when the server refuses one.
    """
    for query in catalog.values():
        # not READ ONLY: some lock the rows that they read
        connection.execute("BEGIN")
        _ask(connection.pgconn, query)
        connection.execute("ROLLBACK")
    return len(catalog)


@contextmanager
def _scratch(conninfo: str | None, manifest: Manifest | None) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Lend a new, empty database, and the environment for the programs that fill it."""
    if conninfo is not None:
        with scratch_database(conninfo, str(conninfo_to_dict(conninfo)["dbname"])) as name:
            yield make_conninfo(conninfo, dbname=name), os.environ
    else:
        with Cluster(programs=_fitting_programs(manifest)) as cluster:
            yield cluster.create_database(_DATABASE), program_environment()


def _fitting_programs(manifest: Manifest | None) -> Path | None:
    """Choose the server that is nearest to the one that was dumped; None is any, where nothing is known of that."""
    if manifest is None:
        return None
    newest = find_programs()
    if major_version(newest) < manifest.server_major:
        raise BackupError(
            f"{manifest.name} was dumped from PostgreSQL {manifest.server_major}, and only {newest} is here to restore "
            f"it: install postgresql-{manifest.server_major}"
        )
    clients = (path.parent for path in find_clients("pg_restore") if major(path) >= manifest.server_major)
    return next((path for path in clients if (path / "initdb").is_file() and (path / "postgres").is_file()), newest)


def _prove(name: str, restored: str, *, tables: Mapping[str, Fingerprint], is_compared: bool) -> Proof:
    with connect(restored) as connection:
        state = migrating.schema_state(connection)
    if state in (migrating.SchemaState.UNMANAGED, migrating.SchemaState.OLDER):
        migrating.migrate(restored)
    with connect(restored) as connection:
        number = ask_queries(connection)
    rows = sum(table.rows for table in tables.values())
    return Proof(name, len(tables), rows, is_compared, state, number)


def _ask(pgconn: pq.abc.PGconn, query: Query) -> None:
    text, names = numbered(query.statement.text(query.statement.optional))
    if query.statement.writes:
        result = pgconn.prepare(b"", text.encode())
    else:
        result = pgconn.exec_params(text.encode(), [_ARGUMENTS.get(name) for name in names])
    if result.status == pq.ExecStatus.FATAL_ERROR:
        _refuse(result, query)


def _refuse(result: pq.abc.PGresult, query: Query) -> None:
    state, said = (
        (result.error_field(field) or b"").decode(errors="replace")
        for field in (pq.DiagnosticField.SQLSTATE, pq.DiagnosticField.MESSAGE_PRIMARY)
    )
    if not state.startswith(_DATA_EXCEPTION):
        raise BackupError(f"The query {query.qualified_name} doesn't run on what was restored: {said}")
