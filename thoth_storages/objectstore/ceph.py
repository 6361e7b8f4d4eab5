"""Objects under one prefix of a bucket, on Ceph or any other server that speaks S3."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from minio import Minio
from minio.commonconfig import CopySource
from minio.datatypes import Object, Upload
from minio.error import S3Error
from minio.helpers import check_bucket_name

from ..ahead import AHEAD, read_ahead
from ..exceptions import NotConnectedError, NotFoundError
from ..settings import S3_BUCKET, S3_ENDPOINT_URL, S3_KEY_ID, S3_REGION, S3_SECRET_KEY, Variable, needed
from .base import StorageBase
from .client import Access, get_client, shown_endpoint
from .documents import Document, document_blob, read_document
from .failures import no_bucket, told_clearly
from .keys import check_key
from .transfer import OnTransfer, SteadyFile, Transfer, download, part_size_of_blob, part_size_of_file, write_whole
from .writes import HASH, metadata_of


class CephStore(StorageBase):
    """Objects whose keys begin with a prefix; ``document_id`` and ``object_key`` are what follows it.

    What isn't given comes from the environment. Making one does no I/O, nor does ``connect()``. One may be shared by
    threads, and used by a child that was forked. Its methods raise ObjectStoreError or what is derived from it for what
    the server can't do, and ObjectKeyError for a key that isn't safe on every server.

    >>> store = CephStore("data/prod/reports", bucket="thoth")
    >>> store.connect()
    >>> store.store_document({"a": 1}, "report-1")
    {'ETag': '"6c4f7f4d0bd0fb4d1a1d1dc9e1f0f9a3"', 'VersionId': None}
    >>> list(store.get_document_listing("report-"))
    ['report-1']
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
        return f"<{type(self).__name__} {self.bucket}/{self.prefix} at {shown_endpoint(self.host)}>"

    def connect(self) -> None:
        """Make the adapter ready for use; the first request connects.

        Raises ValueError for an endpoint that isn't a URL, and for what can't be the name of a bucket.
        """
        try:
            check_bucket_name(self.bucket)
        except ValueError as error:
            raise ValueError(f"No bucket is named {self.bucket!r}: {error}; see {S3_BUCKET.name}") from error
        access = Access(self.host, self.key_id, self.secret_key, self.region)
        get_client(access)
        self._access = access

    def is_connected(self) -> bool:
        """Whether ``connect()`` was called."""
        return self._access is not None

    def check_connection(self) -> None:
        """Raise ObjectStoreError when the server isn't there, or lets nobody in; an object needn't be there."""
        self.document_exists("foo")

    def get_document_listing(self, prefix_addition: str | None = "", *, after: str | None = None) -> Iterator[str]:
        """Iterate over the ids of the objects in order, of those that begin with ``prefix_addition``, page by page.

        Those up to ``after``, which needn't be an object's id, are passed over by the server. What other tools keep as
        folders (keys that end with a slash) isn't listed.
        """
        prefix = f"{self.prefix}{prefix_addition or ''}"
        start = None if after is None else f"{self.prefix}{after}"
        with told_clearly(self.host, self.bucket):
            for listed in self._client.list_objects(self.bucket, prefix=prefix, recursive=True, start_after=start):
                key = str(listed.object_name)
                if not key.endswith("/"):
                    yield key[len(self.prefix) :]

    def get_folder_listing(self) -> Iterator[str]:
        """Iterate over what ids begin with, up to their first slash, each once.

        The server lists nothing of what is below; the order is its own.
        """
        with told_clearly(self.host, self.bucket):
            for listed in self._client.list_objects(self.bucket, prefix=self.prefix):
                key = str(listed.object_name)
                if key != self.prefix and key.endswith("/"):
                    yield key[len(self.prefix) : -1]

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
        """Store bytes, in the place of an object that is there; answers ``{"ETag": '"…"', "VersionId": …}``."""
        key = self._key(object_key)
        digest = hashlib.sha256(blob).hexdigest()

        def put() -> Any:
            return self._client.put_object(
                self.bucket,
                key,
                io.BytesIO(blob),
                len(blob),
                metadata={HASH: digest},
                part_size=part_size_of_blob(len(blob)),
            )

        return self._store(put, object_key)

    def store_file(
        self, document_path: str | Path, document_id: str, *, on_transfer: OnTransfer | None = None
    ) -> dict[str, Any]:
        """Store a file of up to 5 TiB, in parts; answers as ``store_blob`` does.

        ``on_transfer(done, total)`` is called with bytes as they go. When that fails, the parts are thrown away, unless
        the server is gone: see ``abort_uploads``. Raises OSError when the file can't be read, or changes meanwhile.
        """
        key, path = self._key(document_id), Path(document_path)
        with path.open("rb") as opened:
            file = SteadyFile(opened)
            digest = file.digest()

            def put() -> Any:
                # One part after the other: several at a time would all be tried to the end when the server is gone.
                return self._client.put_object(
                    self.bucket,
                    key,
                    file,  # type: ignore[arg-type]  # of which the client needs ``read`` only
                    file.length,
                    metadata={HASH: digest},
                    progress=Transfer.of(on_transfer),
                    part_size=part_size_of_file(file.length),
                    num_parallel_uploads=1,
                )

            return self._store(put, document_id)

    def abort_uploads(self, older_than: dt.timedelta = dt.timedelta(days=1)) -> int:
        """Throw away the parts of uploads under the prefix that began so long ago and never ended; answers how many.

        They take room but can't be seen; the server keeps those of clients that were killed.
        """
        latest, aborted = dt.datetime.now(dt.UTC) - older_than, 0
        with told_clearly(self.host, self.bucket):
            for upload in list(self._uploads()):
                if upload.initiated_time and upload.initiated_time <= latest:
                    self._client._abort_multipart_upload(self.bucket, upload.object_name, str(upload.upload_id))
                    aborted += 1
        return aborted

    def retrieve_blob(self, object_key: str) -> bytes:
        """Answer the content of an object; raises NotFoundError."""
        key, pieces = self._key(object_key), list[bytes]()
        with told_clearly(self.host, self.bucket, key):
            download(self._client, self.bucket, key, pieces.append)
        return b"".join(pieces)

    def retrieve_file(self, object_key: str, path: str | Path, *, on_transfer: OnTransfer | None = None) -> None:
        """Write the content of an object to a file, which is there whole or not at all; raises NotFoundError.

        ``on_transfer(done, total)`` is called with bytes as they come. Raises OSError when the file can't be written.
        """
        key = self._key(object_key)
        with told_clearly(self.host, self.bucket, key):
            write_whole(Path(path), lambda take: download(self._client, self.bucket, key, take, on_transfer))

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
        """Copy an object within the server, to another store's prefix; raises NotFoundError."""
        key, copied = self._key(object_key), target._key(target_key)
        with self._asking_without_body(key):
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
        with self._asking_without_body(key):
            return self._client.stat_object(self.bucket, key)

    @contextmanager
    def _asking_without_body(self, key: str) -> Iterator[None]:
        """Tell a missing bucket from a missing object, which have the same answer where that has no body."""
        with told_clearly(self.host, self.bucket, key):
            try:
                yield
            except S3Error as error:
                if error.code == "NoSuchKey" and not self._has_bucket():
                    raise no_bucket(self.host, self.bucket) from error
                raise

    def _has_bucket(self) -> bool:
        try:
            return self._client.bucket_exists(self.bucket)
        except S3Error as error:
            # Whoever may use the objects may not be allowed to ask about their bucket.
            if error.code == "AccessDenied":
                return True
            raise

    def _uploads(self) -> Iterator[Upload]:
        marker: tuple[str | None, str | None] = (None, None)
        while True:
            page = self._client._list_multipart_uploads(
                self.bucket, prefix=self.prefix, key_marker=marker[0], upload_id_marker=marker[1]
            )
            yield from page.uploads
            if not page.is_truncated:
                return
            marker = page.next_key_marker, page.next_upload_id_marker

    def _store(self, put: Callable[[], Any], object_key: str) -> dict[str, Any]:
        with told_clearly(self.host, self.bucket, self._key(object_key)):
            result = put()
        return {"ETag": f'"{result.etag}"', "VersionId": result.version_id}


_ATTRIBUTES: dict[str, Callable[[Object], Any]] = {
    "LastModified": lambda found: found.last_modified,
    "ContentLength": lambda found: found.size,
    "ContentType": lambda found: found.content_type,
    "ETag": lambda found: f'"{found.etag}"',
    "Metadata": metadata_of,
}


def _given(value: str | None, variable: Variable[str | None]) -> str:
    return value or needed(variable)
