"""Documents in the object store, by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..documents.inspection_files import inspection_documents
from ..objectstore import (
    AdvisersResultsStore,
    AnalysisResultsStore,
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


class StoredResults:
    """Results in a store of their kind."""

    def __init__(self, kind: type[ResultStorageBase]) -> None:
        """Connect to the store; raises SettingMissingError for what the environment lacks."""
        self._store = kind()
        self._store.connect()

    def listing(self) -> Iterable[str]:
        """Answer the ids of all documents, page by page."""
        return self._store.get_document_listing()

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

    def expand(self, name: str) -> Iterable[Listed]:
        """Answer the document with the id."""
        return [Listed(name, name)]

    def read(self, listed: Listed) -> Any:
        """Retrieve a document; raises NotFoundError."""
        store = SIAggregatedStore(listed.document_id)
        store.connect()
        return store.retrieve_document()


def stored(kind_name: str) -> Source:
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


def _inspection(inspection_id: str) -> InspectionStore:
    store = InspectionStore(inspection_id)
    store.connect()
    return store
