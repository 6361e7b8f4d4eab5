"""What room the tables take, and how much of it is bloat."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...sql.named import queries
from ...words import ago, number, percent, size
from ..model import Column, Fact, Section, Table, Tone

_MEGABYTE = 1024.0**2
_ESTIMATED = "Bloat, estimated"
_MUCH_BLOAT = 0.4
"""A share of the database from which on bloat is worth a warning: VACUUM FULL or pg_repack would get room back."""


def sizes(connection: Any, now: dt.datetime) -> Section:
    """Show the tables by size; raises psycopg's errors."""
    rows = queries._get_table_sizes(connection)
    tables, indexes = (sum(row[key] for row in rows) for key in ("table_bytes", "index_bytes"))
    facts = [
        Fact("Database", size(queries.get_database_size(connection))),
        Fact("Tables", size(tables), remark=f"{len(rows)} tables"),
        Fact("Indexes", size(indexes), remark=f"{percent(indexes, tables + indexes)} of both" if tables else ""),
    ]
    columns = [
        Column("Table"),
        Column("Size with indexes", size, bar=True),
        Column("Rows (estimate)", number, is_number=True),
        Column("Table", size, is_number=True),
        Column("Indexes", size, is_number=True),
        Column("Dead rows", number, is_number=True),
        Column("Vacuumed"),
        Column("Analysed"),
    ]
    shown = [
        (
            row["table_name"],
            row["table_bytes"] + row["index_bytes"],
            row["rows"],
            row["table_bytes"],
            row["index_bytes"],
            row["dead_rows"],
            ago(row["vacuumed"], now),
            ago(row["analyzed"], now),
        )
        for row in rows
    ]
    return Section("Sizes", facts=facts, tables=[Table("Tables, the largest first", columns, shown)])


def bloat(connection: Any) -> Section:
    """Show the most bloated tables and indexes; raises psycopg's errors."""
    estimated = queries.get_bloat_data(connection)
    tables = [
        (row["tablename"], row["mb_bloat"] * _MEGABYTE, row["pct_bloat"], row["table_bytes"])
        for row in estimated
        if row["mb_bloat"] > 0
    ]
    indexes = [
        (row["index_name"], row["bloat_mb"] * _MEGABYTE, row["bloat_pct"], row["index_mb"] * _MEGABYTE)
        for row in queries.get_index_bloat_data(connection)
        if row["bloat_mb"] > 0
    ]
    lost = sum(row[1] for row in [*tables, *indexes])
    if not estimated:
        return Section(
            "Bloat", facts=[Fact(_ESTIMATED, "unknown", remark="no table was analysed yet: ANALYZE does it")]
        )
    return Section(
        "Bloat",
        facts=[_bloat_fact(lost, queries.get_database_size(connection))],
        tables=[_bloated("Bloated tables", "Table", tables), _bloated("Bloated indexes", "Index", indexes)],
        notes=[
            "Estimated from the statistics of the last VACUUM or ANALYZE: room that rows packed anew wouldn't need. "
            "Some of it is used again by new rows; VACUUM FULL, REINDEX CONCURRENTLY or pg_repack give it back."
        ],
    )


def _bloat_fact(lost: float, whole: int) -> Fact:
    tone = Tone.WARNING if lost > _MUCH_BLOAT * whole else Tone.GOOD
    return Fact(_ESTIMATED, size(lost), tone, remark=f"{percent(lost, whole)} of the database")


def _bloated(caption: str, what: str, rows: list[tuple[str, float, float, float]]) -> Table:
    columns = [
        Column(what),
        Column("Bloat", size, bar=True),
        Column("Share", lambda share: f"{share:.0f} %", is_number=True),
        Column("Size", size, is_number=True),
    ]
    return Table(caption, columns, rows, shown=8)
