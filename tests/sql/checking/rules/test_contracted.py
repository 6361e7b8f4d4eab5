"""The rules that hold contracts: what they find on queries of this library's schema."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sql.checking.conftest import CheckGraph
from thoth_storages.exceptions import DatabaseError
from thoth_storages.sql.catalog import QUERIES_FOLDER
from thoth_storages.sql.checking.contract import render_contracts
from thoth_storages.sql.checking.examination import examine
from thoth_storages.sql.checking.facts import nulls
from thoth_storages.sql.checking.finding import Finding
from thoth_storages.sql.checking.found import found_contract
from thoth_storages.sql.checking.reading import read
from thoth_storages.sql.checking.rules import (
    cardinality,
    contract,
    dependencies,
    loader,
    locks,
    plan,
    prepares,
    types,
)
from thoth_storages.sql.checking.session import Connection, Session
from thoth_storages.sql.checking.subject import Checked

ONE = (
    "-- name: get_url$\n-- params: id\n-- returns: url\nSELECT i.url FROM python_package_index AS i WHERE i.id = :id\n"
)
SCAN = "-- name: get_details\n-- returns: [details]\nSELECT c.details FROM cve AS c ORDER BY c.details\n"
WRITE = "-- name: set_url!\n-- params: url\nUPDATE python_package_index AS i SET enabled = TRUE WHERE i.url = :url\n"

Edit = Callable[[dict[str, Any]], Any]


def places(findings: Iterator[Finding]) -> list[tuple[int, str]]:
    return [(finding.place.line, finding.what) for finding in findings]


def contracted(examine_graph: CheckGraph, text: str, edit: Edit = lambda contract: None) -> Checked:
    """Put a text under examination that has just the right contract, but for what ``edit`` does to it."""
    checked = examine_graph(text)
    contracts = {query.name: found_contract(examine(checked), query) for query in checked.queries}
    for each in contracts.values():
        edit(each)
    checked = examine_graph(text, render_contracts("some.sql", contracts))
    assert checked.session is not None
    return checked


class TestCardinality:
    def test_a_key_holds_one_row(self, examine_graph: CheckGraph) -> None:
        assert list(cardinality.check_all(examine_graph(ONE))) == []

    def test_without_one_several_may_come(self, examine_graph: CheckGraph) -> None:
        text = ONE.replace("i.id = :id", "i.enabled = :id")
        assert places(cardinality.check_all(examine_graph(text))) == [
            (1, "get_url promises one row, and several may come")
        ]

    def test_the_variant_without_the_key_is_told(self, examine_graph: CheckGraph) -> None:
        text = ONE.replace("params: id", "params: id=None").replace("i.id = :id", "TRUE\n  AND i.id = :id  --? id")
        assert places(cardinality.check_all(examine_graph(text))) == [
            (1, "get_url promises one row, and several may come without optional lines")
        ]

    def test_what_holds_the_row_is_held_itself(self, examine_graph: CheckGraph) -> None:
        checked = contracted(examine_graph, ONE, lambda each: each.update(cardinality="one row: an aggregate"))
        assert places(cardinality.check_all(checked)) == [
            (
                1,
                "get_url: cardinality: the contract has one row: an aggregate, "
                "PostgreSQL says one row: python_package_index_pkey",
            )
        ]


class TestPlan:
    def test_a_large_table_is_not_read_whole(self, examine_graph: CheckGraph) -> None:
        assert places(plan.check_all(examine_graph(SCAN))) == [
            (1, "get_details reads the whole of cve, of 20,000 rows")
        ]

    def test_a_small_one_is(self, examine_graph: CheckGraph) -> None:
        text = SCAN.replace("c.details FROM cve", "c.url AS details FROM python_package_index").replace(
            "BY c.details", "BY c.url"
        )
        assert list(plan.check_all(examine_graph(text))) == []

    def test_a_large_one_is_where_the_contract_allows_it(self, examine_graph: CheckGraph) -> None:
        assert list(plan.check_all(contracted(examine_graph, SCAN))) == []

    def test_a_new_scan_is_one_finding_beside_its_cost(self, examine_graph: CheckGraph) -> None:
        found = places(plan.check_all(contracted(examine_graph, SCAN, lambda each: each.pop("scans"))))
        assert found == [(1, "get_details reads the whole of cve, of 20,000 rows")]

    def test_other_costs_are_found_on_the_oldest_server(self, examine_graph: CheckGraph) -> None:
        checked = contracted(examine_graph, SCAN, lambda each: each.update(cost=20))
        found = places(plan.check_all(checked))
        if examine(checked).is_oldest_server:
            assert found == [(1, "get_details: cost: the contract has 20, PostgreSQL says 5000")]
        else:
            assert found == []

    def test_a_dropped_index_names_every_query_that_it_served(self, migrated: Connection) -> None:
        path = QUERIES_FOLDER / "depends_on.sql"
        with migrated.transaction(force_rollback=True):
            migrated.execute("DROP INDEX depends_on_entity_id_idx")
            found = list(plan.check_all(read([path], Session(lambda: migrated))))
        gone = {finding.what for finding in found if "is gone" in finding.what}
        assert gone == {
            f"the index depends_on_entity_id_idx is gone, which serves {name}"
            for name, each in tomllib.loads((QUERIES_FOLDER.parent / "contracts/depends_on.toml").read_text()).items()
            if "depends_on_entity_id_idx" in each["indexes"]
        }
        assert len(gone) > 1

    @pytest.mark.parametrize(
        ("drop", "file", "gone"),
        [
            pytest.param(
                "DROP INDEX has_vulnerability_key",
                "cve.sql",
                ["the index has_vulnerability_key is gone, which serves _insert_vulnerability"],
                id="one by which ON CONFLICT finds rows",
            ),
            pytest.param(
                "DROP INDEX adviser_run_external_hardware_information_idx",
                "hardware.sql",
                [
                    "_delete_external_hardware_information reads the whole of adviser_run, of 500,000 rows",
                    "the index adviser_run_external_hardware_information_idx is gone, which serves "
                    "_delete_external_hardware_information",
                ],
                id="one by which rows are found that go, too",
            ),
        ],
    )
    def test_a_dropped_index_that_no_plan_shows_is_found(
        self, migrated: Connection, drop: str, file: str, gone: list[str]
    ) -> None:
        with migrated.transaction(force_rollback=True):
            migrated.execute(drop.encode())
            found = list(plan.check_all(read([QUERIES_FOLDER / file], Session(lambda: migrated))))
        assert {finding.what for finding in found} >= set(gone)


class TestTypes:
    def test_a_column_that_is_said_never_to_be_null_is_not(self, examine_graph: CheckGraph) -> None:
        text = SCAN.replace("[details]\nSELECT", "[(details, link)]\n-- notnull: link\nSELECT c.link,")
        (finding,) = types.check_all(examine_graph(text))
        assert finding.place.line == 3
        assert finding.what == (
            "get_details: link is said never to be NULL, and was where every optional column is NULL"
        )

    @pytest.mark.parametrize("column", ["a.source_type", "ARRAY[a.source_type] AS source_type"])
    def test_an_enumeration_is_found(self, examine_graph: CheckGraph, column: str) -> None:
        checked = examine_graph(f"-- name: get_a\n-- returns: [source_type]\nSELECT {column} FROM adviser_run AS a\n")
        assert places(types.check_all(checked)) == [(1, "get_a: the column source_type is of an enum type")]

    def test_a_query_that_does_not_end_is_found(
        self, examine_graph: CheckGraph, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(nulls, "_SETTINGS", "SET LOCAL statement_timeout = '50ms'")
        recursion = "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT 1 FROM r) SELECT count(*) AS n FROM r"
        found = types.check_all(examine_graph(f"-- name: get_n$\n-- returns: n\n{recursion}\n"))
        assert places(found) == [(1, "get_n doesn't end: on tables of a row it took more than 2 s")]

    def test_an_answer_that_lacks_a_column_is_left_to_the_loader(self, examine_graph: CheckGraph) -> None:
        checked = examine_graph(SCAN.replace("[details]", "[(details, detail)]"))
        assert list(types.check_all(checked)) == []
        (finding,) = (each for query in checked.queries for each in loader.check_prepared(query))
        assert finding.what == "the result has no column detail; it has details"

    def test_a_type_that_depends_on_the_variant_is_found(self, examine_graph: CheckGraph) -> None:
        text = (
            "-- name: get_urls\n-- params: x=None, *, y=None\n-- returns: [url]\n"
            "SELECT i.url\nFROM python_package_index AS i\nWHERE TRUE\n"
            "  AND i.id = :x  --? x\n  AND :x = i.url || :y  --? y\n"
        )
        whole = text.replace("--? x", "--? y").replace("x=None, *, ", "x, ")
        assert [finding.what for finding in types.check_all(examine_graph(whole))] == []

    def test_other_types_than_agreed_on_are_found(self, examine_graph: CheckGraph) -> None:
        checked = contracted(examine_graph, ONE, lambda each: each.update(parameters=["id bigint"]))
        assert places(types.check_all(checked)) == [
            (1, "get_url: parameters: now also id integer, no longer id bigint")
        ]

    def test_the_stub_is_renewed(self, package: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stub = tmp_path / "named.pyi"
        committed = types.STUB.read_text()
        stub.write_text(
            committed.replace("def get_cve_timestamp(self) -> date", "def get_cve_timestamp(self) -> str", 1)
        )
        monkeypatch.setattr(types, "STUB", stub)
        assert list(types.renew(package)) == [stub]
        assert stub.read_text() == committed
        assert list(types.renew(package)) == []

    def test_each_place_of_the_stub_that_differs_is_found(self) -> None:
        committed = "class A:\n    def a(self) -> str: ...\n    def b(self) -> int: ...\n    def d(self) -> int: ..."
        current = "class A:\n    def a(self) -> int: ...\n    def b(self) -> int: ...\n    def c(self) -> int: ..."
        found = list(types.outdated(committed, current + "\n    def d(self) -> int: ..."))
        assert [(each.place.line, each.what, each.source_line) for each in found] == [
            (
                2,
                "the stub has def a(self) -> str: ..., PostgreSQL says def a(self) -> int: ...",
                "    def a(self) -> str: ...",
            ),
            (4, "the stub has nothing, PostgreSQL says def c(self) -> int: ...", "    def d(self) -> int: ..."),
        ]


class TestPrepares:
    def test_what_the_server_prepares_as_another_statement_is_found(self, examine_graph: CheckGraph) -> None:
        text = "-- name: keep_urls!\nSELECT i.url INTO kept FROM python_package_index AS i;\n"
        checked = examine_graph(text)
        assert places(prepares.check_all(checked)) == [
            (1, "PostgreSQL can't say what keep_urls reads and writes: SELECT ... INTO is not allowed here")
        ]
        assert list(examine(checked).types) == []


class TestDependenciesAndLocks:
    def test_what_is_agreed_on_is_nothing_to_find(self, examine_graph: CheckGraph) -> None:
        checked = contracted(examine_graph, WRITE)
        assert [*dependencies.check_all(checked), *locks.check_all(checked)] == []

    def test_a_column_more_is_found(self, examine_graph: CheckGraph) -> None:
        checked = contracted(examine_graph, ONE, lambda each: each["reads"].update(python_package_index=["id"]))
        assert places(dependencies.check_all(checked)) == [(1, "get_url: reads of python_package_index: now also url")]

    def test_another_lock_is_found(self, examine_graph: CheckGraph) -> None:
        checked = contracted(examine_graph, WRITE, lambda each: each.pop("locks"))
        assert places(locks.check_all(checked)) == [
            (1, "set_url: locks: the contract has nothing, PostgreSQL says python_package_index (ROW EXCLUSIVE)")
        ]


class TestContract:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        """A folder with queries and contracts, as the package is one."""
        for name in ("queries", "contracts"):
            (tmp_path / name).mkdir()
        (tmp_path / "queries" / "some.sql").write_text(ONE)
        return tmp_path

    @pytest.fixture
    def under(self, project: Path, migrated: Connection) -> Callable[[], Checked]:
        """A function that puts the folder's queries under examination."""
        return lambda: read(sorted((project / "queries").glob("*.sql")), Session(lambda: migrated))

    def test_a_file_elsewhere_needs_none(self, examine_graph: CheckGraph) -> None:
        assert list(contract.check_all(examine_graph(ONE))) == []

    def test_a_query_without_one_is_found(self, under: Callable[[], Checked]) -> None:
        assert places(contract.check_all(under())) == [(1, "get_url has no contract in some.toml")]

    def test_they_are_written_and_then_hold(self, under: Callable[[], Checked], project: Path) -> None:
        path = project / "contracts" / "some.toml"
        assert list(contract.renew(under())) == [path]
        assert list(contract.check_all(under())) == []
        assert list(contract.renew(under())) == []
        assert "python_package_index_pkey" in path.read_text()

    def test_one_without_a_query_is_found_where_it_stands(self, under: Callable[[], Checked], project: Path) -> None:
        list(contract.renew(under()))
        path = project / "contracts" / "some.toml"
        path.write_text(path.read_text() + "\n[gone]\ncost = 10\n")
        (finding,) = contract.check_all(under())
        assert (finding.place.path, finding.source_line, finding.what) == (
            str(path),
            "[gone]",
            "there is no query gone",
        )
        list(contract.renew(under()))
        assert "[gone]" not in path.read_text()

    @pytest.mark.parametrize(("text", "what"), [("[x", "this isn't TOML"), ("cost = 1", "cost stands outside")])
    def test_a_file_that_is_none_is_found(
        self, under: Callable[[], Checked], project: Path, text: str, what: str
    ) -> None:
        path = project / "contracts" / "some.toml"
        path.write_text(text)
        (finding,) = contract.check_all(under())
        assert finding.place.path == str(path)
        assert finding.what.startswith(what)

    def test_those_of_queries_that_are_broken_stay(self, under: Callable[[], Checked], project: Path) -> None:
        list(contract.renew(under()))
        before = (project / "contracts" / "some.toml").read_text()
        (project / "queries" / "some.sql").write_text(ONE.replace("i.url FROM", "i.nothing AS url FROM"))
        assert list(contract.renew(under())) == []
        (project / "queries" / "some.sql").write_text(ONE.replace("returns", "retunrs"))
        assert list(contract.renew(under())) == []
        assert (project / "contracts" / "some.toml").read_text() == before

    def test_a_file_of_contracts_without_queries_is_found_in_a_whole_run(
        self, under: Callable[[], Checked], project: Path
    ) -> None:
        list(contract.renew(under()))
        orphan = project / "contracts" / "old.toml"
        orphan.write_text("[gone]\ncost = 10\n")
        checked = under()
        assert list(contract.check_all(checked)) == []
        checked.is_whole = True
        (finding,) = contract.check_all(checked)
        assert finding.what == "there is no file old.sql that these contracts are of"
        assert list(contract.renew(checked)) == [orphan]
        assert not orphan.exists()

    def test_nothing_is_written_where_tables_have_rows(
        self, under: Callable[[], Checked], migrated: Connection, project: Path
    ) -> None:
        with migrated.transaction(force_rollback=True):
            migrated.execute("INSERT INTO cve_timestamp (timestamp) VALUES ('2020-01-01')")
            with pytest.raises(DatabaseError, match="contracts are written with a private server"):
                list(contract.renew(under()))
            assert list(plan.check_all(under())) == []
        assert not (project / "contracts" / "some.toml").exists()
