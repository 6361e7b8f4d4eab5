"""Syncing in several processes: each has a connection of its own, and takes the next documents when it is free."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from ..exceptions import DatabaseError
from ..graph import GraphDatabase
from .batches import MOST_DOCUMENTS, Batches, Options
from .kinds import SYNCED
from .outcome import OnProgress, Progress
from .source import Source

Done = tuple[list[Progress], Exception | None]

_graph: GraphDatabase | None = None
_source: Source | None = None


def sync_in_processes(
    jobs: int,
    name: str,
    names: Iterable[str],
    make_source: Callable[[], Source],
    options: Options,
    on_progress: OnProgress,
    should_stop: Callable[[], bool],
) -> None:
    """Sync documents of the kind ``name`` in that many processes; otherwise as ``Batches.sync``.

    Raises DatabaseError when one of the processes dies: its documents are whole or absent, and syncing again finishes.
    """
    _check_connection()
    with ProcessPoolExecutor(jobs, _context(), initializer=_prepare, initargs=(make_source,)) as pool:
        try:
            _run(pool, jobs, name, names, options, on_progress, should_stop)
        except BrokenProcessPool as error:
            raise DatabaseError("A process that synced documents died; sync again to finish") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _check_connection() -> None:
    # What keeps all processes from connecting is better said by one.
    graph = GraphDatabase()
    graph.connect()
    graph.disconnect()


def _context() -> multiprocessing.context.BaseContext:
    # A process that starts anew imports all of this first, for half a second. But threads don't survive a fork, and
    # what they held stays locked.
    return multiprocessing.get_context("fork" if threading.active_count() == 1 else "spawn")


def _run(
    pool: ProcessPoolExecutor,
    jobs: int,
    name: str,
    names: Iterable[str],
    options: Options,
    on_progress: OnProgress,
    should_stop: Callable[[], bool],
) -> None:
    parts = _parts(names, jobs)
    running: set[Future[Done]] = set()
    failure: Exception | None = None
    while True:
        # One part waits for each process: none is idle, and a listing without end isn't read to its end.
        while failure is None and not should_stop() and len(running) < 2 * jobs and (part := next(parts, None)):
            running.add(pool.submit(_sync_part, name, part, options))
        if not running:
            break
        finished, running = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            done, error = future.result()
            for progress in done:
                on_progress(progress)
            failure = failure or error
    if failure is not None:
        raise failure


def _parts(names: Iterable[str], jobs: int) -> Iterator[list[str]]:
    """Cut names into parts; those that are worked on at once are far apart in a list, and as they come in a listing.

    Neighbours tend to be about the same packages, and whoever adds one waits for the other who is adding it.
    """
    iterator = iter(names)
    parts = iter(lambda: list(islice(iterator, MOST_DOCUMENTS)), [])
    return iter(_dealt(list(parts), jobs)) if isinstance(names, Sequence) else parts


def _dealt(parts: Sequence[list[str]], jobs: int) -> list[list[str]]:
    distance = -(-len(parts) // jobs)
    return [part for place in range(distance) for part in parts[place::distance]]


def _prepare(make_source: Callable[[], Source]) -> None:
    """Leave Ctrl-C to the parent, and connect."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    global _graph, _source
    _source = make_source()
    _graph = GraphDatabase()
    _graph.connect()


def _sync_part(name: str, names: list[str], options: Options) -> Done:
    assert _graph is not None
    assert _source is not None
    done: list[Progress] = []
    try:
        Batches(SYNCED[name], _graph, options, done.append).sync(names, _source, lambda: False)
    except Exception as error:  # noqa: BLE001 - the parent raises it, after what was done is reported
        return done, error
    return done, None
