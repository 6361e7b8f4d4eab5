"""Numbers, sizes, times and lists as people read them."""

from __future__ import annotations

import datetime as dt

import psycopg
import pytest

from thoth_storages import words

NOW = dt.datetime(2022, 3, 4, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (1234567, "1,234,567"), (None, "-")])
def test_a_number_has_commas(value: int | None, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 bytes"),
        (1023, "1,023 bytes"),
        (1024, "1.0 KiB"),
        (1536, "1.5 KiB"),
        (232 * 2**20, "232 MiB"),
        (3.25 * 2**30, "3.2 GiB"),
        (3 * 2**40, "3.0 TiB"),
        (2**62, "4,096 PiB"),
        (None, "-"),
    ],
)
def test_a_size_is_in_the_unit_that_suits(value: int | None, text: str) -> None:
    assert words.size(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(1, 3, "33.3 %"), (0, 5, "0.0 %"), (1, 100_000, "< 0.1 %"), (5, 5, "100.0 %"), (0, 0, "-")],
)
def test_a_share_that_is_something_is_not_written_as_nothing(part: int, whole: int, text: str) -> None:
    assert words.percent(part, whole) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.123, "0.12 ms"), (34.4, "34 ms"), (5600, "5.6 s"), (468_000, "7.8 min"), (9.1 * 3_600_000, "9.1 h")],
)
def test_a_duration_is_in_the_unit_that_suits(value: float, text: str) -> None:
    assert words.milliseconds(value) == text


@pytest.mark.parametrize(
    ("since", "text"),
    [
        (dt.timedelta(seconds=59), "just now"),
        (dt.timedelta(minutes=1), "1 minute ago"),
        (dt.timedelta(hours=23, minutes=59), "23 hours ago"),
        (dt.timedelta(days=1), "1 day ago"),
        (dt.timedelta(days=1747), "1,747 days ago"),
        (-dt.timedelta(hours=5), "just now"),
    ],
)
def test_an_age_is_in_the_largest_unit_that_is_full(since: dt.timedelta, text: str) -> None:
    assert words.ago(NOW - since, NOW) == text


@pytest.mark.parametrize("zone", [None, dt.UTC, dt.timezone(dt.timedelta(hours=2))])
def test_moments_are_in_utc_and_those_without_a_zone_are_taken_so(zone: dt.tzinfo | None) -> None:
    value = NOW.replace(tzinfo=None) if zone is None else NOW.astimezone(zone)
    assert (words.moment(value), words.ago(value, NOW)) == ("2022-03-04 12:00", "just now")


def test_no_moment_is_no_age() -> None:
    assert (words.moment(None), words.ago(None, NOW)) == ("-", "-")


@pytest.mark.parametrize(
    ("names", "text"), [("", ""), ("a", "a"), ("abcde", "a, b, c, d, e"), ("abcdefg", "a, b, c, d, e and 2 more")]
)
def test_the_first_of_many_are_named(names: str, text: str) -> None:
    assert words.listed(list(names)) == text


@pytest.mark.parametrize("host", ["127.0.0.1", "/nowhere"])
def test_why_a_server_cannot_be_reached_is_one_line_without_a_guess(host: str) -> None:
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect(host=host, port=1)
    said = words.connection_failure(caught.value)
    assert said.startswith("connection to server ")
    assert said.endswith((" failed: Connection refused", " failed: No such file or directory"))
