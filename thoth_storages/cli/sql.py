"""``thoth-storages sql``: the named queries."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from ..sql.query import Query
from . import agreed, answers
from .check import check_command
from .confirming import confirm, yes_option
from .connecting import connected_graph
from .output import counted, output_option, write
from .parameters import arguments, bound, chosen, parameter_option, required
from .plans import explain as plan_of
from .psql import psql_script
from .query_argument import known_queries, query_argument
from .top import top
from .uses import grants, uses
from .verify import verify


@click.group()
def sql() -> None:
    """List, show, run, explain and check the named queries.

    \b
    Example:
      thoth-storages sql list depend
      thoth-storages sql show get_depends_on
      thoth-storages sql run get_depends_on -p package_name=flask
    """


for command in (check_command, verify, uses, grants, top):
    sql.add_command(command)


@sql.command("list")
@click.argument("text", required=False, default="")
@output_option
def list_(text: str, output: str) -> None:
    """List the named queries: name, parameters, and what each answers.

    With TEXT only those are listed that have it in their name, in an alias, or in the first sentence on them.

    \b
    Example:
      thoth-storages sql list
      thoth-storages sql list depend
      thoth-storages sql list --output json | jq -r '.[].name'
    """
    found = [query for query in known_queries().values() if _is_about(query, text.lower())]
    write(
        output,
        lambda: "".join(f"{line}\n" for query in found for line in _entry_lines(query)),
        list(map(_entry, found)),
        columns=_ENTRY,
    )
    if not found:
        click.echo(f"no query is about {text!r}", err=True)


@sql.command()
@query_argument
@click.option("--psql", is_flag=True, help="Write it so that it can be pasted into psql; see above.")
@parameter_option
@output_option
def show(query: Query, psql: bool, params: tuple[str, ...], output: str) -> None:
    """Show a query as it stands in its file.

    Where that is, stderr says. With --psql, what is pasted into psql runs: each parameter is a variable of psql, set at
    the top to the value given by -p, or to its default; optional lines whose parameters aren't given are commented out.

    \b
    Example:
      thoth-storages sql show get_depends_on
      thoth-storages sql show get_depends_on --psql -p package_name=flask -p extras=null,gpu | psql
    """
    if params and not psql:
        raise click.UsageError("-p goes with --psql: the file itself holds no values.")
    text = _for_psql(query, params) if psql else query.source.text
    if output == "text":
        click.echo(_place(query), err=True)
    write(output, lambda: text, {**_entry(query), "sql": text})


@sql.command()
@query_argument
@parameter_option
@yes_option
@output_option
def run(query: Query, params: tuple[str, ...], yes: bool, output: str) -> None:
    """Run a query, and write its answer to stdout.

    A value is read by the type of its parameter. null is no value; several have commas between them ("null," is a list
    of one null); what stands in double quotes is taken as it is. Moments are in UTC. A query that writes is committed;
    before one that deletes you are asked.

    Whatever the shape of the answer in Python, it is written as the rows that it is made of: as a table, as CSV, or in
    JSON as a list of objects (with ndjson one a line) with the columns' names, so that what is grouped by a package has
    the package in each object. One record is one object, one value stands by itself.

    \b
    Example:
      thoth-storages sql run get_depends_on -p package_name=flask -p extras=null,async
      thoth-storages sql run get_python_packages_all -p count=null --output json | jq -r '.[].package_name'
      thoth-storages sql run get_python_cve_records_all -p package_name=flask --output csv > cves.csv
    """
    given = arguments(query, params)
    bound(query, given)
    if query.name.lstrip("_").startswith("delete"):
        confirm(f"Run {query.name}, which deletes rows for good?", yes=yes)
    answer = _answer(query, given)
    answers.write_answer(output, answer, query.header.returns)
    if said := _remark(answer, query, given):
        click.echo(said, err=True)


@sql.command()
@query_argument
@parameter_option
@click.option("--generic", is_flag=True, help="Show the plan that serves any values, not the one for these.")
@click.option("--analyze", is_flag=True, help="Run the query, too, and show times and rows; what it writes is undone.")
@output_option
def explain(query: Query, params: tuple[str, ...], generic: bool, analyze: bool, output: str) -> None:
    """Show how the server would run a query, and its contract.

    The plan is that of the prepared statement that is used for these parameters: the optional lines that they choose
    are there, the others aren't.

    Beside it stands the contract, which "sql check" holds, of all lines together. Its costs are those of any values in
    tables that only seem large: compare them with each other, and with this plan indexes and scans. Scans are of large
    tables only; stderr says which of them the contract doesn't foresee.

    \b
    Example:
      thoth-storages sql explain get_depends_on -p package_name=flask -p package_version=2.0.1
      thoth-storages sql explain get_depends_on -p package_name=flask --generic --analyze
    """
    parameters = bound(query, arguments(query, params))
    lines = [name for name in chosen(query, parameters) if name in query.statement.optional]
    with connected_graph() as graph:
        graph.is_schema_up2date()
        with graph.database.connection() as connection:
            plan = plan_of(connection, query, parameters, generic=generic, analyze=analyze, as_json=output != "text")
            planned = (
                plan_of(connection, query, parameters, generic=generic, as_json=True) if output == "text" else plan
            )
    contract, facts = agreed.contract_of(query), agreed.facts_of(planned)
    if output == "text":
        click.echo(_place(query), err=True)
    title = f"{query.qualified_name}: {'generic' if generic else 'custom'} plan"
    heading = title + (f", with the lines of {', '.join(lines)}" if lines else "")
    write(
        output,
        lambda: "\n".join([heading, *plan, "", agreed.beside(facts, contract)]),
        {**_entry(query), "with": lines, "plan": plan, "facts": facts, "contract": contract},
    )
    if whole := agreed.unforeseen(facts, contract):
        click.echo(f"read whole, which the contract foresees for small tables only: {', '.join(whole)}", err=True)


def _is_about(query: Query, text: str) -> bool:
    return any(text in place.lower() for place in (query.qualified_name, *query.header.aliases, _sentence(query)))


def _sentence(query: Query) -> str:
    return query.header.prose.partition("\n")[0]


_ENTRY = ("name", "aliases", "parameters", "returns", "about", "path", "line")


def _entry(query: Query) -> dict[str, Any]:
    header, place = query.header, query.source.place
    return {
        "name": query.qualified_name,
        "aliases": list(header.aliases),
        "parameters": str(header.signature),
        "returns": header.returns.text if header.returns else None,
        "about": _sentence(query),
        "path": place.path,
        "line": place.line,
    }


def _entry_lines(query: Query) -> Iterator[str]:
    width = max(shutil.get_terminal_size().columns, 40) if sys.stdout.isatty() else 10**6
    yield from textwrap.wrap(f"{query.qualified_name}({query.header.signature})", width, subsequent_indent=" " * 8)
    yield from textwrap.wrap(_sentence(query), width, initial_indent=" " * 4, subsequent_indent=" " * 4)
    yield from (f"    alias {alias}" for alias in query.header.aliases)


def _for_psql(query: Query, params: tuple[str, ...]) -> str:
    given = arguments(query, params)
    missing = [name for name in required(query) if name not in given]
    values = bound(query, given | dict.fromkeys(missing))
    return psql_script(query, {name: value for name, value in values.items() if name not in missing}, missing)


def _place(query: Query) -> str:
    return f"{query.source.place.path}:{query.source.place.line}"


def _answer(query: Query, given: dict[str, Any]) -> Any:
    with connected_graph() as graph:
        if method := getattr(graph, query.qualified_name, None):
            return method(**given)
        # A query of a sub-folder is no method: its callers bring a transaction.
        graph.is_schema_up2date()
        return graph.database.write(lambda connection: query(connection, **given))


def _remark(answer: Any, query: Query, given: dict[str, Any]) -> str:
    shape = query.header.returns
    if shape is None:
        return "rows written"
    if shape.is_single:
        return "" if answer is not None else "nothing found"
    number = len(answers.rows_of(answer, shape))
    is_full = number == query.parameters(**given).get("count")
    full = "; the page is full: -p count=null answers all" if is_full else ""
    return counted(number, "row") + full
