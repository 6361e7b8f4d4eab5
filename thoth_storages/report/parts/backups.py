"""The backups of the graph, and how old they are."""

from __future__ import annotations

import datetime as dt

from ...exceptions import SettingMissingError
from ...objectstore import GraphBackupStore
from ...settings import S3_ENDPOINT_URL
from ..model import Column, Fact, Section, Table, Tone
from ..words import ago, moment, number, size

TITLE = "Backups"
_NONE = "There is no backup of this graph in the object store."
_OLD = dt.timedelta(days=2)
"""A backup a day is usual: an older newest one means that one was missed, or two."""


def backups(now: dt.datetime) -> Section:
    """Show the backups in the object store that the environment names; raises ObjectStoreError."""
    if not S3_ENDPOINT_URL.get():
        return Section(TITLE, problem=f"No object store is configured: {S3_ENDPOINT_URL.name} isn't set.")
    try:
        store = GraphBackupStore()
    except SettingMissingError as error:
        return Section(TITLE, problem=f"No object store is configured: {error}.")
    store.connect()
    found = [_described(store, name) for name in store.get_document_listing()]
    newest_first = sorted(found, key=lambda backup: backup[1], reverse=True)
    columns = [Column("Backup"), Column("Stored (UTC)", moment), Column("Age"), Column("Size", size, bar=True)]
    rows = [(name, stored, ago(stored, now), bytes_) for name, stored, bytes_ in newest_first]
    facts = [backup_fact([stored for _, stored, bytes_ in newest_first if bytes_], now)]
    if rows:
        total = sum(row[3] for row in rows)
        facts += [Fact("Backups", number(len(rows)), remark=f"{size(total)} in all")]
    return Section(TITLE, facts=facts, tables=[Table("The newest first", columns, rows)])


def backup_fact(newest_first: list[dt.datetime], now: dt.datetime) -> Fact:
    """Say how old the newest backup is."""
    if not newest_first:
        return Fact("Newest backup", "none", Tone.BAD, remark="'thoth-storages backup create' makes one")
    tone = Tone.GOOD if now - newest_first[0] <= _OLD else Tone.WARNING
    return Fact("Newest backup", ago(newest_first[0], now), tone, remark=f"{moment(newest_first[0])} UTC")


def _described(store: GraphBackupStore, name: str) -> tuple[str, dt.datetime, int]:
    stored, length = (store.ceph.retrieve_document_attr(name, attr) for attr in ("LastModified", "ContentLength"))
    return name, stored, length
