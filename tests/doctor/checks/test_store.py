"""The checks of the object store and of the clocks."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.doctor.conftest import Run
from tests.fix_s3 import S3
from thoth_storages.doctor import Status
from thoth_storages.doctor.checks import store


def test_a_store_that_takes_objects_is_well_and_keeps_none(run: Run, s3: S3) -> None:
    result = run("object-store")
    assert result.status is Status.OK
    assert result.said.startswith(f"bucket '{s3.bucket}' at {s3.server.endpoint_url}, {s3.root}/doctor/: an object was")
    assert s3.listing() == []


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("THOTH_CEPH_BUCKET", "never-made", "No bucket 'never-made'"),
        ("THOTH_CEPH_SECRET_KEY", "wrong", "refuses access"),
        ("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:1", "Can't connect to the object store"),
        ("THOTH_S3_ENDPOINT_URL", "127.0.0.1", "is a URL like"),
    ],
)
def test_a_store_that_does_not_is_told(
    run: Run, s3: S3, variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    result = run("object-store")
    assert result.status is Status.FAIL
    assert said in result.said
    assert "wrong" not in result.said


@pytest.mark.parametrize("name", ["object-store", "object-store-clock"])
def test_a_store_that_is_not_configured_cannot_be_checked(run: Run, name: str) -> None:
    result = run(name)
    assert result.status is Status.UNKNOWN
    assert "THOTH_CEPH_BUCKET_PREFIX isn't set" in result.said


def test_clocks_of_one_machine_agree(run: Run, s3: S3) -> None:
    assert run("database-clock").status is Status.OK
    assert run("object-store-clock").status is Status.OK


def test_the_clock_of_a_store_that_does_not_answer_is_not_known(
    run: Run, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:1")
    result = run("object-store-clock")
    assert (result.status, result.said) == (
        Status.UNKNOWN,
        "the object store at http://127.0.0.1:1 doesn't answer",
    )


@pytest.mark.parametrize(
    ("seconds", "status", "said"),
    [
        (0, Status.OK, "the same time"),
        (4, Status.OK, "the same time"),
        (-30, Status.WARN, "the clock of it is 30 s behind this machine's"),
        (30, Status.WARN, "the clock of it is 29 s ahead of this machine's"),
        (-3600, Status.FAIL, "the clock of it is 3,600 s behind"),
    ],
)
def test_a_clock_that_is_wrong_is_told(seconds: int, status: Status, said: str) -> None:
    before = dt.datetime(2024, 2, 29, 12, 30, tzinfo=dt.UTC)
    after = before + dt.timedelta(seconds=1)
    finding = store._compared("it", before + dt.timedelta(seconds=seconds), before, after)
    assert finding.status is status
    assert said in finding.said
