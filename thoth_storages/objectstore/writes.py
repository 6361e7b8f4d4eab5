"""A client whose writes are sent again only after a look whether they happened, where an answer doesn't tell.

Reads, and deleting, may be sent twice. A write that was done isn't sent again: it would take its time twice, be two
versions where the bucket keeps them, and undo what another client stored since. Each object keeps the hash of its
content, by which it is recognised; an ETag isn't a hash of what was sent in several parts. A request that never left,
since there was no connection, may be sent again without a look.
"""

from __future__ import annotations

import hashlib
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import urllib3.exceptions as http
from minio import Minio
from minio.commonconfig import CopySource
from minio.datatypes import Object, Part
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError
from minio.helpers import ObjectWriteResult
from urllib3 import HTTPHeaderDict, Retry

HASH = "sha256"
"""The name of an object's metadata that holds the hash of its content, in hexadecimal digits."""
NO_OBJECT = ("NoSuchKey", "NoSuchObject", "NoSuchVersion")
BUSY_CODES = ("SlowDown", "ServiceUnavailable", "RequestTimeout", "SlowDownRead", "SlowDownWrite")
BROKEN_CODES = ("InternalError",)
OUTAGE_STATUSES = (500, 502, 503, 504)
"""What a server, or what is in front of it, answers when it can't; it may have done what it was asked for."""

_METADATA_PREFIX = "x-amz-meta-"
_Written = TypeVar("_Written")


class UnknownOutcomeError(MinioException):
    """A write failed, and so did the look whether it happened."""

    def __init__(self, key: str, reason: Exception) -> None:
        super().__init__(f"{reason}; whether it stored {key!r} isn't known")
        self.key = key
        self.reason = reason


class WritingClient(Minio):
    """A client that looks before it sends a write again, and throws the parts of an upload away that failed.

    ``retries`` bounds how often; connections are the business of the HTTP client, which mustn't repeat writes itself.
    """

    def __init__(self, *args: Any, retries: Retry, **options: Any) -> None:
        super().__init__(*args, **options)
        self._retries = retries
        self._upload = _Upload()

    def put_object(self, bucket_name: str, object_name: str, *args: Any, **options: Any) -> Any:
        """Store an object, or nothing."""
        try:
            return super().put_object(bucket_name, object_name, *args, **options)
        except (KeyboardInterrupt, SystemExit):
            # The parent class does it for errors only.
            if self._upload.id:
                self._abort_multipart_upload(bucket_name, object_name, self._upload.id)
            raise
        finally:
            self._upload.forget()

    def copy_object(self, bucket_name: str, object_name: str, source: CopySource, *args: Any, **options: Any) -> Any:
        """Copy an object within the server."""

        def copy() -> Any:
            try:
                return super(WritingClient, self).copy_object(bucket_name, object_name, source, *args, **options)
            except ValueError as error:
                # AWS begins to answer before it has done it, with status 200 also when it fails.
                raise ServerError(f"no ETag in the answer: {error}", 500) from error

        def look() -> ObjectWriteResult | None:
            copied = self.stat_object(source.bucket_name, source.object_name)
            return self._found(bucket_name, object_name, lambda found: _have_same_content(found, copied))

        return self._write(copy, look, object_name)

    def _put_object(
        self,
        bucket_name: str,
        object_name: str,
        data: bytes,
        headers: Any = None,
        query_params: Any = None,
    ) -> Any:
        def put() -> Any:
            return super(WritingClient, self)._put_object(bucket_name, object_name, data, headers, query_params)

        # A part, which ``_upload_part`` looks after.
        if query_params:
            return put()
        return self._write(put, lambda: self._stored(bucket_name, object_name, _hash_in(headers)), object_name)

    def _create_multipart_upload(self, bucket_name: str, object_name: str, headers: Any) -> str:
        def create() -> str:
            return str(super(WritingClient, self)._create_multipart_upload(bucket_name, object_name, headers))

        # Nothing is stored by it: at worst there is an upload without parts, which takes no room.
        self._upload.id = self._write(create, lambda: None, object_name)
        self._upload.digest = _hash_in(headers)
        return self._upload.id

    def _upload_part(
        self, bucket_name: str, object_name: str, data: bytes, headers: Any, upload_id: str, part_number: int
    ) -> str:
        def upload() -> str:
            answer = super(WritingClient, self)._upload_part(
                bucket_name, object_name, data, headers, upload_id, part_number
            )
            return str(answer)

        def look() -> str | None:
            digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
            listed = self._list_parts(bucket_name, object_name, upload_id, 1, str(part_number - 1)).parts
            return digest if [(part.part_number, part.etag) for part in listed] == [(part_number, digest)] else None

        try:
            return self._write(upload, look, object_name)
        except UnknownOutcomeError as error:
            # Not of the object: without its other parts there is none.
            raise error.reason from error

    def _complete_multipart_upload(
        self, bucket_name: str, object_name: str, upload_id: str, parts: list[Part], ssec: Any = None
    ) -> Any:
        digest = self._upload.digest

        def complete() -> Any:
            answer = super(WritingClient, self)._complete_multipart_upload(
                bucket_name, object_name, upload_id, parts, ssec
            )
            # Ceph tells no ETag here; nor does AWS when it fails after it began to answer, with status 200.
            found = answer if answer.etag else self._stored(bucket_name, object_name, digest)
            if found is None:
                raise ServerError("the parts weren't put together", 500)
            return found

        def look() -> ObjectWriteResult | None:
            # An older object may have the same content, and then the parts would stay.
            if self._has_upload(bucket_name, object_name, upload_id):
                return None
            return self._stored(bucket_name, object_name, digest)

        try:
            return self._write(complete, look, object_name)
        except UnknownOutcomeError:
            self._upload.may_be_complete = True
            raise

    def _abort_multipart_upload(self, bucket_name: str, object_name: str, upload_id: str) -> None:
        if upload_id != self._upload.id:
            super()._abort_multipart_upload(bucket_name, object_name, upload_id)
        elif not self._upload.may_be_complete:
            # The failure that led here is what is to be told; ``CephStore.abort_uploads`` finds the parts later.
            with suppress(MinioException, http.HTTPError):
                super()._abort_multipart_upload(bucket_name, object_name, upload_id)

    def _write(self, send: Callable[[], _Written], look: Callable[[], _Written | None], key: str) -> _Written:
        retries: Retry | None = self._retries
        while True:
            try:
                return send()
            except Exception as error:
                if not _may_have_happened(error):
                    raise
                retries = _one_less(retries, error)
                try:
                    found = look()
                except (MinioException, http.HTTPError) as looking:
                    raise UnknownOutcomeError(key, error) from looking
                if found is not None:
                    return found
                if retries is None:
                    raise

    def _stored(self, bucket: str, key: str, digest: str | None) -> ObjectWriteResult | None:
        return self._found(bucket, key, lambda found: digest is not None and metadata_of(found).get(HASH) == digest)

    def _found(self, bucket: str, key: str, is_it: Callable[[Object], bool]) -> ObjectWriteResult | None:
        try:
            found = self.stat_object(bucket, key)
        except S3Error as error:
            if error.code in NO_OBJECT:
                return None
            raise
        if not is_it(found):
            return None
        return ObjectWriteResult(bucket, key, found.version_id, found.etag, HTTPHeaderDict(found.metadata))

    def _has_upload(self, bucket: str, key: str, upload_id: str) -> bool:
        try:
            self._list_parts(bucket, key, upload_id, 1)
        except S3Error as error:
            if error.code in ("NoSuchUpload", *NO_OBJECT):
                return False
            raise
        return True


class _Upload(threading.local):
    """The upload in several parts that a thread is busy with."""

    id: str | None = None
    digest: str | None = None
    may_be_complete = False

    def forget(self) -> None:
        self.id, self.digest, self.may_be_complete = None, None, False


def metadata_of(found: Object) -> dict[str, str]:
    """Answer what was said of an object when it was stored, by names in small letters."""
    return _metadata_in(found.metadata or {})


def _metadata_in(headers: Mapping[str, Any]) -> dict[str, Any]:
    named = {name.lower(): value for name, value in headers.items()}
    return {
        name.removeprefix(_METADATA_PREFIX): value for name, value in named.items() if name.startswith(_METADATA_PREFIX)
    }


def _hash_in(headers: Mapping[str, Any] | None) -> str | None:
    # The client keeps the values of headers that it is to send in lists.
    value = _metadata_in(headers or {}).get(HASH)
    return value[0] if isinstance(value, list) else value


def _have_same_content(one: Object, other: Object) -> bool:
    # Those that were stored by other tools have no hash.
    digests = [metadata_of(found).get(HASH) for found in (one, other)]
    return digests[0] == digests[1] and (digests[0] is not None or (one.etag, one.size) == (other.etag, other.size))


def _may_have_happened(error: Exception) -> bool:
    """Whether a write that ended with an error may have been done nevertheless, now or soon."""
    if isinstance(error, http.MaxRetryError) and error.reason:
        error = error.reason
    if isinstance(error, S3Error):
        status = error.response.status if error.response else None
        return error.code in (*BUSY_CODES, *BROKEN_CODES) or status in OUTAGE_STATUSES
    if isinstance(error, ServerError):
        return error.status_code in OUTAGE_STATUSES
    if isinstance(error, InvalidResponseError):
        return error._code in OUTAGE_STATUSES
    if isinstance(error, http.ConnectTimeoutError):  # of which there being no connection at all is a kind
        return False
    if isinstance(error, http.SSLError):
        return not isinstance(error.args[0], ssl.SSLCertVerificationError)
    return isinstance(error, http.HTTPError | ConnectionError | TimeoutError)


def _one_less(retries: Retry | None, error: Exception) -> Retry | None:
    """Answer what is left after a failure, having waited; None when nothing is."""
    if retries is None:
        return None
    try:
        left = retries.increment("PUT", error=error)
    except http.MaxRetryError:
        return None
    left.sleep()
    return left
