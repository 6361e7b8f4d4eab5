"""Syncing in several processes: each has a connection of its own, and takes the next documents when it is free."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
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
    # Threads don't survive a fork: the processes are started anew.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(make_source,)) as pool:
        try:
            _run(pool, jobs, name, names, options, on_progress, should_stop)
        except BrokenProcessPool as error:
            raise DatabaseError("A process that synced documents died; sync again to finish") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _run(
    pool: ProcessPoolExecutor,
    jobs: int,
    name: str,
    names: Iterable[str],
    options: Options,
    on_progress: OnProgress,
    should_stop: Callable[[], bool],
) -> None:
    parts = _parts(names)
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


def _parts(names: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(names)
    return iter(lambda: list(islice(iterator, MOST_DOCUMENTS)), [])


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
