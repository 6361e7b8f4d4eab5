"""PostgreSQL prepares and plans each query in each of its variants: its syntax, names and types are right."""

from __future__ import annotations

from collections.abc import Iterator

from ..examination import examine
from ..finding import Finding
from ..session import Refused
from ..subject import Checked, Subject
from ..variants import Variant

NAME = "prepares"

# What helps against an error, by its SQLSTATE; PostgreSQL's own hint goes first.
_REMEDIES = {
    "42601": "mend the syntax there; what is optional may leave a comma, an AND or a bracket too many",
    "42703": "name a column of the tables in FROM, or add it by a migration",
    "42P01": "name a table of the schema that is in FROM, or add it by a migration",
    "42883": "cast its arguments to the types that it takes, or name another",
    "42P18": "give the parameter a cast, like :names::text[]",
    "42804": "cast one of the sides, or the parameter, to the type that is meant",
    "42702": "put the table's alias in front",
    "42803": "add the column to GROUP BY, or aggregate it",
    "42P10": "for DISTINCT sort by what is selected, for ON CONFLICT name the columns of a unique key",
}


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find what the server prepares, and takes for no query: SELECT … INTO."""
    for query, error in examine(checked).refused.items():
        yield query.finding(
            NAME,
            f"PostgreSQL can't say what {query.name} reads and writes: {error.diag.message_primary}",
            why="nobody knows what it needs, or what breaks it",
            remedy="write it as a SELECT, INSERT, UPDATE, DELETE or MERGE of tables that are there",
        )


def check_query(query: Subject) -> Iterator[Finding]:
    """Find what the server refuses; the same at the same place in several variants is one finding."""
    seen: dict[tuple[object, ...], list[tuple[Variant, Refused]]] = {}
    for variant, refused in query.refused.items():
        key = (variant.place_of(refused.position) if refused.position else None, refused.message)
        seen.setdefault(key, []).append((variant, refused))
    for refusals in seen.values():
        variant, refused = refusals[0]
        words = variant.words if len(refusals) < len(query.variants) else ""
        yield query.finding(
            NAME,
            f"PostgreSQL can't {'plan' if refused.is_planning else 'prepare'} {query.name}"
            f"{' ' + words if words else ''}: {refused.message}{f' ({refused.detail})' if refused.detail else ''}",
            why="every such call would end in this error",
            remedy=refused.hint or _REMEDIES.get(refused.sqlstate, "mend the SQL there"),
            place=variant.place_of(refused.position) if refused.position else None,
        )
