"""Logs of builds: under the hash of what they say."""

from __future__ import annotations

import hashlib

import pytest

from tests.fix_s3 import S3
from thoth_storages import BuildLogsStore
from thoth_storages.exceptions import NotFoundError

LOG = {"log": "Step 1/2\nStep 2/2 é"}


@pytest.fixture
def logs(s3: S3) -> BuildLogsStore:
    """A connected store, empty."""
    store = BuildLogsStore()
    store.connect()
    assert store.is_connected()
    return store


def test_the_prefix_ends_with_a_slash() -> None:
    store = BuildLogsStore(
        "deployment", bucket_prefix="data", host="http://x", key_id="k", secret_key="s", bucket="the-bucket"
    )
    assert store.prefix == store.ceph.prefix == "data/deployment/buildlogs/"
    assert store.deployment_name == "deployment"


def test_the_same_log_has_the_same_id(s3: S3, logs: BuildLogsStore) -> None:
    document_id = logs.store_document(LOG)
    assert logs.store_document(dict(LOG)) == document_id
    assert document_id == f"buildlog-{hashlib.sha256(logs.ceph.dict2blob(LOG)).hexdigest()}"
    assert s3.listing() == [f"buildlogs/{document_id}"]


def test_a_log_is_retrieved_and_listed(logs: BuildLogsStore) -> None:
    document_id = logs.store_document(LOG)
    assert logs.retrieve_document(document_id) == LOG
    assert list(logs.get_document_listing()) == [document_id]
    assert list(logs.iterate_results()) == [(document_id, LOG)]


def test_a_log_that_is_not_there_is_not_found(logs: BuildLogsStore) -> None:
    with pytest.raises(NotFoundError):
        logs.retrieve_document("buildlog-1")
