"""Removing the oldest backups."""

from __future__ import annotations

from ..backup_names import surplus
from .places import BackupPlace


def rotate_backups(place: BackupPlace, kept: int) -> list[str]:
    """Remove all but the ``kept`` newest good backups, oldest first, and answer the names of those that were removed.

    A backup that is no good doesn't count, so the last good one stays. Raises ValueError when none is to be kept.
    """
    if kept < 1:
        raise ValueError(f"At least one backup is kept, not {kept}")
    flaws = {backup.name: backup.flaw for backup in place.listing()}
    removed = surplus(list(flaws), lambda name: flaws[name] is None, kept)
    for name in removed:
        place.delete(name)
    place.remove_unfinished()
    return removed
