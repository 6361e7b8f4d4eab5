"""The kinds of documents in the object store, by the names that they have on the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from .completing import fitting

Function = TypeVar("Function", bound=Callable[..., Any])

SYNCED_KINDS = (
    "solver",
    "package-extract",
    "revsolver",
    "dependency-monkey",
    "provenance-checker",
    "inspection",
    "adviser",
    "security-indicators",
)
"""Kinds that are synced into the graph. ``sync`` calls them by the name's beginning, up to the first dash."""
OTHER_KINDS = (
    "dependency-monkey-requests",
    "buildlogs",
    "buildlogs-parsed",
    "observations",
    "analysis-by-digest",
    "adviser-cache",
    "analysis-cache",
    "buildlogs-analysis-cache",
    "provenance-cache",
)
"""Kinds that stay in the object store."""
UNDATED_KINDS = frozenset(
    {"inspection", "buildlogs", "analysis-by-digest", *(kind for kind in OTHER_KINDS if kind.endswith("-cache"))}
)
"""Kinds whose ids don't tell when a document was made: they are hashes, or names."""
WRITABLE_KINDS = tuple(
    kind
    for kind in SYNCED_KINDS + OTHER_KINDS
    if kind not in UNDATED_KINDS | {"security-indicators"} or kind == "buildlogs"
)
"""Kinds that can be stored from files: others are written by workflows, or don't tell their ids."""


def sync_name(kind: str) -> str:
    """Answer what ``sync`` calls a kind."""
    return kind.partition("-")[0]


class KindType(click.ParamType[str]):
    """A kind of documents: by its name, or as ``sync`` calls it."""

    name = "kind"

    def __init__(self, *kinds: str) -> None:
        """Take some kinds."""
        self._kinds = {sync_name(kind): kind for kind in kinds if kind in SYNCED_KINDS} | {kind: kind for kind in kinds}
        self._names = kinds

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the names."""
        return fitting(self._names, incomplete)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Answer the name; what is none ends the command with the names that there are."""
        if value not in self._kinds:
            self.fail(f"there is no kind {value!r} here: {', '.join(self._names)}.{self._hint(value)}", param, ctx)
        return self._kinds[value]

    def _hint(self, value: str) -> str:
        beginnings = [kind for kind in self._names if value.startswith(f"{kind}-")]
        return f" An id comes after its kind: {max(beginnings, key=len)} {value}" if beginnings else ""


def kinds_argument(*kinds: str, required: bool = True) -> Callable[[Function], Function]:
    """Add the argument KIND… to a command, whose parameter ``kinds`` then is each kind once, in the order given."""

    def once(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(given))

    metavar = "KIND..." if required else "[KIND]..."
    return click.argument("kinds", metavar=metavar, type=KindType(*kinds), nargs=-1, required=required, callback=once)


def kind_argument(*kinds: str) -> Callable[[Function], Function]:
    """Add the argument KIND to a command, whose parameter ``kind`` then is its name."""
    return click.argument("kind", metavar="KIND", type=KindType(*kinds))
