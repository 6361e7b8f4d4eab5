"""The documents of each kind, as the commands see them; importing this imports the client of the object store."""

from __future__ import annotations

import abc
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .. import objectstore
from ..ahead import read_ahead
from ..exceptions import NotFoundError, SchemaError
from ..objectstore import BuildLogsStore, CephStore, InspectionStore, ResultStorageBase, SecurityIndicatorsResultsStore
from ..objectstore.client import shown_endpoint
from ..objectstore.keys import check_key
from ..objectstore.window import Window
from ..sync.source import Listed
from ..sync.stored import StoredSource, stored
from .connecting import readable_settings
from .document_kinds import SYNCED_KINDS, sync_name

_RESULTS: dict[str, type[ResultStorageBase]] = {
    "adviser": objectstore.AdvisersResultsStore,
    "adviser-cache": objectstore.AdvisersCacheStore,
    "analysis-by-digest": objectstore.AnalysisByDigest,
    "analysis-cache": objectstore.AnalysesCacheStore,
    "buildlogs-analysis-cache": objectstore.BuildLogsAnalysesCacheStore,
    "buildlogs-parsed": objectstore.BuildLogsParsedResultsStore,
    "dependency-monkey": objectstore.DependencyMonkeyReportsStore,
    "dependency-monkey-requests": objectstore.DependencyMonkeyRequestsStore,
    "observations": objectstore.ObservationResultsStore,
    "package-extract": objectstore.AnalysisResultsStore,
    "provenance-cache": objectstore.ProvenanceCacheStore,
    "provenance-checker": objectstore.ProvenanceResultsStore,
    "revsolver": objectstore.RevSolverResultsStore,
    "solver": objectstore.SolverResultsStore,
}


class DocumentStore(abc.ABC):
    """The documents of a kind, where the environment says."""

    def __init__(self, files: CephStore) -> None:
        """Take the store that holds them."""
        self._files = files

    @property
    def place(self) -> str:
        """Where the documents are, for a sentence."""
        return f"{self._files.bucket}/{self._files.prefix} at {shown_endpoint(self._files.host)}"

    @abc.abstractmethod
    def ids(self, window: Window | None) -> Iterator[str]:
        """Iterate over the ids of all documents, or of those that were made on some days."""

    def documents(self, document_ids: Iterable[str]) -> Iterator[Any]:
        """Iterate over documents in the order of their ids, fetching ahead; raises NotFoundError."""
        return (document for _, document in self._files.retrieve_documents(document_ids))

    def remove(self, document_id: str) -> bool:
        """Remove a document; answers whether there was one."""
        is_there = self._files.document_exists(document_id)
        if is_there:
            self._files.delete(document_id)
        return is_there


class WritableStore(DocumentStore):
    """Documents that this library writes, too."""

    @abc.abstractmethod
    def check(self, document: Mapping[str, Any]) -> str:
        """Answer the id of a document that can be stored; raises SchemaError, or ObjectKeyError for its id."""

    @abc.abstractmethod
    def store(self, document: Mapping[str, Any]) -> str:
        """Store a document, in the place of one that is there; answers its id."""


class Results(WritableStore):
    """What analysers say, and caches."""

    def __init__(self, kind: str) -> None:
        """Connect to the store of a kind."""
        self._kind = kind
        self._store = _RESULTS[kind]()
        self._store.connect()
        super().__init__(self._store.ceph)

    def ids(self, window: Window | None) -> Iterator[str]:
        """Iterate over them in order."""
        if window is None:
            return self._store.get_document_listing()
        return self._store.get_document_listing(start_date=window.first, end_date=window.end)

    def check(self, document: Mapping[str, Any]) -> str:
        """Answer the id that stands in its metadata, and says of which kind it is."""
        self._store.check_document(document)
        document_id = self._store.get_document_id(document)
        if self._kind in SYNCED_KINDS and not document_id.startswith(f"{self._kind}-"):
            raise SchemaError(
                f"metadata.document_id: an id that begins with '{self._kind}-' is needed, not {document_id!r}"
            )
        check_key(f"{self._files.prefix}{document_id}")
        return document_id

    def store(self, document: Mapping[str, Any]) -> str:
        """Store it under the id in its metadata."""
        return self._store.store_document(document)


class BuildLogs(WritableStore):
    """Logs of builds, whose ids are hashes of them."""

    def __init__(self) -> None:
        """Connect to the store."""
        self._store = BuildLogsStore()
        self._store.connect()
        super().__init__(self._store.ceph)

    def ids(self, window: Window | None) -> Iterator[str]:
        """Iterate over them in order."""
        return self._store.get_document_listing()

    def check(self, document: Mapping[str, Any]) -> str:
        """Answer the id: any document is a log."""
        return self._store.get_document_id(document)

    def store(self, document: Mapping[str, Any]) -> str:
        """Store it under a hash of it."""
        return self._store.store_document(document)


class Folders(DocumentStore):
    """Documents that are several files in a folder each, which others write."""

    def __init__(self, files: CephStore, source: StoredSource) -> None:
        """Take the store that holds the folders, and how they are read."""
        super().__init__(files)
        self._source = source

    def ids(self, window: Window | None) -> Iterator[str]:
        """Iterate over the names of the folders, as the server lists them."""
        folders = self._files.get_folder_listing()
        return filter(window.holds, folders) if window else folders

    def documents(self, document_ids: Iterable[str]) -> Iterator[Any]:
        """Iterate over what is read from the folders: of an inspection, each of its results."""
        listed = (each for document_id in document_ids for each in self._expand(document_id))
        for _, reading in read_ahead(listed, self._source.read):
            yield reading.result()

    def remove(self, document_id: str) -> bool:
        """Remove a folder with all files in it."""
        check_key(f"{self._files.prefix}{document_id}")
        if "/" in document_id:
            return False
        files = list(self._files.get_document_listing(f"{document_id}/"))
        for _, deleting in read_ahead(files, self._files.delete):
            deleting.result()
        return bool(files)

    def _expand(self, document_id: str) -> list[Listed]:
        if listed := list(self._source.expand(document_id)):
            return listed
        raise NotFoundError(f"No results of {document_id!r} in {self.place}")


def open_store(kind: str) -> DocumentStore:
    """Connect to the documents of a kind; raises SettingMissingError."""
    with readable_settings():
        if kind == "buildlogs":
            return BuildLogs()
        if kind == "inspection":
            return Folders(InspectionStore.folder(), stored(sync_name(kind)))
        if kind == "security-indicators":
            return Folders(SecurityIndicatorsResultsStore.folder(), stored(sync_name(kind)))
        return Results(kind)
