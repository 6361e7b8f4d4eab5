"""``thoth-storages db``: the schema of the knowledge graph."""

from __future__ import annotations

from typing import Any

import click

from ..database import Database
from ..sql import migrating
from ..sql.migrating import Copies, Migration, MigrationStatus, Planned, Progress, SchemaState
from .completing import migration_names
from .confirming import confirm, yes_option
from .connecting import database_settings
from .migrations import diff, history, new, rollback
from .output import counted, output_option, table, write, write_names
from .progress import progress_bar

_WORDS = {
    SchemaState.MISSING: "there is no such database",
    SchemaState.EMPTY: "empty, it holds no schema",
    SchemaState.UNMANAGED: "the original library's schema, not adopted yet",
    SchemaState.OLDER: "older than this library needs",
    SchemaState.CURRENT: "up to date",
    SchemaState.NEWER: "newer than this library knows",
    SchemaState.INCOMPATIBLE: "newer than this library can work with",
}
# In these states migrating helps, and db status says so.
_BEHIND = (SchemaState.MISSING, SchemaState.EMPTY, SchemaState.UNMANAGED, SchemaState.OLDER)


@click.group()
def db() -> None:
    """Make and inspect the schema of the knowledge graph.

    \b
    Example:
      thoth-storages db status
      thoth-storages db migrate
    """


for command in (rollback, history, new, diff):
    db.add_command(command)


@db.command()
@click.option("--to", metavar="ID", shell_complete=migration_names, help="Stop after this migration.")
@click.option("--dry-run", is_flag=True, help="Only say what would be applied, and merged.")
@click.option("--show-sql", is_flag=True, help="Only write the statements that would be run.")
@click.option("--forget-alembic", is_flag=True, help="Drop Alembic's record, too; the original library stops working.")
@yes_option
@output_option
def migrate(to: str | None, dry_run: bool, show_sql: bool, forget_alembic: bool, yes: bool, output: str) -> None:
    """Bring the database to the schema of this library.

    A missing database is created, one that the original library made is adopted, one that is up to date stays as it is.
    Several may migrate at once: one works, the others wait. What was interrupted goes on when this is run again. The
    applied migrations are written to stdout, oldest first.

    \b
    Example:
      KNOWLEDGE_GRAPH_HOST=db.example.com thoth-storages db migrate
      thoth-storages db migrate --show-sql | less
    """
    settings = database_settings()
    conninfo = settings.conninfo(dbname=settings.address.database)
    if dry_run or show_sql:
        planned = migrating.plan(conninfo, to=to)
        if show_sql:
            _show_sql(planned)
        else:
            _show_plan(conninfo, planned, output=output)
        return
    if forget_alembic:
        confirm(f"Drop Alembic's record in {settings.address}, so that the original library stops working?", yes=yes)
    applied = _migrate(conninfo, to)
    write_names(output, "applied", applied, column="migration")
    click.echo(f"{counted(len(applied), 'migration')} applied to database {settings.address.database!r}", err=True)
    if forget_alembic and migrating.forget_alembic(conninfo):
        click.echo("Alembic's record is gone: only this library works on the database from now on", err=True)


def _migrate(conninfo: str, to: str | None) -> list[str]:
    with progress_bar() as show:

        def on_progress(progress: Progress) -> None:
            part = progress.statements_done / max(progress.statements, 1)
            show(progress.number - 1 + part, progress.migrations, progress.migration)

        return migrating.migrate(conninfo, to=to, on_progress=on_progress)


def _show_sql(planned: list[Planned]) -> None:
    for migration in _to_run(planned):
        for path in migration.applied_paths:
            click.echo(f"-- {path.stem}\n{path.read_text(encoding='utf-8')}")
    _tell_marked(planned)


def _show_plan(conninfo: str, planned: list[Planned], *, output: str) -> None:
    missing = [migration.id for migration in _to_run(planned)]
    if not any(each.is_there for each in planned):
        write_names(output, "missing", missing, column="migration")
        return
    copies = migrating.count_copies(conninfo, [each.migration for each in planned])
    counts = [each._asdict() for each in copies]
    write_names(output, "missing", missing, column="migration", also={"copies": counts})
    _tell_marked(planned)
    _tell_copies(copies)


def _to_run(planned: list[Planned]) -> list[Migration]:
    return [each.migration for each in planned if not each.is_there]


def _tell_marked(planned: list[Planned]) -> None:
    if found := sum(each.is_there for each in planned):
        click.echo(f"The schema of the original library is there; {found} migrations would be marked only", err=True)


def _tell_copies(copies: list[Copies]) -> None:
    if not copies:
        click.echo("No two rows say the same: none would be merged", err=True)
        return
    named = ", ".join(f"{each.table} {each.rows:,}" for each in copies)
    rows = sum(each.rows for each in copies)
    click.echo(f"Copies that would be merged into the row that they copy, at least {rows:,}: {named}", err=True)
    if differing := sum(each.differing for each in copies):
        kept = "what the row that stays doesn't say would be kept in _yoyo_set_aside"
        click.echo(f"Copies among them that say something else, {differing:,}: {kept}", err=True)


@db.command()
@output_option
def status(output: str) -> None:
    """Show how the database's schema stands to this library's.

    And when each migration was applied.

    \b
    Example:
      thoth-storages db status
      thoth-storages db status --output json | jq -r .state
    """
    settings = database_settings()
    where = settings.address._asdict()
    state, migrations = _look(Database(settings))
    if state in _BEHIND:
        click.echo("'thoth-storages db migrate' brings the database to this library's schema", err=True)
    heading = f"Database {where['database']!r} on {where['host']!r}, port {where['port']}: {_WORDS[state]}\n\n"
    rows = list(map(vars, migrations))
    write(
        output,
        lambda: heading + table(("MIGRATION", "APPLIED AT (UTC)", "NOTE"), map(_row, migrations)),
        {**where, "state": state.value, "migrations": rows},
        rows=rows,
    )


def _look(database: Database) -> tuple[SchemaState, list[MigrationStatus]]:
    connection = database.connect()
    if connection is None:
        known = migrating.read_migrations()
        return SchemaState.MISSING, [MigrationStatus(each.id, None, None, True) for each in known]
    with connection:
        return migrating.schema_state(connection), migrating.status(connection)


def _row(migration: MigrationStatus) -> tuple[Any, ...]:
    if migration.applied_at is None:
        return migration.id, "", "not applied"
    applied_at = migration.applied_at.isoformat(" ", timespec="seconds")
    if not migration.known:
        return migration.id, applied_at, "unknown to this library"
    return migration.id, applied_at, "" if migration.checksum_matches else "its file was changed afterwards"
