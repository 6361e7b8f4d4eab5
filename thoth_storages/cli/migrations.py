"""The commands of ``thoth-storages db`` for those who write migrations, step back, and look at what is there."""

from __future__ import annotations

from pathlib import Path

import click

from ..sql import migrating
from ..sql.migrating import Stage
from ..sql.migrating.facts import Fact
from .completing import migration_names
from .confirming import confirm, yes_option
from .connecting import connected, database_settings
from .exit_codes import ExitCode
from .output import counted, output_option, table, write, write_names


@click.command()
@click.option("--count", type=click.IntRange(min=1), help="How many of the newest migrations to undo.  [default: 1]")
@click.option(
    "--to", metavar="ID", shell_complete=migration_names, help="Undo what is newer than this migration, which stays."
)
@yes_option
@output_option
def rollback(count: int | None, to: str | None, yes: bool, output: str) -> None:
    """Undo the newest migrations, newest first.

    Their rollback files are run. What only the undone schema could hold is lost; the names of what was undone are
    written to stdout.

    \b
    Example:
      thoth-storages db rollback
      thoth-storages db rollback --to 0031.read-indexes --yes
    """
    if count is not None and to is not None:
        raise click.UsageError("--count and --to say the same in two ways: give one of them.")
    settings = database_settings()
    with connected(settings) as connection:
        newest = migrating.newest_of(migrating.applied(connection), count=count or 1, to=to)
    if newest:
        confirm(f"Undo {', '.join(newest)} in database {settings.address.database!r}?", yes=yes)
    conninfo = settings.conninfo(dbname=settings.address.database)
    undone = migrating.rollback(conninfo, count=len(newest)) if newest else []
    write_names(output, "undone", undone, column="migration")
    click.echo(f"{counted(len(undone), 'migration')} undone in database {settings.address.database!r}", err=True)


@click.command()
@output_option
def history(output: str) -> None:
    """Show what was done to the schema.

    When, which migration, by which role and from which machine.

    \b
    Example:
      thoth-storages db history
      thoth-storages db history --output json | jq '.[-1]'
    """
    settings = database_settings()
    with connected(settings) as connection:
        entries = migrating.history(connection)
    write(
        output,
        lambda: table(("AT (UTC)", "WHAT", "MIGRATION", "ROLE", "HOST"), map(_row, entries)),
        [entry._asdict() for entry in entries],
        columns=migrating.HistoryEntry._fields,
    )


@click.command()
@click.argument("slug")
@click.option(
    "--stage",
    type=click.Choice(["pre", "post"]),
    default="pre",
    show_default=True,
    help="Whether it runs before the code that needs it is rolled out, or after the code that would miss what it takes "
    "away is gone.",
)
@click.option("--no-transaction", is_flag=True, help="For CREATE INDEX CONCURRENTLY and the like.")
@click.option(
    "--directory",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=migrating.DIRECTORY,
    help="The folder of migrations.  [default: this library's]",
)
def new(slug: str, stage: str, no_transaction: bool, directory: Path) -> None:
    """Write the two files of a new migration.

    SLUG says in a few words what it does, with hyphens between them; the number is the next free one. The files' paths
    are written to stdout.

    \b
    Example:
      thoth-storages db new add-yanked-flag
    """
    migration = migrating.write_new(slug, stage=Stage(stage), transactional=not no_transaction, directory=directory)
    click.echo(migration.path)
    click.echo(migration.rollback_path)


@click.command()
@output_option
def diff(output: str) -> None:
    """Compare the database's schema with what migrations make.

    It shows what the one has and the other hasn't. The schema to compare with is made on the same server, in a
    transaction that is rolled back. Exits with 3 when there is a difference.

    \b
    Example:
      thoth-storages db diff
      thoth-storages db diff --output json | jq -r '.[].name'
    """
    settings = database_settings()
    found = migrating.diff(settings.conninfo(dbname=settings.address.database))
    write(
        output,
        lambda: "".join(f"{each}\n" for each in found),
        [{**each.fact._asdict(), "expected": each.expected, "found": each.found} for each in found],
        columns=[*Fact._fields, "expected", "found"],
    )
    click.echo(f"{counted(len(found), 'difference')} to what the migrations make", err=True)
    if found:
        raise click.exceptions.Exit(ExitCode.FOUND)


def _row(entry: migrating.HistoryEntry) -> tuple[str, ...]:
    words = {"apply": "applied", "rollback": "undone", "mark": "found there"}
    return (
        entry.at.isoformat(" ", timespec="seconds"),
        words.get(entry.operation, entry.operation),
        entry.migration,
        entry.role,
        entry.host,
    )
