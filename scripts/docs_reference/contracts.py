"""The contracts of queries, which ``thoth-storages sql check --write`` keeps: what each reads, writes and costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.docs_reference import markdown as md
from thoth_storages.sql.checking.contract import CONTRACTS_FOLDER, indexes_of, read_all_contracts

_BY_TABLE = {"reads": "Reads", "inserts": "Inserts into", "updates": "Updates", "deletes": "Deletes from"}
# The types of columns and parameters are in the signature.
_TOLD_ELSEWHERE = {"parameters", "columns"}


@dataclass(frozen=True)
class Contract:
    """What was agreed on about a query."""

    fields: Mapping[str, Any]

    @property
    def indexes(self) -> list[str]:
        """The indexes by which its plans go, and its constraints."""
        return indexes_of(self.fields)

    @property
    def tables(self) -> set[str]:
        """The tables that it reads or writes."""
        return {table for key in _BY_TABLE for table in self.fields.get(key, ())}

    def lines(self) -> Iterator[str]:
        """Write the contract, a field a line."""
        for key, value in self.fields.items():
            if key in _BY_TABLE:
                yield f"{_BY_TABLE[key]} {_tables(value)}."
            elif key not in _TOLD_ELSEWHERE:
                yield f"{key.replace('_', ' ').capitalize()}: {_value(value)}."


def read_contracts(folder: Path = CONTRACTS_FOLDER) -> dict[str, Contract]:
    """Read the contracts of a folder, by the qualified names of their queries."""
    return {name: Contract(fields) for name, fields in read_all_contracts(folder).items()}


def _tables(value: Mapping[str, Any] | list[str]) -> str:
    columns = value if isinstance(value, Mapping) else dict.fromkeys(value, ())
    return ", ".join(
        table_link(table) + (f" ({', '.join(map(md.code, named))})" if named else "")
        for table, named in columns.items()
    )


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{md.code(key)} {md.prose(str(each))}" for key, each in value.items())
    return ", ".join(map(md.code, value)) if isinstance(value, list) else md.prose(str(value))


def table_link(table: str) -> str:
    """Write a link to a table of the graph; one of PostgreSQL's own is only named."""
    return (
        md.code(table)
        if table.startswith(("pg_", "_", "information_schema"))
        else md.link(f"table-{table}", md.code(table))
    )
