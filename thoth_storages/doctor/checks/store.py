"""Is the object store there, and do the clocks agree?"""

from __future__ import annotations

import datetime as dt
import secrets
from email.utils import parsedate_to_datetime

import urllib3

from ...exceptions import NotFoundError, ObjectStoreError
from ...objectstore import CephStore
from ...objectstore.client import shown_endpoint
from ...objectstore.deployed import deployed_prefix
from ...settings import S3_CONNECT_TIMEOUT, S3_READ_TIMEOUT
from ..examination import Examination, Finding, Status, check

_KIND = "doctor"
_WRONG_SECONDS = 5
# A request that is signed at another time than the store's, by this much, is refused.
_REFUSED_SECONDS = 15 * 60
_SYNCHRONISE = "have both machines take the time from NTP"


@check("object-store")
def object_store(examination: Examination) -> Finding:
    """Whether an object can be stored, read and deleted where the deployment keeps its documents."""
    store = CephStore(deployed_prefix(_KIND))
    try:
        store.connect()
        key, content = f"probe-{secrets.token_hex(8)}", secrets.token_bytes(16)
        store.store_blob(content, key)
        try:
            is_same = store.retrieve_blob(key) == content
        finally:
            store.delete(key)
    except (ObjectStoreError, NotFoundError, ValueError) as error:
        return Finding(Status.FAIL, str(error))
    where = f"bucket {store.bucket!r} at {shown_endpoint(store.host)}, {store.prefix}"
    if not is_same:
        return Finding(Status.FAIL, f"{where}: what is read isn't what was stored", "see the logs of the store")
    return Finding(Status.OK, f"{where}: an object was stored, read and deleted")


@check("database-clock")
def database_clock(examination: Examination) -> Finding:
    """Whether the database's clock and this machine's agree."""
    connection = examination.connection
    before = dt.datetime.now(dt.UTC)
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    after = dt.datetime.now(dt.UTC)
    assert row is not None
    return _compared("the database", row[0], before, after)


@check("object-store-clock")
def object_store_clock(examination: Examination) -> Finding:
    """Whether the object store's clock and this machine's agree."""
    store = CephStore(deployed_prefix(_KIND))
    timeout = urllib3.Timeout(connect=S3_CONNECT_TIMEOUT.get(), read=S3_READ_TIMEOUT.get())
    try:
        before = dt.datetime.now(dt.UTC)
        with urllib3.PoolManager(timeout=timeout, retries=False) as http:
            date = http.request("HEAD", store.host).headers.get("Date")
        after = dt.datetime.now(dt.UTC)
    except urllib3.exceptions.HTTPError:
        return Finding(Status.UNKNOWN, f"the object store at {shown_endpoint(store.host)} doesn't answer")
    if date is None:
        return Finding(Status.UNKNOWN, f"the object store at {shown_endpoint(store.host)} doesn't tell the time")
    # a header has no fractions of seconds
    return _compared("the object store", parsedate_to_datetime(date), before - dt.timedelta(seconds=1), after)


def _compared(whose: str, theirs: dt.datetime, before: dt.datetime, after: dt.datetime) -> Finding:
    """Compare another clock with this machine's, which was read before and after the other one."""
    seconds = max((before - theirs).total_seconds(), (theirs - after).total_seconds(), 0.0)
    direction = "behind" if theirs < before else "ahead of"
    if seconds <= _WRONG_SECONDS:
        return Finding(Status.OK, f"{whose} and this machine have the same time, within {_WRONG_SECONDS} s")
    status = Status.FAIL if seconds >= _REFUSED_SECONDS else Status.WARN
    return Finding(status, f"the clock of {whose} is {seconds:,.0f} s {direction} this machine's", _SYNCHRONISE)
