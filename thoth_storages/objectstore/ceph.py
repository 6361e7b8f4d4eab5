"""Objects under one prefix of a bucket, on Ceph or any other server that speaks S3."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from minio import Minio
from minio.commonconfig import CopySource
from minio.datatypes import Object

from ..ahead import AHEAD, read_ahead
from ..exceptions import NotConnectedError, NotFoundError, ObjectStoreUnreachableError
from ..settings import S3_BUCKET, S3_ENDPOINT_URL, S3_KEY_ID, S3_REGION, S3_SECRET_KEY, Variable, needed
from .base import StorageBase
from .client import Access, get_client
from .documents import Document, document_blob, read_document
from .failures import told_clearly
from .keys import check_key
from .transfer import OnTransfer, Transfer

# With it a write whose answer was lost is recognised; an ETag isn't a hash of what was sent in several parts.
_HASH = "sha256"
_METADATA_PREFIX = "x-amz-meta-"


class CephStore(StorageBase):
    """Objects whose keys begin with a prefix; ``document_id`` and ``object_key`` are what follows it.

    What isn't given comes from the environment. Making one does no I/O, nor does ``connect()``. One may be shared by
    threads, and used by a child that was forked. Its methods raise ObjectStoreError or what is derived from it for what
    the server can't do, and ObjectKeyError for a key that isn't safe on every server.
    """

    def __init__(
        self,
        prefix: str,
        *,
        host: str | None = None,
        key_id: str | None = None,
        secret_key: str | None = None,
        bucket: str | None = None,
        region: str | None = None,
    ) -> None:
        """Raise SettingMissingError for what is neither given nor in the environment."""
        self.prefix = prefix if prefix.endswith("/") else f"{prefix}/"
        self.host = _given(host, S3_ENDPOINT_URL)
        self.key_id = _given(key_id, S3_KEY_ID)
        self.secret_key = _given(secret_key, S3_SECRET_KEY)
        self.bucket = _given(bucket, S3_BUCKET)
        self.region = region or S3_REGION.get()
        self._access: Access | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.bucket}/{self.prefix} at {self.host}>"

    def connect(self) -> None:
        """Make the adapter ready for use; the first request connects.

        Raises ValueError for an endpoint that isn't a URL.
        """
        access = Access(self.host, self.key_id, self.secret_key, self.region)
        get_client(access)
        self._access = access

    def is_connected(self) -> bool:
        """Whether ``connect()`` was called."""
        return self._access is not None

    def check_connection(self) -> None:
        """Raise ObjectStoreError when the server isn't there, or lets nobody in; an object needn't be there."""
        self.document_exists("foo")

    def get_document_listing(self, prefix_addition: str | None = "") -> Iterator[str]:
        """Iterate over the ids of the objects in order, of those that begin with ``prefix_addition``, page by page."""
        prefix = f"{self.prefix}{prefix_addition or ''}"
        with told_clearly(self.host, self.bucket):
            for listed in self._client.list_objects(self.bucket, prefix=prefix, recursive=True):
                yield str(listed.object_name)[len(self.prefix) :]

    def document_exists(self, document_id: str) -> bool:
        """Whether there is an object; no content is transferred. An outage isn't taken for no."""
        try:
            self._stat(document_id)
        except NotFoundError:
            return False
        return True

    @staticmethod
    def dict2blob(dictionary: Mapping[str, Any]) -> bytes:
        """Write a document as the bytes that are stored."""
        return document_blob(dictionary)

    def store_document(self, document: Mapping[str, Any], document_id: str) -> dict[str, Any]:
        """Store a document as JSON, in the place of one that is there; answers as ``store_blob`` does."""
        return self.store_blob(self.dict2blob(document), document_id)

    def store_blob(self, blob: bytes, object_key: str) -> dict[str, Any]:
        """Store bytes, in the place of an object that is there; answers ``{"ETag": …, "VersionId": …}``."""
        key = self._key(object_key)
        digest = hashlib.sha256(blob).hexdigest()

        def put() -> Any:
            return self._client.put_object(
                self.bucket, key, io.BytesIO(blob), len(blob), metadata={_HASH: digest}, part_size=_part_size(len(blob))
            )

        return self._store(put, object_key, digest)

    def store_file(
        self, document_path: str | Path, document_id: str, *, on_transfer: OnTransfer | None = None
    ) -> dict[str, Any]:
        """Store a file of any size, in parts; answers as ``store_blob`` does.

        ``on_transfer(done, total)`` is called with bytes as they go.
        """
        key, path = self._key(document_id), Path(document_path)
        digest = _file_digest(path)

        def put() -> Any:
            return self._client.fput_object(
                self.bucket, key, str(path), metadata={_HASH: digest}, progress=Transfer.of(on_transfer)
            )

        return self._store(put, document_id, digest)

    def retrieve_blob(self, object_key: str) -> bytes:
        """Answer the content of an object; raises NotFoundError."""
        key = self._key(object_key)
        with told_clearly(self.host, self.bucket, key):
            response = self._client.get_object(self.bucket, key)
            try:
                return bytes(response.read())
            finally:
                response.close()
                response.release_conn()

    def retrieve_file(self, object_key: str, path: str | Path, *, on_transfer: OnTransfer | None = None) -> None:
        """Write the content of an object to a file, which is there whole or not at all; raises NotFoundError."""
        key = self._key(object_key)
        with told_clearly(self.host, self.bucket, key):
            self._client.fget_object(self.bucket, key, str(path), progress=Transfer.of(on_transfer))

    def retrieve_document(self, document_id: str) -> Document:
        """Answer a document; raises NotFoundError, and DocumentError when the object isn't one."""
        document: Document = read_document(self.retrieve_blob(document_id), document_id)
        return document

    def retrieve_documents(self, document_ids: Iterable[str], jobs: int = AHEAD) -> Iterator[tuple[str, Document]]:
        """Iterate over documents in the order of their ids, ``jobs`` of which are fetched at a time.

        Raises what ``retrieve_document`` does, at the document's turn.
        """
        for document_id, reading in read_ahead(document_ids, self.retrieve_document, jobs):
            yield document_id, reading.result()

    def retrieve_document_attr(self, object_key: str, attr: str) -> Any:
        """Answer one of ``LastModified, ContentLength, ContentType, ETag, Metadata`` of an object.

        Raises NotFoundError, and ValueError for another attribute.
        """
        if attr not in _ATTRIBUTES:
            raise ValueError(f"An object has the attributes {', '.join(_ATTRIBUTES)}, not {attr!r}")
        return _ATTRIBUTES[attr](self._stat(object_key))

    def iterate_results(self, prefix_addition: str | None = None) -> Iterator[tuple[str, Document]]:
        """Iterate over all documents with their ids, fetching ahead."""
        return self.retrieve_documents(self.get_document_listing(prefix_addition))

    def copy(self, object_key: str, target: CephStore, target_key: str) -> None:
        """Copy an object within the server; raises NotFoundError."""
        key, copied = self._key(object_key), target._key(target_key)
        with told_clearly(self.host, self.bucket, key):
            self._client.copy_object(target.bucket, copied, CopySource(self.bucket, key))

    def delete(self, object_key: str) -> None:
        """Delete an object; one that isn't there is no error, as S3 has it."""
        key = self._key(object_key)
        with told_clearly(self.host, self.bucket, key):
            self._client.remove_object(self.bucket, key)

    @property
    def _client(self) -> Minio:
        if self._access is None:
            raise NotConnectedError("The adapter isn't connected: call connect() first")
        return get_client(self._access)

    def _key(self, object_key: str) -> str:
        return check_key(f"{self.prefix}{object_key}")

    def _stat(self, object_key: str) -> Object:
        key = self._key(object_key)
        with told_clearly(self.host, self.bucket, key):
            return self._client.stat_object(self.bucket, key)

    def _store(self, put: Callable[[], Any], object_key: str, digest: str) -> dict[str, Any]:
        try:
            with told_clearly(self.host, self.bucket, self._key(object_key)):
                result = put()
        except ObjectStoreUnreachableError:
            # The answer is lost, not necessarily what was sent.
            if (stored := self._stored(object_key, digest)) is None:
                raise
            return {"ETag": stored.etag, "VersionId": stored.version_id}
        return {"ETag": result.etag, "VersionId": result.version_id}

    def _stored(self, object_key: str, digest: str) -> Object | None:
        try:
            found = self._stat(object_key)
        except (NotFoundError, ObjectStoreUnreachableError):
            return None
        return found if _metadata(found).get(_HASH) == digest else None


def _metadata(found: Object) -> dict[str, str]:
    named = {name.lower(): value for name, value in (found.metadata or {}).items()}
    return {
        name.removeprefix(_METADATA_PREFIX): value for name, value in named.items() if name.startswith(_METADATA_PREFIX)
    }


_ATTRIBUTES: dict[str, Callable[[Object], Any]] = {
    "LastModified": lambda found: found.last_modified,
    "ContentLength": lambda found: found.size,
    "ContentType": lambda found: found.content_type,
    "ETag": lambda found: found.etag,
    "Metadata": _metadata,
}


def _given(value: str | None, variable: Variable[str | None]) -> str:
    return value or needed(variable)


def _part_size(length: int) -> int:
    """Answer the size with which an object in memory is sent at once: at most 5 GiB, at least 5 MiB."""
    return min(max(length, 5 * 2**20), 5 * 2**30)


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
