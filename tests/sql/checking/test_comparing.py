"""A contract is held field by field: whatever is changed by hand is found."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from thoth_storages.sql.checking.comparing import compared_query, differences
from thoth_storages.sql.checking.contract import FIELDS, contract_path, read_contracts
from thoth_storages.sql.checking.examination import Examination, examine
from thoth_storages.sql.checking.finding import Finding
from thoth_storages.sql.checking.found import found_by, found_contract
from thoth_storages.sql.checking.rules import plan
from thoth_storages.sql.checking.subject import Checked, Subject

Contract = dict[str, Any]

TABLES: tuple[Contract, ...] = ({}, {"x": []}, {"x": ["y"]})
ADDED: dict[str, Any] = {
    "cardinality": ["", "x"],
    **dict.fromkeys(("cost", "worst_node"), (0, 1)),
    **dict.fromkeys(("reads", "inserts", "updates"), TABLES),
    "locks": [{}, {"x": "y"}],
}
"""What is added by hand where a contract hasn't a field; a list of strings but for these."""


def changed(value: Any) -> Iterator[Any]:
    """Yield other values in the place of one: each part of it taken away, each part another, one part more."""
    if isinstance(value, dict):
        yield {**value, "another": ["x"]}
        for key in value:
            yield {name: told for name, told in value.items() if name != key}
            yield from ({**value, key: other} for other in changed(value[key]))
    elif isinstance(value, list):
        yield [*value, "another"]
        yield from ([*value[:number], *value[number + 1 :]] for number in range(len(value)))
        yield from ([*value[:number], "another", *value[number + 1 :]] for number in range(len(value)))
        if len(value) > 1:
            yield value[::-1]
    else:
        yield value * 2 if isinstance(value, int) else f"{value}?"
        yield value // 10 if isinstance(value, int) else ""


def mutations(contract: Contract) -> Iterator[tuple[str, Contract]]:
    for field, value in contract.items():
        yield field, {name: told for name, told in contract.items() if name != field}
        yield from ((field, {**contract, field: other}) for other in changed(value))
    for field in [field for fields in FIELDS.values() for field in fields if field not in contract]:
        yield from ((field, {**contract, field: told}) for told in ADDED.get(field, ([], ["x"])))


@pytest.fixture(scope="module")
def found(package: Checked) -> dict[Subject, Contract]:
    """The contract of each query of the package, as the server says."""
    examination = examine(package)
    return {query: found_contract(examination, query) for query in examination.types}


def held_fields(examination: Examination) -> list[str]:
    """The fields that are held on this server: what a plan costs, and by which indexes it goes, on the oldest."""
    rules = [rule for rule in FIELDS if rule != plan.NAME or examination.is_oldest_server]
    return [field for rule in rules for field in FIELDS[rule]]


def findings(field: str, query: Subject, contract: Contract, examination: Examination) -> list[Finding]:
    """What the rule says of a contract that one field belongs to."""
    (rule,) = (rule for rule, fields in FIELDS.items() if field in fields)
    if rule == plan.NAME:
        return list(plan.held(query, contract, examination))
    return list(compared_query(rule, query, contract, found_by(rule, examination, query)))


def test_every_kind_of_field_is_in_a_contract_that_is_mutated(package: Checked, found: dict[Subject, Contract]) -> None:
    assert {field for contract in found.values() for field in contract} >= set(held_fields(examine(package)))


def test_every_change_of_every_field_of_every_contract_is_found(
    package: Checked, found: dict[Subject, Contract]
) -> None:
    examination = examine(package)
    held = held_fields(examination)
    tried = [
        (query, field, mutation)
        for query, contract in found.items()
        for field, mutation in mutations(contract)
        if field in held
    ]
    assert len(tried) > 10_000
    unnoticed = [each for each in tried if not findings(each[1], each[0], each[2], examination)]
    assert [(query.name, field, mutation.get(field)) for query, field, mutation in unnoticed] == []


def test_a_contract_as_found_is_nothing_to_find(package: Checked, found: dict[Subject, Contract]) -> None:
    examination = examine(package)
    for query, contract in found.items():
        for field in held_fields(examination):
            assert findings(field, query, copy.deepcopy(contract), examination) == []


def test_the_packages_contracts_are_what_the_server_says(package: Checked) -> None:
    examination = examine(package)
    for file in package.files:
        committed = read_contracts(contract_path(file.path))
        for query in file.queries:
            for field in held_fields(examination):
                assert findings(field, query, committed[query.name], examination) == []


@pytest.mark.parametrize(
    ("committed", "now", "words"),
    [
        ({"scans": ["a"]}, {"scans": ["a", "b"]}, "scans: now also b"),
        ({"scans": ["a", "b"]}, {"scans": ["b"]}, "scans: no longer a"),
        ({"scans": ["a", "b"]}, {"scans": ["b", "c"]}, "scans: now also c, no longer a"),
        ({"scans": ["a", "b"]}, {"scans": ["b", "a"]}, "scans: the contract has a, b, PostgreSQL says b, a"),
        ({}, {"scans": ["a"]}, "scans: the contract has nothing, PostgreSQL says a"),
        ({"cost": 10}, {"cost": 20}, "cost: the contract has 10, PostgreSQL says 20"),
        ({"cost": 10}, {}, "cost: the contract has 10, PostgreSQL says nothing"),
        ({"locks": {"a": "x"}}, {"locks": {"a": "y"}}, "locks of a: the contract has x, PostgreSQL says y"),
        ({"reads": {"a": ["x"]}}, {"reads": {"a": ["x", "y"]}}, "reads of a: now also y"),
        ({"reads": {}}, {"reads": {"b": []}}, "reads of b: the contract has nothing, PostgreSQL says an empty list"),
        ({"reads": {"a": ["x"]}}, {}, "reads: the contract has a (x), PostgreSQL says nothing"),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(committed: Contract, now: Contract, words: str) -> None:
    assert [told for rule in FIELDS for _, told in differences(rule, committed, now)] == [words]
