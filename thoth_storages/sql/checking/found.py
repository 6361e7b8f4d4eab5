"""What was found of a query, as a contract says it: a few plain values for each rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .contract import FIELDS
from .examination import Examination
from .facts.dependencies import Columns, Dependencies
from .facts.plans import Plan, ceiling
from .facts.references import followed
from .facts.schema import Schema
from .subject import Subject

Found = Mapping[str, Any]


def found_contract(examination: Examination, query: Subject) -> dict[str, Any]:
    """Make the contract of a query as it should be committed."""
    return {field: value for rule in FIELDS for field, value in found_by(rule, examination, query).items()}


def found_by(rule: str, examination: Examination, query: Subject) -> dict[str, Any]:
    """Make those fields of a query's contract that one rule finds; what there isn't is left out."""
    return {field: value for field, value in _FINDERS[rule](examination, query).items() if value}


def _types(examination: Examination, query: Subject) -> Found:
    parameters, columns = examination.types[query].written(examination.samples)
    return {"parameters": parameters, "columns": columns}


def _cardinality(examination: Examination, query: Subject) -> Found:
    shape = query.header.returns
    if shape is None:
        return {"cardinality": "the number of rows written"}
    if not shape.is_single:
        return {"cardinality": "rows"}
    reasons = sorted({reason for reason in examination.one_row(query).values() if reason})
    return {"cardinality": f"one row: {' or '.join(reasons)}" if reasons else "unproved"}


def _plan(examination: Examination, query: Subject) -> Found:
    plan = examination.plans.get(query)
    if plan is None or any(examination.schema.by_name[table].is_system for table in plan.tables):
        return {}  # the catalog of PostgreSQL itself is as large as it is, and differs from server to server
    kept, unserved = _constraint_indexes(plan, examination.dependencies(query), examination.schema)
    cost, worst_node = ceiling(plan.cost), ceiling(plan.worst_node)
    return {
        "cost": cost,
        "worst_node": worst_node if worst_node > cost else None,
        "scans": sorted(table for table in plan.scans | unserved if examination.sizes.is_large(table)),
        "indexes": sorted(plan.indexes),
        "constraint_indexes": sorted(kept),
    }


def _constraint_indexes(plan: Plan, touched: Dependencies, schema: Schema) -> tuple[set[str], set[str]]:
    """Name the indexes that ON CONFLICT and references go by, and the tables of references that have none."""
    kept, unserved = set(plan.arbiters), set[str]()
    for name in plan.guarded:
        given = {None, *touched.inserts.get(name, ())}  # None is an expression of some of the columns
        kept.update(key.name for key in schema.by_name[name].keys if not given.isdisjoint(key.columns))
    for table, reference, _ in followed(touched, schema):
        if index := table.index_on(reference.columns):
            kept.add(index.name)
        else:
            unserved.add(table.name)
    return kept, unserved


def _dependencies(examination: Examination, query: Subject) -> Found:
    found = examination.dependencies(query)
    return {
        "reads": _listed(found.reads),
        "inserts": _listed(found.inserts),
        "updates": _listed(found.updates),
        "deletes": sorted(found.deletes),
        "sequences": sorted(found.sequences),
        "functions": sorted(found.functions),
    }


def _locks(examination: Examination, query: Subject) -> Found:
    return {"locks": examination.locks(query)}


def _listed(columns: Columns) -> dict[str, list[str]]:
    return {table: sorted(names) for table, names in columns.items()}


_FINDERS: Mapping[str, Callable[[Examination, Subject], Found]] = {
    "types": _types,
    "cardinality": _cardinality,
    "plan": _plan,
    "dependencies": _dependencies,
    "locks": _locks,
}
