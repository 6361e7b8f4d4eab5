"""Restoring in tests, and what is there afterwards."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from thoth_storages.backup import BackupFolder, restore_backup
from thoth_storages.backup.fingerprint import asking, take_fingerprints
from thoth_storages.backup.scratch import SCRATCH_PREFIX

#: What is said with whatever keeps a dump from being restored.
NOTHING = "nothing was restored into database '\\w+'"


def name_of(conninfo: str) -> str:
    return str(conninfo_to_dict(conninfo)["dbname"])


def restore(dump: Path, conninfo: str, **options: Any) -> None:
    restore_backup(conninfo, BackupFolder(dump.parent), dump.name, **options)


def fingerprints(conninfo: str) -> dict[str, Any]:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        return dict(take_fingerprints(asking(connection)))


def scratch_databases(conninfo: str) -> list[str]:
    with psycopg.connect(make_conninfo(conninfo, dbname="postgres")) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (SCRATCH_PREFIX,))
        return [name for (name,) in rows]


@contextlib.contextmanager
def nothing_changes(conninfo: str) -> Iterator[None]:
    """Hold that a block leaves a database as it is, and no other one behind."""
    before = fingerprints(conninfo)
    yield
    assert fingerprints(conninfo) == before
    assert scratch_databases(conninfo) == []
