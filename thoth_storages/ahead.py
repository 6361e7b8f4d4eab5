"""Reading ahead: while one document is written, the next ones are fetched."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# As many readings are held in memory at a time; a large document takes 10 MiB.
AHEAD = 8


def read_ahead(items: Iterable[T], read: Callable[[T], R], jobs: int = AHEAD) -> Iterator[tuple[T, Future[R]]]:
    """Answer each item with its reading, in order; the next ones, as many as ``jobs``, are being read meanwhile.

    A reading that failed raises its error when its result is asked for. The items are taken as they are needed.
    """
    with ExitStack() as stack:
        threads = ThreadPoolExecutor(jobs, thread_name_prefix="read-ahead")
        stack.callback(threads.shutdown, cancel_futures=True)
        waiting: deque[tuple[T, Future[R]]] = deque()
        for item in items:
            waiting.append((item, threads.submit(read, item)))
            if len(waiting) > jobs:
                yield waiting.popleft()
        yield from waiting
