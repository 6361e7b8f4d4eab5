"""Logs of workflows, as Argo leaves them."""

from __future__ import annotations

import pytest

from tests.fix_s3 import S3
from thoth_storages import WorkflowLogsStore
from thoth_storages.exceptions import MultipleFoundError, NotFoundError


@pytest.fixture
def logs(s3: S3) -> WorkflowLogsStore:
    """A connected store with the logs of some workflows."""
    store = WorkflowLogsStore()
    store.connect()
    for key in (
        "adviser-1/adviser-1-23/main.log",
        "adviser-10/adviser-10-4/main.log",
        "two/a/main.log",
        "two/b/main.log",
    ):
        store.ceph.store_blob(f"log of {key} é".encode(), key)
    store.ceph.store_blob(b"\xff\xfe", "binary/main.log")
    return store


def test_it_lies_among_the_artifacts(s3: S3, logs: WorkflowLogsStore) -> None:
    assert logs.prefix == f"{s3.root}/argo/artifacts"
    assert logs.deployment_name == "test"
    assert logs.is_connected()


@pytest.mark.parametrize("workflow_id", ["adviser-1", "adviser-10"])
def test_a_log_is_found_by_the_workflow(logs: WorkflowLogsStore, workflow_id: str) -> None:
    assert logs.get_log(workflow_id).startswith(f"log of {workflow_id}/")
    assert logs.get_log(workflow_id).endswith("é")


@pytest.mark.parametrize("workflow_id", ["adviser", "adviser-2", "adviser-1/adviser"])
def test_the_beginning_of_a_workflow_is_none(logs: WorkflowLogsStore, workflow_id: str) -> None:
    with pytest.raises(NotFoundError, match=f"No log of a workflow '{workflow_id}'"):
        logs.get_log(workflow_id)


def test_several_logs_are_too_many(logs: WorkflowLogsStore) -> None:
    with pytest.raises(MultipleFoundError, match=r"two/a/main\.log, two/b/main\.log"):
        logs.get_log("two")


def test_a_log_may_hold_any_bytes(logs: WorkflowLogsStore) -> None:
    assert logs.get_log("binary") == "\ufffd\ufffd"
