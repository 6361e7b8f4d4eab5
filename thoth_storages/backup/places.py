"""Where backups lie: what a folder and the object store have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .manifest import Manifest

Write = Callable[[Path, str], Manifest]
"""Writes a dump to a path, which isn't there yet, under a name, and answers its manifest."""


@dataclass(frozen=True)
class Backup:
    """A backup as a listing has it.

    ``flaw`` says why it is none to rely on, so far as that is known without reading it whole; None for a good one.
    ``manifest`` is None where there is none, as for what others made.
    """

    name: str
    moment: dt.datetime
    size: int
    manifest: Manifest | None
    flaw: str | None


class BackupPlace(Protocol):
    """Keeps backups, each whole or not at all."""

    def listing(self) -> list[Backup]:
        """Answer the backups, oldest first; what isn't named as one is left alone."""

    def create(self, write: Write) -> str:
        """Have a dump written, keep it with its manifest, and answer its name."""

    def manifest(self, name: str) -> Manifest | None:
        """Answer what is known of a backup, or None; raises BackupError for a manifest that can't be read."""

    def fetched(self, name: str) -> AbstractContextManager[Path]:
        """Lend the dump as a file or a directory of this machine; raises NotFoundError."""

    def delete(self, name: str) -> None:
        """Remove a backup and its manifest."""

    def remove_unfinished(self) -> None:
        """Remove what was left by those who were interrupted while they made a backup, a day ago or earlier."""


def flaw_of(size: int, manifest: Manifest | None) -> str | None:
    """Say what can be seen from outside: a dump that is empty, or another size than it had when it was made."""
    if size == 0:
        return "it is empty"
    if manifest is not None and manifest.size != size:
        return f"it has {size} bytes, not the {manifest.size} that were dumped"
    return None
