"""Dumps of the knowledge graph that can be trusted: made by pg_dump, proven by restoring them.

A backup is a dump ``pg_dump-<moment in UTC>``, plain SQL or an archive of pg_dump, and a small manifest that says what
the tables held at that moment. Each lies in a folder, or in the object store (module
``store``, which isn't imported before it is needed), and there whole or not at all.
"""

from __future__ import annotations

from .create import create_backup
from .dump import DumpFormat
from .folder import BackupFolder
from .manifest import Manifest, read_manifest
from .places import Backup, BackupPlace
from .restore import restore_backup
from .rotate import remove_backups, rotate_backups, surplus_backups
from .verify import Proof, verify_backup

__all__ = [
    "Backup",
    "BackupFolder",
    "BackupPlace",
    "DumpFormat",
    "Manifest",
    "Proof",
    "create_backup",
    "read_manifest",
    "remove_backups",
    "restore_backup",
    "rotate_backups",
    "surplus_backups",
    "verify_backup",
]
