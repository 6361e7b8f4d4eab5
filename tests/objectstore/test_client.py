"""The client: one for each endpoint in a process, a new one in a child, and no secret in what it says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from urllib3 import Retry

from tests.forking import holds_in_child
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


def test_the_secret_is_not_in_what_is_printed() -> None:
    assert "the secret" not in repr(ACCESS) + str(ACCESS) + repr(ACCESS._replace(endpoint_url="http://a:the secret@b"))


@pytest.mark.parametrize(("region", "signed_for"), [(None, "us-east-1"), ("eu-central-1", "eu-central-1")])
def test_requests_are_signed_for_the_region_without_asking_for_it(region: str | None, signed_for: str) -> None:
    assert get_client(ACCESS._replace(region=region))._base_url.region == signed_for
