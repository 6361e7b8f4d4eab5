"""A contract is held field by field: whatever is changed by hand is found."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from thoth_storages.sql.checking.comparing import differences
from thoth_storages.sql.checking.contract import CONTRACTS_FOLDER, FIELDS, contract_path, read_contracts
from thoth_storages.sql.checking.examination import examine
from thoth_storages.sql.checking.found import found_contract
from thoth_storages.sql.checking.subject import Checked

Contract = dict[str, Any]


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    """One contract a query of two of the package's files, one that reads and one that writes."""
    paths = [CONTRACTS_FOLDER / "depends_on.toml", CONTRACTS_FOLDER / "sync" / "version.toml"]
    return {name: each for path in paths for name, each in read_contracts(path).items()}


def found(contract: Contract, other: Contract) -> list[str]:
    return [field for rule in FIELDS for field, _ in differences(rule, contract, other)]


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
        yield field, {**contract, field: ["x"]}


def test_a_contract_is_equal_to_itself(contracts: dict[str, Contract]) -> None:
    for contract in contracts.values():
        assert found(copy.deepcopy(contract), contract) == []


def test_every_change_of_every_field_is_found(contracts: dict[str, Contract]) -> None:
    number = 0
    for contract in contracts.values():
        for field, mutation in mutations(contract):
            number += 1
            assert set(found(mutation, contract)) == {field}, (field, mutation)
    assert number > 900


def test_the_packages_contracts_are_what_the_server_says(package: Checked) -> None:
    examination = examine(package)
    # What a plan costs, and by which indexes it goes, is held on the oldest server.
    rules = [rule for rule in FIELDS if rule != "plan" or examination.is_oldest_server]
    for file in package.files:
        committed = read_contracts(contract_path(file.path))
        for query in file.queries:
            found = found_contract(examination, query)
            assert [each for rule in rules for each in differences(rule, committed[query.name], found)] == []


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
