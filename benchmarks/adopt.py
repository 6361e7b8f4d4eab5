"""How long adopting a database of the original takes, beside what its work can't do without.

THOTH_STORAGES_BENCHMARK_ORIGINAL_DSN names a database with the original's schema, best a big one; it is only read, and
nobody may be connected to it while it is copied. In the copy a share of the dependencies is stored twice, then it is
adopted. What it can't do without are all its index builds and one sort of each table that it merges: measured
afterwards, on the same rows, but for the duplicates.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from thoth_storages.ephemeral import Server
from thoth_storages.sql.migrating import Progress, Stage, migrate, read_migrations

from .reads import ORIGINAL_DSN
from .sync import PREFIX, Place, database

MOST = 2.0
"""As many times what it can't do without the adoption may take."""

Connection = psycopg.Connection[tuple[Any, ...]]

_PLANT = """
INSERT INTO depends_on (entity_id, version_id, version_range, marker, extra, marker_evaluation_result)
SELECT entity_id, version_id, version_range, marker, extra, marker_evaluation_result
FROM depends_on TABLESAMPLE BERNOULLI (%(percent)s) REPEATABLE (1)
"""
_CONTENT = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
FROM pg_attribute
WHERE attrelid = %(table)s::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'id'
"""


def main() -> int:
    """Print how long each migration took, and the ratio; answers 1 when that is more than it may be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--percent", type=float, default=5, help="of the dependencies that are stored twice [5]")
    options = parser.parse_args()
    if not (dsn := os.environ.get(ORIGINAL_DSN)):
        sys.exit(f"{ORIGINAL_DSN} names no database with the original's schema")
    original = Place(Server(dsn, database_prefix=PREFIX), str(conninfo_to_dict(dsn)["dbname"]))
    with (
        database(original, "adopt", is_migrated=False) as conninfo,
        psycopg.connect(conninfo, autocommit=True) as connection,
    ):
        planted = connection.execute(_PLANT, {"percent": options.percent}).rowcount
        connection.execute("ANALYZE")
        print(f"{planted:,} dependencies stored twice")
        seconds = adopt(conninfo)
        builds, sorts = build_again(connection), sort_merged(connection)
    needed = sum(builds.values()) + sum(sorts.values())
    print(f"{sum(builds.values()):7.1f} s {len(builds)} index builds, {sum(sorts.values()):.1f} s {len(sorts)} sorts")
    print(f"{seconds:7.1f} s adoption: {seconds / needed:.2f} times what it can't do without, {MOST:g} are allowed")
    return int(seconds > MOST * needed)


def adopt(conninfo: str) -> float:
    """Adopt a database, print what each migration took, and answer the seconds of all."""
    took: dict[str, float] = {}

    def on_progress(progress: Progress) -> None:
        took[progress.migration] = progress.seconds

    started = time.perf_counter()
    migrate(conninfo, on_progress=on_progress)
    whole = time.perf_counter() - started
    for name, seconds in sorted(took.items(), key=lambda item: -item[1]):
        if seconds > 0.1:
            print(f"{seconds:7.1f} s {name}")
    return whole


def build_again(connection: Connection) -> dict[str, float]:
    """Build each index once more that the adoption builds, and answer the seconds by their names."""
    took = {}
    for text in repairs():
        if match := re.match(r"(CREATE (?:UNIQUE )?INDEX) (?:CONCURRENTLY IF NOT EXISTS )?(\w+)", text):
            again = f"{match[1]} benchmark_idx{text[match.end() :]}"
            took[match[2]] = seconds_of(connection, again)
            connection.execute("DROP INDEX benchmark_idx")
    return took


def sort_merged(connection: Connection) -> dict[str, float]:
    """Sort each table that the adoption merges by all that its rows say, a hash first, and answer the seconds."""
    took = {}
    for table in re.findall(r"merge_duplicates\('(\w+)'\)", "\n".join(repairs())):
        row = connection.execute(_CONTENT, {"table": table}).fetchone()
        assert row is not None
        content = sql.SQL(row[0])
        statement = sql.SQL(
            "SELECT count(*) FROM (SELECT FROM {} ORDER BY hash_record_extended(ROW({}), 0), {} OFFSET 0) AS sorted"
        ).format(sql.Identifier(table), content, content)
        took[table] = seconds_of(connection, statement.as_string(connection))
    return took


def repairs() -> list[str]:
    """The statements of the migrations that come after the baseline."""
    migrations = [each for each in read_migrations() if each.stage is not Stage.BASELINE]
    return [statement.text for migration in migrations for statement in migration.statements()]


def seconds_of(connection: Connection, statement: str) -> float:
    """Run a statement and answer how long it took."""
    started = time.perf_counter()
    connection.execute(statement.encode())
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
