"""Syncing documents of analysers into the knowledge graph: which ones, by whom, and what became of them."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from ..exceptions import DocumentError
from ..graph import GraphDatabase
from ..settings import RANDOMIZE_LISTING
from .batches import Batches, Options
from .jobs import sync_in_processes
from .kinds import SYNCED, document_id_of
from .outcome import Counts, OnProgress, Progress, count
from .source import Files, InspectionFiles, Source, file_id, read_file

_LOGGER = logging.getLogger(__name__)


def never() -> bool:
    """Say no: nothing should stop."""
    return False


def sync_kind(
    name: str,
    document_ids: Iterable[str] | None,
    force: bool,
    graceful: bool,
    graph: GraphDatabase | None,
    is_local: bool,
    *,
    on_progress: OnProgress | None = None,
    jobs: int = 1,
    should_stop: Callable[[], bool] = never,
) -> Counts:
    """Sync documents of one kind; everything is as in ``sync_documents``."""
    options, source = Options(force, graceful), _source(name, is_local)
    done: list[Progress] = []

    def report(progress: Progress) -> None:
        done.append(progress)
        if on_progress is not None:
            on_progress(progress)

    names = _shuffled(document_ids or source.listing())
    if jobs > 1:
        sync_in_processes(jobs, name, names, partial(_source, name, is_local), options, report, should_stop)
    else:
        with _connected(graph) as connected:
            Batches(SYNCED[name], connected, options, report).sync(names, source, should_stop)
    return count(done)


def sync_documents(
    document_ids: Iterable[str] | None = None,
    force: bool = False,
    graceful: bool = False,
    graph: GraphDatabase | None = None,
    is_local: bool = False,
    *,
    on_progress: OnProgress | None = None,
    jobs: int = 1,
    should_stop: Callable[[], bool] = never,
) -> dict[str, Counts]:
    """Sync documents of any kind, each by what its id begins with; answers the counts of each kind, failures included.

    ``document_ids`` are paths of files when ``is_local``; without any, all documents of all kinds are synced. Documents
    that were synced before are skipped, unless ``force``. A document that can't be synced ends the sync with its error
    (what was synced before it stays), or with ``graceful`` is logged and counted; a database that can't be used always
    ends it. ``on_progress`` is called for each document that is done with. With ``jobs`` processes each connects as the
    environment says, whatever ``graph`` is. Once ``should_stop`` says so, it ends after the batch at hand.

    Solvers' documents come first: the stacks of the others consist of what solvers saw. Raises ValueError for an id
    that is of no kind, before anything is synced; with ``graceful`` it is logged and left out.

    >>> sync_documents(["solver-fedora-35-py310-211231120000-0a1b2c3d4e5f6071"], graceful=True)["solver"].synced
    1
    """
    options: dict[str, Any] = {"on_progress": on_progress, "jobs": jobs, "should_stop": should_stop}
    documents = _by_kind(document_ids or (), graceful, is_local)
    if is_local and not document_ids:
        Files().listing()
    counts: dict[str, Counts] = dict.fromkeys(HANDLED, Counts(0, 0, 0, 0))
    with nullcontext(graph) if jobs > 1 else _connected(graph) as connected:
        for name in SYNCED:
            if (documents[name] or not document_ids) and not should_stop():
                counts[name] = sync_kind(name, documents[name] or None, force, graceful, connected, is_local, **options)
    return counts


# In the order in which the original lists them, which its clients see, and then those that it doesn't know.
_ORIGINAL = ("adviser", "dependency", "inspection", "package", "provenance", "solver", "revsolver", "security")
HANDLED = list(dict.fromkeys((*_ORIGINAL, *SYNCED)))


def _source(name: str, is_local: bool) -> Source:
    if not is_local:
        # The client of the object store takes long to import, and files need none.
        from .stored import stored

        return stored(name)
    return InspectionFiles() if name == "inspection" else Files()


def _shuffled(names: Iterable[str]) -> Iterable[str]:
    if not RANDOMIZE_LISTING.get():
        return names
    listing = list(names)
    random.shuffle(listing)
    return listing


def _by_kind(document_ids: Iterable[str], graceful: bool, is_local: bool) -> dict[str, list[str]]:
    documents: dict[str, list[str]] = {name: [] for name in SYNCED}
    for document_id in document_ids:
        name = _kind_name(document_id, is_local)
        if name in documents:
            documents[name].append(document_id)
            continue
        message = f"No handler for the document {document_id!r}: ids begin with one of {', '.join(HANDLED)}"
        if not graceful:
            raise ValueError(message)
        _LOGGER.error("%s", message)
    return documents


def _kind_name(document_id: str, is_local: bool) -> str:
    """Answer what a document's id begins with; a file may have any name, so then its content tells."""
    name = _beginning(file_id(document_id) if is_local else document_id)
    if name in SYNCED or not is_local:
        return name
    try:
        # A folder is an inspection, by whatever path it is given.
        told = (
            Path(document_id).resolve().name if Path(document_id).is_dir() else document_id_of(read_file(document_id))
        )
        return _beginning(told)
    except DocumentError:
        return name


def _beginning(document_id: str) -> str:
    return document_id.partition("-")[0]


@contextmanager
def _connected(graph: GraphDatabase | None) -> Iterator[GraphDatabase]:
    if graph is not None:
        yield graph
        return
    own = GraphDatabase()
    own.connect()
    try:
        yield own
    finally:
        own.disconnect()
