"""``thoth-storages sql verify``: what breaks between this revision of the sources and another.

Nothing here loads the named queries, which a mistake in one of their files keeps from being loaded.
"""

from __future__ import annotations

from typing import Any

import click

from ..sql.checking.revision import SQL_FOLDER, Revision, checked_out
from ..sql.checking.verifying import Breakage, Verification, scratch_server
from ..sql.checking.verifying import verify as verified
from .exit_codes import ExitCode
from .output import counted, output_option, write
from .paths import shown

_COLUMNS = ("file", "line", "column", "query", "variant", "schema", "message")


@click.command()
@click.option("--against", "name", required=True, metavar="REV", help="The other revision, as git names it.")
@click.option("--rollout", is_flag=True, help="Ask only whether services of both work while they are updated.")
@click.option("--dsn", metavar="DSN", help="Make the databases on this server (a libpq connection string).")
@output_option
def verify(name: str, rollout: bool, dsn: str | None, output: str) -> None:
    """List the queries that break between REV and these sources.

    REV's queries are run on this schema, and the queries as they are here on REV's schema: each in every variant of its
    optional lines, on tables with a row, and what writes with NULL for each of its parameters, too. One is listed when
    its own revision's schema takes it, and the other refuses it. A query that is new with its table is listed for the
    older schema: migrate before the services that ask it.

    With --rollout this schema is what it is until no older service is left: without the new migrations of the stage
    post, and what follows them. REV's queries have to work there, and so have these.

    It runs in a checkout of the sources, in throw-away databases on a private PostgreSQL, or on the server of --dsn.
    Exits with 3 when something breaks.

    \b
    Example:
      thoth-storages sql verify --against v1.0.0
      thoth-storages sql verify --against origin/main --rollout --output json | jq -r '.[].query'
    """
    with checked_out(name, SQL_FOLDER) as other, scratch_server(dsn) as server:
        here = Revision("", SQL_FOLDER, f"{shown(SQL_FOLDER)}/")
        verification = verified(here, other, server, is_rollout=rollout)
    write(
        output,
        lambda: "".join(f"{each}\n" for each in verification.breakages),
        list(map(_entry, verification.breakages)),
        columns=_COLUMNS,
    )
    click.echo(_summary(verification), err=True)
    if verification.breakages:
        raise click.exceptions.Exit(ExitCode.FOUND)


def _entry(breakage: Breakage) -> dict[str, Any]:
    told = (breakage.query or None, breakage.variant or None, breakage.schema or None, breakage.message)
    return dict(zip(_COLUMNS, (*breakage.place, *told), strict=True))


def _summary(verification: Verification) -> str:
    runs = [
        f"{counted(number, 'query', 'queries')} of {revision or 'these sources'} on {schema}"
        for number, revision, schema in verification.runs
    ]
    number = len(verification.breakages)
    lines = [f"{counted(number, 'finding') if number else 'nothing breaks'}: {', '.join(runs)}"]
    if verification.broken_before:
        names = ", ".join(sorted(set(verification.broken_before)))
        lines.append(f"not counted, as they fail on the schema of their own revision, too: {names}")
    return "\n".join(lines)
