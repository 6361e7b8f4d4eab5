"""The names of dumps: ``pg_dump-`` and the moment in UTC, to the second, as the original's cron job has them."""

from __future__ import annotations

import datetime as dt

STEM = "pg_dump-"
DATETIME_FORMAT = "%y-%m-%d-%H-%M-%S"


def backup_name(moment: dt.datetime) -> str:
    """Name the dump of a moment, which has a time zone."""
    return f"{STEM}{moment.astimezone(dt.UTC):{DATETIME_FORMAT}}"


def backup_moment(name: str) -> dt.datetime | None:
    """Answer the moment that is in a name, in UTC; None for what isn't the name of a dump."""
    try:
        moment = dt.datetime.strptime(name, f"{STEM}{DATETIME_FORMAT}").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    # strptime also takes digits that are left out
    return moment if backup_name(moment) == name else None
