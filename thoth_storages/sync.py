"""Syncing documents of analysers into the knowledge graph: which ones, in which batches, and what became of each."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import psycopg

from .database import is_lost
from .documents import solver_rows, write_solver_results
from .exceptions import DatabaseError, DocumentError, NotConnectedError, ThothStorageExceptionError
from .graph import GraphDatabase
from .settings import RANDOMIZE_LISTING

_LOGGER = logging.getLogger(__name__)

Rows = TypeVar("Rows")
Counts = tuple[int, int, int, int]
"""How many documents were processed, synced, skipped, failed."""

# A transaction takes 30 statements whether it writes one document or many, so many small ones are written four times as
# fast together. Large ones gain nothing, and would hold their locks for long.
_MOST_DOCUMENTS = 32
_MOST_ROWS = 10_000


class Outcome(Enum):
    """What became of a document."""

    SYNCED = "synced"
    SKIPPED = "skipped"
    FAILED = "failed"


class Progress(NamedTuple):
    """A document that is done with."""

    document_id: str
    """The id or the path, as it was given."""
    outcome: Outcome
    error: Exception | None = None
    """Why it failed."""


OnProgress = Callable[[Progress], object]


@dataclass(frozen=True)
class _Kind(Generic[Rows]):
    """What there is to know of a kind of documents."""

    name: str
    exists: Callable[[GraphDatabase, str], bool]
    rows: Callable[[dict[str, Any]], Rows]
    write: Callable[[psycopg.Connection[Any], Sequence[Rows]], None]
    size: Callable[[Rows], int]


_SOLVER = _Kind(
    "solver", GraphDatabase.solver_document_id_exists, solver_rows, write_solver_results, lambda rows: rows.size
)


def sync_solver_documents(
    document_ids: Iterable[str] | None = None,
    force: bool = False,
    graceful: bool = False,
    graph: GraphDatabase | None = None,
    is_local: bool = False,
    *,
    on_progress: OnProgress | None = None,
) -> Counts:
    """Sync solver documents into the graph; answers how many were processed, synced, skipped and failed.

    ``document_ids`` are paths of files when ``is_local``. Documents that were synced before are skipped, unless
    ``force``. A document that can't be synced ends the sync with its error (what was synced before it stays), or with
    ``graceful`` is logged and counted; a database that can't be used always ends it. ``on_progress`` is called for each
    document that is done with.

    Raises ValueError when ``is_local`` comes without paths.
    """
    return _sync(_SOLVER, document_ids, force, graceful, graph, is_local, on_progress)


# Handlers by the beginning of a document's id, up to its first dash.
HANDLERS_MAPPING: dict[str, Callable[..., Counts]] = {"solver": sync_solver_documents}


def sync_documents(
    document_ids: Iterable[str] | None = None,
    force: bool = False,
    graceful: bool = False,
    graph: GraphDatabase | None = None,
    is_local: bool = False,
    *,
    on_progress: OnProgress | None = None,
) -> dict[str, Counts]:
    """Sync documents of any kind, each by the handler for what its id begins with; answers the counts of each kind.

    Without ids all documents of all kinds are synced. Raises ValueError for an id that no handler is for, before
    anything is synced; with ``graceful`` it is logged and left out. Everything else is as in ``sync_solver_documents``.
    """
    options: dict[str, Any] = {"force": force, "graceful": graceful, "is_local": is_local, "on_progress": on_progress}
    documents = _by_handler(document_ids or (), graceful, is_local)
    counts: dict[str, Counts] = dict.fromkeys(HANDLERS_MAPPING, (0, 0, 0, 0))
    _check_source(document_ids, is_local)
    with _connected(graph) as connected:
        for name, handler in HANDLERS_MAPPING.items():
            if documents[name] or not document_ids:
                counts[name] = handler(documents[name] or None, graph=connected, **options)
    return counts


def _check_source(document_ids: Iterable[str] | None, is_local: bool) -> None:
    if not is_local:
        raise ThothStorageExceptionError(
            "This version reads no documents from the object store yet: "
            "sync files, with is_local=True (--local) and their paths"
        )
    if not document_ids:
        raise ValueError("Files are synced by their paths: is_local=True (--local) needs document_ids")


def _by_handler(document_ids: Iterable[str], graceful: bool, is_local: bool) -> dict[str, list[str]]:
    documents: dict[str, list[str]] = {name: [] for name in HANDLERS_MAPPING}
    for document_id in document_ids:
        name = _handler_name(document_id, is_local)
        if name in documents:
            documents[name].append(document_id)
            continue
        message = f"No handler for the document {document_id!r}: ids begin with one of {', '.join(HANDLERS_MAPPING)}"
        if not graceful:
            raise ValueError(message)
        _LOGGER.error("%s", message)
    return documents


def _handler_name(document_id: str, is_local: bool) -> str:
    """Answer what a document's id begins with; a file may have any name, so then its content tells."""
    name = _beginning(_file_id(document_id))
    if name in HANDLERS_MAPPING or not is_local:
        return name
    try:
        return _beginning(_document_id(_read_file(document_id)))
    except DocumentError:
        return name


def _beginning(document_id: str) -> str:
    return document_id.partition("-")[0]


def _sync(
    kind: _Kind[Rows],
    document_ids: Iterable[str] | None,
    force: bool,
    graceful: bool,
    graph: GraphDatabase | None,
    is_local: bool,
    on_progress: OnProgress | None,
) -> Counts:
    _check_source(document_ids, is_local)
    listing = list(document_ids or ())
    if RANDOMIZE_LISTING.get():
        random.shuffle(listing)
    with _connected(graph) as connected:
        sync = _Sync(kind, connected, force, graceful, on_progress or (lambda progress: None))
        for path in listing:
            sync.add(path)
        sync.flush()
    return sync.counts


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


class _Pending(NamedTuple, Generic[Rows]):
    path: str
    document_id: str
    rows: Rows


class _Sync(Generic[Rows]):
    """One run over documents of a kind: rows are collected, and written a batch at a time."""

    def __init__(
        self, kind: _Kind[Rows], graph: GraphDatabase, force: bool, graceful: bool, on_progress: OnProgress
    ) -> None:
        self._kind = kind
        self._graph = graph
        self._force = force
        self._graceful = graceful
        self._on_progress = on_progress
        self._batch: list[_Pending[Rows]] = []
        self._outcomes = dict.fromkeys(Outcome, 0)

    @property
    def counts(self) -> Counts:
        """How many documents were processed, synced, skipped, failed."""
        done = self._outcomes
        return sum(done.values()), done[Outcome.SYNCED], done[Outcome.SKIPPED], done[Outcome.FAILED]

    def add(self, path: str) -> None:
        """Read a file's rows into the batch, unless its document is known; write the batch when it is full."""
        if self._is_known(_file_id(path)):
            self._report(Progress(path, Outcome.SKIPPED))
            return
        try:
            document = _read_file(path)
            pending = _Pending(path, _document_id(document), self._kind.rows(document))
        except Exception as error:  # noqa: BLE001 - whatever a document sets off is its failure
            self.flush()
            self._fail(path, error)
            return
        # A file may be named otherwise than its document.
        if pending.document_id != _file_id(path) and self._is_known(pending.document_id):
            self._report(Progress(path, Outcome.SKIPPED))
            return
        self._batch.append(pending)
        if len(self._batch) >= _MOST_DOCUMENTS or sum(self._kind.size(each.rows) for each in self._batch) > _MOST_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the batch in one transaction, or its documents one by one when that fails: only the bad ones do."""
        batch, self._batch = self._batch, []
        if len(batch) > 1:
            try:
                self._write(batch)
            except Exception as error:  # noqa: BLE001
                _raise_if_fatal(error)
                _LOGGER.info("A batch of %d documents is written one by one, as it failed: %s", len(batch), error)
            else:
                batch = self._succeed(batch)
        for pending in batch:
            try:
                self._write([pending])
            except Exception as error:  # noqa: BLE001
                self._fail(pending.path, error)
            else:
                self._succeed([pending])

    def _is_known(self, document_id: str) -> bool:
        if self._force:
            return False
        if any(pending.document_id == document_id for pending in self._batch):
            self.flush()
        return self._kind.exists(self._graph, document_id)

    def _write(self, batch: Sequence[_Pending[Rows]]) -> None:
        rows = [pending.rows for pending in batch]
        self._graph.write(lambda connection: self._kind.write(connection, rows))

    def _succeed(self, batch: Sequence[_Pending[Rows]]) -> list[_Pending[Rows]]:
        for pending in batch:
            self._report(Progress(pending.path, Outcome.SYNCED))
        return []

    def _fail(self, path: str, error: Exception) -> None:
        _raise_if_fatal(error)
        self._report(Progress(path, Outcome.FAILED, error))
        if not self._graceful:
            error.add_note(f"while {path} was synced")
            raise error
        unforeseen = None if isinstance(error, ThothStorageExceptionError) else error
        _LOGGER.error("%s isn't synced: %s", path, error, exc_info=unforeseen)

    def _report(self, progress: Progress) -> None:
        self._outcomes[progress.outcome] += 1
        self._on_progress(progress)


def _raise_if_fatal(error: Exception) -> None:
    """Raise what isn't the document's fault, and would befall all others as well."""
    if isinstance(error, DatabaseError | NotConnectedError) or (isinstance(error, psycopg.Error) and is_lost(error)):
        raise error


def _file_id(path: str) -> str:
    return Path(path).name.removesuffix(".json")


def _read_file(path: str) -> Any:
    """Read a file of JSON, whose name may be given without ``.json``; raises DocumentError, which names the path."""
    try:
        return json.loads(_existing(path).read_bytes())
    except OSError as error:
        raise DocumentError(f"{path}: the file can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path}: the file holds no JSON: {error}") from error


def _existing(path: str) -> Path:
    with_suffix = Path(f"{path}.json")
    return with_suffix if not Path(path).exists() and with_suffix.exists() else Path(path)


def _document_id(document: Any) -> str:
    metadata = document.get("metadata") if isinstance(document, dict) else None
    document_id = metadata.get("document_id") if isinstance(metadata, dict) else None
    return document_id if isinstance(document_id, str) else ""
