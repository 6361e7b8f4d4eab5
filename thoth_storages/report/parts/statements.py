"""Where the time of the server goes, by the names of the queries, as the extension pg_stat_statements counts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from psycopg import sql
from psycopg.rows import class_row

from ...sql.named import queries
from ..model import Column, Fact, Section, Table
from ..words import milliseconds, number, percent

TITLE = "Slow queries"

# No named query: it can't be prepared where the extension isn't. A query has several texts, one for each choice of its
# optional lines, and those are counted apart.
_STATEMENTS = """
SELECT
  coalesce(substring(s.query FROM '^/\\* ?([a-z_]+) ?\\*/'), '') AS name,
  sum(s.total_exec_time) AS total,
  sum(s.calls)::bigint AS calls,
  max(s.max_exec_time) AS longest,
  sum(s.rows)::bigint AS rows,
  count(*) FILTER (WHERE s.query = '<insufficient privilege>') AS hidden
FROM {schema}.pg_stat_statements AS s
WHERE s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
GROUP BY name
HAVING sum(s.calls) > 0
ORDER BY total DESC, name
"""


class Counted(NamedTuple):
    """What was counted of the statements of one query; "" are those without a name. Times are in milliseconds."""

    name: str
    total: float
    calls: int
    longest: float
    rows: int
    hidden: int


def statements(connection: Any) -> Section:
    """Show the queries that took the most time; raises psycopg's errors, also where the extension isn't loaded."""
    schema = queries._get_pg_stat_statements_schema(connection)
    if schema is None:
        return Section(TITLE, problem=_HOW)
    statement = sql.SQL(_STATEMENTS).format(schema=sql.Identifier(schema))
    with connection.cursor(row_factory=class_row(Counted)) as cursor:
        found = cursor.execute(statement).fetchall()
    return Section(TITLE, facts=_facts(found), tables=[_table(found)], notes=_notes(sum(each.hidden for each in found)))


_HOW = (
    "The extension pg_stat_statements isn't installed in this database: have shared_preload_libraries name it, and a "
    "superuser run 'CREATE EXTENSION pg_stat_statements'."
)


def _facts(found: Sequence[Counted]) -> list[Fact]:
    named = [each for each in found if each.name]
    whole, part = (sum(each.total for each in some) for some in (found, named))
    return [
        Fact("Time in statements", milliseconds(whole)),
        Fact("in this library's queries", milliseconds(part), remark=percent(part, whole)),
        Fact("Calls of them", number(sum(each.calls for each in named))),
    ]


def _table(found: Sequence[Counted]) -> Table:
    columns = [
        Column("Query", lambda name: name or "all others"),
        Column("Time in all", milliseconds, bar=True),
        Column("Calls", number, is_number=True),
        Column("Mean", milliseconds, is_number=True),
        Column("Longest", milliseconds, is_number=True),
        Column("Rows", number, is_number=True),
    ]
    rows = [(each.name, each.total, each.calls, each.total / each.calls, each.longest, each.rows) for each in found]
    return Table("Queries, by the time that they took in all", columns, rows, shown=15)


def _notes(hidden: int) -> list[str]:
    notes = ["'thoth-storages sql explain NAME' shows the plan of a query, 'thoth-storages sql show NAME' its file."]
    if hidden:
        notes.append(
            f"{hidden:,} statements of other roles are hidden from this one, and stand under 'all others'; the role "
            "pg_read_all_stats sees them."
        )
    return notes
