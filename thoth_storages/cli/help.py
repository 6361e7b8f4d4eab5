"""``thoth-storages help``: the help of a command, and what concerns all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from .. import settings
from ..ephemeral import BINDIR_VARIABLE
from ..settings import Variable
from . import exit_codes
from .completing import command_names, innermost
from .program import explained

_STARTS = {
    "The database": ("KNOWLEDGE_GRAPH_",),
    "The object store": ("THOTH_S3_", "THOTH_CEPH_", "THOTH_DEPLOYMENT_", "GRAPH_BACKUP_"),
    "The programs": ("THOTH_STORAGES_", "NO_COLOR"),
}
_PROGRAMS = Variable(
    BINDIR_VARIABLE, None, str, "folder of PostgreSQL's programs, for throw-away servers, dumps and restores"
)


@click.command("help")
@click.argument("words", metavar="[COMMAND]...", nargs=-1, shell_complete=command_names)
@click.pass_context
def help_(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Show the help of a command, or of a topic.

    The topic "environment" is every variable that is read, with its default; "exit-codes" is what they mean.

    \b
    Example:
      thoth-storages help environment
      thoth-storages help exit-codes
      thoth-storages help sql run
    """
    topic = _TOPICS.get(words[0]) if len(words) == 1 else None
    click.echo(topic(ctx) if topic else _help_of(ctx.find_root(), words))


def variables() -> dict[str, list[Variable[Any]]]:
    """Answer every variable that this library reads, under the headings of the help."""
    known = [each for each in (*vars(settings).values(), _PROGRAMS) if isinstance(each, Variable)]
    named = {title: [each for each in known if each.name.startswith(starts)] for title, starts in _STARTS.items()}
    return {**named, "Answers that a GraphDatabase keeps": _sizes_of_caches()}


def _sizes_of_caches() -> list[Variable[Any]]:
    from ..sql.named import catalog

    limits = {query.name: query.header.cache for query in catalog.values() if query.header.cache}
    queries: dict[str, list[str]] = {}
    for name, limit in limits.items():
        queries.setdefault(limit.variable, []).append(name)
    sizes = {limit.variable: limit.size for limit in limits.values()}
    return [Variable(each, sizes[each], int, f"of {' and of '.join(names)}") for each, names in sorted(queries.items())]


def _environment(ctx: click.Context) -> str:
    formatter = ctx.make_formatter()
    for title, of_title in variables().items():
        with formatter.section(title):
            formatter.write_dl(explained(of_title), col_max=24)
    return formatter.getvalue().strip()


def _exit_codes(ctx: click.Context) -> str:
    formatter = ctx.make_formatter()
    formatter.write_dl(exit_codes.table())
    return formatter.getvalue().rstrip()


_TOPICS: dict[str, Callable[[click.Context], str]] = {"environment": _environment, "exit-codes": _exit_codes}


def _help_of(ctx: click.Context, words: Sequence[str]) -> str:
    inner, unknown = innermost(ctx, words)
    if unknown:
        raise click.UsageError(f"There is no command {' '.join(words[: len(words) - len(unknown) + 1])!r}.")
    return inner.get_help()
