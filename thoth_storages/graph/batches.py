"""Deleting runs of analysers in batches: each is a transaction of its own, and takes whole documents.

So locks are short, little is written at once, autovacuum keeps up, and a deletion that is killed leaves only documents
that are whole: doing it again finishes it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import psycopg

from ..sql.named import queries
from .connected import ConnectedAdapter

_LOGGER = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]


class Runs(NamedTuple):
    """How the runs of one analyser are deleted."""

    name: str
    documents: Callable[..., list[str]]
    """The query that answers a page of the ids of their documents, in order; it takes the filters that choose runs."""
    delete: Callable[..., int]
    """The query that deletes the runs of documents; it takes the same filters, and answers how many there were."""
    documents_at_once: int
    locks_documents: bool
    """Whether those who write a document lock it; else a unique key keeps them apart."""


# Nothing hangs on a run, and few runs belong to a document: a batch takes 5 ms.
SOLVER_RUNS = Runs(
    "runs of solvers", queries._get_solver_documents_to_delete, queries._delete_solver_runs, 1000, locks_documents=False
)
# A lock takes a place in a table of the server's that holds 6,400 by default, and others need some, too.
ADVISER_RUNS = Runs(
    "runs of the adviser",
    queries._get_adviser_documents_to_delete,
    queries._delete_adviser_runs,
    100,
    locks_documents=True,
)
# On an analysis hang the packages, files and symbols of an image, which are thousands.
IMAGE_ANALYSES = Runs(
    "image analyses",
    queries._get_package_extract_documents_to_delete,
    queries._delete_package_extract_runs,
    10,
    locks_documents=True,
)


class BatchedDeletion(ConnectedAdapter):
    """The part of ``GraphDatabase`` that deletes runs, whatever they are chosen by."""

    def _delete_runs(self, runs: Runs, **filters: Any) -> int:
        """Delete the runs that filters choose; answers how many there were.

        Raises ValueError when each filter is None, as that would choose all runs.
        """
        if all(value is None for value in filters.values()):
            raise ValueError(f"{' or '.join(filters)} is needed: without it all {runs.name} would be deleted")
        deleted = 0
        try:
            for document_ids in self._document_ids(runs, filters):
                deleted += self._delete_runs_of(document_ids, runs, **filters)
        finally:
            _LOGGER.info("Deleted %d %s", deleted, runs.name)
        return deleted

    def _delete_runs_of(self, document_ids: list[str], runs: Runs, **filters: Any) -> int:
        """Delete the runs that documents tell of, in one transaction; answers how many there were."""

        def delete(connection: Connection) -> int:
            if runs.locks_documents:
                queries.sync.lock_documents(connection, document_ids)
            return runs.delete(connection, document_ids, **filters)

        return self.write(delete)

    def _document_ids(self, runs: Runs, filters: dict[str, Any]) -> Iterator[list[str]]:
        after = None
        while page := self._documents_after(after, runs, filters):
            yield page
            after = page[-1]

    def _documents_after(self, document_id: str | None, runs: Runs, filters: dict[str, Any]) -> list[str]:
        def ask(connection: Connection) -> list[str]:
            return runs.documents(connection, **filters, after_document_id=document_id, count=runs.documents_at_once)

        return self._run(self.database.read, ask)
