"""``thoth-storages purge``: documents out of the way, and what they brought into the graph deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..graph import GraphDatabase
from ..graph.purges import Purged
from .confirming import confirm, yes_option
from .connecting import connected_graph, readable_settings
from .kinds import kind_of
from .output import output_option, write
from .progress import progress_bar

Function = TypeVar("Function", bound=Callable[..., Any])

_PURGES: dict[str, Callable[..., int]] = {
    "solver": GraphDatabase.purge_solver_documents,
    "adviser": GraphDatabase.purge_adviser_documents,
    "package-extract": GraphDatabase.purge_package_extract_documents,
}


@click.group()
def purge() -> None:
    """Remove documents with what they brought into the graph.

    The documents are copied to <bucket prefix>/<deployment>/<kind>-purge-<moment>/, then deleted where they were, then
    their rows are deleted, batch by batch. A purge that is interrupted is finished by doing it again.

    \b
    Example:
      thoth-storages purge adviser --end-datetime 2021-01-01 --dry-run
    """


def _moment(context: click.Context, parameter: click.Parameter, text: str | None) -> Any:
    kind = kind_of("datetime")
    try:
        return None if text is None else kind.read(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} isn't {kind.name}.") from None


def _end_option(function: Function) -> Function:
    option = click.option(
        "--end-datetime", metavar="MOMENT", callback=_moment, help="Those made before that moment (in UTC)."
    )
    return option(function)


def _purge_options(function: Function) -> Function:
    every = click.option("--all", "every", is_flag=True, help="Purge all documents of this kind.")
    dry_run = click.option("--dry-run", is_flag=True, help="Only say how many documents it would be.")
    return every(dry_run(yes_option(output_option(function))))


@purge.command()
@click.option("--os-name", metavar="NAME", help="Those for an operating system: fedora.")
@click.option("--os-version", metavar="VERSION", help="Those for a version of it: 35.")
@click.option("--python-version", metavar="VERSION", help="Those for a version of Python: 3.10.")
@_purge_options
def solver(every: bool, dry_run: bool, yes: bool, output: str, **filters: Any) -> None:
    """Purge documents of solvers.

    Those of which all is true that is given.

    \b
    Example:
      thoth-storages purge solver --os-name fedora --os-version 31 --python-version 3.7 --dry-run
    """
    _purge("solver", filters, every=every, dry_run=dry_run, yes=yes, output=output)


@purge.command()
@_end_option
@click.option("--adviser-version", metavar="VERSION", help="Those by a version of the adviser.")
@_purge_options
def adviser(every: bool, dry_run: bool, yes: bool, output: str, **filters: Any) -> None:
    """Purge documents of the adviser.

    Those of which all is true that is given.

    \b
    Example:
      thoth-storages purge adviser --end-datetime 2021-01-01 --yes
    """
    _purge("adviser", filters, every=every, dry_run=dry_run, yes=yes, output=output)


@purge.command("package-extract")
@_end_option
@click.option("--package-extract-version", metavar="VERSION", help="Those by a version of package-extract.")
@_purge_options
def package_extract(every: bool, dry_run: bool, yes: bool, output: str, **filters: Any) -> None:
    """Purge analyses of container images.

    Those of which all is true that is given.

    \b
    Example:
      thoth-storages purge package-extract --package-extract-version 1.0.2 --dry-run --output json
    """
    _purge("package-extract", filters, every=every, dry_run=dry_run, yes=yes, output=output)


def _purge(kind: str, filters: dict[str, Any], *, every: bool, dry_run: bool, yes: bool, output: str) -> None:
    is_filtered = any(value is not None for value in filters.values())
    if is_filtered == every:
        raise click.UsageError("Say which documents are meant, or --all; not both.")
    with connected_graph() as graph:
        documents = _PURGES[kind](graph, **filters, dry_run=True)
        done = Purged(0, 0, "")
        if documents and not dry_run:
            confirm(f"Purge {documents:,} documents of {kind}?", yes=yes)
            done = _run(kind, graph, filters, documents)
    _report(kind, done, documents, is_dry=dry_run, output=output)


def _run(kind: str, graph: GraphDatabase, filters: dict[str, Any], documents: int) -> Purged:
    done = Purged(0, 0, "")
    with progress_bar() as show, readable_settings():

        def on_progress(purged: Purged) -> None:
            nonlocal done
            done = purged
            show(done.documents, max(documents, done.documents), f"{done.documents:,} documents")

        _PURGES[kind](graph, **filters, on_progress=on_progress)
    return done


def _report(kind: str, done: Purged, documents: int, *, is_dry: bool, output: str) -> None:
    said = {"dry_run": True, "documents": documents} if is_dry else {"dry_run": False, **done._asdict()}
    sentence = (
        f"{documents:,} documents of {kind} would be purged"
        if is_dry
        else f"{done.documents:,} documents of {kind} purged, {done.runs:,} runs deleted"
    )
    write(output, lambda: sentence, {"kind": kind, **said})
    if output == "text" and done.place:
        click.echo(f"The copies are in {done.place}", err=True)
