"""Backups of the graph: the newest ones stay, and never only bad ones."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

import pytest

from tests.fix_s3 import S3
from thoth_storages import GraphBackupStore
from thoth_storages.exceptions import BucketNotFoundError, DocumentError

OLD = [f"pg_dump-20-01-{day:02}-12-30-59" for day in range(1, 8)]


@pytest.fixture
def backups(s3: S3, monkeypatch: pytest.MonkeyPatch) -> GraphBackupStore:
    """A connected store that keeps three, empty."""
    monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", "3")
    store = GraphBackupStore()
    store.connect()
    return store


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A file that stands for a dump."""
    path = tmp_path / "dump"
    path.write_bytes(b"PGDMP")
    return path


def _put(backups: GraphBackupStore, *names: str, content: bytes = b"PGDMP") -> None:
    for name in names:
        backups.ceph.store_blob(content, name)


def test_a_dump_is_stored_under_the_moment_in_utc(backups: GraphBackupStore, dump: Path) -> None:
    told: list[tuple[int, int]] = []
    name = backups.store_dump(str(dump), on_transfer=lambda *far: told.append(far))
    moment = dt.datetime.strptime(name, f"pg_dump-{GraphBackupStore._BACKUP_FILE_DATETIME_FORMAT}")
    assert abs(moment.replace(tzinfo=dt.UTC) - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert backups.ceph.retrieve_blob(name) == b"PGDMP"
    assert told == [(5, 5)]


@pytest.mark.parametrize("kept", [1, 2, 3, 7, 8, 9])
def test_the_oldest_beyond_those_that_are_kept_are_removed(
    backups: GraphBackupStore, dump: Path, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", str(kept))
    _put(backups, *OLD)
    new = backups.store_dump(dump)
    assert list(backups.get_document_listing()) == [*OLD, new][-kept:]


def test_they_are_removed_oldest_first(backups: GraphBackupStore, dump: Path, caplog: pytest.LogCaptureFixture) -> None:
    _put(backups, *OLD)
    with caplog.at_level(logging.INFO, logger="thoth_storages"):
        backups.store_dump(dump)
    assert [name for record in caplog.records for name in OLD if name in record.getMessage()] == OLD[:5]


def test_what_is_no_backup_by_its_name_is_not_touched(
    backups: GraphBackupStore, dump: Path, caplog: pytest.LogCaptureFixture
) -> None:
    foreign = ["notes", "pg_dump-", "pg_dump-20-13-01-00-00-00", "pg_dump-20-01-01"]
    _put(backups, *OLD, *foreign)
    backups.store_dump(dump)
    left = list(backups.get_document_listing())
    assert set(foreign) < set(left)
    assert len(left) == len(foreign) + 3
    assert all(f"{name} is no backup by its name" in caplog.text for name in foreign)


def test_empty_ones_do_not_push_out_good_ones(backups: GraphBackupStore, dump: Path) -> None:
    _put(backups, *OLD[:4])
    _put(backups, *OLD[4:], content=b"")
    new = backups.store_dump(dump)
    assert list(backups.get_document_listing()) == [*OLD[2:4], *OLD[4:], new]


def test_the_new_one_stays_though_its_clock_is_behind(backups: GraphBackupStore, dump: Path) -> None:
    future = [f"pg_dump-60-01-{day:02}-00-00-00" for day in range(1, 6)]
    _put(backups, *future)
    new = backups.store_dump(dump)
    assert list(backups.get_document_listing()) == [new, *future[-2:]]


def test_an_empty_dump_is_refused_and_removes_nothing(backups: GraphBackupStore, tmp_path: Path) -> None:
    _put(backups, *OLD)
    (tmp_path / "empty").touch()
    with pytest.raises(DocumentError, match="empty: the file is empty, so it is no dump"):
        backups.store_dump(tmp_path / "empty")
    assert list(backups.get_document_listing()) == OLD


def test_a_dump_that_cannot_be_stored_removes_nothing(
    backups: GraphBackupStore, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(backups, *OLD)
    monkeypatch.setattr(backups.ceph, "bucket", "never-made")
    with pytest.raises(BucketNotFoundError):
        backups.store_dump(dump)
    monkeypatch.undo()
    assert list(backups.get_document_listing()) == OLD


def test_parts_of_a_dump_that_was_never_finished_are_removed_after_a_day(
    backups: GraphBackupStore, dump: Path, s3: S3
) -> None:
    client = backups.ceph._client
    upload_id = client._create_multipart_upload(s3.bucket, f"{backups.ceph.prefix}{OLD[0]}", {})
    backups.store_dump(dump)
    assert [upload.upload_id for upload in backups.ceph._uploads()] == [upload_id]
    assert backups.ceph.abort_uploads(dt.timedelta(0)) == 1
    assert list(backups.ceph._uploads()) == []


@pytest.mark.parametrize(("value", "kept"), [(None, 21), ("5", 5)])
def test_services_ask_the_class_how_many_are_kept(
    value: str | None, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is not None:
        monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", value)
    assert kept == GraphBackupStore.GRAPH_BACKUP_STORE_ROTATE


def test_keeping_none_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", "0")
    with pytest.raises(ValueError, match="GRAPH_BACKUP_STORE_ROTATE='0'"):
        _ = GraphBackupStore.GRAPH_BACKUP_STORE_ROTATE
