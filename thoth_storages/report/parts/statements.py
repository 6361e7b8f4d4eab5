"""Where the time of the server goes, by the names of the queries, as the extension pg_stat_statements counts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import sql
from psycopg.rows import tuple_row

from ...sql.named import queries
from ..model import Column, Fact, Section, Table
from ..words import milliseconds, number, percent

TITLE = "Slow queries"

# No named query: it can't be prepared where the extension isn't. A query has several texts, one for each choice of its
# optional lines, and those are counted apart.
_STATEMENTS = """
SELECT
  coalesce(substring(s.query FROM '^/\\* ?([a-z_]+) ?\\*/'), '') AS name,
  sum(s.calls)::bigint,
  sum(s.total_exec_time),
  sum(s.total_exec_time) / sum(s.calls),
  max(s.max_exec_time),
  sum(s.rows)::bigint,
  count(*) FILTER (WHERE s.query = '<insufficient privilege>')
FROM {schema}.pg_stat_statements AS s
WHERE s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
GROUP BY name
HAVING sum(s.calls) > 0
ORDER BY sum(s.total_exec_time) DESC, name
"""


def statements(connection: Any) -> Section:
    """Show the queries that took the most time; raises psycopg's errors, also where the extension isn't loaded."""
    schema = queries._get_pg_stat_statements_schema(connection)
    if schema is None:
        return Section(TITLE, problem=_HOW)
    statement = sql.SQL(_STATEMENTS).format(schema=sql.Identifier(schema))
    with connection.cursor(row_factory=tuple_row) as cursor:
        rows = cursor.execute(statement).fetchall()
    hidden = sum(row[-1] for row in rows)
    return Section(TITLE, facts=_facts(rows), tables=[_table(rows)], notes=_notes(hidden))


_HOW = (
    "The extension pg_stat_statements isn't installed in this database: have shared_preload_libraries name it, and a "
    "superuser run 'CREATE EXTENSION pg_stat_statements'."
)


def _facts(rows: Sequence[tuple[Any, ...]]) -> list[Fact]:
    whole, named = (sum(row[2] for row in part) for part in (rows, [row for row in rows if row[0]]))
    return [
        Fact("Time in statements", milliseconds(whole)),
        Fact("in this library's queries", milliseconds(named), remark=percent(named, whole)),
        Fact("Calls of them", number(sum(row[1] for row in rows if row[0]))),
    ]


def _table(rows: Sequence[tuple[Any, ...]]) -> Table:
    columns = [
        Column("Query", lambda name: name or "all others"),
        Column("Time in all", milliseconds, bar=True),
        Column("Calls", number, is_number=True),
        Column("Mean", milliseconds, is_number=True),
        Column("Longest", milliseconds, is_number=True),
        Column("Rows", number, is_number=True),
    ]
    return Table("Queries, by the time that they took in all", columns, [row[:-1] for row in rows], shown=15)


def _notes(hidden: int) -> list[str]:
    notes = ["'thoth-storages sql explain NAME' shows the plan of a query, 'thoth-storages sql show NAME' its file."]
    if hidden:
        notes.append(
            f"{hidden:,} statements of other roles are hidden from this one, and stand under 'all others'; the role "
            "pg_read_all_stats sees them."
        )
    return notes
