"""Documents in the object store, by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from ..documents.inspection_files import inspection_documents, result_numbers
from ..exceptions import ObjectStoreError
from ..objectstore import (
    AdvisersResultsStore,
    AnalysisResultsStore,
    CephStore,
    DependencyMonkeyReportsStore,
    InspectionStore,
    ProvenanceResultsStore,
    ResultStorageBase,
    RevSolverResultsStore,
    SecurityIndicatorsResultsStore,
    SIAggregatedStore,
    SolverResultsStore,
)
from .source import Listed, Source


class StoredSource(Source, Protocol):
    """Where the documents of a kind are stored."""

    def documents(self) -> Iterator[Listed]:
        """Answer all documents in order, first by the bytes of their ids; raises ObjectStoreError."""
        ...


class StoredResults:
    """Results in a store of their kind."""

    def __init__(self, kind: type[ResultStorageBase]) -> None:
        """Connect to the store; raises SettingMissingError for what the environment lacks."""
        self._store = kind()
        self._store.connect()

    def listing(self) -> Iterable[str]:
        """Answer the ids of all documents, page by page."""
        return self._store.get_document_listing()

    def documents(self) -> Iterator[Listed]:
        """Answer all documents, page by page, as the server lists them."""
        before = ""
        for document_id in self.listing():
            if document_id <= before:
                where = f"{self._store.ceph!r}"
                raise ObjectStoreError(f"{where} lists {document_id!r} after {before!r}: S3 lists keys in order")
            before = document_id
            yield Listed(document_id, document_id)

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the document with the id."""
        return [Listed(name, name)]

    def read(self, listed: Listed) -> Any:
        """Retrieve a document; raises NotFoundError."""
        return self._store.retrieve_document(listed.document_id)


class StoredInspections:
    """Results of inspections, as Amun stores them."""

    def listing(self) -> Iterable[str]:
        """Answer the ids of all inspections."""
        return InspectionStore.iter_inspections()

    def documents(self) -> Iterator[Listed]:
        """Answer the results of all inspections; their names are held in memory."""
        files = _files_in_folders(InspectionStore.folder())
        for inspection_id in sorted(files):
            for number in result_numbers(files[inspection_id]):
                yield Listed(inspection_id, inspection_id, number)

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the results of an inspection."""
        numbers = _inspection(name).results.get_result_numbers()
        return [Listed(name, name, number) for number in numbers]

    def read(self, listed: Listed) -> Any:
        """Retrieve a result with the inspection's specification; raises NotFoundError."""
        inspection, number = _inspection(listed.document_id), listed.result_number
        assert number is not None
        results = [(number, inspection.results.retrieve_result(number))]
        return next(inspection_documents(listed.document_id, inspection.retrieve_specification(), results))


class StoredSecurityIndicators:
    """Aggregated security indicators."""

    def listing(self) -> Iterable[str]:
        """Answer the ids of all of them."""
        return SecurityIndicatorsResultsStore.iter_security_indicators()

    def documents(self) -> Iterator[Listed]:
        """Answer all that were aggregated; their names are held in memory."""
        files = _files_in_folders(SecurityIndicatorsResultsStore.folder())
        aggregated = SIAggregatedStore.security_indicator_type
        return (Listed(each, each) for each in sorted(files) if aggregated in files[each])

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the document with the id."""
        return [Listed(name, name)]

    def read(self, listed: Listed) -> Any:
        """Retrieve a document; raises NotFoundError."""
        store = SIAggregatedStore(listed.document_id)
        store.connect()
        return store.retrieve_document()


def stored(kind_name: str) -> StoredSource:
    """Answer where the documents of a kind are stored."""
    if kind_name == "inspection":
        return StoredInspections()
    if kind_name == "security":
        return StoredSecurityIndicators()
    return StoredResults(_RESULTS[kind_name])


_RESULTS: dict[str, type[ResultStorageBase]] = {
    "adviser": AdvisersResultsStore,
    "dependency": DependencyMonkeyReportsStore,
    "package": AnalysisResultsStore,
    "provenance": ProvenanceResultsStore,
    "revsolver": RevSolverResultsStore,
    "solver": SolverResultsStore,
}


def _files_in_folders(store: CephStore) -> dict[str, list[str]]:
    # One listing of all files takes fewer requests than one of each folder. What sorts first, a folder or its name with
    # more behind it, isn't the same on all servers.
    files: dict[str, list[str]] = {}
    for key in store.get_document_listing():
        folder, slash, name = key.partition("/")
        if slash:
            files.setdefault(folder, []).append(name)
    return files


def _inspection(inspection_id: str) -> InspectionStore:
    store = InspectionStore(inspection_id)
    store.connect()
    return store
