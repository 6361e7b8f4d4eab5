"""Comparing the documents in the object store with those that the graph says were synced."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..graph import GraphDatabase
from .outcome import OnProgress
from .run import sync_kind
from .source import Listed

if TYPE_CHECKING:
    from .kinds import Synced


class Comparison:
    """How the documents of a kind in the object store differ from those in the graph; close it when it isn't needed.

    Attributes:
        stored: how many documents are in the object store.
        in_graph: how many are in the graph.
        never_synced: those that are in the object store only.
        document_gone: those that are in the graph only.
    """

    def __init__(self) -> None:
        """Make one in which nothing was compared yet."""
        self._stack = ExitStack()
        self.stored = 0
        self.in_graph = 0
        self.never_synced = self._stack.enter_context(SetAside())
        self.document_gone = self._stack.enter_context(SetAside())

    def __enter__(self) -> Comparison:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget all documents."""
        self._stack.close()

    def add(self, listed: Listed, *, is_stored: bool, is_in_graph: bool) -> None:
        """Take in a document, and where it is."""
        self.stored += is_stored
        self.in_graph += is_in_graph
        if not is_in_graph:
            self.never_synced.add(listed)
        elif not is_stored:
            self.document_gone.add(listed)


class SetAside:
    """Documents that are set aside in a temporary file: a graph that is new lacks all of the millions there are."""

    def __init__(self) -> None:
        """Make one without any."""
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - lives as long as this does
        self.number = 0
        """How many there are."""

    def __enter__(self) -> SetAside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, listed: Listed) -> None:
        """Set a document aside."""
        self._file.write(json.dumps(listed) + "\n")
        self.number += 1

    def __iter__(self) -> Iterator[Listed]:
        """Answer the documents again; only one iteration at a time."""
        self._file.seek(0)
        return (Listed(*json.loads(line)) for line in self._file)


def compare_documents(synced: Synced, graph: GraphDatabase) -> Comparison:
    """Compare the ids of all documents of a kind, in one pass over both; no document is read.

    Raises ValueError for a kind of which the graph keeps no ids, SettingMissingError, ObjectStoreError and
    DatabaseError.
    """
    # The client of the object store takes long to import.
    from .stored import stored

    if synced.name not in _KNOWN:
        raise ValueError(f"The graph keeps no ids of the documents of {synced.name!r}: they can't be compared")
    documents, comparison = stored(synced.name).documents(), Comparison()
    try:
        with closing(_KNOWN[synced.name](graph)) as known:
            for listed, is_stored, is_in_graph in _merged(documents, known):
                comparison.add(listed, is_stored=is_stored, is_in_graph=is_in_graph)
    except BaseException:
        comparison.close()
        raise
    return comparison


def sync_missing(
    synced: Synced,
    comparison: Comparison,
    graph: GraphDatabase,
    *,
    jobs: int = 1,
    on_progress: OnProgress | None = None,
    should_stop: Callable[[], bool],
) -> int:
    """Sync the documents that were never synced; answers how many are in the graph then.

    What can't be synced is logged, and reported as ``sync_documents`` does.
    """
    if comparison.never_synced.number:
        names = _names(comparison.never_synced)
        options: dict[str, Any] = {"jobs": jobs, "on_progress": on_progress, "should_stop": should_stop}
        sync_kind(synced.name, names, False, True, graph, False, **options)
    return sum(synced.exists(graph, listed) for listed in comparison.never_synced)


def _names(documents: Iterable[Listed]) -> Iterator[str]:
    """Answer the names to sync, each once: an inspection's is that of all its results."""
    before = None
    for listed in documents:
        if listed.name != before:
            yield listed.name
        before = listed.name


def _merged(stored: Iterator[Listed], known: Iterator[Listed]) -> Iterator[tuple[Listed, bool, bool]]:
    """Answer each document once, and whether it is stored and known; both are in the order of their ids and numbers."""
    one, other = next(stored, None), next(known, None)
    while one is not None or other is not None:
        if other is None or (one is not None and _order(one) < _order(other)):
            assert one is not None
            yield one, True, False
            one = next(stored, None)
        elif one is None or _order(other) < _order(one):
            yield other, False, True
            other = next(known, None)
        else:
            yield one, True, True
            one, other = next(stored, None), next(known, None)


def _order(listed: Listed) -> tuple[str, int]:
    # Code points are in the same order as their bytes in UTF-8.
    return listed.document_id, listed.result_number or 0


def _by_id(
    iterate: Callable[[GraphDatabase], Iterator[str]],
) -> Callable[[GraphDatabase], Generator[Listed, None, None]]:
    return lambda graph: (Listed(document_id, document_id) for document_id in iterate(graph))


def _inspections(graph: GraphDatabase) -> Generator[Listed, None, None]:
    return (Listed(each, each, number) for each, number in graph._iterate_inspection_results())


# No table names the documents of reverse solvers.
_KNOWN: dict[str, Callable[[GraphDatabase], Generator[Listed, None, None]]] = {
    "solver": _by_id(GraphDatabase._iterate_solver_document_ids),
    "package": _by_id(GraphDatabase._iterate_analysis_document_ids),
    "dependency": _by_id(GraphDatabase._iterate_dependency_monkey_document_ids),
    "provenance": _by_id(GraphDatabase._iterate_provenance_checker_document_ids),
    "inspection": _inspections,
    "adviser": _by_id(GraphDatabase._iterate_adviser_document_ids),
    "security": _by_id(GraphDatabase._iterate_security_indicators_document_ids),
}
COMPARABLE = tuple(_KNOWN)
"""The kinds whose documents the graph knows by their ids."""
