"""Metrics of the backups in the object store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.fix_s3 import S3
from tests.metrics.reading import samples_of
from thoth_storages import GraphBackupStore
from thoth_storages.backup import Backup
from thoth_storages.exceptions import SettingMissingError
from thoth_storages.metrics.backups import Backups, list_backups

NOON = dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)


def backup(hour: int, size: int = 70, flaw: str | None = None) -> Backup:
    return Backup(f"pg_dump-24-02-29-{hour}-00-00", NOON.replace(hour=hour), size, None, flaw)


def test_the_newest_good_one_has_an_age_and_a_size() -> None:
    found = Backups([backup(9, size=30), backup(10, size=50), backup(11, size=0, flaw="it is empty")])
    assert samples_of(found.metrics(NOON)) == {
        'backups{is="good"}': 2,
        'backups{is="bad"}': 1,
        "newest_backup_timestamp_seconds": NOON.replace(hour=10).timestamp(),
        "newest_backup_age_seconds": 7200,
        "newest_backup_size_bytes": 50,
    }


@pytest.mark.parametrize(("found", "bad"), [([], 0), ([backup(9, size=0, flaw="it is empty")], 1)])
def test_without_a_good_one_nothing_is_said_of_the_newest(found: list[Backup], bad: int) -> None:
    assert samples_of(Backups(found).metrics(NOON)) == {'backups{is="good"}': 0, 'backups{is="bad"}': bad}


def test_they_are_those_of_the_store(s3: S3, tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    dump.write_bytes(b"a dump")
    store = GraphBackupStore()
    store.connect()
    store.store_dump(dump, backup_id="pg_dump-24-02-29-12-00-00")
    samples = samples_of(list_backups().metrics(NOON + dt.timedelta(minutes=1)))
    assert (samples["newest_backup_age_seconds"], samples["newest_backup_size_bytes"]) == (60, 6)


def test_a_store_that_is_named_by_half_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(SettingMissingError):
        list_backups()
