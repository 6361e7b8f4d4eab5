"""Noticing that files were saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from thoth_storages.sql.checking.watching import Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files."""
    for name in ("a.sql", "b.sql"):
        (tmp_path / name).write_text("SELECT 1")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Watch:
    """What looks at the files of that folder."""
    return Watch(lambda: sorted(folder.glob("*.sql")))


def test_what_was_there_before_is_no_news(watch: Watch) -> None:
    assert watch.saved() == []


def test_a_file_that_was_written_is_answered_once(watch: Watch, folder: Path) -> None:
    (folder / "b.sql").write_text("SELECT 22")
    assert watch.saved() == [folder / "b.sql"]
    assert watch.saved() == []


def test_a_file_of_the_same_length_is_told_by_its_time(watch: Watch, folder: Path) -> None:
    os.utime(folder / "a.sql", ns=(1, 1))
    assert watch.saved() == [folder / "a.sql"]


def test_a_new_file_is_news_and_one_that_is_gone_is_none(watch: Watch, folder: Path) -> None:
    (folder / "c.sql").write_text("SELECT 3")
    (folder / "a.sql").unlink()
    assert watch.saved() == [folder / "c.sql"]
    (folder / "a.sql").write_text("SELECT 1")
    assert watch.saved() == [folder / "a.sql"]


def test_a_file_that_is_replaced_while_it_is_looked_at_is_seen_afterwards(folder: Path) -> None:
    watch = Watch(lambda: [folder / "a.sql", folder / "gone.sql"])
    (folder / "gone.sql").write_text("SELECT 1")
    assert watch.saved() == [folder / "gone.sql"]


def test_it_goes_on_with_each_save(watch: Watch, folder: Path) -> None:
    seen = iter(watch)
    for number in range(2):
        (folder / "a.sql").write_text("SELECT " + "1" * (number + 2))
        assert next(seen) == [folder / "a.sql"]
