"""What a table holds, as two numbers that don't depend on where its rows lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from ..sql.named import catalog
from ..sql.statement import numbered

Row = Sequence[Any]
Ask = Callable[[str], list[Row]]
"""A function that runs a query, which has no parameters and no semicolon, and answers its rows."""

# The text of a row follows these; what isn't set here has the same text everywhere.
_SETTINGS = {
    "datestyle": "ISO, YMD",
    "intervalstyle": "postgres",
    "timezone": "UTC",
    "extra_float_digits": "3",
    "bytea_output": "hex",
    "xmlbinary": "base64",
    "lc_monetary": "C",
    "search_path": "",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
# A sum takes rows in any order, and counts equal ones as often as they are there.
_FINGERPRINT = """
SELECT count(*), coalesce(sum(hashtextextended(content::text COLLATE "C", 0)), 0)::text
FROM ONLY {} AS content
"""


@dataclass(frozen=True)
class Fingerprint:
    """How many rows a table holds, and a hash of what is in them."""

    rows: int
    content_hash: str


def asking(connection: psycopg.Connection[Any]) -> Ask:
    """Make the function that asks on a connection."""

    def ask(query: str) -> list[Row]:
        return connection.execute(query.encode()).fetchall()

    return ask


def take_fingerprints(ask: Ask) -> dict[str, Fingerprint]:
    """Answer the fingerprint of each table that a dump holds, by ``schema.table``.

    The settings of the session are changed for that, those that time statements out among them.
    """
    for setting in _SETTINGS.items():
        ask(sql.SQL("SELECT set_config({}, {}, false)").format(*map(sql.Literal, setting)).as_string())
    tables, _ = numbered(catalog["_get_dumped_tables"].statement.text([]))
    return {f"{schema}.{table}": _fingerprint(ask, schema, table) for schema, table in ask(tables)}


def differences(recorded: Mapping[str, Fingerprint], found: Mapping[str, Fingerprint]) -> list[str]:
    """Say, one sentence a table, in which tables something else was found than was recorded."""
    return [
        said
        for table in sorted({*recorded, *found})
        if (said := _difference(table, recorded.get(table), found.get(table)))
    ]


def _fingerprint(ask: Ask, schema: str, table: str) -> Fingerprint:
    [(rows, content_hash)] = ask(sql.SQL(_FINGERPRINT).format(sql.Identifier(schema, table)).as_string())
    return Fingerprint(int(rows), content_hash)


def _difference(table: str, recorded: Fingerprint | None, found: Fingerprint | None) -> str | None:
    if recorded is None:
        return f"{table} wasn't there when the dump was made"
    if found is None:
        return f"{table} is missing"
    if recorded.rows != found.rows:
        return f"{table} holds {found.rows} rows, not {recorded.rows}"
    if recorded != found:
        return f"{table} holds as many rows ({found.rows}), but other ones"
    return None
