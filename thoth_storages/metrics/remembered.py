"""What is too dear to be asked at each scrape."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Remembered(Generic[P, T]):
    """A function whose answer is given again for some seconds; an error is raised, and isn't remembered.

    >>> number = Remembered(60, lambda: print("asked") or 7)
    >>> number.get() + number.get()
    asked
    14
    """

    def __init__(self, seconds: float, ask: Callable[P, T], clock: Callable[[], float] = time.monotonic) -> None:
        """Ask nothing yet."""
        self._seconds = seconds
        self._ask = ask
        self._clock = clock
        self._lock = Lock()
        self._known: tuple[float, T] | None = None

    def get(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer what is remembered, or ask; those who come meanwhile wait for that answer."""
        with self._lock:
            if self._known is None or self._clock() - self._known[0] >= self._seconds:
                self._known = (self._clock(), self._ask(*args, **kwargs))
            return self._known[1]
