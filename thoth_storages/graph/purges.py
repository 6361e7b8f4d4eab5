"""Purging: documents move out of the way in the object store, and what they brought into the graph is deleted.

For each page of documents, in this order: every document is copied to the place of the purge, then deleted where it
was, then its rows are deleted. The rows come last, as they are what the next purge goes by: one that ends in between
leaves rows whose documents are gone, and a second one takes these for moved already and deletes the rows. The other way
round it would leave documents that no row names, which the next sync would bring back.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..ahead import read_ahead
from ..exceptions import NotFoundError
from .batches import ADVISER_RUNS, IMAGE_ANALYSES, SOLVER_RUNS, BatchedDeletion, Runs
from .deletions import filters_of

if TYPE_CHECKING:
    from ..objectstore import CephStore, ResultStorageBase

_LOGGER = logging.getLogger(__name__)


class Purged(NamedTuple):
    """How far a purge is."""

    documents: int
    runs: int
    place: str
    """What the keys of the copies begin with."""


OnPurged = Callable[[Purged], object]


class DocumentPurges(BatchedDeletion):
    """The part of ``GraphDatabase`` that purges documents, all that filters choose, or all there are without any.

    The copies lie in ``<bucket prefix>/<deployment>/<kind>-purge-<moment>/``. A purge that is interrupted is finished
    by doing it again. With ``dry_run`` nothing changes, and the answer is how many documents it would be.
    ``on_progress`` is called after each batch.
    """

    def purge_solver_documents(
        self,
        *,
        os_name: str | None = None,
        os_version: str | None = None,
        python_version: str | None = None,
        dry_run: bool = False,
        on_progress: OnPurged | None = None,
    ) -> int:
        """Purge documents of solvers, those for a software environment; answers how many runs were deleted.

        A run is of one package version, so a document has as many as there are packages in it.

        >>> graph.purge_solver_documents(os_name="fedora", os_version="31", dry_run=True)
        """
        filters = {"os_name": os_name, "os_version": os_version, "python_version": python_version}
        return self._purge("SolverResultsStore", SOLVER_RUNS, filters, dry_run, on_progress)

    def purge_adviser_documents(
        self,
        *,
        end_datetime: dt.datetime | None = None,
        adviser_version: str | None = None,
        dry_run: bool = False,
        on_progress: OnPurged | None = None,
    ) -> int:
        """Purge the adviser's documents, those before a moment and of a version; answers how many runs were deleted.

        >>> graph.purge_adviser_documents(adviser_version="0.21.1", dry_run=True)
        """
        filters = filters_of(end_datetime, adviser_version=adviser_version)
        return self._purge("AdvisersResultsStore", ADVISER_RUNS, filters, dry_run, on_progress)

    def purge_package_extract_documents(
        self,
        *,
        end_datetime: dt.datetime | None = None,
        package_extract_version: str | None = None,
        dry_run: bool = False,
        on_progress: OnPurged | None = None,
    ) -> int:
        """Purge image analyses, those before a moment and of a version; answers how many runs were deleted.

        >>> graph.purge_package_extract_documents(package_extract_version="1.1.0", dry_run=True)
        """
        filters = filters_of(end_datetime, package_extract_version=package_extract_version)
        return self._purge("AnalysisResultsStore", IMAGE_ANALYSES, filters, dry_run, on_progress)

    def _purge(
        self, store_name: str, runs: Runs, filters: dict[str, Any], dry_run: bool, on_progress: OnPurged | None
    ) -> int:
        if dry_run:
            return sum(len(document_ids) for document_ids in self._document_ids(runs, filters))
        # The client of the object store takes long to import, and nothing else in the graph needs it.
        from .. import objectstore

        store: ResultStorageBase = getattr(objectstore, store_name)()
        store.connect()
        purged = store.purge_store(dt.datetime.now(dt.UTC))
        documents = deleted = 0
        try:
            for document_ids in self._document_ids(runs, filters):
                _move(store.ceph, purged, document_ids)
                deleted += self._delete_runs_of(document_ids, runs)
                documents += len(document_ids)
                if on_progress is not None:
                    on_progress(Purged(documents, deleted, purged.prefix))
        finally:
            _LOGGER.info("Purged %d %s; their documents are in %s", deleted, runs.name, purged.prefix)
        return deleted


def _move(store: CephStore, purged: CephStore, document_ids: Iterable[str]) -> None:
    def move(document_id: str) -> None:
        try:
            store.copy(document_id, purged, document_id)
        except NotFoundError:
            _LOGGER.warning("%s isn't in %s: it was purged before, or never stored", document_id, store.prefix)
            return
        store.delete(document_id)

    for _, moved in read_ahead(document_ids, move):
        moved.result()
