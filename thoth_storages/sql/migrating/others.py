"""What others built on the tables, as far as a migration would run into it: said before anything is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...exceptions import MigrationError
from .files import Migration
from .server import Connection

_DROPPED = re.compile(r"\bDROP\s+(?:INDEX(?:\s+CONCURRENTLY)?(?:\s+IF\s+EXISTS)?|CONSTRAINT)\s+(\w+)", re.IGNORECASE)
_LEANING = """
SELECT
  conname::text,
  relname::text,
  format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
  format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid))
FROM pg_catalog.pg_constraint
JOIN pg_catalog.pg_class ON pg_class.oid = conindid
WHERE contype = 'f'
  AND conparentid = 0
  AND relnamespace = 'public'::regnamespace
  AND relname = ANY (%(dropped)s)
  AND conname <> ALL (%(dropped)s)
ORDER BY conname, conrelid
"""


def refuse_what_leans(connection: Connection, migrations: Iterable[Migration]) -> None:
    """Raise MigrationError for foreign keys of others that lean on an index which one of the migrations drops.

    The server takes any unique index for a foreign key, and wouldn't let it go: a run would end half-way.
    """
    texts = (statement.text for migration in migrations for statement in migration.statements())
    dropped = [name for text in texts for name in _DROPPED.findall(text)]
    if leaning := connection.execute(_LEANING, {"dropped": dropped}).fetchall():
        named = ", ".join(f"{name} on {index}" for name, index, _, _ in leaning)
        raise MigrationError(
            f"foreign keys of others lean on indexes that are to be dropped: {named}. Nothing was changed; drop these "
            "foreign keys, migrate, and add them again:\n"
            + "\n".join(f"{statement};" for _, _, drop, add in leaning for statement in (drop, add))
        )
