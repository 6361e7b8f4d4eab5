"""What went wrong in the object store, as one of this library's exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import urllib3.exceptions as http
from minio.error import InvalidResponseError, S3Error, ServerError

from ..exceptions import (
    BucketNotFoundError,
    NotFoundError,
    ObjectStoreAccessError,
    ObjectStoreError,
    ObjectStoreFullError,
    ObjectStoreTimeoutError,
    ObjectStoreUnreachableError,
)

_NO_OBJECT = ("NoSuchKey", "NoSuchObject", "NoSuchVersion")
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and those of Ceph.
_ACCESS = (
    "AccessDenied",
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "RequestTimeTooSkewed",
    "AuthorizationHeaderMalformed",
    "InvalidToken",
    "ExpiredToken",
    "UserSuspended",
)
_FULL = ("QuotaExceeded", "InsufficientStorage", "StorageFull", "XMinioStorageFull", "EntityTooLarge")
_SLOW = ("SlowDown", "ServiceUnavailable", "RequestTimeout", "SlowDownRead", "SlowDownWrite")


@contextmanager
def told_clearly(endpoint: str, bucket: str, key: str | None = None) -> Iterator[None]:
    """Raise what goes wrong inside as an exception of this library, which says where it was; never with a secret."""
    try:
        yield
    except S3Error as error:
        raise _from_code(error, endpoint, bucket, key) from error
    except (ServerError, InvalidResponseError) as error:
        raise ObjectStoreError(f"The object store at {endpoint} answered what isn't S3's: {error}") from error
    except http.MaxRetryError as error:
        raise _from_broken(error.reason or error, endpoint) from error
    except (http.HTTPError, OSError) as error:
        raise _from_broken(error, endpoint) from error


def _from_code(error: S3Error, endpoint: str, bucket: str, key: str | None) -> Exception:
    code = error.code or ""
    where = f"at {endpoint}, bucket {bucket!r}"
    if code in _NO_OBJECT:
        return NotFoundError(f"No object {key!r} {where}")
    if code == "NoSuchBucket":
        return BucketNotFoundError(f"No bucket {bucket!r} at {endpoint}: create it, or see THOTH_CEPH_BUCKET")
    if code in _ACCESS:
        return ObjectStoreAccessError(f"The object store {where} refuses access: {code}{_advice(code)}")
    if code in _FULL:
        return ObjectStoreFullError(f"The object store {where} has no room for {key!r}: {code}")
    if code in _SLOW:
        return ObjectStoreTimeoutError(f"The object store {where} is too busy: {code}; try again later")
    return ObjectStoreError(f"The object store {where} can't do it: {code} {error.message or ''}".rstrip())


def _advice(code: str) -> str:
    if code == "RequestTimeTooSkewed":
        return "; the clock of this machine is wrong"
    return "; see THOTH_CEPH_KEY_ID and THOTH_CEPH_SECRET_KEY, and what they are allowed to do"


def _from_broken(error: BaseException, endpoint: str) -> ObjectStoreError:
    reason = str(error).rpartition(": ")[2] or type(error).__name__
    if isinstance(error, http.NewConnectionError):
        return ObjectStoreUnreachableError(
            f"Can't connect to the object store at {endpoint}: {reason}; see THOTH_S3_ENDPOINT_URL"
        )
    if isinstance(error, http.TimeoutError | TimeoutError):
        return ObjectStoreTimeoutError(f"The object store at {endpoint} doesn't answer in time: {reason}")
    return ObjectStoreUnreachableError(f"The connection to the object store at {endpoint} broke: {reason}")
