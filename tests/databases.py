"""What the tests ask of whole databases: their catalogs, and what their rows say."""

from __future__ import annotations

import hashlib
import subprocess
from collections import Counter
from typing import Any

import psycopg
from psycopg import sql

from thoth_storages.ephemeral import find_programs

Connection = psycopg.Connection[tuple[Any, ...]]

_TABLES = """
SELECT relname, array_agg(attname::text ORDER BY attnum)
FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace
  AND relkind = 'r'
  AND relname !~ '^(_yoyo|alembic)'
  AND attnum > 0
  AND NOT attisdropped
GROUP BY relname
"""
_PARENTS = """
SELECT conrelid::regclass::text, attname, confrelid::regclass::text
FROM pg_constraint
JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE contype = 'f'
"""


def catalog(conninfo: str, *options: str) -> str:
    """The schema as pg_dump writes it, without what differs from run to run, and without the migrators' record."""
    command = [find_programs() / "pg_dump", "--schema-only", "--exclude-table=_yoyo_*", *options, conninfo]
    dumped = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    return "\n".join(line for line in dumped.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))


def tables(connection: Connection) -> dict[str, list[str]]:
    """The columns of each table of the knowledge graph, parents before their children."""
    columns: dict[str, list[str]] = dict(connection.execute(_TABLES).fetchall())
    waiting = {child: {parent for _, parent in pairs} for child, pairs in parents(connection).items()}
    ordered: list[str] = []
    while len(ordered) < len(columns):
        ordered += sorted(name for name in columns.keys() - set(ordered) if waiting.get(name, set()) <= set(ordered))
    return {name: columns[name] for name in ordered}


def parents(connection: Connection) -> dict[str, list[tuple[str, str]]]:
    """The foreign keys of each table: column and referred table."""
    found: dict[str, list[tuple[str, str]]] = {}
    for child, column, parent in connection.execute(_PARENTS):
        found.setdefault(child, []).append((column, parent))
    return found


def contents(connection: Connection, columns: dict[str, list[str]] | None = None) -> dict[str, Counter[str]]:
    """What the rows of each table say, and how often: digests of rows, in which an id is what the row it names says.

    So two databases whose rows have other ids compare equal when they hold the same facts. ``columns`` are those that
    are looked at: with those that ``tables`` told before a migration, what it added makes no difference.
    """
    references = parents(connection)
    said: dict[str, dict[int, str]] = {}
    counted: dict[str, Counter[str]] = {}
    for table, names in (columns or tables(connection)).items():
        named = dict(references.get(table, []))
        listed = sql.SQL(", ").join(map(sql.Identifier, names))
        rows = connection.execute(sql.SQL("SELECT {} FROM {}").format(listed, sql.Identifier(table))).fetchall()
        digests = [_digest(dict(zip(names, row, strict=True)), named, said) for row in rows]
        counted[table] = Counter(digests)
        if "id" in names:
            place = names.index("id")
            said[table] = {row[place]: digest for row, digest in zip(rows, digests, strict=True)}
    return counted


def distinct(counted: dict[str, Counter[str]]) -> dict[str, set[str]]:
    """What the rows of each table say, however often."""
    return {table: set(count) for table, count in counted.items()}


def columns_of_index(connection: Connection, table: str, *, unique: bool) -> list[list[str]]:
    """The columns that each index of a table covers, those within expressions included."""
    statement = """
    SELECT array_agg(DISTINCT attname::text)
    FROM pg_index
    LEFT JOIN pg_depend ON classid = 'pg_class'::regclass AND objid = indexrelid AND refobjid = indrelid
    JOIN pg_attribute ON attrelid = indrelid AND (attnum = refobjsubid OR attnum = ANY (indkey))
    WHERE indrelid = %s::regclass AND indisunique = %s
    GROUP BY indexrelid
    """
    return [columns for (columns,) in connection.execute(statement, (table, unique))]


def _digest(row: dict[str, Any], named: dict[str, str], said: dict[str, dict[int, str]]) -> str:
    # A column that holds nothing says nothing, so one that a migration adds changes nothing.
    facts = [
        (column, said[named[column]][value] if column in named else value)
        for column, value in sorted(row.items())
        if column != "id" and value is not None
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def plant_copies(connection: Connection) -> None:
    """Store again what the schema lets in twice: up to 300 rows of a table, and as many under each copy of a parent."""
    references = parents(connection)
    columns_of = tables(connection)
    for table, columns in columns_of.items():
        content = [f'"{column}"' for column in columns if column != "id"]
        _insert_again(connection, table, content, content, "")
        for column, parent in references.get(table, []):
            if "id" in columns_of[parent]:
                newest = ["copy" if each == f'"{column}"' else each for each in content]
                _insert_again(connection, table, content, newest, f'JOIN copy_of_{parent} ON original = "{column}"')
        if "id" in columns:
            connection.execute(
                f"CREATE TEMPORARY TABLE copy_of_{table} AS SELECT id AS original, "
                f"max(id) OVER (PARTITION BY {', '.join(content)}) AS copy FROM {table}".encode()
            )


def _insert_again(connection: Connection, table: str, columns: list[str], values: list[str], join: str) -> None:
    statement = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} {join}"
    connection.execute(f"{statement} LIMIT 300 ON CONFLICT DO NOTHING".encode())
