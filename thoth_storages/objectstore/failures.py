"""What went wrong in the object store, as one of this library's exceptions."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import urllib3.exceptions as http
from minio import time as signing_clock
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError

from ..exceptions import (
    BucketNotFoundError,
    NotFoundError,
    ObjectStoreAccessError,
    ObjectStoreError,
    ObjectStoreFullError,
    ObjectStoreTimeoutError,
    ObjectStoreUnreachableError,
)
from ..settings import S3_BUCKET, S3_ENDPOINT_URL, S3_KEY_ID, S3_SECRET_KEY
from .client import shown_endpoint
from .writes import BROKEN_CODES, BUSY_CODES, NO_OBJECT, OUTAGE_STATUSES, UnknownOutcomeError

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
_FULL = ("QuotaExceeded", "InsufficientStorage", "StorageFull", "XMinioStorageFull")
_BUSY_STATUS = 503
# AWS and Ceph refuse requests that are signed more than 15 minutes ago.
_MOST_SKEW = dt.timedelta(minutes=15)


@contextmanager
def told_clearly(endpoint: str, bucket: str, key: str | None = None) -> Iterator[None]:
    """Raise what goes wrong inside as an exception of this library, which says where it was; never with a secret."""
    try:
        yield
    except (MinioException, http.HTTPError, ConnectionError, TimeoutError) as error:
        raise _told(error, shown_endpoint(endpoint), bucket, key) from error


def _told(error: Exception, endpoint: str, bucket: str, key: str | None) -> Exception:
    if isinstance(error, UnknownOutcomeError):
        told = _told(error.reason, endpoint, bucket, key)
        return type(told)(f"{told}; whether it stored {error.key!r} isn't known")
    if isinstance(error, S3Error):
        return _from_code(error, endpoint, bucket, key)
    if isinstance(error, ServerError):
        return _from_status(error, error.status_code, endpoint)
    if isinstance(error, InvalidResponseError):
        return _from_status(error, error._code, endpoint)
    if isinstance(error, http.MaxRetryError):
        return _from_broken(error.reason or error, endpoint)
    return _from_broken(error, endpoint)


def _from_code(error: S3Error, endpoint: str, bucket: str, key: str | None) -> Exception:
    code = error.code or ""
    where = f"at {endpoint}, bucket {bucket!r}"
    if code in NO_OBJECT:
        return NotFoundError(f"No object {key!r} {where}")
    if code == "NoSuchBucket":
        return no_bucket(endpoint, bucket)
    if code in _ACCESS:
        return ObjectStoreAccessError(f"The object store {where} refuses access: {_reason(code, error)}")
    if code in _FULL:
        return ObjectStoreFullError(f"The object store {where} has no room for {key!r}: {code}")
    if code in BUSY_CODES:
        return ObjectStoreTimeoutError(f"The object store {where} is too busy: {code}; try again later")
    if code in BROKEN_CODES:
        return ObjectStoreUnreachableError(
            f"The object store {where} is out of order: {code} {error.message or ''}".rstrip()
        )
    if code == "NoSuchUpload":
        return ObjectStoreError(
            f"The upload of {key!r} to the object store {where} was aborted by somebody else, or replaced when it was "
            "just complete: store it again"
        )
    return ObjectStoreError(f"The object store {where} can't do it: {code} {error.message or ''}".rstrip())


def no_bucket(endpoint: str, bucket: str) -> BucketNotFoundError:
    """Make the error for a bucket that isn't there."""
    return BucketNotFoundError(
        f"No bucket {bucket!r} at {shown_endpoint(endpoint)}: create it, or see {S3_BUCKET.name}"
    )


def _reason(code: str, error: S3Error) -> str:
    # The answer to a HEAD has no body that would tell the code.
    if code == "RequestTimeTooSkewed" or _is_skewed(error):
        return "RequestTimeTooSkewed; the clock of this machine is wrong"
    return f"{code}; see {S3_KEY_ID.name} and {S3_SECRET_KEY.name}, and what they are allowed to do"


def _is_skewed(error: S3Error) -> bool:
    date = error.response.headers.get("Date") if error.response else None
    return date is not None and abs(signing_clock.utcnow() - parsedate_to_datetime(date)) > _MOST_SKEW


def _from_status(error: Exception, status: int, endpoint: str) -> ObjectStoreError:
    if status == _BUSY_STATUS:
        return ObjectStoreTimeoutError(f"The object store at {endpoint} is too busy (status 503): try again later")
    if status in OUTAGE_STATUSES:
        return ObjectStoreUnreachableError(f"The object store at {endpoint} is out of order: status {status}")
    return ObjectStoreError(f"What is at {endpoint} doesn't speak S3: {error}; see {S3_ENDPOINT_URL.name}")


def _from_broken(error: BaseException, endpoint: str) -> ObjectStoreError:
    # That of a ProtocolError is what it carries, behind what it says of itself.
    cause = error.args[-1] if isinstance(error, http.ProtocolError) and error.args else error
    reason = str(cause).rpartition(": ")[2] or type(cause).__name__
    if isinstance(error, http.NewConnectionError):
        return ObjectStoreUnreachableError(
            f"Can't connect to the object store at {endpoint}: {reason}; see {S3_ENDPOINT_URL.name}"
        )
    if isinstance(error, http.SSLError) and error.args and isinstance(error.args[0], ssl.SSLCertVerificationError):
        return ObjectStoreUnreachableError(
            f"The certificate of the object store at {endpoint} isn't trusted: {reason}; "
            "SSL_CERT_FILE can name a file of authorities to trust"
        )
    if isinstance(error, http.TimeoutError | TimeoutError):
        return ObjectStoreTimeoutError(f"The object store at {endpoint} doesn't answer in time: {reason}")
    return ObjectStoreUnreachableError(f"The connection to the object store at {endpoint} broke: {reason}")
