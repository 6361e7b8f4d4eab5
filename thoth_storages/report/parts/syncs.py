"""Which documents the graph holds, and how old the newest of each kind is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...words import ago, moment, number, percent
from ..model import Column, Fact, Section, Table
from .growth import KINDS, SYNC_BRINGS_THEM

if TYPE_CHECKING:
    from ...sql.named import GetDocumentsByDayRecord


def syncs(days: Sequence[GetDocumentsByDayRecord], now: dt.datetime) -> Section:
    """Count the documents that were synced, by kind."""
    rows = []
    for kind, name in KINDS.items():
        of_kind = [row for row in days if row["kind"] == kind]
        documents, errors = (sum(row[key] for row in of_kind) for key in ("documents", "errors"))
        newest = max((row["newest"] for row in of_kind), default=None)
        rows.append((name, documents, errors, percent(errors, documents), newest, ago(newest, now)))
    newest = max((row["newest"] for row in days), default=None)
    facts = [Fact("Documents", number(sum(row[1] for row in rows))), _newest(newest, now)]
    columns = [
        Column("Kind"),
        Column("Documents", number, is_number=True, bar=True),
        Column("With errors", number, is_number=True),
        Column("Share", is_number=True),
        Column("Newest (UTC)", moment),
        Column("Age"),
    ]
    return Section("Synced documents", facts=facts, tables=[Table("Documents by kind", columns, rows)])


def _newest(newest: dt.datetime | None, now: dt.datetime) -> Fact:
    if newest is None:
        return Fact("Newest document", "none", remark=SYNC_BRINGS_THEM)
    return Fact("Newest document", ago(newest, now), remark=f"{moment(newest)} UTC")
