"""A gateway that crashes: nothing acknowledged is lost, nothing half is readable, and the client ends or recovers."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fix_s3 import S3
from thoth_storages.exceptions import NotFoundError, ObjectStoreUnreachableError
from thoth_storages.objectstore import CephStore

MIB = 2**20
THREADS = 8


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of 64 MiB, no two of whose parts are the same."""
    path = tmp_path / "large"
    with path.open("wb") as file:
        for number in range(64):
            file.write(hashlib.sha256(bytes([number])).digest() * (MIB // 32))
    return path


class Crash:
    """Kills the gateway once, when it is called for the first time."""

    def __init__(self, s3: S3, *, comes_back: bool, after: int = 0) -> None:
        self.happened = False
        self._server = s3.server
        self._after = after
        self._comes_back = comes_back
        self._thread = threading.Thread(target=self._server.start)

    def __call__(self, done: int, total: int) -> None:
        if not self.happened and done >= self._after:
            self.happened = True
            self._server.kill()
            if self._comes_back:
                self._thread.start()

    def wait(self) -> None:
        """Wait until the gateway is there again."""
        if self._comes_back:
            self._thread.join()


class TestAnUpload:
    def test_outlives_a_crash_from_which_the_gateway_comes_back(self, ceph_s3: S3, large: Path) -> None:
        store = ceph_s3.store()
        crash = Crash(ceph_s3, comes_back=True, after=30 * MIB)
        store.store_file(large, "large", on_transfer=crash)
        crash.wait()
        assert crash.happened
        assert store.retrieve_blob("large") == large.read_bytes()
        assert list(store._uploads()) == []

    @pytest.mark.parametrize("before", [None, b"the one before"])
    def test_that_a_crash_ended_is_told_in_time_and_leaves_what_was_there(
        self, ceph_s3: S3, large: Path, before: bytes | None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THOTH_S3_RETRIES", "2")
        store = ceph_s3.store()
        if before is not None:
            store.store_blob(before, "large")
        crash = Crash(ceph_s3, comes_back=False, after=30 * MIB)
        began = time.monotonic()
        with pytest.raises(ObjectStoreUnreachableError):
            store.store_file(large, "large", on_transfer=crash)
        assert time.monotonic() - began < 20
        ceph_s3.server.start()
        assert store.document_exists("large") == (before is not None)
        if before is not None:
            assert store.retrieve_blob("large") == before

    def test_that_a_crash_ended_leaves_parts_that_can_be_removed(
        self, ceph_s3: S3, large: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THOTH_S3_RETRIES", "0")
        store = ceph_s3.store()
        with pytest.raises(ObjectStoreUnreachableError):
            store.store_file(large, "large", on_transfer=Crash(ceph_s3, comes_back=False, after=30 * MIB))
        ceph_s3.server.start()
        assert len(list(store._uploads())) == 1
        assert store.abort_uploads() == 0  # it may still be going on
        assert store.abort_uploads(dt.timedelta(0)) == 1
        assert list(store._uploads()) == []
        store.store_file(large, "large")
        assert store.retrieve_document_attr("large", "ContentLength") == 64 * MIB


def test_ctrl_c_ends_an_upload_though_the_gateway_is_gone(
    ceph_s3: S3, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(done: int, total: int) -> None:
        if done > 20 * MIB:
            ceph_s3.server.kill()
            raise KeyboardInterrupt

    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    with pytest.raises(KeyboardInterrupt):
        ceph_s3.store().store_file(large, "large", on_transfer=interrupt)


def test_a_download_outlives_a_crash(ceph_s3: S3, large: Path, tmp_path: Path) -> None:
    store = ceph_s3.store()
    store.store_file(large, "large")
    crash = Crash(ceph_s3, comes_back=True, after=20 * MIB)
    store.retrieve_file("large", tmp_path / "got", on_transfer=crash)
    crash.wait()
    assert crash.happened
    assert (tmp_path / "got").read_bytes() == large.read_bytes()


class Storm:
    """Threads that store documents one after the other, and remember which were acknowledged."""

    def __init__(self, store: CephStore) -> None:
        self.acknowledged: dict[str, bytes] = {}
        self.unknown: dict[str, bytes] = {}
        self._store = store
        self._stop = threading.Event()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Let it go on during the block; afterwards all threads have ended."""
        with ThreadPoolExecutor(THREADS) as threads:
            running = [threads.submit(self._write, number) for number in range(THREADS)]
            try:
                yield
            finally:
                self._stop.set()
                for each in running:
                    each.result(60)

    def _write(self, thread: int) -> None:
        number = 0
        while not self._stop.is_set():
            key = f"{thread}-{number:05}"
            content = hashlib.sha256(key.encode()).digest() * 128
            try:
                self._store.store_blob(content, key)
            except ObjectStoreUnreachableError:
                self.unknown[key] = content
            else:
                self.acknowledged[key] = content
            number += 1

    def wait_for_more(self, count: int = 50) -> None:
        """Wait until so many more were acknowledged."""
        enough, end = len(self.acknowledged) + count, time.monotonic() + 60
        while len(self.acknowledged) < enough:
            assert time.monotonic() < end, "never: writes go on"
            time.sleep(0.01)


@pytest.mark.parametrize("crashes", [1, pytest.param(20, marks=pytest.mark.long)])
@pytest.mark.parametrize("retries", ["0", "5"])
def test_a_storm_of_writes_loses_nothing_acknowledged(
    ceph_s3: S3, crashes: int, retries: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THOTH_S3_RETRIES", retries)
    store = ceph_s3.store()
    storm = Storm(store)
    with storm.going_on():
        for _ in range(crashes):
            storm.wait_for_more()
            ceph_s3.server.kill()
            ceph_s3.server.start()
        storm.wait_for_more()
    for key, content in storm.acknowledged.items():
        assert store.retrieve_blob(key) == content, key
    for key, content in storm.unknown.items():
        try:
            assert store.retrieve_blob(key) == content, key
        except NotFoundError:
            continue
    assert set(storm.acknowledged) <= set(store.get_document_listing()) <= set(storm.acknowledged | storm.unknown)
    # One that meets three crashes in a row is told.
    if retries == "5" and crashes == 1:
        assert storm.unknown == {}
