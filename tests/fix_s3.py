"""Object stores for the tests: a real Ceph and a SeaweedFS of this test process, started when a test first needs them.

A test that takes ``s3`` runs once on each. Where one isn't installed the test is skipped; with
``THOTH_STORAGES_TEST_S3=required`` that is a failure.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from thoth_storages.ephemeral import Ceph, S3Server, SeaweedFS
from thoth_storages.exceptions import ObjectStoreProgramsNotFoundError
from thoth_storages.objectstore import CephStore

REQUIRED_VARIABLE = "THOTH_STORAGES_TEST_S3"
BUCKET = "thoth-tests"

# Read once, before the fixture ``environment`` takes it away from the tests.
_REQUIRED = os.environ.get(REQUIRED_VARIABLE) == "required"
_SERVERS: dict[str, Callable[[], S3Server]] = {"ceph": Ceph, "seaweed": SeaweedFS}
_numbers = itertools.count()

StartServer = Callable[[str], S3Server]


@dataclass(frozen=True)
class S3:
    """A server with a bucket, and a prefix in it that only one test uses; the variables of a store lead there."""

    server: S3Server
    prefix: str
    bucket: str = BUCKET

    @property
    def root(self) -> str:
        """What the keys of all kinds of documents begin with."""
        return f"{self.prefix}/test"

    def store(self, name: str = "things") -> CephStore:
        """A connected store of objects."""
        store = CephStore(f"{self.root}/{name}")
        store.connect()
        return store

    def listing(self) -> list[str]:
        """All keys below the root, without it."""
        store = CephStore(self.root)
        store.connect()
        return list(store.get_document_listing())


def new_server(name: str) -> S3Server:
    """A server that isn't started; skips the test, or fails it, where its programs aren't installed."""
    try:
        return _SERVERS[name]()
    except ObjectStoreProgramsNotFoundError as error:
        if _REQUIRED:
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def start_s3_server() -> Iterator[StartServer]:
    """A function that answers the running server of this test process by its name."""
    with contextlib.ExitStack() as stack:
        running: dict[str, S3Server] = {}

        def start(name: str) -> S3Server:
            if name not in running:
                running[name] = stack.enter_context(new_server(name))
                running[name].make_bucket(BUCKET)
            running[name].start()
            return running[name]

        yield start


def place_in(server: S3Server, monkeypatch: pytest.MonkeyPatch) -> S3:
    """A new place on a server, which the environment names from now on."""
    place = S3(server, f"prefix-{next(_numbers)}")
    for name, value in server.environment(place.bucket).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("THOTH_CEPH_BUCKET_PREFIX", place.prefix)
    monkeypatch.setenv("THOTH_DEPLOYMENT_NAME", "test")
    return place


@pytest.fixture(params=list(_SERVERS))
def s3(request: pytest.FixtureRequest, start_s3_server: StartServer, monkeypatch: pytest.MonkeyPatch) -> S3:
    """A place for the objects of one test, on each kind of server."""
    return place_in(start_s3_server(request.param), monkeypatch)


@pytest.fixture
def ceph_s3(start_s3_server: StartServer, monkeypatch: pytest.MonkeyPatch) -> S3:
    """A place for the objects of one test, on Ceph; a gateway that the test killed is there again for the next one."""
    return place_in(start_s3_server("ceph"), monkeypatch)


@pytest.fixture
def store(s3: S3) -> CephStore:
    """A connected store of objects, empty, on each kind of server."""
    return s3.store()
