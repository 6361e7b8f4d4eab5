"""Backups in a folder."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from pathlib import Path

import pytest

from tests.backup.conftest import CopyDump
from tests.backup.making import FORMATS, truncate
from tests.backup.test_manifest import MANIFEST
from thoth_storages.backup import BackupFolder, DumpFormat, Manifest
from thoth_storages.exceptions import BackupError, NotFoundError

OLD = "pg_dump-20-01-01-00-00-00"


@pytest.fixture
def folder(tmp_path: Path) -> BackupFolder:
    return BackupFolder(tmp_path / "backups")


def names(folder: BackupFolder) -> list[str]:
    return sorted(path.name for path in folder.folder.iterdir())


def write_something(path: Path, name: str) -> Manifest:
    path.write_text("SELECT 1;")
    return dataclasses.replace(MANIFEST, name=name)


def test_making_one_leaves_the_dump_and_its_manifest(folder: BackupFolder) -> None:
    name = folder.create(write_something)
    assert names(folder) == [name, f"{name}.manifest.json"]
    assert (folder.folder / name).read_text() == "SELECT 1;"
    found = folder.manifest(name)
    assert found is not None
    assert found.name == name


def test_while_it_is_made_nothing_has_its_name(folder: BackupFolder) -> None:
    seen: list[list[str]] = []

    def write(path: Path, name: str) -> Manifest:
        manifest = write_something(path, name)
        seen.append(names(folder))
        return manifest

    name = folder.create(write)
    assert seen == [[f"{name}.partial"]]


@pytest.mark.parametrize("error", [BackupError, OSError, KeyboardInterrupt])
def test_what_fails_leaves_nothing(folder: BackupFolder, error: type[BaseException]) -> None:
    def write(path: Path, name: str) -> Manifest:
        path.mkdir()
        (path / "toc.dat").touch()
        raise error

    with pytest.raises(error):
        folder.create(write)
    assert names(folder) == []


def test_two_in_one_second_do_not_meet(folder: BackupFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thoth_storages.backup.folder.backup_name", lambda moment: OLD)

    def write_exclusively(path: Path, name: str) -> Manifest:
        path.open("x").close()
        raise AssertionError("the first one is being written there")

    def write(path: Path, name: str) -> Manifest:
        manifest = write_something(path, name)
        with pytest.raises(BackupError, match=r"\.partial is being made in this very second: try again"):
            folder.create(write_exclusively)
        return manifest

    assert folder.create(write) == OLD
    with pytest.raises(BackupError, match=f"{OLD} was made in this very second: try again"):
        folder.create(write_exclusively)
    assert names(folder) == [OLD, f"{OLD}.manifest.json"]
    assert (folder.folder / OLD).read_text() == "SELECT 1;"


@pytest.mark.parametrize("dump_format", FORMATS)
def test_the_listing_tells_what_is_known(dump_format: DumpFormat, dumps: dict[DumpFormat, Path]) -> None:
    dump = dumps[dump_format]
    (listed,) = BackupFolder(dump.parent).listing()
    assert (listed.name, listed.flaw) == (dump.name, None)
    assert f"pg_dump-{listed.moment:%y-%m-%d-%H-%M-%S}" == dump.name
    assert listed.manifest is not None
    assert listed.size == listed.manifest.size > 1000


@pytest.mark.parametrize("dump_format", FORMATS)
def test_the_listing_tells_that_one_was_cut(dump_format: DumpFormat, copy_dump: CopyDump) -> None:
    dump = copy_dump(dump_format)
    truncate(dump, 0.9)
    (listed,) = BackupFolder(dump.parent).listing()
    assert listed.flaw is not None
    assert listed.flaw.startswith(f"it has {listed.size} bytes, not the ")


def test_the_listing_is_oldest_first_and_leaves_others_out(folder: BackupFolder) -> None:
    folder.folder.mkdir()
    moments = ["24-02-29-12-30-00", "19-12-31-23-59-59", "24-01-01-00-00-00"]
    for moment in moments:
        (folder.folder / f"pg_dump-{moment}").write_text("x")
    for name in ("notes.txt", "pg_dump-24-02-29-12-30-01.partial", "pg_dump-x"):
        (folder.folder / name).touch()
    assert [each.name for each in folder.listing()] == [f"pg_dump-{moment}" for moment in sorted(moments)]
    assert all(each.manifest is None and each.flaw is None for each in folder.listing())


def test_an_empty_one_and_a_broken_manifest_are_flaws(folder: BackupFolder) -> None:
    folder.folder.mkdir()
    (folder.folder / OLD).touch()
    assert [each.flaw for each in folder.listing()] == ["it is empty"]
    (folder.folder / OLD).write_text("x")
    (folder.folder / f"{OLD}.manifest.json").write_text("{")
    (listed,) = folder.listing()
    assert "is no manifest of a dump" in str(listed.flaw)


def test_a_folder_that_is_not_there_cannot_be_listed(folder: BackupFolder) -> None:
    with pytest.raises(FileNotFoundError):
        folder.listing()


def test_any_name_can_be_fetched(folder: BackupFolder) -> None:
    folder.folder.mkdir()
    (folder.folder / "original.dump").touch()
    with folder.fetched("original.dump") as path:
        assert path == folder.folder / "original.dump"
    assert folder.manifest("original.dump") is None
    with pytest.raises(NotFoundError, match=r"No dump .*/other"), folder.fetched("other"):
        pass


@pytest.mark.parametrize("dump_format", FORMATS)
def test_deleting_removes_the_dump_and_the_manifest(dump_format: DumpFormat, copy_dump: CopyDump) -> None:
    dump = copy_dump(dump_format)
    BackupFolder(dump.parent).delete(dump.name)
    assert list(dump.parent.iterdir()) == []


def test_what_was_left_unfinished_a_day_ago_is_removed(folder: BackupFolder) -> None:
    folder.folder.mkdir()
    long_ago = (dt.datetime.now() - dt.timedelta(days=1, minutes=1)).timestamp()
    for name, is_old in ((f"{OLD}.partial", True), ("pg_dump-24-02-29-12-30-00.partial", False), ("x.partial", True)):
        (folder.folder / name).touch()
        if is_old:
            os.utime(folder.folder / name, (long_ago, long_ago))
    folder.remove_unfinished()
    assert names(folder) == ["pg_dump-24-02-29-12-30-00.partial", "x.partial"]
