"""Days put together into weeks, months and years."""

from __future__ import annotations

import datetime as dt

import pytest

from thoth_storages.report.periods import Periods, Unit

DAY = dt.date(2022, 3, 3)  # a Thursday


@pytest.mark.parametrize(
    ("unit", "start", "following", "label"),
    [
        (Unit.DAY, DAY, dt.date(2022, 3, 4), "2022-03-03"),
        (Unit.WEEK, dt.date(2022, 2, 28), dt.date(2022, 3, 7), "2022-02-28"),
        (Unit.MONTH, dt.date(2022, 3, 1), dt.date(2022, 4, 1), "2022-03"),
        (Unit.YEAR, dt.date(2022, 1, 1), dt.date(2023, 1, 1), "2022"),
    ],
)
def test_a_day_lies_in_a_period(unit: Unit, start: dt.date, following: dt.date, label: str) -> None:
    assert unit.start(DAY) == start
    assert unit.following(start) == following
    assert unit.label(start) == label


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("first", [dt.date(2019, 12, 30), dt.date(2020, 2, 29), dt.date(2021, 12, 31)])
def test_periods_follow_each_other_without_a_gap(unit: Unit, first: dt.date) -> None:
    starts = Periods.of([first, first + dt.timedelta(days=800)], unit).starts
    days = [first + dt.timedelta(days=number) for number in range(801)]
    assert sorted({unit.start(day) for day in days}) == list(starts)


@pytest.mark.parametrize(
    ("days", "unit"),
    [(1, Unit.DAY), (45, Unit.DAY), (46, Unit.WEEK), (420, Unit.WEEK), (421, Unit.MONTH), (1861, Unit.YEAR)],
)
def test_the_unit_suits_the_time(days: int, unit: Unit) -> None:
    periods = Periods.of([DAY, DAY + dt.timedelta(days=days - 1)])
    assert periods.unit == unit
    assert len(periods.starts) <= 62


def test_the_unit_may_be_chosen() -> None:
    assert Periods.of([DAY, DAY + dt.timedelta(days=1000)], Unit.DAY).unit == Unit.DAY


def test_counts_are_added_up_and_periods_without_any_are_there() -> None:
    periods = Periods.of([dt.date(2022, 1, 31), dt.date(2022, 4, 1)], Unit.MONTH)
    counted = [(dt.date(2022, 1, 1), 2), (dt.date(2022, 1, 31), 3), (dt.date(2022, 4, 30), 7)]
    assert dict(zip(periods.labels, periods.sums(counted), strict=True)) == {
        "2022-01": 5,
        "2022-02": 0,
        "2022-03": 0,
        "2022-04": 7,
    }


def test_no_day_makes_no_period() -> None:
    assert (Periods.of([]).labels, Periods.of([]).sums([])) == ([], [])
