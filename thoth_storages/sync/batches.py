"""Syncing documents of a kind a batch at a time: small ones share a transaction, and a bad one fails alone."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg

from ..ahead import AHEAD, read_ahead
from ..database import is_lost
from ..exceptions import DatabaseError, NotConnectedError, ObjectStoreError, ThothStorageExceptionError
from ..graph import GraphDatabase
from .kinds import Synced, document_id_of, result_number_of
from .outcome import OnProgress, Outcome, Progress
from .source import Listed, Source

_LOGGER = logging.getLogger(__name__)

# A transaction takes 30 statements whether it writes one document or many, so many small ones are written four times as
# fast together. Large ones gain nothing, and would hold their locks for long.
MOST_DOCUMENTS = 32
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Options:
    """How documents are synced."""

    force: bool = False
    """Sync documents again that were synced before."""
    graceful: bool = False
    """Go on with the others when a document can't be synced."""


class _Found(NamedTuple):
    listed: Listed
    error: ThothStorageExceptionError | None = None
    """Why it isn't told what the name stands for."""


class _Pending(NamedTuple):
    listed: Listed
    """With the id and the number that the document tells."""
    rows: Any


class Batches:
    """One run over documents of a kind: rows are collected, and written a batch at a time."""

    def __init__(self, synced: Synced, graph: GraphDatabase, options: Options, on_progress: OnProgress) -> None:
        self._synced = synced
        self._graph = graph
        self._options = options
        self._on_progress = on_progress
        self._batch: list[_Pending] = []
        # What was taken in since the next documents, which are read ahead, were looked for: it may be them.
        self._lately: deque[tuple[str, int | None]] = deque(maxlen=MOST_DOCUMENTS + AHEAD + 1)

    def sync(self, names: Iterable[str], source: Source, should_stop: Callable[[], bool]) -> None:
        """Sync what the names stand for; ends after the batch at hand once it should stop.

        A document that can't be synced ends it with its error, what was before it having been synced; when it is to be
        graceful, it is logged and reported. A database that can't be used ends it in any case.
        """

        def read(found: _Found) -> Any:
            if found.error is not None:
                raise found.error
            return source.read(found.listed)

        for (listed, _), reading in read_ahead(self._unknown(names, source), read):
            try:
                document = reading.result()
                told = listed._replace(document_id=document_id_of(document), result_number=result_number_of(document))
                pending = _Pending(told, self._synced.kind.rows(document))
            except Exception as error:  # noqa: BLE001 - whatever a document sets off is its failure
                self._write_batch()
                self._fail(listed.name, listed.label, error)
            else:
                self._add(pending, listed)
            if not self._batch and should_stop():
                return
        self._write_batch()

    def _unknown(self, names: Iterable[str], source: Source) -> Iterator[_Found]:
        """Answer the documents that are to be read; those that were synced before are reported."""
        for name in names:
            try:
                expanded = source.expand(name)
            except ThothStorageExceptionError as error:
                # It fails at its turn: what came before it is to be written first.
                yield _Found(Listed(name, name), error)
                continue
            for listed in expanded:
                if self._is_known(listed):
                    self._report(listed.name, Outcome.SKIPPED)
                else:
                    yield _Found(listed)

    def _add(self, pending: _Pending, listed: Listed) -> None:
        told = pending.listed
        # A file may be named otherwise than its document, and the same document may be listed twice.
        if (told != listed or told.identity in self._lately) and self._became_known(told):
            self._report(told.name, Outcome.SKIPPED)
            return
        self._lately.append(told.identity)
        self._batch.append(pending)
        if len(self._batch) >= MOST_DOCUMENTS or sum(each.rows.size for each in self._batch) > MOST_ROWS:
            self._write_batch()

    def _became_known(self, told: Listed) -> bool:
        if not self._options.force and any(told.identity == each.listed.identity for each in self._batch):
            self._write_batch()
        return self._is_known(told)

    def _is_known(self, listed: Listed) -> bool:
        return not self._options.force and self._synced.exists(self._graph, listed)

    def _write_batch(self) -> None:
        """Write the batch in one transaction, or its documents one by one when that fails: only the bad ones do."""
        batch, self._batch = self._batch, []
        if len(batch) > 1:
            try:
                self._write(batch)
            except Exception as error:  # noqa: BLE001
                raise_if_fatal(error)
                _LOGGER.info("A batch of %d documents is written one by one, as it failed: %s", len(batch), error)
            else:
                return self._succeed(batch)
        for pending in batch:
            try:
                self._write([pending])
            except Exception as error:  # noqa: BLE001
                self._fail(pending.listed.name, pending.listed.label, error)
            else:
                self._succeed([pending])
        return None

    def _write(self, batch: Sequence[_Pending]) -> None:
        rows = [pending.rows for pending in batch]
        self._graph.write(lambda connection: self._synced.kind.write(connection, rows))

    def _succeed(self, batch: Sequence[_Pending]) -> None:
        for pending in batch:
            self._report(pending.listed.name, Outcome.SYNCED)

    def _fail(self, name: str, label: str, error: Exception) -> None:
        raise_if_fatal(error)
        self._report(name, Outcome.FAILED, error)
        if not self._options.graceful:
            error.add_note(f"while {label} was synced")
            raise error
        unforeseen = None if isinstance(error, ThothStorageExceptionError) else error
        _LOGGER.error("%s isn't synced: %s", label, error, exc_info=unforeseen)

    def _report(self, name: str, outcome: Outcome, error: Exception | None = None) -> None:
        self._on_progress(Progress(name, outcome, error, self._synced.name))


_FATAL = (DatabaseError, NotConnectedError, ObjectStoreError)


def raise_if_fatal(error: Exception) -> None:
    """Raise what isn't the document's fault, and would befall all others as well."""
    if isinstance(error, _FATAL) or (isinstance(error, psycopg.Error) and is_lost(error)):
        raise error
