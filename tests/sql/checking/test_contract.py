"""The files of contracts: where they are, how they are written, and what can't be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from thoth_storages.exceptions import QueryError
from thoth_storages.sql.catalog import QUERIES_FOLDER
from thoth_storages.sql.checking.contract import (
    CONTRACTS_FOLDER,
    contract_path,
    read_all_contracts,
    read_contracts,
    render_contracts,
)
from thoth_storages.sql.named import catalog

CONTRACT: dict[str, Any] = {
    "parameters": ["package_name text", "extras text[]"],
    "columns": [f"a_rather_long_name_of_a_column_{number} character varying" for number in range(9)],
    "cardinality": 'one row: "key"',
    "cost": 500,
    "reads": {"ware": ["id", "name"], "cve": [], "other.ware": ["id"]},
    "deletes": ["ware"],
    "locks": {"ware": "ROW EXCLUSIVE"},
}


class TestPaths:
    def test_the_packages_contracts_mirror_the_packages_queries(self) -> None:
        assert contract_path(QUERIES_FOLDER / "cve.sql") == CONTRACTS_FOLDER / "cve.toml"
        assert contract_path(QUERIES_FOLDER / "sync" / "version.sql") == CONTRACTS_FOLDER / "sync" / "version.toml"

    def test_a_file_elsewhere_has_its_contracts_beside_it(self, tmp_path: Path) -> None:
        assert contract_path(tmp_path / "draft.sql") == tmp_path / "draft.toml"

    def test_a_relative_path_leads_there_as_well(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for folder in ("queries", "contracts"):
            (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / "queries")
        assert contract_path(Path("a.sql")) == tmp_path / "contracts" / "a.toml"

    def test_a_folder_of_queries_without_one_of_contracts_is_like_any_other(self, tmp_path: Path) -> None:
        (tmp_path / "queries").mkdir()
        assert contract_path(tmp_path / "queries" / "a.sql") == tmp_path / "queries" / "a.toml"


class TestWriting:
    def test_what_is_written_is_read_again(self, tmp_path: Path) -> None:
        path = tmp_path / "a.toml"
        path.write_text(render_contracts("a.sql", {"get_b": CONTRACT, "get_a": {"cost": 10}}))
        assert read_contracts(path) == {"get_b": CONTRACT, "get_a": {"cost": 10}}

    def test_queries_are_sorted_and_lines_are_short(self) -> None:
        lines = render_contracts("a.sql", {"get_b": CONTRACT, "get_a": CONTRACT}).split("\n")
        assert [line for line in lines if line.startswith("[")] == ["[get_a]", "[get_b]"]
        assert max(map(len, lines)) <= 120

    def test_a_contract_reads_like_this(self) -> None:
        short = {**CONTRACT, "columns": ["id integer", "name text null"]}
        assert render_contracts("a.sql", {"get": short}).partition("\n\n")[2] == (
            "[get]\n"
            'parameters = ["package_name text", "extras text[]"]\n'
            'columns = ["id integer", "name text null"]\n'
            'cardinality = "one row: \\"key\\""\n'
            "cost = 500\n"
            "reads.cve = []\n"
            'reads."other.ware" = ["id"]\n'
            'reads.ware = ["id", "name"]\n'
            'deletes = ["ware"]\n'
            'locks.ware = "ROW EXCLUSIVE"\n'
        )


class TestReading:
    def test_a_file_that_is_not_there_holds_none(self, tmp_path: Path) -> None:
        assert read_contracts(tmp_path / "a.toml") == {}

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("[get", "this isn't TOML"),
            ("cost = 1", "cost stands outside of the contract of a query"),
            (
                "[get]\ncosts = 1",
                "[get] has an unknown field 'costs'; fields are parameters, columns, cardinality, cost",
            ),
            ("[get]\ncost = 1.0", "[get] has 1.0 for cost, which takes a whole number"),
            ("[get]\nworst_node = true", "[get] has True for worst_node, which takes a whole number"),
            ("[get]\ncardinality = 1", "[get] has 1 for cardinality, which takes a string"),
            ('[get]\nindexes = "a"', "[get] has 'a' for indexes, which takes a list of strings"),
            ("[get]\nscans = [1]", "[get] has [1] for scans, which takes a list of strings"),
            ("[get]\nreads = []", "[get] has [] for reads, which takes a list of strings for each table"),
            (
                "[get]\nreads.ware = 'id'",
                "[get] has {'ware': 'id'} for reads, which takes a list of strings for each table",
            ),
            ("[get]\nlocks.ware = []", "[get] has {'ware': []} for locks, which takes a string for each table"),
        ],
    )
    def test_what_is_no_contract_is_refused_with_its_place(self, tmp_path: Path, text: str, message: str) -> None:
        path = tmp_path / "a.toml"
        path.write_text(text)
        with pytest.raises(QueryError) as caught:
            read_contracts(path)
        assert str(caught.value).startswith(f"{path}: {message}")

    def test_bytes_that_are_no_text_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "a.toml"
        path.write_bytes(b"\xff")
        with pytest.raises(QueryError, match="this isn't TOML"):
            read_contracts(path)

    def test_every_query_of_the_package_has_one_and_nothing_else_has(self) -> None:
        assert read_all_contracts().keys() == set(catalog)
