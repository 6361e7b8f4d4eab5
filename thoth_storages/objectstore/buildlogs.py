"""Logs of builds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from .ceph import CephStore
from .deployed import StoreOnCeph, deployed_name, deployed_prefix
from .documents import Document


class BuildLogsStore(StoreOnCeph):
    """Logs of builds, each under the hash of its content.

    What isn't given comes from the environment. Methods raise what those of ``CephStore`` do.

    >>> store = BuildLogsStore()
    >>> store.connect()
    >>> store.store_document({"log": "Step 1/2"})
    'buildlog-7f0d5b2c…'
    """

    RESULT_TYPE: ClassVar[str] = "buildlogs"

    def __init__(
        self,
        deployment_name: str | None = None,
        *,
        bucket_prefix: str | None = None,
        host: str | None = None,
        key_id: str | None = None,
        secret_key: str | None = None,
        bucket: str | None = None,
        region: str | None = None,
    ) -> None:
        """Raise SettingMissingError for what is neither given nor in the environment."""
        prefix = deployed_prefix(self.RESULT_TYPE, bucket_prefix=bucket_prefix, deployment_name=deployment_name)
        self.deployment_name = deployed_name(deployment_name)
        self.prefix = f"{prefix}/"
        self.ceph = CephStore(
            self.prefix, host=host, key_id=key_id, secret_key=secret_key, bucket=bucket, region=region
        )

    @classmethod
    def get_document_id(cls, document: Mapping[str, Any]) -> str:
        """Answer the id of a log, which is the same for the same content."""
        return f"buildlog-{hashlib.sha256(CephStore.dict2blob(document)).hexdigest()}"

    def store_document(self, document: Mapping[str, Any]) -> str:
        """Store a log, and answer its id."""
        document_id = self.get_document_id(document)
        self.ceph.store_document(document, document_id)
        return document_id

    def retrieve_document(self, document_id: str) -> Document:
        """Answer a log; raises NotFoundError."""
        return self.ceph.retrieve_document(document_id)

    def iterate_results(self) -> Iterator[tuple[str, Document]]:
        """Iterate over all logs with their ids, fetching ahead."""
        return self.ceph.iterate_results()

    def get_document_listing(self) -> Iterator[str]:
        """Iterate over the ids of all logs, page by page and in order."""
        return self.ceph.get_document_listing()
