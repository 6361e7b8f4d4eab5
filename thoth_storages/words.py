"""Numbers, sizes, times and lists as people read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

NOTHING = "-"

_GUESS = "Is the server running"
_MOST_NAMED = 5
_BYTES = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")
_STEPS = (("day", 86_400), ("hour", 3600), ("minute", 60))


def number(value: float | None) -> str:
    """Write a whole number with commas: 1,234,567."""
    return NOTHING if value is None else f"{value:,.0f}"


def size(value: float | None) -> str:
    """Write bytes in the unit that suits: 5.2 MiB is 5.2 times 1024**2 bytes."""
    if value is None:
        return NOTHING
    power = 0
    while abs(value) >= 1024 and power < len(_BYTES) - 1:
        value, power = value / 1024, power + 1
    return f"{value:,.{0 if power == 0 or value >= 100 else 1}f} {_BYTES[power]}"


def percent(part: float, whole: float) -> str:
    """Write which share of a whole something is; what isn't nothing isn't written as 0 %."""
    if not whole:
        return NOTHING
    share = 100 * part / whole
    return "< 0.1 %" if 0 < share < 0.1 else f"{share:.1f} %"


def milliseconds(value: float) -> str:
    """Write a duration that is given in milliseconds: 0.12 ms, 34 ms, 5.6 s, 7.8 min, 9.1 h."""
    for unit, factor in (("h", 3_600_000), ("min", 60_000), ("s", 1000)):
        if value >= factor:
            return f"{value / factor:.1f} {unit}"
    return f"{value:.{0 if value >= 10 else 2}f} ms"


def moment(value: dt.datetime | None) -> str:
    """Write a moment in UTC to the minute; one without a time zone is in UTC."""
    return NOTHING if value is None else f"{_aware(value):%Y-%m-%d %H:%M}"


def ago(value: dt.datetime | None, now: dt.datetime) -> str:
    """Write how long ago a moment was: "3 days ago"."""
    if value is None:
        return NOTHING
    seconds = (now - _aware(value)).total_seconds()
    for unit, length in _STEPS:
        if seconds >= length:
            count = int(seconds // length)
            return f"{count:,} {unit}{'' if count == 1 else 's'} ago"
    return "just now"


def listed(names: Sequence[str], *, most: int = _MOST_NAMED, separator: str = ", ") -> str:
    """Name the first few of many: a, b and 3 more."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return separator.join(names[:most]) + more


def connection_failure(error: Exception) -> str:
    """Write why libpq couldn't connect, in one line, without what is said around it and its guess at the end."""
    lines = [line.strip() for line in str(error).splitlines()]
    said = " ".join(line for line in lines if line and not line.startswith(_GUESS))
    return said.removeprefix("connection failed: ").removeprefix("connection is bad: ")


def _aware(value: dt.datetime) -> dt.datetime:
    return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
