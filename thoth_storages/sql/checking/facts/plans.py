"""How the server would run a query on large tables: what it costs, and what it reads whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from .prepared import PAGE, called, parameter_types, prepared_as, values_of_a_page
from .samples import Samples

#: The oldest server that the library runs on: the contracts hold its costs.
OLDEST_SERVER = 15

_STATEMENT = "thoth_storages_plan"
_WHOLE = ("Seq Scan", "Sample Scan")


@dataclass(frozen=True)
class Plan:
    """What matters of a plan, or of several."""

    cost: float = 0.0
    """The planner's total cost of the whole plan."""
    worst_node: float = 0.0
    """The highest total cost of a node: higher than that of the whole where the rest isn't expected to be needed."""
    scans: frozenset[str] = frozenset()
    """The tables that are read whole."""
    indexes: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    """All tables that are read or written."""
    arbiters: frozenset[str] = frozenset()
    """The indexes that ON CONFLICT names, by their columns."""
    guarded: frozenset[str] = frozenset()
    """The tables whose ON CONFLICT names none, and so goes by any."""

    def __or__(self, other: Plan) -> Plan:
        return Plan(
            max(self.cost, other.cost),
            max(self.worst_node, other.worst_node),
            self.scans | other.scans,
            self.indexes | other.indexes,
            self.tables | other.tables,
            self.arbiters | other.arbiters,
            self.guarded | other.guarded,
        )


def read_plan(connection: psycopg.Connection[Any], text: str, names: Iterable[str], samples: Samples) -> Plan:
    """Plan a statement as the server would in the long run: for any values, or for a page's when it has pages.

    ``text`` has PostgreSQL's ``$1`` for parameters, ``names`` are theirs. The tables are as large as the catalog says.
    Raises psycopg's errors for what can't be planned.
    """
    named = list(names)
    has_pages = any(name in PAGE for name in named)
    mode = "force_custom_plan" if has_pages else "force_generic_plan"
    connection.execute(f"SET LOCAL plan_cache_mode = {mode}".encode())
    with prepared_as(connection, _STATEMENT, text), connection.transaction():
        values = ["NULL"] * len(named)
        if has_pages:
            values = list(values_of_a_page(named, map(samples.value, parameter_types(connection, _STATEMENT))))
        row = connection.execute(f"EXPLAIN (FORMAT JSON) {called(_STATEMENT, values)}".encode()).fetchone()
    assert row is not None
    return plan_of(row[0][0]["Plan"])


def plan_of(root: Mapping[str, Any]) -> Plan:
    """Read a plan as EXPLAIN writes it in JSON."""
    nodes = list(_nodes(root))
    guarded = [node for node in nodes if "Conflict Resolution" in node]
    return Plan(
        root["Total Cost"],
        max(node["Total Cost"] for node in nodes),
        frozenset(node["Relation Name"] for node in nodes if node["Node Type"] in _WHOLE),
        frozenset(node["Index Name"] for node in nodes if "Index Name" in node),
        frozenset(node["Relation Name"] for node in nodes if "Relation Name" in node),
        frozenset(name for node in guarded for name in node.get("Conflict Arbiter Indexes", ())),
        frozenset(node["Relation Name"] for node in guarded if "Conflict Arbiter Indexes" not in node),
    )


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def ceiling(cost: float) -> int:
    """Round a cost up to 1, 2 or 5 times a power of ten, with a quarter of room so that small changes don't matter."""
    steps = (step * int("1" + "0" * power) for power in range(1, 16) for step in (1, 2, 5))
    return next(step for step in steps if step >= 1.25 * cost)
