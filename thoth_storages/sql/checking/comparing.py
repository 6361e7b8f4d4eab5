"""Compare what is committed in a contract with what was found, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...exceptions import QueryError
from .contract import FIELDS, Contract, contract_path, read_contracts
from .examination import Examination, examine
from .finding import Finding
from .found import found_by
from .subject import Checked, CheckedFile, Subject

REMEDY = "mend the query, or take it over with 'sql check --write' and let the difference be reviewed"

# What comes of a field that isn't what it was.
_WHY = {
    "parameters": "callers pass values of the types that were agreed on",
    "columns": "callers handle the values, and the None, that were agreed on",
    "cardinality": "callers rely on how many rows can come, and on what holds that",
    "cost": "what a query may cost is agreed on before it runs on large tables",
    "worst_node": "a step that costs more than the whole plan is a risk that is agreed on",
    "scans": "a large table is read whole only where that was agreed on",
    "indexes": "an index may go only when no query is served by it",
    "constraint_indexes": "without them rows come twice, or large tables are read whole for each row that goes",
    "reads": "'sql uses' and 'sql grants' tell from it what depends on a column",
    "inserts": "'sql uses' and 'sql grants' tell from it what depends on a column",
    "updates": "'sql uses' and 'sql grants' tell from it what depends on a column",
    "deletes": "'sql uses' and 'sql grants' tell from it what depends on a table",
    "sequences": "'sql grants' tells from it what a role must be allowed",
    "functions": "'sql grants' tells from it what a role must be allowed",
    "locks": "writers wait for each other where their locks meet",
}


def compared(rule: str, checked: Checked) -> Iterator[Finding]:
    """Find the fields of one rule in which contracts differ from what was found."""
    examination = examine(checked)
    for query, contract in under_contract(checked, examination):
        yield from compared_query(rule, query, contract, found_by(rule, examination, query))


def compared_query(rule: str, query: Subject, contract: Contract, found: Contract) -> Iterator[Finding]:
    """Find the fields of one rule in which a query's contract differs."""
    for field, words in differences(rule, contract, found):
        yield query.finding(rule, f"{query.name}: {words}", why=_WHY[field], remedy=REMEDY)


def under_contract(checked: Checked, examination: Examination) -> Iterator[tuple[Subject, Contract]]:
    """Yield the queries that have a contract, with it; the rule ``contract`` finds those that ought to have one."""
    for file in checked.files:
        contracts = contracts_of(file) or {}
        yield from (
            (query, contracts[query.name])
            for query in file.queries
            if query in examination.types and query.name in contracts
        )


def contracts_of(file: CheckedFile) -> dict[str, dict[str, Any]] | None:
    """Read a file's contracts; None for what can't be read, which the rule ``contract`` finds."""
    try:
        return read_contracts(contract_path(file.path))
    except QueryError:
        return None


def differences(rule: str, contract: Contract, found: Contract) -> Iterator[tuple[str, str]]:
    """Yield the fields of one rule that differ, and how, in words."""
    for field in FIELDS[rule]:
        committed, now = contract.get(field), found.get(field)
        if isinstance(committed, Mapping) and isinstance(now, Mapping):
            for name in sorted(committed.keys() | now.keys()):
                if committed.get(name) != now.get(name):
                    yield field, _words(f"{field} of {name}", committed.get(name), now.get(name))
        elif committed != now:
            yield field, _words(field, committed, now)


def _words(field: str, committed: Any, now: Any) -> str:
    if isinstance(committed, Sequence) and isinstance(now, Sequence) and not isinstance(now, str):
        more = [item for item in now if item not in committed]
        less = [item for item in committed if item not in now]
        if more or less:
            parts = [f"now also {_list(more)}" if more else "", f"no longer {_list(less)}" if less else ""]
            return f"{field}: {', '.join(part for part in parts if part)}"
    return f"{field}: the contract has {_value(committed)}, PostgreSQL says {_value(now)}"


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} ({_value(told)})" for name, told in sorted(value.items())) or "nothing"
    return _list(value) if isinstance(value, list) else str(value)


def _list(items: Sequence[Any]) -> str:
    return ", ".join(map(str, items)) or "an empty list"
