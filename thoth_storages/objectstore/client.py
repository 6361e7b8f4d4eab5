"""The client of the object store: one for each endpoint in a process, shared by its threads, new after a fork."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import urllib3
from minio import Minio

from ..settings import S3_CONNECT_TIMEOUT, S3_ENDPOINT_URL, S3_READ_TIMEOUT, S3_RETRIES
from .writes import OUTAGE_STATUSES, WritingClient

# Ceph signs for any region, but only this one makes a bucket there; a client that knows none asks at each start.
DEFAULT_REGION = "us-east-1"
_HOST_OF_AWS = re.compile(r"\bs3[.-](?:dualstack\.)?([a-z]+(?:-[a-z]+)+-\d+)\.amazonaws\.com")
# Threads of one process that talk to the store at a time without opening connections anew.
_CONNECTIONS = 32
_SECONDS_BEFORE_RETRY = 0.2
_MOST_SECONDS_BEFORE_RETRY = 10
# What may be sent twice; a write is sent again by who looked whether it happened, see ``WritingClient``.
_REPEATED_METHODS = frozenset({"DELETE", "GET", "HEAD"})
# A server that is there but says nothing costs the whole time-out each time, other failures next to nothing.
_MOST_READ_RETRIES = 2


class Access(NamedTuple):
    """Where an object store is, and how one gets in."""

    endpoint_url: str
    key_id: str
    secret_key: str
    region: str | None

    def __repr__(self) -> str:
        return f"Access({shown_endpoint(self.endpoint_url)!r}, {self.key_id!r}, ***, {self.region!r})"


def shown_endpoint(endpoint_url: str) -> str:
    """Answer a URL as messages may show it: without a user and a password, which don't belong there."""
    scheme, slashes, rest = endpoint_url.rpartition("//")
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}"


def get_client(access: Access) -> Minio:
    """Answer this process's client; raises ValueError for what isn't the URL of an endpoint."""
    return _client(access, S3_CONNECT_TIMEOUT.get(), S3_READ_TIMEOUT.get(), S3_RETRIES.get())


class _Connections(urllib3.PoolManager):
    """Connections to servers that aren't looked up anew for each request.

    Finding out from a URL where it leads takes a tenth of a client's time for a small object. A redirection isn't
    followed: what is signed for one server is refused by another.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, urllib3.HTTPConnectionPool] = {}
        # Connections that couldn't be made are tried again for any method.
        self._retries_of_writes = options["retries"].new(allowed_methods=_REPEATED_METHODS, other=0)

    def urlopen(  # type: ignore[override]
        self, method: str, url: str, **options: Any
    ) -> urllib3.BaseHTTPResponse:
        """Send a request, and answer the response."""
        # The server isn't the endpoint's text: the client drops a default port, and names a host of AWS in full.
        end = url.index("/", len("https://"))
        server, target = url[:end], url[end:]
        if server not in self._known:
            self._known[server] = self.connection_from_url(server)
        if method not in _REPEATED_METHODS:
            options["retries"] = self._retries_of_writes
        return self._known[server].urlopen(method, target, redirect=False, **options)


@lru_cache
def _client(access: Access, connect_timeout: float, read_timeout: float, retries: int) -> Minio:
    url = urlsplit(access.endpoint_url)
    if url.scheme not in ("http", "https") or not url.hostname or url.path.strip("/") or url.query or url.username:
        raise ValueError(
            "The endpoint of the object store is a URL like https://s3.example.com:443, without a user or a path, "
            f"not {shown_endpoint(access.endpoint_url)!r}; see {S3_ENDPOINT_URL.name}"
        )
    repeats = urllib3.Retry(
        total=retries,
        read=min(retries, _MOST_READ_RETRIES),
        backoff_factor=_SECONDS_BEFORE_RETRY,
        backoff_max=_MOST_SECONDS_BEFORE_RETRY,
        # Clients that lost one server together shouldn't come back together.
        backoff_jitter=_SECONDS_BEFORE_RETRY,
        status_forcelist=OUTAGE_STATUSES,
        # The last answer says more than that there were too many of them.
        raise_on_status=False,
        # It may ask for an hour.
        respect_retry_after_header=False,
    )
    client = WritingClient(
        url.netloc,
        access_key=access.key_id,
        secret_key=access.secret_key,
        secure=url.scheme == "https",
        region=access.region or _region_in_name(url.hostname) or DEFAULT_REGION,
        http_client=_Connections(
            timeout=urllib3.Timeout(connect=connect_timeout, read=read_timeout),
            maxsize=_CONNECTIONS,
            retries=repeats,
        ),
        retries=repeats,
    )
    client.disable_virtual_style_endpoint()  # type: ignore[no-untyped-call]
    return client


def _region_in_name(host: str) -> str | None:
    match = _HOST_OF_AWS.search(host)
    return match and match[1]


# Sockets of the parent: a child that spoke over them would mix its requests with the parent's.
os.register_at_fork(after_in_child=_client.cache_clear)
