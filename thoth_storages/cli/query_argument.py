"""The named queries, for the commands that use them, and their argument NAME: a query by its name or an alias."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..sql.catalog import Catalog
from ..sql.query import Query
from .completing import query_names

Function = TypeVar("Function", bound=Callable[..., Any])


def query_argument(function: Function) -> Function:
    """Add the argument NAME to a command, whose parameter ``query`` then is the query."""
    return click.argument("query", metavar="NAME", callback=_find, shell_complete=query_names)(function)


def known_queries() -> Catalog:
    """Load the named queries: by the command that needs them, so that a mistake in a file doesn't stop all others."""
    from ..sql.named import catalog

    return catalog


def _find(context: click.Context, parameter: click.Parameter, name: str) -> Query:
    catalog = known_queries()
    if query := catalog.find(name):
        return query
    known = [known for query in catalog.values() for known in (query.qualified_name, *query.header.aliases)]
    close = difflib.get_close_matches(name, known, n=1)
    meant = f"did you mean {close[0]!r}?" if close else "'thoth-storages sql list' names them"
    raise click.BadParameter(f"there is no query {name!r}; {meant}")
