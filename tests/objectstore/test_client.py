"""The client: one for each endpoint in a process, a new one in a child, and no secret in what it says."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from urllib3 import HTTPConnectionPool, HTTPResponse, Retry

from tests.fix_s3 import S3
from tests.forking import holds_in_child
from tests.proxy import proxy_to
from thoth_storages.exceptions import ObjectStoreUnreachableError
from thoth_storages.objectstore import CephStore
from thoth_storages.objectstore.client import Access, get_client, shown_endpoint

ACCESS = Access("https://s3.example.com", "key", "the secret", None)


class TestOneClient:
    def test_serves_all_threads(self) -> None:
        with ThreadPoolExecutor(8) as threads:
            assert len(set(map(id, threads.map(lambda _: get_client(ACCESS), range(64))))) == 1

    def test_serves_only_those_who_ask_for_the_same(self) -> None:
        other = Access("http://s3.example.com", "other", "other", "other")
        others = [ACCESS._replace(**{field: value}) for field, value in other._asdict().items()]
        assert len({id(get_client(access)) for access in [ACCESS, *others]}) == 5

    def test_is_not_shared_with_a_child(self) -> None:
        mine = get_client(ACCESS)
        assert holds_in_child(lambda: get_client(ACCESS) is not mine)
        assert get_client(ACCESS) is mine


class TestWaiting:
    @staticmethod
    def _retry(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Retry:
        for name, value in variables.items():
            monkeypatch.setenv(f"THOTH_S3_{name}", value)
        retries = get_client(ACCESS)._http.connection_pool_kw["retries"]
        assert isinstance(retries, Retry)
        return retries

    def test_before_a_retry_is_bounded_and_spread(self, monkeypatch: pytest.MonkeyPatch) -> None:
        retries = self._retry(monkeypatch, RETRIES="20")
        for _ in range(4):
            retries = retries.increment("GET", "/", error=ConnectionError())
        waits = [retries.get_backoff_time() for _ in range(20)]
        assert len(set(waits)) > 10
        for _ in range(10):
            retries = retries.increment("GET", "/", error=ConnectionError())
        assert max(waits) < retries.get_backoff_time() <= 10

    def test_is_never_as_long_as_a_server_asks_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not self._retry(monkeypatch).respect_retry_after_header

    @pytest.mark.parametrize(("retries", "reads"), [("0", 0), ("1", 1), ("9", 2)])
    def test_for_a_deaf_server_is_repeated_less_often(
        self, retries: str, reads: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        retry = self._retry(monkeypatch, RETRIES=retries)
        assert (retry.total, retry.read) == (int(retries), reads)

    def test_takes_as_long_as_the_variables_say(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._retry(monkeypatch, CONNECT_TIMEOUT="1.5", READ_TIMEOUT="2.5")
        timeout = get_client(ACCESS)._http.connection_pool_kw["timeout"]
        assert (timeout.connect_timeout, timeout.read_timeout) == (1.5, 2.5)


class TestAnEndpoint:
    @pytest.mark.parametrize("url", ["http://127.0.0.1:7480", "https://s3.example.com", "https://s3.example.com:443/"])
    def test_is_a_url_of_http_or_https(self, url: str) -> None:
        get_client(ACCESS._replace(endpoint_url=url))

    @pytest.mark.parametrize(
        "url", ["s3.example.com", "ftp://s3.example.com", "https://", "https://x/path", "https://x?a=b", "", "x:7480"]
    )
    def test_that_is_something_else_is_refused_and_the_variable_named(self, url: str) -> None:
        with pytest.raises(ValueError, match=r"is a URL like https://s3\.example\.com:443.*THOTH_S3_ENDPOINT_URL"):
            get_client(ACCESS._replace(endpoint_url=url))

    def test_is_never_shown_with_a_password(self) -> None:
        with pytest.raises(ValueError, match=r"https://s3\.example\.com") as error:
            get_client(ACCESS._replace(endpoint_url="https://me:hush@s3.example.com"))
        assert "hush" not in str(error.value)
        assert shown_endpoint("https://me:hush@s3.example.com:1/x") == "https://s3.example.com:1/x"
        assert shown_endpoint("me:hush@s3") == "s3"


@pytest.mark.parametrize(
    ("endpoint", "asked"),
    [
        ("https://s3.example.com", "https://s3.example.com:443"),
        ("https://s3.example.com:443", "https://s3.example.com:443"),
        ("http://s3.example.com:80/", "http://s3.example.com:80"),
        ("http://s3.example.com:8080", "http://s3.example.com:8080"),
        ("https://s3.amazonaws.com", "https://s3.us-east-1.amazonaws.com:443"),
        ("https://s3.eu-central-1.amazonaws.com", "https://s3.eu-central-1.amazonaws.com:443"),
        ("https://s3.dualstack.us-gov-west-1.amazonaws.com", "https://s3.dualstack.us-gov-west-1.amazonaws.com:443"),
    ],
)
def test_the_bucket_is_in_the_path_of_what_is_asked_for_and_not_in_the_name_of_the_server(
    endpoint: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def send(pool: HTTPConnectionPool, method: str, target: str, **_: object) -> HTTPResponse:
        sent.append(f"{pool.scheme}://{pool.host}:{pool.port}{target}")
        return HTTPResponse(status=200)

    monkeypatch.setattr(HTTPConnectionPool, "urlopen", send)
    get_client(ACCESS._replace(endpoint_url=endpoint)).stat_object("the-bucket", "the/key")
    assert sent == [f"{asked}/the-bucket/the/key"]


class TestHttps:
    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Certificate:
        """A new certificate of 127.0.0.1, signed by itself."""
        certificate = Certificate(tmp_path / "key.pem", tmp_path / "certificate.pem")
        certificate.make()
        return certificate

    @pytest.fixture
    def store(self, s3: S3, certificate: Certificate) -> Iterator[CephStore]:
        """A store behind a proxy that speaks TLS."""
        with proxy_to(s3.server.port, certificate.context()) as proxy:
            store = CephStore(s3.root, host=proxy.endpoint_url.replace("http:", "https:"))
            store.connect()
            yield store

    def test_is_spoken_with_a_server_whose_certificate_is_trusted(
        self, store: CephStore, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        content = bytes(range(256)) * 10_000
        store.store_blob(content, "key")
        assert store.retrieve_blob("key") == content
        assert list(store.get_document_listing()) == ["key"]

    def test_is_not_spoken_with_another_and_why_is_told(
        self, store: CephStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THOTH_S3_RETRIES", "0")
        with pytest.raises(ObjectStoreUnreachableError, match=r"https://127.* certificate .*SSL_CERT_FILE"):
            store.store_blob(b"x", "key")


class Certificate(NamedTuple):
    """The files of a certificate."""

    key: Path
    path: Path

    def make(self) -> None:
        """Write them."""
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext"
        subject = ["subjectAltName=IP:127.0.0.1", "-keyout", str(self.key), "-out", str(self.path)]
        subprocess.run([*command.split(), *subject], check=True, capture_output=True)

    def context(self) -> ssl.SSLContext:
        """What a server needs to show it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self.key)
        return context


def test_the_secret_is_not_in_what_is_printed() -> None:
    assert "the secret" not in repr(ACCESS) + str(ACCESS) + repr(ACCESS._replace(endpoint_url="http://a:the secret@b"))


@pytest.mark.parametrize(
    ("host", "region", "signed_for"),
    [
        ("s3.example.com", None, "us-east-1"),
        ("s3.example.com", "eu-central-1", "eu-central-1"),
        ("s3.amazonaws.com", None, "us-east-1"),
        ("s3.eu-central-1.amazonaws.com", None, "eu-central-1"),
        ("s3-us-west-2.amazonaws.com", None, "us-west-2"),
        ("s3.cn-north-1.amazonaws.com.cn", None, "cn-north-1"),
        ("s3.eu-central-1.amazonaws.com", "eu-west-3", "eu-west-3"),
    ],
)
def test_requests_are_signed_for_the_region_without_asking_for_it(
    host: str, region: str | None, signed_for: str
) -> None:
    access = ACCESS._replace(endpoint_url=f"https://{host}", region=region)
    assert get_client(access)._base_url.region == signed_for
