"""Which queries touch a table or a column."""

from __future__ import annotations

from typing import Any

import pytest

from thoth_storages.sql.checking.uses import touched_tables, uses

CONTRACTS: dict[str, dict[str, Any]] = {
    "read": {"reads": {"ware": ["id", "name"]}},
    "count": {"reads": {"ware": []}},
    "write": {"inserts": {"ware": ["name"]}, "locks": {"ware": "ROW EXCLUSIVE", "maker": "ROW SHARE"}},
    "set": {"reads": {"ware": ["id"]}, "updates": {"ware": ["size"]}},
    "clear": {"deletes": ["ware"]},
    "wait": {"locks": {"pg_advisory_xact_lock": "ADVISORY"}},
}


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        (
            "ware",
            None,
            {
                "read": ["reads"],
                "count": ["reads"],
                "write": ["inserts"],
                "set": ["reads", "updates"],
                "clear": ["deletes"],
            },
        ),
        ("ware", "name", {"read": ["reads"], "write": ["inserts"]}),
        ("ware", "size", {"set": ["updates"]}),
        ("ware", "colour", {}),
        ("maker", None, {"write": ["locks"]}),
        ("pg_advisory_xact_lock", None, {}),
        ("nothing", None, {}),
    ],
)
def test_what_queries_do(table: str, column: str | None, expected: dict[str, list[str]]) -> None:
    assert uses(CONTRACTS, table, column) == expected


def test_the_tables_that_are_touched() -> None:
    assert touched_tables(CONTRACTS) == {"ware": {"id", "name", "size"}, "maker": set()}
