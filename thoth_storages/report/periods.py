"""Days put together into weeks, months or years, so that a chart has neither three bars nor three thousand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """How long each period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def start(self, day: dt.date) -> dt.date:
        """The first day of the period that a day lies in; weeks begin on Mondays."""
        match self:
            case Unit.DAY:
                return day
            case Unit.WEEK:
                return day - dt.timedelta(days=day.weekday())
            case Unit.MONTH:
                return day.replace(day=1)
            case Unit.YEAR:
                return day.replace(month=1, day=1)

    def following(self, start: dt.date) -> dt.date:
        """The first day of the period after the one that begins on ``start``."""
        longest = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31, Unit.YEAR: 366}
        return self.start(start + dt.timedelta(days=longest[self]))

    def label(self, start: dt.date) -> str:
        """Name the period that begins on ``start``: by its first day, or 2022-03, or 2022."""
        lengths = {Unit.MONTH: 7, Unit.YEAR: 4}
        return start.isoformat()[: lengths.get(self)]


_MOST_DAYS = {Unit.DAY: 45, Unit.WEEK: 7 * 60, Unit.MONTH: 31 * 60}
"""The longest times that are shown in days, in weeks and in months."""


@dataclass(frozen=True)
class Periods:
    """Periods of the same unit that follow each other without a gap, by their first days."""

    unit: Unit
    starts: Sequence[dt.date]

    @classmethod
    def of(cls, days: Iterable[dt.date], unit: Unit | None = None) -> Periods:
        """The periods that hold the days; without ``unit`` in the one that makes about a dozen to sixty of them."""
        ordered = sorted(set(days))
        if not ordered:
            return cls(unit or Unit.DAY, ())
        unit = unit or _fitting((ordered[-1] - ordered[0]).days + 1)
        return cls(unit, tuple(_from_to(unit, unit.start(ordered[0]), ordered[-1])))

    @property
    def labels(self) -> list[str]:
        """The names of the periods."""
        return [self.unit.label(start) for start in self.starts]

    def sums(self, counted: Iterable[tuple[dt.date, int]]) -> list[int]:
        """Add up what was counted on days within each period."""
        found = dict.fromkeys(self.starts, 0)
        for day, count in counted:
            found[self.unit.start(day)] += count
        return list(found.values())


def _fitting(days: int) -> Unit:
    return next((unit for unit, most in _MOST_DAYS.items() if days <= most), Unit.YEAR)


def _from_to(unit: Unit, start: dt.date, last: dt.date) -> Iterator[dt.date]:
    while start <= last:
        yield start
        start = unit.following(start)
