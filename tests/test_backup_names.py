"""The names of backups, and which of them are too many."""

from __future__ import annotations

import datetime as dt

import pytest

from thoth_storages.backup_names import backup_moment, backup_name, surplus

MOMENT = dt.datetime(2024, 2, 29, 12, 30, 5, tzinfo=dt.UTC)


def test_a_name_has_the_moment_in_utc() -> None:
    assert backup_name(MOMENT) == "pg_dump-24-02-29-12-30-05"
    assert backup_name(MOMENT.astimezone(dt.timezone(dt.timedelta(hours=5)))) == "pg_dump-24-02-29-12-30-05"


def test_the_moment_is_read_from_the_name() -> None:
    assert backup_moment("pg_dump-24-02-29-12-30-05") == MOMENT


@pytest.mark.parametrize(
    "name",
    [
        "",
        "pg_dump-",
        "pg_dump-24-02-30-12-30-05",
        "pg_dump-24-2-29-12-30-05",
        "pg_dump-24-02-29-12-30-05.manifest.json",
        "pg_dump-24-02-29-12-30-05.partial",
        "pg_dump-2024-02-29-12-30-05",
        "PG_DUMP-24-02-29-12-30-05",
    ],
)
def test_what_is_not_named_so_has_no_moment(name: str) -> None:
    assert backup_moment(name) is None


@pytest.mark.parametrize(
    ("names", "kept", "removed"),
    [
        ("", 1, ""),
        ("abc", 3, ""),
        ("abc", 5, ""),
        ("abc", 2, "a"),
        ("abc", 1, "ab"),
        ("abc", 0, "abc"),
        ("aXbc", 2, "a"),  # it is newer than the last that goes
        ("XaYbc", 2, "Xa"),
        ("aXYZ", 1, ""),  # the last good one
        ("abXYZ", 1, "a"),
        ("XYZ", 1, ""),
        ("aXYZ", 0, "a"),
    ],
)
def test_the_oldest_go_and_bad_ones_do_not_count(names: str, kept: int, removed: str) -> None:
    assert surplus(list(names), str.islower, kept) == list(removed)
