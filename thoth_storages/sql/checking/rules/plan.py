"""On large tables a query reads none of them whole, and costs no more than its contract allows."""

from __future__ import annotations

from collections.abc import Iterator

from ..comparing import compared_query, under_contract
from ..contract import Contract, indexes_of
from ..examination import Examination, examine
from ..finding import Finding
from ..found import found_by
from ..subject import Checked, Subject

NAME = "plan"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find whole tables that are read, indexes that are gone, and other plans than agreed on."""
    examination = examine(checked)
    contracts = dict(under_contract(checked, examination))
    if not examination.is_scratch:
        return
    for query in examination.types:
        yield from held(query, contracts.get(query), examination)


def held(query: Subject, contract: Contract | None, examination: Examination) -> Iterator[Finding]:
    """Find what a query's plan does that its contract, if it has one, doesn't allow."""
    yield from _scans(query, contract or {}, examination)
    gone = [name for name in indexes_of(contract or {}) if name not in examination.indexes]
    yield from (_gone(query, name) for name in gone)
    # Another version has other costs, and other plans of the same kind.
    if contract is not None and examination.is_oldest_server and not gone:
        yield from _changes(query, contract, examination)


def _scans(query: Subject, contract: Contract, examination: Examination) -> Iterator[Finding]:
    allowed = contract.get("scans", ())
    for table in found_by(NAME, examination, query).get("scans", ()):
        if table not in allowed:
            yield query.finding(
                NAME,
                f"{query.name} reads the whole of {table}, of {examination.sizes.of(table):,} rows",
                why="it takes longer with each row that is added, and pushes other tables out of memory",
                remedy="add an index for what it filters and sorts by, or, where it must read all, "
                "take that over with 'sql check --write'",
            )


def _gone(query: Subject, index: str) -> Finding:
    return query.finding(
        NAME,
        f"the index {index} is gone, which serves {query.name}",
        why="the server has to find its rows by a slower way",
        remedy="create the index again, or let another serve the query and take that over with 'sql check --write'",
    )


def _changes(query: Subject, contract: Contract, examination: Examination) -> Iterator[Finding]:
    found = found_by(NAME, examination, query)
    if new := [table for table in found.get("scans", ()) if table not in contract.get("scans", ())]:
        found = {**found, "scans": [table for table in found["scans"] if table not in new]}  # those are found above
        if not found["scans"]:
            del found["scans"]
    yield from compared_query(NAME, query, contract, found)
