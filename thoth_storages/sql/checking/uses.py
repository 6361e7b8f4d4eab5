"""Which queries touch a table or a column, as their contracts say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .contract import Contract

_COLUMNS = ("reads", "inserts", "updates")


def uses(contracts: Mapping[str, Contract], table: str, column: str | None = None) -> dict[str, list[str]]:
    """Say what each query does to a table, or to one of its columns: ``reads``, ``updates``, ``locks``.

    ``deletes`` and ``locks`` are of whole rows and tables, so a column has none of them. Queries that do nothing to it
    aren't there.
    """
    found = {name: _ways(contract, table, column) for name, contract in contracts.items()}
    return {name: ways for name, ways in found.items() if ways}


def touched_tables(contracts: Mapping[str, Contract]) -> dict[str, set[str]]:
    """Answer the tables that any query touches, with the columns."""
    found: dict[str, set[str]] = {}
    for contract in contracts.values():
        for way in _COLUMNS:
            for table, columns in contract.get(way, {}).items():
                found.setdefault(table, set()).update(columns)
        for table in (*contract.get("deletes", ()), *locked_tables(contract)):
            found.setdefault(table, set())
    return found


def locked_tables(contract: Contract) -> dict[str, str]:
    """Answer the tables that a query locks, with the mode; advisory locks aren't of tables."""
    locks: Mapping[str, Any] = contract.get("locks", {})
    return {table: mode for table, mode in locks.items() if mode != "ADVISORY"}


def _ways(contract: Contract, table: str, column: str | None) -> list[str]:
    if column is not None:
        return [way for way in _COLUMNS if column in contract.get(way, {}).get(table, ())]
    ways = [way for way in _COLUMNS if table in contract.get(way, {})]
    if table in contract.get("deletes", ()):
        ways.append("deletes")
    return ways or (["locks"] if table in locked_tables(contract) else [])
