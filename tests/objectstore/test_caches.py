"""The caches: what isn't there is a miss, an outage isn't, and records have a time to live."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.fix_s3 import S3
from thoth_storages import AdvisersCacheStore, AnalysesCacheStore, CephCache, CephStore, ProvenanceCacheStore
from thoth_storages.exceptions import BucketNotFoundError, CacheMissError, NotFoundError
from thoth_storages.objectstore import caches

HOURS = 3600.0


@pytest.fixture
def cache(s3: S3) -> AnalysesCacheStore:
    """A connected cache, empty."""
    store = AnalysesCacheStore()
    store.connect()
    return store


def test_a_record_of_any_form_is_kept(s3: S3, cache: AnalysesCacheStore) -> None:
    cache.store_document_record("sha256:12", {"analysis_id": "package-extract-1"})
    assert cache.retrieve_document_record("sha256:12") == {"analysis_id": "package-extract-1"}
    assert s3.listing() == ["analysis-cache/sha256:12"]


def test_a_record_takes_the_place_of_an_older_one(cache: AnalysesCacheStore) -> None:
    cache.store_document_record("id", {"a": 1})
    cache.store_document_record("id", {"a": 2})
    assert cache.retrieve_document_record("id") == {"a": 2}


def test_what_is_not_there_is_a_miss(cache: AnalysesCacheStore) -> None:
    for ask in (cache.retrieve_document_record, cache.retrieve_document_ttl):
        with pytest.raises(CacheMissError, match="No record 'missing' in the cache") as miss:
            ask("missing")
        assert isinstance(miss.value.__cause__, NotFoundError)


def test_a_missing_bucket_is_no_miss(s3: S3) -> None:
    cache = ProvenanceCacheStore(bucket="never-made")
    cache.connect()
    for ask in (cache.retrieve_document_record, cache.retrieve_document_ttl):
        with pytest.raises(BucketNotFoundError):
            ask("missing")


def test_a_new_record_lives_four_hours(cache: AnalysesCacheStore) -> None:
    cache.store_document_record("id", {})
    assert 4 * HOURS - 60 < cache.retrieve_document_ttl("id") <= 4 * HOURS


@pytest.mark.parametrize(("age", "left"), [(-1.0, 4.0), (1.0, 3.0), (3.5, 0.5), (5.0, 0.0)])
def test_a_record_lives_what_is_left_of_four_hours(age: float, left: float, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = dt.datetime.now(dt.UTC) - dt.timedelta(hours=age)
    monkeypatch.setattr(CephStore, "retrieve_document_attr", lambda *_: stored)
    cache = AdvisersCacheStore("d", prefix="p", host="http://x", key_id="k", secret_key="s", bucket="the-bucket")
    assert cache.retrieve_document_ttl("id") == pytest.approx(left * HOURS, abs=5)


@pytest.mark.parametrize("kind", [each for each in vars(caches).values() if isinstance(each, type)], ids=str)
def test_all_of_them_are_caches(kind: type) -> None:
    if kind.__module__ == caches.__name__:
        assert issubclass(kind, CephCache)
