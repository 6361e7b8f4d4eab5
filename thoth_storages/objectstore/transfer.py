"""Telling how far a long transfer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

OnTransfer = Callable[[int, int], object]
"""Called with the bytes that are done, and all there are."""


class Transfer:
    """What the MinIO client tells of its progress, as calls of a function."""

    def __init__(self, on_transfer: OnTransfer) -> None:
        self._on_transfer = on_transfer
        self._done = 0
        self._total = 0

    @classmethod
    def of(cls, on_transfer: OnTransfer | None) -> Any:
        """Make one for a function; there is none for None."""
        return None if on_transfer is None else cls(on_transfer)

    def set_meta(self, object_name: str, total_length: int) -> None:
        """Take in how long the object is."""
        self._total = total_length

    def update(self, size: int) -> None:
        """Take in that so many more bytes are through."""
        self._done += size
        self._on_transfer(self._done, self._total)
