"""``thoth-storages doctor``: is everything well, and if not, what helps?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .completing import check_names
from .connecting import database_settings
from .exit_codes import ExitCode
from .output import cell, output_option, write

if TYPE_CHECKING:
    from ..doctor import Result

_COLOURS = {"OK": "green", "WARN": "yellow", "FAIL": "red", "UNKNOWN": "yellow"}


@click.command()
@click.argument("checks", metavar="[CHECK]...", nargs=-1, shell_complete=check_names)
@output_option
@click.pass_context
def doctor(ctx: click.Context, checks: tuple[str, ...], output: str) -> None:
    """Check the database and the store, and say what helps.

    Each check is OK, WARN (nothing is broken yet), FAIL, or UNKNOWN (it can't be told), and says what it found and what
    to do. Without a CHECK all of them run: connection, server-version, schema, pool, missing-indexes, invalid-indexes,
    unused-indexes, duplicate-indexes, bloat, amcheck (which reads every index), free-space, scratch-databases,
    wraparound, object-store (which stores and deletes a small object), database-clock, object-store-clock.

    The exit code is 3 when one of them is FAIL.

    \b
    Example:
      thoth-storages doctor
      thoth-storages doctor connection schema
      thoth-storages doctor --output json | jq -r '.[] | select(.status == "FAIL") | .remedy'
    """
    # the client of the object store is imported with the checks
    from ..doctor import Examination, Status, examine, known_checks

    known = known_checks()
    if unknown := [name for name in checks if name not in known]:
        raise click.BadParameter(
            f"there is no check {unknown[0]!r}; there are {', '.join(known)}", param_hint="'CHECK'"
        )
    results: list[Result] = []
    with Examination(database_settings()) as examination:
        for result in examine(examination, checks):
            results.append(result)
            if output == "text":
                _show(result, max(map(len, checks or known)))
    rows = [{**vars(result), "status": result.status.value} for result in results]
    write(output, str, rows, columns=["check", "status", "said", "remedy"])  # the text is there already
    if any(result.status is Status.FAIL for result in results):
        ctx.exit(ExitCode.FOUND)


def _show(result: Result, width: int) -> None:
    status = click.style(f"{result.status.value:7}", fg=_COLOURS[result.status.value])
    click.echo(f"{status}  {result.check:{width}}  {cell(result.said)}")
    if result.remedy:
        click.echo(f"{'':7}  {'':{width}}  → {cell(result.remedy)}")
