"""The pages on the schema: what a migrated database says of its tables, and which queries read them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import psycopg
import pytest

from scripts.docs_reference import schema
from scripts.docs_reference.catalog_facts import Column, Facts, Index, Key, Table, facts_of
from scripts.docs_reference.contracts import Contract, read_contracts, table_link


@pytest.fixture
def solved(connection: psycopg.Connection[Any]) -> Table:
    """What the database says of a table."""
    return facts_of(connection).tables["solved"]


class TestFacts:
    def test_hold_the_comment(self, solved: Table) -> None:
        assert solved.comment == "What one solver document said of one package version."

    def test_hold_columns_in_their_order(self, solved: Table) -> None:
        assert [column.name for column in solved.columns][:3] == ["datetime", "document_id", "duration"]
        duration = solved.columns[2]
        assert (duration.type, duration.is_nullable) == ("integer", True)
        assert duration.comment == "Seconds that the whole document took."

    def test_say_which_columns_are_computed(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("ALTER TABLE cve ADD COLUMN size integer GENERATED ALWAYS AS (length(details)) STORED")
        size = facts_of(connection).tables["cve"].columns[-1]
        assert (size.is_generated, size.default) == (True, "length(details)")

    def test_hold_keys_and_where_they_lead(self, solved: Table) -> None:
        assert {key.refers_to for key in solved.keys} == {"ecosystem_solver", "python_package_version"}

    def test_hold_indexes_that_no_key_brings_along(self, connection: psycopg.Connection[Any]) -> None:
        table = facts_of(connection).tables["ecosystem_solver"]
        assert "ecosystem_solver_pkey" in [key.name for key in table.keys]
        assert "ecosystem_solver_pkey" not in [index.name for index in table.indexes]

    def test_hold_types_that_list_their_values(self, connection: psycopg.Connection[Any]) -> None:
        assert facts_of(connection).enumerations["inspection_sync_state"] == ["PENDING", "SYNCED"]

    def test_leave_out_what_belongs_to_the_migrator(self, connection: psycopg.Connection[Any]) -> None:
        assert [name for name in facts_of(connection).tables if name.startswith("_")] == []


class TestAPage:
    FACTS = Facts(
        {
            "solved": Table(
                "solved",
                "What a <document> said.",
                [
                    Column("solved", "id", "integer", False, "nextval('s'::regclass)", False, None),
                    Column("solved", "error", "boolean", True, "false", False, "It failed."),
                    Column("solved", "datetime", "timestamp without time zone", False, None, False, None),
                    Column("solved", "digest", "bytea", False, "md5(a | b)", True, None),
                ],
                [Key("solved", "solved_fkey", "FOREIGN KEY (x) REFERENCES ecosystem_solver", "ecosystem_solver")],
                [Index("solved", "solved_key", "CREATE UNIQUE INDEX solved_key ON public.solved USING btree (a)")],
            )
        },
        {"mood": ["GOOD", "BAD"]},
    )

    @pytest.fixture
    def page(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """The page of the table, which one query reads by its index."""
        contract = Contract({"reads": {"solved": ["error"]}, "indexes": ["solved_key"]})
        monkeypatch.setattr(schema, "read_contracts", lambda: {"get_example": contract})
        return schema.pages(self.FACTS)[PurePosixPath("schema/solvers.md")]

    def test_is_named_after_the_migration_that_made_its_tables(self, page: str) -> None:
        assert page.startswith("# Solvers\n\n(table-solved)=\n## solved\n\nWhat a &lt;document> said.")

    def test_tells_columns(self, page: str) -> None:
        assert "| `id` | `integer` |  |  |" in page
        assert "| `error` | `boolean` | yes | It failed. Default: `false`. |" in page
        assert "| `datetime` | `timestamp` |  |  |" in page
        assert "| `digest` | `bytea` |  | Computed: `md5(a \\| b)`. |" in page

    def test_tells_keys_and_indexes(self, page: str) -> None:
        assert ", to [`ecosystem_solver`](#table-ecosystem_solver)" in page
        assert "- `solved_key`: `UNIQUE (a)`; serves [`get_example`](#query-get_example)" in page

    def test_tells_who_reads_it(self, page: str) -> None:
        assert "Queries: [`get_example`](#query-get_example)." in page

    def test_of_all_tables_lists_them_and_the_types(self) -> None:
        index = schema.pages(self.FACTS)[PurePosixPath("schema/index.md")]
        assert "| [`solved`](#table-solved) | What a &lt;document> said. |" in index
        assert "| `mood` | `GOOD`, `BAD` |" in index


class TestAContract:
    CONTRACT = Contract(
        {
            "parameters": ["a text"],
            "cardinality": "one row: cve_pkey",
            "cost": 20,
            "indexes": ["cve_pkey"],
            "reads": {"cve": ["cve_id"], "pg_class": []},
            "deletes": ["solved"],
            "locks": {"cve": "ROW SHARE"},
        }
    )

    def test_is_told_a_field_a_line(self) -> None:
        assert list(self.CONTRACT.lines()) == [
            "Cardinality: one row: cve_pkey.",
            "Cost: 20.",
            "Indexes: `cve_pkey`.",
            "Reads [`cve`](#table-cve) (`cve_id`), `pg_class`.",
            "Deletes from [`solved`](#table-solved).",
            "Locks: `cve` ROW SHARE.",
        ]

    def test_names_tables_and_indexes(self) -> None:
        assert self.CONTRACT.tables == {"cve", "pg_class", "solved"}
        assert self.CONTRACT.indexes == ["cve_pkey"]

    def test_is_read_by_the_name_of_its_query(self, tmp_path: Path) -> None:
        (tmp_path / "sync").mkdir()
        (tmp_path / "cve.toml").write_text("[get_cve]\ncost = 1\n")
        (tmp_path / "sync/cve.toml").write_text("[insert_cve]\ncost = 2\n")
        found = read_contracts(tmp_path)
        assert {name: contract.fields["cost"] for name, contract in found.items()} == {
            "get_cve": 1,
            "sync.insert_cve": 2,
        }

    def test_may_be_missing(self, tmp_path: Path) -> None:
        assert read_contracts(tmp_path / "none") == {}

    @pytest.mark.parametrize("name", ["pg_class", "_yoyo_migration", "information_schema.tables"])
    def test_links_to_no_table_of_others(self, name: str) -> None:
        assert table_link(name) == f"`{name}`"
