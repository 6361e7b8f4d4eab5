"""Removing the oldest backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_storages.backup import BackupFolder, rotate_backups

DAYS = [f"pg_dump-24-01-{day:02}-00-00-00" for day in range(1, 6)]


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    for name in DAYS:
        (tmp_path / name).write_text("-- PostgreSQL")
    return BackupFolder(tmp_path)


def left(folder: BackupFolder) -> list[str]:
    return [each.name for each in folder.listing()]


@pytest.mark.parametrize("kept", [1, 2, 4, 5, 9])
def test_the_newest_stay_and_the_others_are_named(folder: BackupFolder, kept: int) -> None:
    assert rotate_backups(folder, kept) == DAYS[:-kept]
    assert left(folder) == DAYS[-kept:]


def test_the_last_good_one_stays_whatever_is_newer(folder: BackupFolder) -> None:
    for name in DAYS[2:]:
        (folder.folder / name).write_text("")
    assert rotate_backups(folder, 1) == DAYS[:1]
    assert left(folder) == DAYS[1:]


def test_what_is_no_backup_stays(folder: BackupFolder) -> None:
    (folder.folder / "notes").touch()
    rotate_backups(folder, 1)
    assert (folder.folder / "notes").exists()


def test_keeping_none_is_refused_and_removes_nothing(folder: BackupFolder) -> None:
    with pytest.raises(ValueError, match="At least one backup is kept, not 0"):
        rotate_backups(folder, 0)
    assert left(folder) == DAYS
