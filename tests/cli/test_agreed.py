"""Plans beside contracts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from thoth_storages.cli.agreed import beside, contract_of, facts_of, unforeseen
from thoth_storages.sql.checking.contract import read_all_contracts
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query
from thoth_storages.sql.source import read_text

FACTS = {"cost": 12.5, "worst_node": 30.25, "scans": [], "indexes": ["solved_pkey"]}
CONTRACT = {
    "parameters": ["id integer"],
    "columns": ["document_id text"],
    "cardinality": "one row: solved_pkey",
    "cost": 20,
    "indexes": ["solved_pkey"],
    "reads": {"solved": ["document_id", "id"], "cve": []},
    "locks": {"solved": "ROW SHARE"},
}


def node(kind: str, cost: float, *inner: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"Node Type": kind, "Total Cost": cost, "Plans": list(inner), **more}


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in (line[:13], line[13:26], line[26:])]


@pytest.mark.parametrize("name", ["get_depends_on", "sync.insert_entities"])
def test_the_contract_of_a_query_is_that_of_its_file(name: str) -> None:
    assert contract_of(catalog[name]) == read_all_contracts()[name]


def test_a_query_without_a_contract_has_an_empty_one(tmp_path: Path) -> None:
    text = "-- name: get_it$\n-- returns: it\nSELECT 1 AS it;\n"
    query = Query("get_it", read_text(text, str(tmp_path / "its.sql"))[0], lambda connection, **parameters: [])
    assert contract_of(query) == {}
    assert beside(FACTS, {}) == "No contract yet: 'thoth-storages sql check --write' writes it."


def test_facts_are_of_the_whole_plan() -> None:
    lookup = node("Index Scan", 8.5, **{"Index Name": "solved_pkey", "Relation Name": "solved"})
    whole = node("Seq Scan", 30.25, **{"Relation Name": "depends_on"})
    facts = facts_of([{"Plan": node("Limit", 12.5, whole, lookup)}])
    assert facts == {"cost": 12.5, "worst_node": 30.25, "scans": ["depends_on"], "indexes": ["solved_pkey"]}


def test_tables_that_are_small_everywhere_may_be_read_whole() -> None:
    whole = node("Seq Scan", 1.0, **{"Relation Name": "python_package_index"})
    assert facts_of([{"Plan": whole}])["scans"] == []


def test_what_the_plan_does_stands_beside_what_was_agreed_on() -> None:
    head, line, *rest = beside(FACTS, CONTRACT).splitlines()
    assert cells(head) == ["", "THIS PLAN", "CONTRACT"]
    assert set(line) == {"-", " "}
    assert [cells(each) for each in rest] == [
        ["cost", "12.50", "at most 20 in 'sql check'"],
        ["scans", "none", "none"],
        ["indexes", "solved_pkey", "solved_pkey"],
        ["parameters", "", "id integer"],
        ["columns", "", "document_id text"],
        ["cardinality", "", "one row: solved_pkey"],
        ["reads", "", "cve: any column"],
        ["", "", "solved: document_id, id"],
        ["locks", "", "solved: ROW SHARE"],
    ]


def test_an_index_has_a_line_on_which_it_stands_twice_or_is_missed() -> None:
    shown = beside(
        {**FACTS, "indexes": ["solved_aidx", "solved_cidx"]}, {**CONTRACT, "indexes": ["solved_bidx", "solved_cidx"]}
    ).splitlines()
    assert [cells(each) for each in shown[4:7]] == [
        ["indexes", "solved_aidx", ""],
        ["", "", "solved_bidx"],
        ["", "solved_cidx", "solved_cidx"],
    ]


def test_a_node_that_may_cost_more_than_the_whole_is_told_of() -> None:
    assert "worst_node   30.25        at most 50 in" in beside(FACTS, {**CONTRACT, "worst_node": 50})
    assert "worst_node" not in beside(FACTS, CONTRACT)


def test_a_query_of_the_catalog_has_no_ceiling() -> None:
    contract = {field: value for field, value in CONTRACT.items() if field not in ("cost", "indexes")}
    assert "cost" not in beside(FACTS, contract)


def test_long_lists_are_broken() -> None:
    shown = beside(FACTS, {**CONTRACT, "columns": [f"column_{number} text" for number in range(20)]})
    assert max(map(len, shown.splitlines())) <= 13 + 13 + 80
    assert "column_19 text" in shown


@pytest.mark.parametrize(("agreed", "found"), [([], ["depends_on", "solved"]), (["solved"], ["depends_on"])])
def test_scans_that_the_contract_allows_are_foreseen(agreed: list[str], found: list[str]) -> None:
    assert unforeseen({**FACTS, "scans": ["depends_on", "solved"]}, {**CONTRACT, "scans": agreed}) == found
