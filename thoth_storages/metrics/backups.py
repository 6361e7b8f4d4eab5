"""Metrics of the backups in the object store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client.core import GaugeMetricFamily, Metric

from ..backup import Backup
from ..backup.store import open_backup_store


@dataclass(frozen=True)
class Backups:
    """The backups that were found."""

    found: list[Backup]

    def metrics(self, now: dt.datetime | None = None) -> Iterator[Metric]:
        """Tell their number, and of the newest good one its moment, its age and its size."""
        good = [backup for backup in self.found if backup.flaw is None]
        number = GaugeMetricFamily(
            "thoth_storages_backups", "Backups in the object store; bad: empty, or cut off.", labels=["is"]
        )
        number.add_metric(["good"], len(good))
        number.add_metric(["bad"], len(self.found) - len(good))
        yield number
        if good:
            yield from _newest(good[-1], now or dt.datetime.now(dt.UTC))


def list_backups() -> Backups:
    """List the backups; raises SettingMissingError and ObjectStoreError."""
    return Backups(open_backup_store().listing())


def _newest(backup: Backup, now: dt.datetime) -> Iterator[Metric]:
    values = {
        "timestamp_seconds": ("When the newest good backup was made.", backup.moment.timestamp()),
        "age_seconds": ("How long ago the newest good backup was made.", (now - backup.moment).total_seconds()),
        "size_bytes": ("Size of the newest good backup.", backup.size),
    }
    for name, (description, value) in values.items():
        yield GaugeMetricFamily(f"thoth_storages_newest_backup_{name}", description, value=value)
