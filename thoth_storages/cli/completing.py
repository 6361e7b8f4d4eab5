"""What a shell offers when somebody presses Tab in the middle of a command.

Nothing here loads the named queries where a look at their files will do: a shell waits for the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from ..sql.catalog import QUERIES_FOLDER

_HEADING = re.compile(r"^-- name: *(\w+)|^-- alias: *(.+)$", re.MULTILINE)


def fitting(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Offer the names that begin with what was typed."""
    return [CompletionItem(name) for name in sorted(set(names)) if name.startswith(incomplete)]


def query_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the names of queries and their aliases; those that are for this library only once ``_`` was typed."""
    found = fitting(_names_in(QUERIES_FOLDER), incomplete)
    is_private = "_" in (incomplete[:1], incomplete.rpartition(".")[2][:1])
    return [item for item in found if is_private or not item.value.rpartition(".")[2].startswith("_")]


def parameter_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the parameters of the query that was typed before, with the equals sign."""
    from ..sql.named import catalog

    # the option that is to be completed ends the reading of the words, so that the query is left over
    query = next(filter(None, map(catalog.find, ctx.args)), ctx.params.get("query"))
    if query is None or "=" in incomplete:
        return []
    given = {text.partition("=")[0] for text in ctx.params.get("params") or ()}
    return fitting((f"{name}=" for name in query.header.signature.names if name not in given), incomplete)


def local_paths(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer files, which the shell finds itself, where documents are files."""
    return [CompletionItem(incomplete, type="file")] if ctx.params.get("local") else []


def table_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the tables of the graph."""
    from ..sql.migrating.files import created

    return fitting(created("TABLE"), incomplete)


def migration_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the migrations that the library knows."""
    from ..sql import migrating

    return fitting((migration.id for migration in migrating.read_migrations()), incomplete)


def check_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the doctor's checks."""
    from ..doctor import known_checks

    return fitting(known_checks(), incomplete)


def command_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the commands below those that were typed, and at the beginning the topics of ``help``."""
    words = ctx.params.get("words") or ()
    inner, unknown = innermost(ctx.find_root(), words)
    if unknown:
        return []
    names = inner.command.list_commands(inner) if isinstance(inner.command, click.Group) else []
    return fitting([*names, *([] if words else ["environment", "exit-codes"])], incomplete)


def innermost(ctx: click.Context, words: Sequence[str]) -> tuple[click.Context, Sequence[str]]:
    """Follow words from a command to those below it; answer where they lead, and the words that no command is of."""
    for number, word in enumerate(words):
        command = ctx.command.get_command(ctx, word) if isinstance(ctx.command, click.Group) else None
        if command is None:
            return ctx, words[number:]
        ctx = click.Context(command, ctx, word)
    return ctx, ()


def _names_in(folder: Path) -> Iterable[str]:
    for path in folder.rglob("*.sql"):
        stem = "".join(f"{part}." for part in path.relative_to(folder).parent.parts)
        for name, aliases in _HEADING.findall(path.read_text(encoding="utf-8")):
            yield from (f"{stem}{each.strip()}" for each in ([name] if name else aliases.split(",")))
