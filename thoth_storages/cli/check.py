"""``thoth-storages sql check``: every query is proved before it reaches a service.

Nothing here loads the named queries, which a mistake in one of their files keeps from being loaded.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import click

from ..sql.checking.checker import Result, check
from ..sql.checking.formats import FORMATS
from ..sql.checking.reading import packaged_files
from ..sql.checking.rule import all_rules
from ..sql.checking.server import session
from ..sql.checking.watching import Watch
from .exit_codes import ExitCode
from .listing import Entries, ListingCommand
from .output import counted
from .paths import shown


def _rules() -> Entries:
    return ((rule.name, rule.summary) for rule in all_rules())


@click.command("check", cls=ListingCommand, listed=_rules, listed_title="Rules")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dsn", metavar="DSN", help="Ask this database (a libpq connection string), not a private one.")
@click.option(
    "--format",
    "--output",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to write it.",
)
@click.option("--write", is_flag=True, help="Write contracts and static types anew before.")
@click.option("--watch", is_flag=True, help="Go on, and check each file again when it is saved; Ctrl-C ends it.")
def check_command(files: tuple[Path, ...], dsn: str | None, form: str, write: bool, watch: bool) -> None:
    """Prove the queries of FILEs, or of this package.

    A private PostgreSQL is started and migrated; or a database is asked that has this library's schema, and stays as it
    is: all that is done there is undone. The exit code is 3 when something is found.

    \b
    Example:
      thoth-storages sql check
      thoth-storages sql check thoth_storages/sql/queries/rule.sql --watch
      thoth-storages sql check --format sarif > queries.sarif
    """
    listed: Callable[[], list[Path]] = (lambda: list(files)) if files else packaged_files
    saved = Watch(listed)
    with session(dsn) as asked:

        def run(paths: list[Path]) -> Result:
            result = check(map(shown, paths), asked, renew=write)
            _report(result, form)
            return result

        result = run(listed())
        if watch:
            click.echo("Waiting for files to be saved; Ctrl-C ends this.", err=True)
            with contextlib.suppress(KeyboardInterrupt):
                for paths in saved:
                    run(paths)
    if result.findings:
        click.get_current_context().exit(ExitCode.FOUND)


def _report(result: Result, form: str) -> None:
    for path in result.renewed:
        click.echo(f"wrote {shown(path)}", err=True)
    written = FORMATS[form](result.findings)
    click.echo(written, nl=bool(written))
    found = counted(len(result.findings), "finding") if result.findings else "nothing found"
    click.echo(f"{found} in {counted(result.queries, 'query', 'queries')}", err=True)
