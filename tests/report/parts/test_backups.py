"""The backups of a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fix_s3 import S3
from thoth_storages.backup_names import backup_name
from thoth_storages.exceptions import ObjectStoreError
from thoth_storages.objectstore import GraphBackupStore
from thoth_storages.report.model import Tone
from thoth_storages.report.parts.backups import backups

NOW = dt.datetime.now(dt.UTC)


def test_without_a_store_the_page_says_so() -> None:
    section = backups(NOW)
    assert section.problem == "No object store is configured: THOTH_S3_ENDPOINT_URL isn't set."
    (newest,) = section.facts
    assert (newest.value, newest.tone) == ("unknown", Tone.WARNING)


def test_what_else_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:1")
    assert backups(NOW).problem.startswith("No object store is configured: THOTH_")


def test_a_store_that_cannot_be_reached_is_an_error(monkeypatch: pytest.MonkeyPatch, s3: S3) -> None:
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    with pytest.raises(ObjectStoreError):
        backups(NOW)


def test_an_empty_store_is_bad_news(s3: S3) -> None:
    newest, number = backups(NOW).facts
    assert (newest.value, newest.tone, number.value) == ("none", Tone.BAD, "0")


@pytest.fixture
def store(s3: S3, tmp_path: Path) -> Callable[[dt.timedelta, int], str]:
    """A function that stores a backup of some age and size, and answers its name."""
    adapter = GraphBackupStore()
    adapter.connect()

    def stored(age: dt.timedelta, length: int) -> str:
        (tmp_path / "dump").write_bytes(b"x" * length)
        name = backup_name(NOW - age)
        adapter.ceph.store_file(tmp_path / "dump", name)
        return name

    return stored


def test_backups_are_listed_with_age_and_size_the_newest_first(store: Callable[[dt.timedelta, int], str]) -> None:
    older = store(dt.timedelta(days=1, hours=2), 2048)
    newer = store(dt.timedelta(hours=1, minutes=1), 1024)
    section = backups(NOW)
    (table,) = section.tables
    assert [(row[0], *row[2:]) for row in table.rows] == [
        (newer, "1 hour ago", 1024, ""),
        (older, "1 day ago", 2048, ""),
    ]
    newest, number = section.facts
    assert (newest.value, newest.tone) == ("1 hour ago", Tone.GOOD)
    assert (number.value, number.remark) == ("2", "3.0 KiB in all")


@pytest.mark.parametrize(("hours", "tone"), [(47, Tone.GOOD), (49, Tone.WARNING)])
def test_an_old_backup_is_a_warning(store: Callable[[dt.timedelta, int], str], hours: int, tone: Tone) -> None:
    store(dt.timedelta(hours=hours), 10)
    store(dt.timedelta(days=99), 10)
    assert backups(NOW).facts[0].tone == tone


def test_a_backup_that_is_no_good_does_not_count(store: Callable[[dt.timedelta, int], str]) -> None:
    store(dt.timedelta(hours=1), 0)
    store(dt.timedelta(hours=5, minutes=1), 10)
    section = backups(NOW)
    assert section.facts[0].value == "5 hours ago"
    assert section.tables[0].rows[0][-1] != ""


def test_what_is_no_backup_by_its_name_is_not_listed(store: Callable[[dt.timedelta, int], str], s3: S3) -> None:
    name = store(dt.timedelta(hours=1), 10)
    s3.store("graph-backup").store_blob(b"x", "notes")
    assert [row[0] for row in backups(NOW).tables[0].rows] == [name]
