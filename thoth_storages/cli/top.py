"""``sql top``: the queries that take the server's time."""

from __future__ import annotations

import click

from ..exceptions import DatabaseError
from .connecting import connected, database_settings
from .output import output_option, table, write

_COLUMNS = ("name", "total_ms", "calls", "mean_ms", "longest_ms", "rows")


@click.command()
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True, help="How many queries at most.")
@output_option
def top(count: int, output: str) -> None:
    """List the queries that took the most time.

    As the extension pg_stat_statements counts it since it was reset. The variants of a query are summed up; queries
    that do the same can't be told apart there, and stand together by all their names.

    \b
    Example:
      thoth-storages sql top --count 5
      thoth-storages sql top --output csv > top.csv
    """
    from ..report.parts import statements  # loads the named queries

    with connected(database_settings()) as connection:
        found = statements.top(connection)
    if found is None:
        raise DatabaseError(statements.HOW_TO_COUNT.removesuffix("."))
    rows = [
        (
            each.name,
            round(each.total, 1),
            each.calls,
            round(each.mean, 3),
            round(each.longest, 1),
            each.rows,
        )
        for each in found[:count]
    ]
    write(
        output,
        lambda: table([name.upper().replace("_", " ") for name in _COLUMNS], rows),
        [dict(zip(_COLUMNS, row, strict=True)) for row in rows],
        columns=_COLUMNS,
    )
