"""The backups of the graph, and how old they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ...backup.places import Backup
from ...exceptions import SettingMissingError
from ...settings import S3_ENDPOINT_URL
from ...words import ago, moment, number, size
from ..model import Column, Fact, Section, Table, Tone

TITLE = "Backups"
_OLD = dt.timedelta(days=2)
"""A backup a day is usual: an older newest one means that one was missed, or two."""


def backups(now: dt.datetime) -> Section:
    """Show the backups in the object store that the environment names; raises ObjectStoreError."""
    if not S3_ENDPOINT_URL.get():
        return _without_store(f"{S3_ENDPOINT_URL.name} isn't set")
    try:
        newest_first = _listing()[::-1]
    except SettingMissingError as error:
        return _without_store(str(error))
    columns = [
        Column("Backup"),
        Column("Made (UTC)", moment),
        Column("Age"),
        Column("Size", size, bar=True),
        Column("Remark"),
    ]
    rows = [(each.name, each.moment, ago(each.moment, now), each.size, each.flaw or "") for each in newest_first]
    total = size(sum(each.size for each in newest_first))
    facts = [_newest(newest_first, now), Fact("Backups", number(len(rows)), remark=f"{total} in all")]
    return Section(TITLE, facts=facts, tables=[Table("The newest first", columns, rows)])


def _without_store(reason: str) -> Section:
    unknown = Fact("Newest backup", "unknown", Tone.WARNING, remark="no object store is configured")
    return Section(TITLE, facts=[unknown], problem=f"No object store is configured: {reason}.")


def _listing() -> list[Backup]:
    # the client of the object store is imported where there is one
    from ...backup.store import open_backup_store

    return open_backup_store().listing()


def _newest(newest_first: Sequence[Backup], now: dt.datetime) -> Fact:
    good = next((each for each in newest_first if not each.flaw), None)
    if good is None:
        return Fact("Newest backup", "none", Tone.BAD, remark="'thoth-storages backup create' makes one")
    tone = Tone.GOOD if now - good.moment <= _OLD else Tone.WARNING
    return Fact("Newest backup", ago(good.moment, now), tone, remark=f"{moment(good.moment)} UTC")
