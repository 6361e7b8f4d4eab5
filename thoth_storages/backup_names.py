"""The names of backups, and which of them are too many.

A backup is named ``pg_dump-`` and the moment in UTC, to the second, as by the original's cron job.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

DATETIME_FORMAT = "%y-%m-%d-%H-%M-%S"
_STEM = "pg_dump-"


def backup_name(moment: dt.datetime) -> str:
    """Name the backup of a moment, which has a time zone."""
    return f"{_STEM}{moment.astimezone(dt.UTC):{DATETIME_FORMAT}}"


def backup_moment(name: str) -> dt.datetime | None:
    """Answer the moment that is in a name, in UTC; None for what isn't the name of a backup."""
    try:
        moment = dt.datetime.strptime(name, f"{_STEM}{DATETIME_FORMAT}").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    # strptime also takes numbers without their leading zeros
    return moment if backup_name(moment) == name else None


def surplus(names: Sequence[str], is_good: Callable[[str], bool], kept: int) -> list[str]:
    """Of backups, oldest first, answer those to be removed so that the ``kept`` newest good ones stay.

    One that is no good doesn't count, so it can't push out one that is; it goes with the good ones that are newer.
    """
    good = list(filter(is_good, names))
    if len(good) <= kept:
        return []
    return list(names[: names.index(good[-kept - 1]) + 1])
