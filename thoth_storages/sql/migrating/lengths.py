"""Texts that are too long for an index which a migration builds: said before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg import sql

from ...exceptions import MigrationError
from ...words import listed
from .files import Migration, Stage
from .indexes import Index, indexes_built
from .server import Connection

# The largest row of a B-tree is of 2,704 bytes, 16 of them its head where a column is NULL.
_MOST_BYTES = 2_688
_BYTES_OF_OTHERS = 8
_MOST_NAMED = 3

_TEXT_COLUMNS = """
SELECT attname::text
FROM pg_catalog.pg_attribute
WHERE attrelid = to_regclass(%(table)s)
  AND attname = ANY (%(columns)s)
  AND atttypid IN ('text'::regtype, 'varchar'::regtype)
ORDER BY attnum
"""
_TOO_LONG = """
SELECT to_jsonb(found), octet_length({longest})
FROM {table} AS found
WHERE {size} > {most}
ORDER BY 2 DESC
"""


def refuse_what_is_too_long(connection: Connection, migrations: Iterable[Migration]) -> None:
    """Raise MigrationError, which names the rows, for texts that don't fit into an index that a migration builds.

    What counts is their size as it is stored, compressed.
    """
    # in a database to adopt the indexes of the baseline are there
    for index in indexes_built(each for each in migrations if each.stage is not Stage.BASELINE):
        found = connection.execute(_TEXT_COLUMNS, {"table": f"public.{index.table}", "columns": index.columns})
        if texts := [column for (column,) in found]:
            _refuse(connection, index, texts)


def _refuse(connection: Connection, index: Index, texts: list[str]) -> None:
    sizes = [sql.SQL("coalesce(pg_column_size({}), 0)").format(sql.Identifier(text)) for text in texts]
    most = _MOST_BYTES - _BYTES_OF_OTHERS * (len(index.columns) - 1)
    query = sql.SQL(_TOO_LONG).format(
        longest=sql.SQL(" || ").join(sql.SQL("coalesce({}, '')").format(sql.Identifier(text)) for text in texts),
        table=sql.Identifier("public", index.table),
        size=sql.SQL(" + ").join(sizes),
        most=sql.Literal(most),
    )
    if rows := connection.execute(query).fetchall():
        named = listed([_row(row, length) for row, length in rows], most=_MOST_NAMED)
        raise MigrationError(
            f"{index.table}.{', '.join(texts)} is too long for the index {index.name}, which holds texts of "
            f"{most:,} bytes at most, compressed: {named}. Nothing was changed; shorten it there, and migrate again"
        )


def _row(row: dict[str, Any], length: int) -> str:
    """Name a row by its document where it is of one, else by its id."""
    document = next((row[name] for name in row if name == "document_id" or name.endswith("_document_id")), None)
    named = [f"id {row['id']}"] if "id" in row else []
    return f"{length:,} bytes in the row of {', '.join([*([document] if document else []), *named])}"
