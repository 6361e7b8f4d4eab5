"""Ctrl-C while something runs that shouldn't be cut off in the middle."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click


@contextmanager
def interruptible(what_ends: str) -> Iterator[Callable[[], bool]]:
    """Lend a function that tells whether Ctrl-C was pressed; pressed a second time, it ends the program at once.

    ``what_ends`` completes the sentence that is shown then: "Ending after …".
    """
    was_pressed = False

    def press(number: int, frame: FrameType | None) -> None:
        nonlocal was_pressed
        was_pressed = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        click.echo(f"\nEnding after {what_ends}; press Ctrl-C again to end at once.", err=True)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: was_pressed
    finally:
        signal.signal(signal.SIGINT, before)
