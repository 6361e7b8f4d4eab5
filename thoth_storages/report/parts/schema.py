"""How far the schema is, and what server it is on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...sql import migrating
from ...sql.migrating import SchemaState
from ...sql.named import queries
from ...words import ago, moment
from ..model import Column, Fact, Section, Table, Tone

_TOLD = {
    SchemaState.EMPTY: ("there is none", Tone.BAD, "'thoth-storages db migrate' makes it"),
    SchemaState.UNMANAGED: ("the original's", Tone.BAD, "'thoth-storages db migrate' adopts it"),
    SchemaState.OLDER: ("too old", Tone.BAD, "'thoth-storages db migrate' helps"),
    SchemaState.CURRENT: ("up to date", Tone.GOOD, ""),
    SchemaState.NEWER: ("newer", Tone.WARNING, "another version of the library migrated it"),
    SchemaState.INCOMPATIBLE: ("too new", Tone.BAD, "this version of the library can't work with it: update it"),
}


def schema_fact(connection: Any) -> Fact:
    """Say whether the schema is what this library needs; raises psycopg's errors."""
    value, tone, remedy = _TOLD[migrating.schema_state(connection)]
    return Fact("Schema", value, tone, remark=remedy or migrating.applied(connection)[-1])


def schema(connection: Any, now: dt.datetime) -> Section:
    """Show the migrations, the newest first, and the server; raises psycopg's errors."""
    server = queries._get_server(connection)
    applied = migrating.applied(connection)
    facts = [
        schema_fact(connection),
        _migration("Newest applied", applied[-1] if applied else "none"),
        _migration("Newest known here", migrating.head()),
        Fact("PostgreSQL", server["version"].split()[0], remark=f"started {ago(server['started'], now)}"),
    ]
    rows = [
        (each.id, moment(each.applied_at) if each.applied_at else "not applied", _remark(each))
        for each in reversed(migrating.status(connection))
    ]
    columns = [Column("Migration"), Column("Applied (UTC)"), Column("Remark")]
    return Section("Schema", facts=facts, tables=[Table("Migrations, the newest first", columns, rows, shown=5)])


def _migration(label: str, name: str) -> Fact:
    """Name a migration by its number, and in small letters by its words, which are as long as it takes."""
    number, _, words = name.partition(".")
    return Fact(label, number, remark=words)


def _remark(status: migrating.MigrationStatus) -> str:
    if not status.known:
        return "unknown to this library"
    return "its file was changed since" if status.checksum_matches is False else ""
