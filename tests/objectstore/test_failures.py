"""What goes wrong is told as what it is, and where; never with the secret, and an outage never as not found."""

from __future__ import annotations

import datetime as dt
import pickle
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import minio.time
import pytest
from minio.error import InvalidResponseError, S3Error, ServerError
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3 import exceptions as http

from tests.fix_s3 import S3
from tests.proxy import Proxy, proxy_to
from tests.test_exceptions import ERRORS
from thoth_storages.ephemeral import Ceph
from thoth_storages.exceptions import (
    BucketNotFoundError,
    NotFoundError,
    ObjectStoreAccessError,
    ObjectStoreError,
    ObjectStoreFullError,
    ObjectStoreTimeoutError,
    ObjectStoreUnreachableError,
    ThothStorageExceptionError,
)
from thoth_storages.objectstore import CephStore
from thoth_storages.objectstore.failures import told_clearly

Use = Callable[[CephStore], object]
USES: list[Use] = [
    lambda store: store.document_exists("key"),
    lambda store: store.retrieve_blob("key"),
    lambda store: store.store_blob(b"content", "key"),
    lambda store: list(store.get_document_listing()),
    lambda store: list(store.get_folder_listing()),
    lambda store: store.delete("key"),
    lambda store: store.retrieve_document_attr("key", "ETag"),
    lambda store: store.copy("key", store, "other"),
    lambda store: store.check_connection(),
    lambda store: store.abort_uploads(),
    lambda store: list(store.retrieve_documents(["key"])),
]
each_use = pytest.mark.parametrize("use", USES)


def _at(s3: S3, **given: str) -> CephStore:
    store = CephStore(s3.root, **given)
    store.connect()
    return store


def _administer(s3: S3, *command: str) -> None:
    assert isinstance(s3.server, Ceph)
    s3.server.administer(*command)


def _chain(error: BaseException | None) -> str:
    """All that a traceback would show of an error and its causes."""
    text = ""
    while error is not None:
        text += f"{error!r} {error}"
        error = error.__cause__ or error.__context__
    return text


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables with which a store gives up soon."""
    monkeypatch.setenv("THOTH_S3_RETRIES", "1")
    monkeypatch.setenv("THOTH_S3_READ_TIMEOUT", "0.3")
    monkeypatch.setenv("THOTH_S3_CONNECT_TIMEOUT", "0.3")


def _s3_error(code: str, status: int = 400) -> S3Error:
    response = HTTPResponse(status=status, headers=HTTPHeaderDict())
    return S3Error(response, code, "message", "/resource", "request", "host", "the-bucket", "key")


class TestEachCode:
    @pytest.mark.parametrize(
        ("code", "kind", "says"),
        [
            ("NoSuchKey", NotFoundError, "No object 'key' at http://x, bucket 'the-bucket'"),
            ("NoSuchVersion", NotFoundError, "No object 'key'"),
            (
                "NoSuchBucket",
                BucketNotFoundError,
                "No bucket 'the-bucket' at http://x: create it, or see",
            ),
            ("AccessDenied", ObjectStoreAccessError, "refuses access: AccessDenied; see THOTH_CEPH_KEY_ID and"),
            ("InvalidAccessKeyId", ObjectStoreAccessError, "refuses access: InvalidAccessKeyId"),
            ("SignatureDoesNotMatch", ObjectStoreAccessError, "refuses access: SignatureDoesNotMatch"),
            ("RequestTimeTooSkewed", ObjectStoreAccessError, "the clock of this machine is wrong"),
            ("ExpiredToken", ObjectStoreAccessError, "refuses access: ExpiredToken"),
            ("QuotaExceeded", ObjectStoreFullError, "has no room for 'key': QuotaExceeded"),
            ("InsufficientStorage", ObjectStoreFullError, "has no room for 'key'"),
            ("SlowDown", ObjectStoreTimeoutError, "is too busy: SlowDown; try again later"),
            ("ServiceUnavailable", ObjectStoreTimeoutError, "is too busy"),
            ("NoSuchUpload", ObjectStoreError, "The upload of 'key' to the object store at http://x, bucket"),
            ("EntityTooLarge", ObjectStoreError, "can't do it: EntityTooLarge message"),
            ("InternalError", ObjectStoreUnreachableError, "is out of order: InternalError message"),
            ("SomethingNew", ObjectStoreError, "can't do it: SomethingNew message"),
        ],
    )
    def test_is_one_exception(self, code: str, kind: type[Exception], says: str) -> None:
        with pytest.raises(kind) as told, told_clearly("http://x", "the-bucket", "key"):
            raise _s3_error(code)
        assert type(told.value) is kind
        assert says in str(told.value)

    @pytest.mark.parametrize(
        ("error", "kind", "says"),
        [
            (ServerError("failed", 503), ObjectStoreTimeoutError, "at http://x is too busy"),
            (ServerError("failed", 502), ObjectStoreUnreachableError, "at http://x is out of order: status 502"),
            (ServerError("failed", 418), ObjectStoreError, "doesn't speak S3: failed; see THOTH_S3_ENDPOINT_URL"),
            (InvalidResponseError(504, "text/html", "<p>"), ObjectStoreUnreachableError, "out of order: status 504"),
            (InvalidResponseError(404, "text/html", "<p>"), ObjectStoreError, "What is at http://x doesn't speak S3"),
            (
                http.ProtocolError("Connection aborted."),
                ObjectStoreUnreachableError,
                "at http://x broke",
            ),
            (http.ReadTimeoutError(None, "/", "Read timed out."), ObjectStoreTimeoutError, "doesn't answer in time"),  # type: ignore[arg-type]
            (ConnectionResetError("reset by peer"), ObjectStoreUnreachableError, "broke: reset by peer"),
            (TimeoutError(), ObjectStoreTimeoutError, "doesn't answer in time: TimeoutError"),
        ],
        ids=repr,
    )
    def test_an_answer_or_none_that_is_no_code_too(self, error: Exception, kind: type[Exception], says: str) -> None:
        with pytest.raises(kind) as told, told_clearly("http://x", "the-bucket", "key"):
            raise error
        assert type(told.value) is kind
        assert says in str(told.value)
        assert told.value.__cause__ is error

    def test_what_is_no_failure_of_a_store_stays_as_it_is(self) -> None:
        with pytest.raises(PermissionError), told_clearly("http://x", "the-bucket"):
            raise PermissionError("a local file")

    def test_an_endpoint_is_told_without_a_password(self) -> None:
        with pytest.raises(NotFoundError) as told, told_clearly("http://me:hush@x", "the-bucket", "key"):
            raise _s3_error("NoSuchKey")
        assert "hush" not in str(told.value)


class TestWrongCredentials:
    @each_use
    @pytest.mark.parametrize("wrong", ["key_id", "secret_key"])
    def test_are_told_and_the_secret_is_not(self, s3: S3, use: Use, wrong: str) -> None:
        store = _at(s3, **{wrong: "guessed-at-random"})
        with pytest.raises(ObjectStoreAccessError, match=r"refuses access.*THOTH_CEPH_KEY_ID") as told:
            use(store)
        assert store.host in str(told.value)
        assert store.secret_key not in _chain(told.value)

    def test_are_no_missing_object(self, s3: S3) -> None:
        with pytest.raises(ObjectStoreAccessError):
            _at(s3, secret_key="guessed").document_exists("never stored")


@each_use
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_wrong_clock_is_told(ceph_s3: S3, use: Use, hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _at(ceph_s3)
    right = minio.time.utcnow
    monkeypatch.setattr(minio.time, "utcnow", lambda: right() + dt.timedelta(hours=hours))
    with pytest.raises(ObjectStoreAccessError, match=r"the clock of this machine is wrong"):
        use(store)


@pytest.mark.usefixtures("impatient")
class TestAnOutage:
    @each_use
    def test_of_a_server_that_is_not_there_is_told(self, ceph_s3: S3, use: Use) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            store = _at(ceph_s3, host=f"http://127.0.0.1:{unused.getsockname()[1]}")
            with pytest.raises(ObjectStoreUnreachableError, match=r"Can't connect.*THOTH_S3_ENDPOINT_URL") as told:
                use(store)
        assert not isinstance(told.value, NotFoundError)
        assert store.host in str(told.value)
        assert store.secret_key not in _chain(told.value)

    @each_use
    def test_of_a_deaf_server_ends_in_time(self, ceph_s3: S3, use: Use) -> None:
        store = _at(ceph_s3)
        ceph_s3.server.gateway.suspend()
        try:
            began = time.monotonic()
            with pytest.raises(ObjectStoreTimeoutError, match=r"doesn't answer in time"):
                use(store)
            assert time.monotonic() - began < 5
        finally:
            ceph_s3.server.gateway.resume()

    def test_of_a_name_that_leads_nowhere_is_told(self, ceph_s3: S3) -> None:
        with pytest.raises(ObjectStoreUnreachableError, match=r"Can't connect .*nowhere\.invalid"):
            _at(ceph_s3, host="http://nowhere.invalid").document_exists("key")

    def test_of_trust_is_told(self, ceph_s3: S3) -> None:
        with pytest.raises(ObjectStoreUnreachableError, match="https://127"):
            _at(ceph_s3, host=ceph_s3.server.endpoint_url.replace("http:", "https:")).document_exists("key")


@pytest.fixture
def answering() -> Iterator[Callable[[bytes], str]]:
    """A function that starts a server with the same answer to everything, and tells its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve(answer: bytes) -> None:
        listener.settimeout(0.05)
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

    threads: list[threading.Thread] = []

    def start(answer: bytes) -> str:
        threads.append(threading.Thread(target=serve, args=(answer,)))
        threads[-1].start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    stop.set()
    for thread in threads:
        thread.join()
    listener.close()


def _answer(status: str, body: str = "", content_type: str = "text/html") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\nConnection: close"
    return f"{head}\r\n\r\n{body}".encode()


@pytest.mark.usefixtures("impatient")
class TestSomethingElse:
    def test_at_the_endpoint_is_told(self, ceph_s3: S3, answering: Callable[[bytes], str]) -> None:
        store = _at(ceph_s3, host=answering(_answer("404 Not Found", "<h1>Nothing here</h1>")))
        with pytest.raises(ObjectStoreError, match="doesn't speak S3") as told:
            store.retrieve_blob("key")
        assert not isinstance(told.value, NotFoundError)

    def test_that_knows_nothing_is_no_store_without_the_object(
        self, ceph_s3: S3, answering: Callable[[bytes], str]
    ) -> None:
        store = _at(ceph_s3, host=answering(_answer("404 Not Found")))
        with pytest.raises(BucketNotFoundError):
            store.document_exists("key")

    @pytest.mark.parametrize("status", ["500 Error", "502 Bad Gateway", "504 Gateway Time-out"])
    def test_in_front_of_a_dead_server_is_an_outage(
        self, ceph_s3: S3, answering: Callable[[bytes], str], status: str
    ) -> None:
        store = _at(ceph_s3, host=answering(_answer(status, "<h1>Sorry</h1>")))
        for use in (store.retrieve_blob, store.document_exists):
            with pytest.raises(ObjectStoreUnreachableError, match=f"is out of order: status {status[:3]}"):
                use("key")

    @pytest.mark.parametrize("use", USES[:3])
    def test_that_sends_requests_elsewhere_is_not_followed(
        self, ceph_s3: S3, answering: Callable[[bytes], str], use: Use
    ) -> None:
        # What a bucket in another region does: signed requests would reach a server that they aren't signed for.
        moved = _answer("307 Temporary Redirect").replace(b"\r\n", b"\r\nLocation: http://127.0.0.1:9/key\r\n", 1)
        with pytest.raises(ObjectStoreError, match=r"at http://127\.0\.0\.1:") as told:
            use(_at(ceph_s3, host=answering(moved)))
        assert not isinstance(told.value, ObjectStoreUnreachableError | NotFoundError)

    def test_that_is_busy_is_tried_again_and_then_told(self, ceph_s3: S3, answering: Callable[[bytes], str]) -> None:
        busy = "<Error><Code>SlowDown</Code><Message>Please</Message></Error>"
        store = _at(ceph_s3, host=answering(_answer("503 Slow Down", busy, "application/xml")))
        with pytest.raises(ObjectStoreTimeoutError, match="is too busy: SlowDown"):
            store.retrieve_blob("key")


class TestAFullStore:
    @pytest.fixture
    def full(self, ceph_s3: S3) -> Iterator[CephStore]:
        """A store whose user may not keep anything more."""
        quota = ("--quota-scope=user", "--uid=thoth")
        store = _at(ceph_s3)
        store.store_blob(b"before", "before")
        _administer(ceph_s3, "quota", "set", *quota, "--max-size=1")
        _administer(ceph_s3, "quota", "enable", *quota)
        yield store
        _administer(ceph_s3, "quota", "disable", *quota)

    def test_is_told_and_what_was_there_stays_readable(self, full: CephStore) -> None:
        with pytest.raises(ObjectStoreFullError, match=r"has no room for .*key': QuotaExceeded"):
            full.store_blob(b"x" * 100_000, "key")
        assert not full.document_exists("key")
        assert full.retrieve_blob("before") == b"before"

    def test_keeps_no_parts(self, full: CephStore, tmp_path: Path) -> None:
        (tmp_path / "large").write_bytes(bytes(20 * 2**20))
        with pytest.raises(ObjectStoreFullError):
            full.store_file(tmp_path / "large", "large")
        assert list(full._uploads()) == []

    def test_is_usable_again_when_there_is_room(self, full: CephStore, ceph_s3: S3) -> None:
        _administer(ceph_s3, "quota", "disable", "--quota-scope=user", "--uid=thoth")
        full.store_blob(b"x" * 100_000, "key")


def test_a_bucket_that_disappears_is_told(s3: S3) -> None:
    s3.server.make_bucket("vanishing")
    store = _at(s3, bucket="vanishing")
    store.store_blob(b"x", "key")
    store.delete("key")
    with s3.server.client() as client:
        client.remove_bucket("vanishing")
    for use in (store.document_exists, store.retrieve_blob, lambda key: store.store_blob(b"x", key)):
        with pytest.raises(BucketNotFoundError, match="No bucket 'vanishing'"):
            use("key")


class TestABadNetwork:
    @pytest.fixture
    def proxy(self, ceph_s3: S3) -> Iterator[Proxy]:
        """A proxy before the server."""
        with proxy_to(ceph_s3.server.port) as running:
            yield running

    @pytest.fixture
    def distant(self, ceph_s3: S3, proxy: Proxy) -> CephStore:
        """A store behind the proxy."""
        return _at(ceph_s3, host=proxy.endpoint_url)

    def test_that_is_slow_is_waited_for(self, distant: CephStore, proxy: Proxy) -> None:
        proxy.delay = 0.3
        distant.store_blob(b"x", "key")
        assert distant.retrieve_blob("key") == b"x"

    @pytest.mark.usefixtures("impatient")
    def test_that_swallows_requests_is_not_waited_for_long(self, distant: CephStore, proxy: Proxy) -> None:
        proxy.is_deaf = True
        for use in (distant.document_exists, distant.retrieve_blob, lambda key: distant.store_blob(b"x", key)):
            began = time.monotonic()
            with pytest.raises(ObjectStoreTimeoutError):
                use("key")
            assert time.monotonic() - began < 5

    def test_that_cuts_an_answer_is_asked_for_the_rest_only(self, distant: CephStore, proxy: Proxy) -> None:
        content = bytes(range(256)) * 40_000
        distant.store_blob(content, "key")
        proxy.cut_after = 3_000_000
        assert distant.retrieve_blob("key") == content

    def test_that_cuts_a_file_writes_it_whole(self, distant: CephStore, proxy: Proxy, tmp_path: Path) -> None:
        content = bytes(range(256)) * 40_000
        distant.store_blob(content, "key")
        proxy.cut_after = 3_000_000
        distant.retrieve_file("key", tmp_path / "got")
        assert (tmp_path / "got").read_bytes() == content

    def test_that_cuts_without_end_is_told_and_leaves_no_file(
        self, distant: CephStore, proxy: Proxy, tmp_path: Path
    ) -> None:
        distant.store_blob(bytes(10_000_000), "key")
        proxy.cut_after = 1_000_000
        with pytest.raises(ObjectStoreUnreachableError, match="broke"):
            distant.retrieve_file("key", tmp_path / "got")
        assert list(tmp_path.iterdir()) == []

    def test_that_cuts_a_request_gets_it_again(self, distant: CephStore, proxy: Proxy) -> None:
        proxy.cut_requests_after, proxy.cuts_left = 200_000, 2
        distant.store_blob(bytes(1_000_000), "key")
        assert distant.retrieve_blob("key") == bytes(1_000_000)

    def test_that_loses_the_answer_to_a_write_does_not_make_it_fail(
        self, distant: CephStore, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THOTH_S3_RETRIES", "0")
        proxy.cut_after, proxy.cuts_left = 0, 1
        answer = distant.store_blob(b"content", "key")
        assert answer["ETag"] == distant.retrieve_document_attr("key", "ETag")

    def test_that_loses_the_answer_to_a_write_does_not_take_other_content_for_it(
        self, distant: CephStore, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        distant.store_blob(b"older", "key")
        monkeypatch.setenv("THOTH_S3_RETRIES", "0")
        proxy.cut_requests_after, proxy.cuts_left = 200, 1
        with pytest.raises(ObjectStoreUnreachableError):
            distant.store_blob(b"x" * 100_000, "key")
        assert distant.retrieve_blob("key") == b"older"

    @pytest.mark.usefixtures("impatient")
    def test_that_ends_with_the_answer_to_a_write_leaves_it_unknown_and_says_so(
        self, distant: CephStore, proxy: Proxy, ceph_s3: S3
    ) -> None:
        proxy.cut_after = 0
        with pytest.raises(ObjectStoreUnreachableError, match=r"broke.*whether it stored .*/key' isn't known"):
            distant.store_blob(b"content", "key")
        assert _at(ceph_s3).retrieve_blob("key") == b"content"

    def test_an_object_that_is_replaced_meanwhile_is_not_patched_together(
        self, distant: CephStore, proxy: Proxy, ceph_s3: S3, tmp_path: Path
    ) -> None:
        distant.store_blob(b"1" * 10_000_000, "key")
        proxy.cut_after, proxy.cuts_left = 3_000_000, 1
        direct = _at(ceph_s3)
        taken: list[int] = []

        def replace(done: int, total: int) -> None:
            if not taken:
                direct.store_blob(b"2" * 10_000_000, "key")
            taken.append(done)

        with pytest.raises(ObjectStoreError, match="was replaced while it was read"):
            distant.retrieve_file("key", tmp_path / "got", on_transfer=replace)


@pytest.mark.parametrize("error", ERRORS)
def test_each_error_goes_from_process_to_process(error: type[ThothStorageExceptionError]) -> None:
    raised = error("what, where, and what to do")
    copied = pickle.loads(pickle.dumps(raised))
    assert type(copied) is error
    assert str(copied) == str(raised) == "what, where, and what to do"
    assert copied.args == raised.args
