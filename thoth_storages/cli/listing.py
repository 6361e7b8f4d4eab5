"""Commands whose help ends in a table of what there is: of rules, of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

Entries = Iterable[tuple[str, str]]


class ListingCommand(click.Command):
    """A command whose help lists what it works with, each by its name and what it is."""

    def __init__(self, *args: Any, listed: Callable[[], Entries], listed_title: str, **kwargs: Any) -> None:
        """Take what ``click.Command`` takes; ``listed`` is called when the help is wanted."""
        super().__init__(*args, **kwargs)
        self.listed = listed
        self.listed_title = listed_title

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Add the table."""
        with formatter.section(self.listed_title):
            formatter.write_dl(list(self.listed()))
        super().format_epilog(ctx, formatter)
