"""Results of analysers and their like: documents of a form, named after the moment when they were made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from ..ahead import AHEAD
from ..exceptions import NoDocumentIdError, SchemaError
from .ceph import CephStore
from .deployed import StoreOnCeph, deployed_name, deployed_prefix
from .documents import Document
from .schema import RESULT_SCHEMA
from .window import Window

_REQUEST = ".request"


class ResultStorageBase(StoreOnCeph):
    """The documents of one kind, in ``<bucket prefix>/<deployment>/<RESULT_TYPE>/``; derive from it for a kind.

    What isn't given comes from the environment. Beside a document ``<id>`` there may be ``<id>.request``, which says
    what was asked for. Methods raise what those of ``CephStore`` do.

    >>> store = AdvisersResultsStore()
    >>> store.connect()
    >>> store.store_document(document)
    'adviser-220131050913-b7c4ef0fc532ac45'
    """

    RESULT_TYPE: ClassVar[str] = ""
    """The kind, as the keys have it."""
    SCHEMA: ClassVar[Callable[[Any], object] | None] = RESULT_SCHEMA
    """Called with each document before it is stored, it raises something to refuse it; None takes all."""
    ID_STEM: ClassVar[str | None] = None
    """What the ids of this kind begin with, before the moment; None where that isn't known."""

    def __init__(
        self,
        deployment_name: str | None = None,
        *,
        host: str | None = None,
        key_id: str | None = None,
        secret_key: str | None = None,
        bucket: str | None = None,
        region: str | None = None,
        prefix: str | None = None,
    ) -> None:
        """Raise SettingMissingError for what is neither given nor in the environment."""
        assert self.RESULT_TYPE, f"{type(self).__name__} doesn't say which kind of documents it is for: RESULT_TYPE"
        self.deployment_name = deployed_name(deployment_name)
        self.prefix = deployed_prefix(self.RESULT_TYPE, bucket_prefix=prefix, deployment_name=deployment_name)
        self.ceph = CephStore(
            self.prefix, host=host, key_id=key_id, secret_key=secret_key, bucket=bucket, region=region
        )

    @classmethod
    def get_document_id(cls, document: Mapping[str, Any]) -> str:
        """Answer the id in a document's metadata; raises NoDocumentIdError."""
        metadata = document.get("metadata")
        document_id = metadata.get("document_id") if isinstance(metadata, Mapping) else None
        if not document_id or not isinstance(document_id, str):
            raise NoDocumentIdError(f"metadata.document_id: an id is needed, not {document_id!r}")
        return document_id

    def get_document_listing(
        self,
        *,
        start_date: dt.date | None = None,
        end_date: dt.date | None = None,
        include_end_date: bool = False,
        only_requests: bool = False,
    ) -> Iterator[str]:
        """Iterate over the ids of the documents, or of the requests, page by page and in order.

        ``start_date`` keeps those that were made on that day or later, and before ``end_date``, or until today. Raises
        ValueError when no day is between the two.
        """
        window = Window.of(start_date, end_date, include_end_date=include_end_date)
        listing = window.listing(self.ceph, self.ID_STEM) if window else self.ceph.get_document_listing()
        return chosen(listing, only_requests=only_requests)

    def get_document_count(self, *args: Any, **kwargs: Any) -> int:
        """Count what ``get_document_listing`` with the same arguments lists."""
        return sum(1 for _ in self.get_document_listing(*args, **kwargs))

    def store_document(self, document: Mapping[str, Any], document_id: str | None = None) -> str:
        """Store a document under the id that it or the caller says, and answer that.

        Raises SchemaError, which names the field, when it hasn't the form of its kind, and NoDocumentIdError.
        """
        self.check_document(document)
        document_id = document_id or self.get_document_id(document)
        self.ceph.store_document(document, document_id)
        return document_id

    def store_request(self, document_id: str, request: Mapping[str, Any]) -> str:
        """Store what was asked for, and answer the id of that."""
        request_id = f"{document_id}{_REQUEST}"
        self.ceph.store_document(request, request_id)
        return request_id

    def retrieve_request(self, document_id: str) -> Document:
        """Answer what was asked for, by the id of the document; raises NotFoundError."""
        return self.ceph.retrieve_document(f"{document_id}{_REQUEST}")

    def request_exists(self, document_id: str) -> bool:
        """Whether there is what was asked for, by the id of the document."""
        return self.ceph.document_exists(f"{document_id}{_REQUEST}")

    def store_file(self, file_path: str | Path, file_id: str) -> str:
        """Store a file as it is, and answer its id."""
        self.ceph.store_file(file_path, file_id)
        return file_id

    def retrieve_document(self, document_id: str) -> Document:
        """Answer a document; raises NotFoundError, and DocumentError when it is no JSON."""
        return self.ceph.retrieve_document(document_id)

    def retrieve_documents(self, document_ids: Iterable[str], jobs: int = AHEAD) -> Iterator[tuple[str, Document]]:
        """Iterate over documents with their ids, in the order of these, ``jobs`` of which are fetched at a time."""
        return self.ceph.retrieve_documents(document_ids, jobs)

    def iterate_results(
        self, *, start_date: dt.date | None = None, end_date: dt.date | None = None, include_end_date: bool = False
    ) -> Iterator[tuple[str, Document]]:
        """Iterate over the documents that ``get_document_listing`` lists, with their ids, fetching ahead."""
        listing = self.get_document_listing(start_date=start_date, end_date=end_date, include_end_date=include_end_date)
        return self.retrieve_documents(listing)

    def document_exists(self, document_id: str) -> bool:
        """Whether there is a document; an outage isn't taken for no."""
        return self.ceph.document_exists(document_id)

    def delete(self, document_id: str) -> None:
        """Delete a document; one that isn't there is no error. What was asked for stays."""
        self.ceph.delete(document_id)

    def purge_store(self, moment: dt.datetime) -> CephStore:
        """Make the store to which documents are copied before they are deleted, connected when this one is.

        It lies in ``<bucket prefix>/<deployment>/<kind>-purge-<moment>/``.
        """
        return self._sibling(f"{self.ID_STEM or self.RESULT_TYPE}-purge-{moment:%y%m%d%H%M%S}")

    def _sibling(self, name: str) -> CephStore:
        """Make a store of the same deployment, connected when this one is."""
        ceph = self.ceph
        store = CephStore(
            f"{self.prefix.rpartition('/')[0]}/{name}",
            host=ceph.host,
            key_id=ceph.key_id,
            secret_key=ceph.secret_key,
            bucket=ceph.bucket,
            region=ceph.region,
        )
        if self.is_connected():
            store.connect()
        return store

    def check_document(self, document: Mapping[str, Any]) -> None:
        """Raise SchemaError, which names the field, for what hasn't the form of this kind."""
        schema = type(self).SCHEMA
        if schema is None:
            return
        try:
            schema(document)
        except SchemaError:
            raise
        except Exception as error:
            # A service may bring any checker of its own.
            raise SchemaError(f"The document hasn't the form of {self.RESULT_TYPE!r}: {error}") from error


def chosen(listing: Iterator[str], *, only_requests: bool) -> Iterator[str]:
    """Keep the ids of documents, or of what was asked for."""
    return (each for each in listing if each.endswith(_REQUEST) == only_requests)


class AdvisersResultsStore(ResultStorageBase):
    """What advisers recommend.

    >>> store = AdvisersResultsStore()
    >>> store.connect()
    >>> store.get_document_count(start_date=date(2022, 1, 31), end_date=date(2022, 2, 1))
    12
    """

    RESULT_TYPE = "adviser"
    ID_STEM = "adviser"


class AnalysisResultsStore(ResultStorageBase):
    """What is in container images.

    >>> store = AnalysisResultsStore()
    >>> store.connect()
    >>> store.retrieve_document("package-extract-220106085041-a6e38c8593af545e")["result"]["layers"]
    ['sha256:0d4b…', 'sha256:77c5…']
    """

    RESULT_TYPE = "analysis"
    ID_STEM = "package-extract"


class AnalysisByDigest(ResultStorageBase):
    """Which analysis is about the container image of a digest; the ids are digests.

    >>> store = AnalysisByDigest()
    >>> store.connect()
    >>> store.retrieve_document("sha256:1b2c…")
    {'analysis_id': 'package-extract-220106085041-a6e38c8593af545e'}
    """

    RESULT_TYPE = "analysis-by-digest"
    SCHEMA = None


class BuildLogsParsedResultsStore(ResultStorageBase):
    """What is in the logs of builds.

    >>> store = BuildLogsParsedResultsStore()
    >>> store.connect()
    >>> for document_id, document in store.iterate_results():
    ...     print(document_id, document["result"])
    """

    RESULT_TYPE = "buildlogs-parsed"


class DependencyMonkeyReportsStore(ResultStorageBase):
    """Which inspections Dependency Monkey had run.

    >>> store = DependencyMonkeyReportsStore()
    >>> store.connect()
    >>> next(store.iterate_inspection_ids())
    'inspection-rhtf-conv2d-0f845f38'
    """

    RESULT_TYPE = "dependency-monkey-reports"
    ID_STEM = "dependency-monkey"

    def iterate_inspection_ids(self) -> Iterator[str]:
        """Iterate over the ids of all inspections that were run."""
        for _, report in self.iterate_results():
            yield from report["result"]["output"]


class DependencyMonkeyRequestsStore(ResultStorageBase):
    """What Dependency Monkey was asked for.

    >>> store = DependencyMonkeyRequestsStore()
    >>> store.connect()
    >>> list(store.get_document_listing(start_date=date(2022, 1, 31)))
    ['dependency-monkey-220131050913-77e2cd2e3b0a4f8e']
    """

    RESULT_TYPE = "dependency-monkey-requests"
    ID_STEM = "dependency-monkey"


class ObservationResultsStore(ResultStorageBase):
    """Reports of what was observed.

    >>> store = ObservationResultsStore()
    >>> store.connect()
    >>> store.document_exists("observation-220131050913-3f8e77e2cd2e3b0a")
    True
    """

    RESULT_TYPE = "observations"


class ProvenanceResultsStore(ResultStorageBase):
    """Where the packages of software stacks come from.

    >>> store = ProvenanceResultsStore()
    >>> store.connect()
    >>> store.retrieve_request("provenance-checker-220131050913-9f1a62b0c1d4e5f7")["requirements"]
    '[packages]\\nflask = "*"'
    """

    RESULT_TYPE = "provenance-checker"
    ID_STEM = "provenance-checker"


class RevSolverResultsStore(ResultStorageBase):
    """Which packages depend on a version of a package.

    >>> store = RevSolverResultsStore()
    >>> store.connect()
    >>> list(store.get_document_listing())
    ['revsolver-220106144326-f2e0a1d47c3b5968']
    """

    RESULT_TYPE = "revsolver"
    ID_STEM = "revsolver"
