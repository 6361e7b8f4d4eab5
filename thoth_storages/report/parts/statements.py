"""Where the time of the server goes, by the names of the queries, as the extension pg_stat_statements counts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from psycopg.rows import tuple_row

from ...sql.named import queries
from ...words import milliseconds, number, percent
from ..model import Column, Fact, Section, Table
from .naming import name_of, names_of

TITLE = "Slow queries"

# No named query: it can't be prepared where the extension isn't.
_STATEMENTS = """
SELECT
  s.query,
  s.total_exec_time,
  s.calls,
  s.max_exec_time,
  s.rows
FROM {schema}.pg_stat_statements AS s
WHERE s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
  AND s.calls > 0
"""
_HIDDEN = "<insufficient privilege>"
"""The text of other roles' statements, for a role that may not see them."""


@dataclass
class Counted:
    """What was counted of the statements of one query; "" are those without a name. Times are in milliseconds."""

    name: str
    total: float = 0
    calls: int = 0
    longest: float = 0
    rows: int = 0

    @property
    def mean(self) -> float:
        """The time of a call."""
        return self.total / self.calls

    def add(self, total: float, calls: int, longest: float, rows: int) -> None:
        """Count another statement of this query."""
        self.total += total
        self.calls += calls
        self.longest = max(self.longest, longest)
        self.rows += rows


def statements(connection: Any) -> Section:
    """Show the queries that took the most time; raises psycopg's errors, also where the extension isn't loaded."""
    rows = read_statements(connection)
    if rows is None:
        return Section(TITLE, problem=HOW_TO_COUNT)
    found = _by_name(rows, name_of)
    hidden = sum(text == _HIDDEN for text, *_ in rows)
    return Section(TITLE, facts=_facts(found), tables=[_table(found)], notes=_notes(hidden))


def read_statements(connection: Any) -> list[tuple[Any, ...]] | None:
    """Read what was counted of each statement: its text, and as in ``Counted``; None without the extension.

    Raises psycopg's errors, also where the extension isn't loaded.
    """
    schema = queries._get_pg_stat_statements_schema(connection)
    if schema is None:
        return None
    statement = sql.SQL(_STATEMENTS).format(schema=sql.Identifier(schema))
    with connection.cursor(row_factory=tuple_row) as cursor:
        return list(cursor.execute(statement))


def top(connection: Any) -> list[Counted] | None:
    """Count this library's queries, the one that took the most time first; None without the extension.

    A query's variants are summed; queries that the server can't tell apart are one, by all their names.
    """
    rows = read_statements(connection)
    if rows is None:
        return None
    return [each for each in _by_name(rows, lambda text: ", ".join(sorted(names_of(text)))) if each.name]


def _by_name(rows: Sequence[tuple[Any, ...]], name_of_text: Callable[[str], str]) -> list[Counted]:
    """Put the statements of each query together: it has one for each choice of its optional lines."""
    found: dict[str, Counted] = {}
    for text, *counts in rows:
        name = name_of_text(text)
        found.setdefault(name, Counted(name)).add(*counts)
    return sorted(found.values(), key=lambda each: (-each.total, each.name))


HOW_TO_COUNT = (
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
    rows = [(each.name, each.total, each.calls, each.mean, each.longest, each.rows) for each in found]
    return Table("Queries, by the time that they took in all", columns, rows, shown=15)


def _notes(hidden: int) -> list[str]:
    notes = ["'thoth-storages sql explain NAME' shows the plan of a query, 'thoth-storages sql show NAME' its file."]
    if hidden:
        notes.append(
            f"{hidden:,} statements of other roles are hidden from this one, and stand under 'all others'; the role "
            "pg_read_all_stats sees them."
        )
    return notes
