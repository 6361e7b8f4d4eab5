"""What a schema holds, told by the catalog, and how two schemas differ.

A schema to compare with is made by migrations on the same server: in a schema of its own, within a transaction that is
rolled back. So what is expected stands nowhere but in the migrations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg

from ...exceptions import MigrationError
from .concurrently import within_a_transaction
from .files import DIRECTORY, Migration, read_migrations
from .server import Connection, ConnectionInfo, connect
from .statements import execute

BOOKKEEPING = "^_yoyo_|^yoyo_lock$|^alembic_version$"
"""A regular expression for the tables that yoyo and Alembic keep: they are no part of the schema."""
SCRATCH = "thoth_scratch"
"""The schema that is made for a moment; nobody else ever sees it."""

_FACTS = """
WITH "table" AS (
  SELECT oid, relname::text AS name, relkind
  FROM pg_catalog.pg_class
  WHERE relnamespace = current_schema::regnamespace
    AND relkind IN ('r', 'p', 'v', 'm')
    AND relname !~ %(bookkeeping)s
    -- what an extension made belongs to it
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
)
SELECT CASE WHEN relkind IN ('r', 'p') THEN 'table' ELSE 'view' END, name, name, ''
FROM "table"
UNION ALL
SELECT 'column', "table".name, "table".name || '.' || attname,
  format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
FROM "table"
JOIN pg_catalog.pg_attribute ON attrelid = "table".oid
WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'default', "table".name, "table".name || '.' || attname, pg_get_expr(adbin, adrelid)
FROM "table"
JOIN pg_catalog.pg_attribute ON attrelid = "table".oid
JOIN pg_catalog.pg_attrdef ON adrelid = "table".oid AND adnum = attnum
UNION ALL
SELECT CASE contype WHEN 'c' THEN 'check' ELSE 'constraint' END, "table".name, "table".name || '.' || conname,
  pg_get_constraintdef(pg_constraint.oid, TRUE)
FROM "table"
JOIN pg_catalog.pg_constraint ON conrelid = "table".oid
WHERE contype IN ('p', 'u', 'f', 'c', 'x')
UNION ALL
SELECT 'index', "table".name, "table".name || '.' || relname,
  pg_get_indexdef(indexrelid, 0, TRUE) || CASE WHEN indisvalid THEN '' ELSE ' (invalid)' END
FROM "table"
JOIN pg_catalog.pg_index ON indrelid = "table".oid
JOIN pg_catalog.pg_class ON pg_class.oid = indexrelid
UNION ALL
SELECT 'statistics', "table".name, "table".name || '.' || stxname, pg_get_statisticsobjdef_columns(pg_statistic_ext.oid)
FROM "table"
JOIN pg_catalog.pg_statistic_ext ON stxrelid = "table".oid
UNION ALL
SELECT 'trigger', "table".name, "table".name || '.' || tgname, pg_get_triggerdef(pg_trigger.oid, TRUE)
FROM "table"
JOIN pg_catalog.pg_trigger ON tgrelid = "table".oid
WHERE NOT tgisinternal
UNION ALL
SELECT 'value', typname::text, typname || '.' || enumlabel, ''
FROM pg_catalog.pg_type
JOIN pg_catalog.pg_enum ON enumtypid = pg_type.oid
WHERE typnamespace = current_schema::regnamespace
UNION ALL
SELECT 'function', proname::text, proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')',
  regexp_replace(pg_get_functiondef(pg_proc.oid), 'FUNCTION [^.(]+\\.', 'FUNCTION ')
FROM pg_catalog.pg_proc
WHERE pronamespace = current_schema::regnamespace
  AND prokind IN ('f', 'p')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
"""


class Fact(NamedTuple):
    """One thing that a schema holds: a column, an index, a value of an enumeration…"""

    kind: str
    """``table``, ``view``, ``column``, ``default``, ``constraint``, ``check``, ``index``, ``statistics``, ``trigger``,
    ``value`` or ``function``."""
    owner: str
    """The table, type or function that it belongs to."""
    name: str


Facts = dict[Fact, str]
"""What a schema holds, and how each is defined."""


class Difference(NamedTuple):
    """Something that two schemas don't agree on; a definition is None where it isn't there at all."""

    fact: Fact
    expected: str | None
    found: str | None

    def __str__(self) -> str:
        """Say it in a line."""
        what = f"{self.fact.kind} {self.fact.name}"
        if self.found is None:
            return f"{what} is missing: {self.expected}".removesuffix(": ")
        if self.expected is None:
            return f"{what} isn't expected: {self.found}".removesuffix(": ")
        return f"{what} is {self.found}, and should be {self.expected}"


def diff(conninfo: ConnectionInfo, *, directory: Path = DIRECTORY) -> list[Difference]:
    """Tell how the schema of a database differs from what the migrations of this library make.

    Raises MigrationError when the role may not create a schema, DatabaseUnreachableError for no way to the database.
    """
    with connect(conninfo) as connection:
        connection.execute("SET search_path = public")
        return list(differences(facts_made_by(connection, read_migrations(directory)), read_facts(connection)))


def read_facts(connection: Connection) -> Facts:
    """Read what the schema holds that comes first in the search path; the records of migrations are left out."""
    rows = connection.execute(_FACTS, {"bookkeeping": BOOKKEEPING})
    return {Fact(kind, owner, name): definition for kind, owner, name, definition in rows}


def facts_made_by(connection: Connection, migrations: Iterable[Migration]) -> Facts:
    """Tell what migrations make of an empty schema; nothing stays.

    Raises MigrationError when the role may not create a schema.
    """
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(f"CREATE SCHEMA {SCRATCH}".encode())
            connection.execute(f"SET LOCAL search_path = {SCRATCH}".encode())
            for migration in migrations:
                execute(connection, within_a_transaction(migration.statements()), lambda done, count: None)
            return read_facts(connection)
    except psycopg.Error as error:
        raise MigrationError(
            f"the schema to compare with can't be made: {error}; "
            "comparing needs a role that may create a schema (for a moment)"
        ) from error


def differences(expected: Facts, found: Facts) -> Iterator[Difference]:
    """Compare two schemas, sorted by kind and name; of a table that isn't there at all, its parts aren't listed."""
    for fact in sorted(expected.keys() | found.keys()):
        difference = Difference(fact, expected.get(fact), found.get(fact))
        if difference.expected != difference.found and not _goes_without_saying(fact, expected, found):
            yield difference


def _goes_without_saying(fact: Fact, expected: Facts, found: Facts) -> bool:
    whole = Fact("table", fact.owner, fact.owner)
    return fact != whole and (whole in expected) != (whole in found)
