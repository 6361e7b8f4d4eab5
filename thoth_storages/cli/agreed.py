"""A plan beside its query's contract: what the server does here, and what was agreed on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..sql.checking.contract import FIELDS, Contract, contract_path, read_contracts
from ..sql.checking.facts.plans import plan_of
from ..sql.checking.facts.sizes import read_sizes
from ..sql.query import Query
from .output import table

_NONE = "none"
_WIDTH = 80
_PLANNED = ("cost", "worst_node", "scans", "indexes")
_ALONE = tuple(field for fields in FIELDS.values() for field in fields if field not in _PLANNED)

Row = tuple[str, str, str]


def contract_of(query: Query) -> Contract:
    """Read the contract of a query; that of one that has none yet is empty.

    Raises QueryError for a file that holds no contracts.
    """
    return read_contracts(contract_path(Path(query.source.place.path))).get(query.name, {})


def facts_of(explained: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Read in a plan, as FORMAT JSON writes it, what contracts speak of, by the names that it has there.

    Costs, the tables read whole that are large where the queries run, and the indexes.
    """
    plan = plan_of(explained[0]["Plan"])
    return {
        "cost": plan.cost,
        "worst_node": plan.worst_node,
        "scans": sorted(filter(read_sizes().is_large, plan.scans)),
        "indexes": sorted(plan.indexes),
    }


def beside(facts: Mapping[str, Any], contract: Contract) -> str:
    """Write what a plan does as a table, and beside it the contract, whose other fields follow."""
    if not contract:
        return "No contract yet: 'thoth-storages sql check --write' writes it."
    rows = [*_beside(facts, contract), *_alone(contract)]
    return "\n".join(line.rstrip() for line in table(["", "THIS PLAN", "CONTRACT"], rows).splitlines())


def unforeseen(facts: Mapping[str, Any], contract: Contract) -> list[str]:
    """Name the large tables that a plan reads whole, and the contract doesn't."""
    return [name for name in facts["scans"] if name not in contract.get("scans", ())]


def _beside(facts: Mapping[str, Any], contract: Contract) -> Iterator[Row]:
    for field in ("cost", "worst_node"):
        if field in contract:
            # Its tables have a page each: what is read there costs less than here.
            yield field, f"{facts[field]:.2f}", f"at most {contract[field]} in 'sql check'"
    for field in ("scans", "indexes"):
        found, agreed = facts[field], contract.get(field, ())
        names = sorted({*found, *agreed})
        cells = [(name if name in found else "", name if name in agreed else "") for name in names]
        yield from _titled(field, cells or [(_NONE, _NONE)])


def _alone(contract: Contract) -> Iterator[Row]:
    for field in _ALONE:
        told = _told(contract.get(field, ()))
        lines = (line for each in told for line in textwrap.wrap(each, _WIDTH, subsequent_indent="  "))
        yield from _titled(field, [("", line) for line in lines])


def _titled(field: str, cells: Sequence[tuple[str, str]]) -> Iterator[Row]:
    for number, (found, agreed) in enumerate(cells):
        yield "" if number else field, found, agreed


def _told(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{name}: {_listed(each) or 'any column'}" for name, each in sorted(value.items())]
    return [_listed(value)]


def _listed(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
