"""What went wrong in the object store, as one of this library's exceptions."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import urllib3.exceptions as http
from minio import time as signing_clock
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
from ..settings import S3_BUCKET, S3_ENDPOINT_URL, S3_KEY_ID, S3_SECRET_KEY
from .client import shown_endpoint

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
_FULL = ("QuotaExceeded", "InsufficientStorage", "StorageFull", "XMinioStorageFull")
_SLOW = ("SlowDown", "ServiceUnavailable", "RequestTimeout", "SlowDownRead", "SlowDownWrite")
_BROKEN_STATUSES = (500, 502, 504)
_BUSY_STATUS = 503
# AWS and Ceph refuse requests that are signed more than 15 minutes ago.
_MOST_SKEW = dt.timedelta(minutes=15)


@contextmanager
def told_clearly(endpoint: str, bucket: str, key: str | None = None) -> Iterator[None]:
    """Raise what goes wrong inside as an exception of this library, which says where it was; never with a secret."""
    endpoint = shown_endpoint(endpoint)
    try:
        yield
    except S3Error as error:
        raise _from_code(error, endpoint, bucket, key) from error
    except ServerError as error:
        raise _from_status(error, error.status_code, endpoint) from error
    except InvalidResponseError as error:
        raise _from_status(error, error._code, endpoint) from error
    except http.MaxRetryError as error:
        raise _from_broken(error.reason or error, endpoint) from error
    except (http.HTTPError, ConnectionError, TimeoutError) as error:
        raise _from_broken(error, endpoint) from error


def _from_code(error: S3Error, endpoint: str, bucket: str, key: str | None) -> Exception:
    code = error.code or ""
    where = f"at {endpoint}, bucket {bucket!r}"
    if code in _NO_OBJECT:
        return NotFoundError(f"No object {key!r} {where}")
    if code == "NoSuchBucket":
        return no_bucket(endpoint, bucket)
    if code in _ACCESS:
        return ObjectStoreAccessError(f"The object store {where} refuses access: {_reason(code, error)}")
    if code in _FULL:
        return ObjectStoreFullError(f"The object store {where} has no room for {key!r}: {code}")
    if code in _SLOW:
        return ObjectStoreTimeoutError(f"The object store {where} is too busy: {code}; try again later")
    if code == "NoSuchUpload":
        # Said when parts are to be thrown away, after the answer to the last request was lost.
        return ObjectStoreUnreachableError(f"The connection to the object store {where} broke at the end of {key!r}")
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
    if status in _BROKEN_STATUSES:
        return ObjectStoreUnreachableError(f"The object store at {endpoint} is out of order: status {status}")
    return ObjectStoreError(f"What is at {endpoint} doesn't speak S3: {error}; see {S3_ENDPOINT_URL.name}")


def _from_broken(error: BaseException, endpoint: str) -> ObjectStoreError:
    reason = str(error).rpartition(": ")[2] or type(error).__name__
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
