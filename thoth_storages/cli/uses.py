"""``sql uses`` and ``sql grants``: what the queries depend on in the database, as their contracts say."""

from __future__ import annotations

import difflib

import click

from ..sql.checking.contract import read_all_contracts
from ..sql.checking.grants import grants as script_of_grants
from ..sql.checking.uses import touched_tables
from ..sql.checking.uses import uses as queries_that_use
from .completing import table_names
from .output import output_option, table, write


@click.command()
@click.argument("name", metavar="TABLE[.COLUMN]", shell_complete=table_names)
@output_option
def uses(name: str, output: str) -> None:
    """List the queries that touch a table or a column.

    Those break when it goes. It needs no server: it reads the contracts that "sql check" holds. Rows are deleted and
    tables locked as a whole, so with COLUMN those queries are listed that read it, insert it or set it.

    \b
    Example:
      thoth-storages sql uses depends_on
      thoth-storages sql uses depends_on.marker --output json | jq -r '.[].name'
    """
    contracts = read_all_contracts()
    known = touched_tables(contracts)
    table_name, column = (name, None) if name in known or "." not in name else name.rsplit(".", 1)
    found = queries_that_use(contracts, table_name, column)
    write(
        output,
        lambda: table(["query", "does"], [(query, ", ".join(ways)) for query, ways in found.items()]) if found else "",
        [{"name": query, "does": ways} for query, ways in found.items()],
        columns=["name", "does"],
    )
    if not found:
        click.echo(f"no query touches {name}{_meant(table_name, column, known)}", err=True)


def _no_empty_name(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not value:
        raise click.BadParameter("a role has a name")
    return value


@click.command()
@click.option(
    "--role",
    required=True,
    metavar="NAME",
    callback=_no_empty_name,
    help="The role that is to run the queries; it has to be there.",
)
def grants(role: str) -> None:
    """Write the SQL that lets a role run the queries.

    The role may nothing else then. It needs no server: it reads the contracts that "sql check" holds. What else the
    role was granted in the schema public is taken away; what everybody may (PUBLIC), or a role that it is a member of,
    stays. The owner of the tables runs the script; who migrates has to be the owner, too.

    \b
    Example:
      thoth-storages sql grants --role adviser | psql
    """
    click.echo(script_of_grants(read_all_contracts(), role))


def _meant(table_name: str, column: str | None, known: dict[str, set[str]]) -> str:
    if column is not None and table_name in known:
        close = [f"{table_name}.{each}" for each in difflib.get_close_matches(column, known[table_name], n=1)]
    else:
        close = difflib.get_close_matches(table_name, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""
