"""A real terminal, and what a user would see on it."""

from __future__ import annotations

import os
import pty
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Terminal:
    """A terminal that programs write to: by its descriptor."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.screen = ""
        """All that was written to it, known once it is closed."""


@contextmanager
def open_terminal() -> Iterator[Terminal]:
    """Open a terminal for a block; at the block's end it is closed, and everything that was written to it is known."""
    ours, theirs = pty.openpty()
    terminal = Terminal(theirs)
    pieces: list[bytes] = []
    # somebody has to read while others write: a terminal holds a few kilobytes only
    reader = threading.Thread(target=lambda: pieces.extend(_pieces(ours)))
    reader.start()
    try:
        yield terminal
    finally:
        os.close(theirs)
        reader.join()
        os.close(ours)
        terminal.screen = b"".join(pieces).decode()


def _pieces(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # how a terminal says that nobody writes to it any more
            return
        yield piece
