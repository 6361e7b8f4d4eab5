"""Removing the oldest backups."""

from __future__ import annotations

from ..backup_names import surplus
from .places import BackupPlace


def rotate_backups(place: BackupPlace, kept: int) -> list[str]:
    """Remove all but the ``kept`` newest good backups, oldest first, and answer the names of those that were removed.

    A backup that is no good doesn't count, so the last good one stays. Raises ValueError when none is to be kept.
    """
    return remove_backups(place, surplus_backups(place, kept))


def surplus_backups(place: BackupPlace, kept: int) -> list[str]:
    """Name what rotating would remove, oldest first; raises ValueError when none is to be kept."""
    if kept < 1:
        raise ValueError(f"At least one backup is kept, not {kept}")
    flaws = {backup.name: backup.flaw for backup in place.listing()}
    return surplus(list(flaws), lambda name: flaws[name] is None, kept)


def remove_backups(place: BackupPlace, names: list[str]) -> list[str]:
    """Remove backups by their names, and what was left by those who were interrupted; answer the names."""
    for name in names:
        place.delete(name)
    place.remove_unfinished()
    return names
