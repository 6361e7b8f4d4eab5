"""A bar on stderr for work that takes long; there is none where stderr isn't a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

import click

T = TypeVar("T")

# One step may take minutes (an index on a large table): the bar moves within it, too.
_PARTS = 100
# A line of 80 columns has room for a label of this length, a bar, and the time that is left.
_LABEL_LENGTH = 40

Show = Callable[[float, int, str], None]


@contextmanager
def progress_bar() -> Iterator[Show]:
    """Lend the function ``show(done, total, what)``: how many of how many steps are done, and what is being done.

    Nothing is drawn before it is called, as some work turns out to be none; nor where stderr isn't a terminal, nor
    beside the log that ``--verbose`` writes there.
    """
    is_verbose = click.get_current_context().find_root().params.get("verbose")
    if is_verbose or not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    with ExitStack() as stack:
        bars: list[Any] = []

        def show(done: float, total: int, what: str) -> None:
            label = what if len(what) <= _LABEL_LENGTH else what[: _LABEL_LENGTH - 1] + "…"
            if not bars:
                bar = click.progressbar(label=label, length=total * _PARTS, width=0, file=sys.stderr)
                bars.append(stack.enter_context(bar))
            bars[0].label = label
            bars[0].update(int(done * _PARTS) - bars[0].pos)

        yield show


def watched(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Answer items, of which there are so many, and show how many were done with; ``what`` they are is a plural.

    There is no bar for one of them, nor where what is written about them goes to a terminal itself.
    """
    if total == 1 or sys.stdout.isatty():
        yield from items
        return
    with progress_bar() as show:
        for number, item in enumerate(items, 1):
            yield item
            show(number, max(number, total), f"{number:,} {what}")
