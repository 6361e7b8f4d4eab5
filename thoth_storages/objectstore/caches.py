"""Documents that are kept so that they needn't be made again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..exceptions import CacheMissError, NotFoundError
from .documents import Document
from .results import ResultStorageBase

_TIME_TO_LIVE = dt.timedelta(hours=4)


class CephCache(ResultStorageBase):
    """A cache, whose records live four hours; the ids are hashes of what a record depends on.

    Nothing removes a record that is older: who asks decides whether it will do.

    >>> cache = AnalysesCacheStore()
    >>> cache.connect()
    >>> cache.store_document_record("sha256:1b2c", {"analysis_id": "package-extract-220106085041-a6e38c8593af545e"})
    >>> cache.retrieve_document_ttl("sha256:1b2c")
    14399.7
    """

    def retrieve_document_record(self, document_id: str) -> Document:
        """Answer a record of any age; raises CacheMissError."""
        try:
            return self.retrieve_document(document_id)
        except NotFoundError as error:
            raise CacheMissError(f"No record {document_id!r} in the cache: {error}") from error

    def store_document_record(self, document_id: str, document: Mapping[str, Any]) -> None:
        """Store a record, in the place of one that is there; its form isn't checked."""
        self.ceph.store_document(document, document_id)

    def retrieve_document_ttl(self, document_id: str) -> float:
        """Answer for how many more seconds a record lives, 0.0 when it is older; raises CacheMissError."""
        try:
            stored: dt.datetime = self.ceph.retrieve_document_attr(document_id, "LastModified")
        except NotFoundError as error:
            raise CacheMissError(f"No record {document_id!r} in the cache: {error}") from error
        # The server's clock may be ahead.
        age = max(dt.datetime.now(dt.UTC) - stored, dt.timedelta())
        return max(_TIME_TO_LIVE - age, dt.timedelta()).total_seconds()


class AdvisersCacheStore(CephCache):
    """Which recommendation was given to the same question.

    >>> cache = AdvisersCacheStore()
    >>> cache.connect()
    >>> cache.retrieve_document_record("9f1a62b0")
    {'analysis_id': 'adviser-220131050913-b7c4ef0fc532ac45'}
    """

    RESULT_TYPE = "adviser-cache"


class AnalysesCacheStore(CephCache):
    """Which analysis is about a container image, by the image's hash.

    >>> cache = AnalysesCacheStore()
    >>> cache.connect()
    >>> cache.store_document_record("1b2c", {"analysis_id": "package-extract-220106085041-a6e38c8593af545e"})
    """

    RESULT_TYPE = "analysis-cache"


class BuildLogsAnalysesCacheStore(CephCache):
    """Which analysis is about the log of a build, by the log's hash.

    >>> cache = BuildLogsAnalysesCacheStore()
    >>> cache.connect()
    >>> cache.retrieve_document_ttl("77c50d4b")
    14399.7
    """

    RESULT_TYPE = "buildlogs-analysis-cache"


class ProvenanceCacheStore(CephCache):
    """Which check of provenance was made of the same software stack.

    >>> cache = ProvenanceCacheStore()
    >>> cache.connect()
    >>> cache.retrieve_document_record("c1d4e5f7")
    {'analysis_id': 'provenance-checker-220131050913-9f1a62b0c1d4e5f7'}
    """

    RESULT_TYPE = "provenance-cache"
