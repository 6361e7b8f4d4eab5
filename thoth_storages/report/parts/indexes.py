"""Which indexes are used, and which only cost."""

from __future__ import annotations

from typing import Any

from ...sql.named import queries
from ...words import moment, number, size
from ..model import Column, Fact, Section, Table


def indexes(connection: Any) -> Section:
    """Show how often indexes were used; raises psycopg's errors."""
    rows = queries._get_index_usage(connection)
    idle = [row for row in rows if not row["scans"] and not row["is_unique"]]
    used = sorted((row for row in rows if row["scans"]), key=lambda row: -row["scans"])
    facts = [
        Fact("Indexes", number(len(rows)), remark=size(sum(row["size"] for row in rows))),
        Fact("Never used", number(len(idle)), remark=f"{size(sum(row['size'] for row in idle))}, unique ones aside"),
    ]
    counted = queries._get_server(connection)["counted_since"]
    begin = f"since {moment(counted)} UTC" if counted else "since the counters began"
    return Section(
        "Index use",
        facts=facts,
        tables=[
            Table("The most used", _columns(), [_row(row) for row in used], shown=8),
            Table("Never used", _columns(), [_row(row) for row in idle], shown=8),
        ],
        notes=[
            f"Counted on this server {begin}: a replica that answers queries counts its own. An index that "
            "nobody used for months is worth a migration that drops it; a unique one guards the rows, used or not."
        ],
    )


def _columns() -> list[Column]:
    return [Column("Index"), Column("Scans", number, bar=True), Column("Size", size, is_number=True), Column("Table")]


def _row(row: Any) -> tuple[Any, ...]:
    return row["index_name"], row["scans"], row["size"], row["table_name"]
