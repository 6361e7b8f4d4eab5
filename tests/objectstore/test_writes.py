"""Writes whose answers don't tell: they are sent again only after a look, and once where they were done."""

from __future__ import annotations

import hashlib
import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from minio.error import InvalidResponseError, S3Error, ServerError
from urllib3 import exceptions as http

from tests.fix_s3 import S3
from tests.proxy import Proxy, proxy_to
from thoth_storages.exceptions import (
    NotFoundError,
    ObjectStoreAccessError,
    ObjectStoreError,
    ObjectStoreUnreachableError,
)
from thoth_storages.objectstore import CephStore
from thoth_storages.objectstore.writes import UnknownOutcomeError, _may_have_happened

MIB = 2**20
CONTENT = b"".join(hashlib.sha256(bytes([number])).digest() * (MIB // 32) for number in range(9))


class Write(NamedTuple):
    """A way to write the object ``key``."""

    write: Callable[[CephStore, Path], object]
    requests: str
    """A pattern of the requests that do it."""
    content: bytes
    looks: str
    """A pattern of the requests that tell whether it was done."""


def _store_file(store: CephStore, path: Path) -> object:
    path.write_bytes(CONTENT)
    return store.store_file(path, "key")


WRITES = {
    "object": Write(lambda store, _: store.store_blob(b"content", "key"), "PUT .*/key$", b"content", "HEAD .*/key$"),
    "copy": Write(lambda store, _: store.copy("source", store, "key"), "PUT .*/key$", b"source", "HEAD .*/key$"),
    "part": Write(_store_file, r"PUT .*partNumber=2\b", CONTENT, "GET .*uploadId="),
    "completion": Write(_store_file, "POST .*uploadId=", CONTENT, "GET .*uploadId="),
    "creation": Write(_store_file, "POST .*uploads=", CONTENT, "POST .*uploads="),
}


def _answer(status: str, code: str) -> bytes:
    body = f"<Error><Code>{code}</Code><Message>Please try again.</Message></Error>"
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\nConnection: close"
    return f"{head}\r\n\r\n{body}".encode()


NO_ANSWER = b""
INTERNAL_ERROR = _answer("500 Internal Server Error", "InternalError")
SLOW_DOWN = _answer("503 Slow Down", "SlowDown")
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
ANSWERS = {
    "no answer": NO_ANSWER,
    "InternalError": INTERNAL_ERROR,
    "SlowDown": SLOW_DOWN,
    "bad gateway": BAD_GATEWAY,
}
# Creating an upload stores nothing, and a second one is nothing but a second one.
REPEATED = {name: write for name, write in WRITES.items() if name != "creation"}
each_write = pytest.mark.parametrize("write", REPEATED.values(), ids=REPEATED)
each_loss = pytest.mark.parametrize(
    ("write", "answer"),
    [
        *(pytest.param(write, NO_ANSWER, id=f"{name}-no answer") for name, write in REPEATED.items()),
        *(pytest.param(WRITES["object"], answer, id=f"object-{name}") for name, answer in ANSWERS.items() if answer),
        pytest.param(WRITES["completion"], INTERNAL_ERROR, id="completion-InternalError"),
    ],
)


@pytest.fixture
def proxy(s3: S3) -> Iterator[Proxy]:
    """A proxy before the server, which loses one answer."""
    with proxy_to(s3.server.port) as running:
        running.cuts_left = 1
        yield running


@pytest.fixture
def distant(s3: S3, proxy: Proxy) -> CephStore:
    """A store behind the proxy, which holds ``source``."""
    s3.store().store_blob(b"source", "source")
    store = CephStore(s3.store().prefix, host=proxy.endpoint_url)
    store.connect()
    return store


def _seen(proxy: Proxy, pattern: str) -> int:
    return sum(bool(re.search(pattern, request)) for request in proxy.requests)


@each_loss
def test_a_write_that_was_done_is_not_sent_again(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path, write: Write, answer: bytes
) -> None:
    proxy.loses, proxy.instead = write.requests, answer
    answered = write.write(distant, tmp_path / "file")
    assert proxy.cuts_left == 0
    assert _seen(proxy, write.requests) == 1
    assert _seen(proxy, write.looks) >= 1
    assert s3.store().retrieve_blob("key") == write.content
    if isinstance(answered, dict):
        assert answered["ETag"] == s3.store().retrieve_document_attr("key", "ETag")
    assert list(distant._uploads()) == []


@each_loss
def test_a_write_that_was_not_done_is_sent_again_after_a_look(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path, write: Write, answer: bytes
) -> None:
    s3.store().store_blob(b"older", "key")
    proxy.loses, proxy.loses_requests, proxy.instead = write.requests, True, answer
    write.write(distant, tmp_path / "file")
    assert proxy.cuts_left == 0
    assert _seen(proxy, write.requests) == 1
    before = proxy.requests[: next(n for n, request in enumerate(proxy.requests) if re.search(write.requests, request))]
    assert any(re.search(write.looks, request) for request in before)
    assert s3.store().retrieve_blob("key") == write.content
    assert list(distant._uploads()) == []


@pytest.mark.parametrize("loses_requests", [False, True])
@each_write
def test_a_write_whose_answer_does_not_come_in_time_is_looked_for(
    s3: S3,
    distant: CephStore,
    proxy: Proxy,
    tmp_path: Path,
    write: Write,
    loses_requests: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("THOTH_S3_READ_TIMEOUT", "0.5")
    proxy.loses, proxy.loses_requests, proxy.instead = write.requests, loses_requests, None
    write.write(distant, tmp_path / "file")
    assert proxy.cuts_left == 0
    assert _seen(proxy, write.requests) == 1
    assert _seen(proxy, write.looks) >= 1
    assert s3.store().retrieve_blob("key") == write.content


def test_a_write_that_was_cut_in_the_middle_is_sent_again_after_a_look(
    s3: S3, distant: CephStore, proxy: Proxy
) -> None:
    proxy.cut_requests_after = 200_000
    distant.store_blob(CONTENT, "key")
    methods = [request.partition(" ")[0] for request in proxy.requests]
    assert methods == ["PUT", "HEAD", "PUT"]
    assert s3.store().retrieve_blob("key") == CONTENT


@pytest.mark.parametrize("answer", [NO_ANSWER, INTERNAL_ERROR], ids=["no answer", "InternalError"])
def test_an_upload_is_begun_again_when_its_id_is_lost(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path, answer: bytes
) -> None:
    creation = WRITES["creation"]
    proxy.loses, proxy.instead = creation.requests, answer
    creation.write(distant, tmp_path / "file")
    assert _seen(proxy, creation.requests) == 2
    assert s3.store().retrieve_blob("key") == CONTENT


@each_write
def test_a_write_that_never_succeeds_is_told_within_the_bound(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THOTH_S3_RETRIES", "2")
    s3.store().store_blob(b"older", "key")
    proxy.loses, proxy.loses_requests, proxy.instead, proxy.cuts_left = write.requests, True, INTERNAL_ERROR, 100
    began = time.monotonic()
    with pytest.raises(ObjectStoreUnreachableError, match="out of order: InternalError Please try again") as told:
        write.write(distant, tmp_path / "file")
    assert time.monotonic() - began < 5
    assert 100 - proxy.cuts_left == 3
    assert "isn't known" not in str(told.value)
    assert s3.store().retrieve_blob("key") == b"older"
    assert list(distant._uploads()) == []


@pytest.mark.parametrize("name", ["object", "copy", "completion"])
def test_a_write_that_was_done_and_cannot_be_looked_for_is_told_as_unknown(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    write = WRITES[name]
    proxy.loses, proxy.instead, proxy.cuts_left = f"{write.requests}|{write.looks}", INTERNAL_ERROR, 2
    with pytest.raises(ObjectStoreUnreachableError, match=r"InternalError.*; whether it stored '.*/key' isn't known$"):
        write.write(distant, tmp_path / "file")
    assert s3.store().retrieve_blob("key") == write.content


def test_a_part_that_cannot_be_looked_for_is_no_unknown_object(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    part = WRITES["part"]
    proxy.loses, proxy.cuts_left = f"{part.requests}|{part.looks}", 2
    with pytest.raises(ObjectStoreUnreachableError, match=r"broke: [^()]*$") as told:
        part.write(distant, tmp_path / "file")
    assert "isn't known" not in str(told.value)
    assert not s3.store().document_exists("key")
    assert list(distant._uploads()) == []


def test_a_completion_is_not_taken_for_done_since_the_older_object_has_the_same_content(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path
) -> None:
    completion = WRITES["completion"]
    completion.write(s3.store(), tmp_path / "file")
    proxy.loses, proxy.loses_requests = completion.requests, True
    completion.write(distant, tmp_path / "file")
    assert _seen(proxy, completion.requests) == 1
    assert list(distant._uploads()) == []


@pytest.mark.parametrize("name", ["copy", "completion"])
def test_a_failure_with_status_200_is_no_success(
    s3: S3, distant: CephStore, proxy: Proxy, tmp_path: Path, name: str
) -> None:
    # AWS sends the status before it has done it.
    answer = b"<Error><Code>InternalError</Code></Error>"
    s3.store().store_blob(b"older", "key")
    write = WRITES[name]
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: {len(answer)}\r\n\r\n"
    proxy.loses, proxy.loses_requests, proxy.instead = write.requests, True, head.encode() + answer
    write.write(distant, tmp_path / "file")
    assert _seen(proxy, write.requests) == 1
    assert s3.store().retrieve_blob("key") == write.content


@pytest.mark.parametrize("name", ["object", "copy", "creation"])
def test_a_write_that_is_refused_is_not_sent_again(s3: S3, proxy: Proxy, tmp_path: Path, name: str) -> None:
    s3.store().store_blob(b"source", "source")
    store = CephStore(s3.store().prefix, host=proxy.endpoint_url, secret_key="guessed")
    store.connect()
    with pytest.raises(ObjectStoreAccessError):
        WRITES[name].write(store, tmp_path / "file")
    assert len(proxy.requests) == 1


def test_an_object_without_a_hash_is_known_as_a_copy_by_its_etag(s3: S3, distant: CephStore, proxy: Proxy) -> None:
    with s3.server.client() as client:
        client.put_object(s3.bucket, f"{distant.prefix}foreign", io.BytesIO(b"foreign"), 7)
    proxy.loses = "PUT .*/key$"
    distant.copy("foreign", distant, "key")
    assert _seen(proxy, proxy.loses) == 1
    assert s3.store().retrieve_blob("key") == b"foreign"


def test_a_copy_of_what_is_gone_is_not_found(s3: S3, distant: CephStore, proxy: Proxy) -> None:
    with pytest.raises(NotFoundError):
        distant.copy("gone", distant, "key")
    assert _seen(proxy, "PUT ") == 0


def test_an_upload_that_somebody_aborts_is_told(s3: S3, distant: CephStore, tmp_path: Path) -> None:
    def abort(done: int, total: int) -> None:
        for upload in s3.store()._uploads():
            s3.store()._client._abort_multipart_upload(s3.bucket, upload.object_name, str(upload.upload_id))

    (tmp_path / "file").write_bytes(CONTENT)
    with pytest.raises(ObjectStoreError, match=r"upload of '.*/key' .* was aborted by somebody else"):
        distant.store_file(tmp_path / "file", "key", on_transfer=abort)
    assert not distant.document_exists("key")


@pytest.mark.parametrize("use", [lambda store: store.retrieve_blob("source"), lambda store: store.delete("source")])
@pytest.mark.parametrize("answer", [NO_ANSWER, SLOW_DOWN], ids=["no answer", "SlowDown"])
def test_reading_and_deleting_is_repeated_without_a_look(
    distant: CephStore, proxy: Proxy, use: Callable[[CephStore], object], answer: bytes
) -> None:
    proxy.loses, proxy.instead = "/source$", answer
    use(distant)
    methods = {request.partition(" ")[0] for request in proxy.requests}
    assert (len(proxy.requests), len(methods)) == (2, 1)


@pytest.mark.parametrize(
    ("error", "may_have"),
    [
        (http.NewConnectionError(None, "refused"), False),  # type: ignore[arg-type]
        (http.ConnectTimeoutError(), False),
        (http.MaxRetryError(None, "/", http.ConnectTimeoutError()), False),  # type: ignore[arg-type]
        (http.MaxRetryError(None, "/", http.SSLError("EOF")), True),  # type: ignore[arg-type]
        (http.ProtocolError("Connection aborted."), True),
        (http.ReadTimeoutError(None, "/", "timed out"), True),  # type: ignore[arg-type]
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (ServerError("failed", 503), True),
        (ServerError("failed", 412), False),
        (InvalidResponseError(502, "text/html", "<p>"), True),
        (InvalidResponseError(404, "text/html", "<p>"), False),
        (S3Error(None, "InternalError", "", "", "", ""), True),  # type: ignore[arg-type]
        (S3Error(None, "RequestTimeout", "", "", "", ""), True),  # type: ignore[arg-type]
        (S3Error(None, "AccessDenied", "", "", "", ""), False),  # type: ignore[arg-type]
        (FileNotFoundError(), False),
        (ValueError(), False),
    ],
    ids=repr,
)
def test_what_leaves_the_outcome_of_a_write_open(error: Exception, may_have: bool) -> None:
    assert _may_have_happened(error) is may_have


def test_an_unknown_outcome_names_the_object_and_the_reason() -> None:
    assert str(UnknownOutcomeError("the/key", TimeoutError("late"))).endswith(
        "late; whether it stored 'the/key' isn't known"
    )
