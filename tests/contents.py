"""What a database says, without the ids that it says it with; two that say the same have equal contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]
Content = tuple[Any, ...]
"""A row as ``(column, value)`` pairs without its id; foreign keys stand for the content that they lead to."""

_COLUMNS = """
SELECT a.attrelid::regclass::text, a.attname
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attname
"""
_REFERENCES = """
SELECT f.conrelid::regclass::text, a.attname, f.confrelid::regclass::text
FROM pg_constraint AS f
JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace
"""
_BOOKKEEPING = ("alembic", "yoyo", "_yoyo", "schema_", "migration")


def contents(connection: Connection, tables: Collection[str] | None = None) -> dict[str, Counter[Content]]:
    """Answer how often each row's content occurs, by table: all tables but those of migrations, or those given."""
    reader = _Reader(connection)
    return {
        table: Counter(reader.rows(table).values()) for table in reader.columns if tables is None or table in tables
    }


def row_counts(connection: Connection) -> dict[str, int]:
    """Answer the number of rows of each table that holds any."""
    return {table: total for table, found in contents(connection).items() if (total := found.total())}


class _Reader:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[Any, Content]] = {}
        self.columns: dict[str, list[str]] = {}
        for table, column in connection.execute(_COLUMNS).fetchall():
            if not table.startswith(_BOOKKEEPING):
                self.columns.setdefault(table, []).append(column)
        rows = connection.execute(_REFERENCES).fetchall()
        self._parents = {(table, column): parent for table, column, parent in rows}

    def rows(self, table: str) -> dict[Any, Content]:
        """Answer the content of each row of a table, by its id or, where it has none, by where it stands."""
        if table not in self._known:
            self._known[table] = self._read(table)
        return self._known[table]

    def _read(self, table: str) -> dict[Any, Content]:
        names = self.columns[table]
        key = "id" if "id" in names else "ctid"
        select = sql.SQL("SELECT {}, {} FROM {}").format(
            sql.Identifier(key), sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table)
        )
        return {row[0]: self._content(table, names, row[1:]) for row in self._connection.execute(select)}

    def _content(self, table: str, names: list[str], values: Content) -> Content:
        return tuple(
            (name, self._value(table, name, value)) for name, value in zip(names, values, strict=True) if name != "id"
        )

    def _value(self, table: str, name: str, value: Any) -> Any:
        parent = self._parents.get((table, name))
        return value if parent is None or value is None else self.rows(parent)[value]
