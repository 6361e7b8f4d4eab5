"""What breaks between two revisions: shown on small repositories, in which one thing changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import psycopg
import pytest

from tests.sql.checking.repository import NAMES, TABLE, Repository
from thoth_storages.ephemeral import Server
from thoth_storages.exceptions import DatabaseUnreachableError, MigrationError
from thoth_storages.sql.checking.revision import Revision, checked_out
from thoth_storages.sql.checking.verifying import Verification, scratch_server, verify

INSERT = "-- name: insert_maker!\n-- params: id, name\nINSERT INTO maker (id, name) VALUES (:id, :name);\n"
DELETE = "-- name: delete_maker!\n-- params: id\nDELETE FROM maker AS m\nWHERE m.id = :id;\n"
OPTIONAL = (
    "-- name: get_maker_all\n-- params: *, name=None, country=None\n-- returns: [name]\n"
    "SELECT m.name\nFROM maker AS m\nWHERE TRUE\n"
    "  AND m.name = :name --? name\n  AND m.country = :country --? country\nORDER BY m.name;\n"
)
POST = "-- stage: post\nALTER TABLE maker DROP COLUMN country;\n"
DROP = {"migrations/0003.drop.sql": POST}
ADD = {"migrations/0002.add.sql": "-- stage: pre\nALTER TABLE maker ADD COLUMN size text;\n"}
SIZES = {"queries/size.sql": NAMES.replace("names", "sizes").replace("m.name", "m.size AS name", 1)}
START = {"queries/maker.sql": NAMES, "migrations/0001.maker.sql": TABLE}


class Verify(Protocol):
    """What compares files as they were with files as they are."""

    def __call__(
        self, before: Mapping[str, str], after: Mapping[str, str | None], *, is_rollout: bool = False
    ) -> Verification: ...


@pytest.fixture(scope="module")
def server(postgres: Server) -> Iterator[Server]:
    """The server that the databases are made on."""
    with scratch_server(postgres.conninfo("postgres")) as server:
        yield server


@pytest.fixture
def compare(server: Server, tmp_path: Path) -> Verify:
    """A function that commits files as ``v1``, writes others over them, and verifies these against the commit.

    What isn't given is one table with one query that reads it.
    """

    def compare(
        before: Mapping[str, str], after: Mapping[str, str | None], *, is_rollout: bool = False
    ) -> Verification:
        repository = Repository(tmp_path)
        repository.commit("v1", {**START, **before})
        repository.write(after)
        with checked_out("v1", repository.folder) as other:
            return verify(Revision("", repository.folder, "sql/"), other, server, is_rollout=is_rollout)

    return compare


def said(verification: Verification) -> list[str]:
    """What breaks, as it is shown."""
    assert verification.broken_before == []
    return list(map(str, verification.breakages))


class TestOnThisSchema:
    def test_nothing_breaks_when_nothing_changed(self, compare: Verify) -> None:
        verification = compare({}, {})
        assert said(verification) == []
        assert verification.runs == [(1, "v1", "this schema"), (1, "", "the schema of v1")]

    def test_a_column_that_is_gone_breaks_the_query_that_reads_it(self, compare: Verify) -> None:
        rename = {
            "migrations/0002.rename.sql": "-- stage: pre\nALTER TABLE maker RENAME name TO title;\n",
            "queries/maker.sql": NAMES.replace("m.name", "m.title AS name", 1).replace("BY m.name", "BY m.title"),
        }
        assert said(compare({}, rename)) == [
            "v1:sql/queries/maker.sql:3:8: [get_maker_names_all] on this schema: column m.name does not exist",
            "sql/queries/maker.sql:3:8: [get_maker_names_all] on the schema of v1: column m.title does not exist",
        ]

    def test_a_variant_that_breaks_is_named(self, compare: Verify) -> None:
        verification = compare({"queries/maker.sql": OPTIONAL}, {"migrations/0002.drop.sql": POST, **START})
        assert said(verification) == [
            "v1:sql/queries/maker.sql:8:7: [get_maker_all] on this schema, with name, country: "
            "column m.country does not exist"
        ]

    @pytest.mark.parametrize(
        ("query", "change", "message"),
        [
            pytest.param(
                INSERT,
                "ALTER TABLE maker ADD COLUMN size integer NOT NULL;",
                'null value in column "size" of relation "maker" violates not-null constraint '
                "(Failing row contains (1, x, null, null).)",
                id="a column that rows can't go without",
            ),
            pytest.param(
                INSERT.replace(";\n", "\nON CONFLICT DO NOTHING;\n"),
                "ALTER TABLE maker ADD COLUMN size integer NOT NULL;",
                'null value in column "size" of relation "maker" violates not-null constraint '
                "(Failing row contains (1, x, null, null).)",
                id="a column that only new rows can't go without",
            ),
            pytest.param(
                DELETE,
                "CREATE TABLE ware (maker_id integer REFERENCES maker);",
                'update or delete on table "maker" violates foreign key constraint "ware_maker_id_fkey" '
                'on table "ware" (Key (id)=(1) is still referenced from table "ware".)',
                id="a reference that keeps rows",
            ),
            pytest.param(
                INSERT,
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                " $$BEGIN RAISE 'not any more'; END$$;\n"
                "CREATE TRIGGER refuse BEFORE INSERT ON maker FOR EACH STATEMENT EXECUTE FUNCTION refuse();",
                "not any more",
                id="a trigger",
            ),
        ],
    )
    def test_what_fails_only_when_it_is_run_is_found(
        self, compare: Verify, query: str, change: str, message: str
    ) -> None:
        (name,) = (line.split()[2].rstrip("!") for line in query.splitlines() if "name:" in line)
        migration = {"migrations/0002.change.sql": f"-- stage: pre\n{change}\n"}
        first, *_ = compare({"queries/maker.sql": query}, migration).breakages
        assert str(first) == f"v1:sql/queries/maker.sql:1:1: [{name}] on this schema: {message}"

    @pytest.mark.parametrize(
        ("parameter", "values"),
        [
            pytest.param("country", ":country", id="a value"),
            pytest.param("countries", "country FROM unnest(:countries::text[]) AS given (country)", id="a list"),
        ],
    )
    def test_a_column_that_may_not_be_null_any_more_is_found_by_none_for_each_parameter(
        self, compare: Verify, parameter: str, values: str
    ) -> None:
        insert = (
            f"-- name: insert_maker!\n-- params: id, name, {parameter}=None\n"
            f"INSERT INTO maker (id, name, country)\nSELECT :id, :name, {values};\n"
        )
        strict = {
            "migrations/0002.strict.sql": "-- stage: pre\nALTER TABLE maker ALTER country SET NOT NULL;\n",
            "queries/maker.sql": NAMES,
        }
        assert said(compare({"queries/maker.sql": insert}, strict)) == [
            f"v1:sql/queries/maker.sql:1:1: [insert_maker] on this schema: where {parameter} is NULL: null value in "
            'column "country" of relation "maker" violates not-null constraint '
            "(Failing row contains (1, x, null).)"
        ]

    def test_a_column_that_may_not_be_null_any_more_is_found_by_rows_that_hold_nothing(self, compare: Verify) -> None:
        copy = "-- name: copy_makers!\nINSERT INTO copy (country)\nSELECT m.country\nFROM maker AS m;\n"
        before = {
            "queries/copy.sql": copy,
            "migrations/0002.copy.sql": "-- stage: pre\nCREATE TABLE copy (country text);",
        }
        strict = {"migrations/0003.strict.sql": "-- stage: pre\nALTER TABLE copy ALTER country SET NOT NULL;\n"}
        (first,) = said(compare(before, strict))
        assert first.startswith("v1:sql/queries/copy.sql:1:1: [copy_makers] on this schema: null value in column")

    def test_what_is_not_read_any_more_is_a_finding_with_its_place(self, compare: Verify) -> None:
        unread = NAMES.replace("-- returns", "-- colour: red\n-- returns")
        (first,) = said(compare({"queries/maker.sql": NAMES, "queries/other.sql": unread}, {"queries/other.sql": None}))
        assert first.startswith("v1:sql/queries/other.sql:2:1: this revision can't read it: unknown key 'colour'")


class TestOnItsSchema:
    def test_a_query_of_a_new_table_breaks(self, compare: Verify) -> None:
        new = {
            "migrations/0002.ware.sql": "-- stage: pre\nCREATE TABLE ware (name text NOT NULL);\n",
            "queries/ware.sql": NAMES.replace("maker", "ware"),
        }
        assert said(compare({}, new)) == [
            'sql/queries/ware.sql:4:6: [get_ware_names_all] on the schema of v1: relation "ware" does not exist'
        ]

    def test_a_file_that_cannot_be_read_is_a_finding(self, compare: Verify) -> None:
        (first,) = said(compare({}, {"queries/maker.sql": "SELECT 1;\n"}))
        assert first.startswith("sql/queries/maker.sql:1:1: this revision can't read it: SQL before the first")


class TestARollout:
    def test_is_fine_when_what_is_asked_goes_after_it_and_what_is_new_comes_before(self, compare: Verify) -> None:
        verification = compare(
            {"queries/all.sql": OPTIONAL},
            ADD | DROP | SIZES | {"queries/all.sql": None},
            is_rollout=True,
        )
        assert said(verification) == []
        between = "this schema before 0003.drop"
        assert verification.runs == [(2, "v1", between), (2, "", between)]

    def test_breaks_older_services_when_it_goes_before(self, compare: Verify) -> None:
        drop = {"migrations/0002.drop.sql": POST.replace("post", "pre"), "queries/all.sql": None}
        (first,) = said(compare({"queries/all.sql": OPTIONAL}, drop, is_rollout=True))
        assert first.startswith("v1:sql/queries/all.sql:8:7: [get_maker_all] on this schema, with name, country: ")

    def test_breaks_newer_services_when_what_they_need_comes_after(self, compare: Verify) -> None:
        late = {"migrations/0003.add.sql": ADD["migrations/0002.add.sql"], "migrations/0002.drop.sql": POST}
        assert said(compare({}, late | SIZES, is_rollout=True)) == [
            "sql/queries/size.sql:3:8: [get_maker_sizes_all] on this schema before 0002.drop: "
            "column m.size does not exist"
        ]

    def test_does_not_wait_for_a_migration_that_the_other_revision_has(self, compare: Verify) -> None:
        verification = compare(ADD | DROP, SIZES, is_rollout=True)
        assert said(verification) == []
        assert verification.runs == [(1, "v1", "this schema")]


class TestWhatDoesNotCount:
    def test_is_broken_on_the_schema_of_its_own_revision_as_well(self, compare: Verify) -> None:
        broken = {"queries/maker.sql": NAMES.replace("m.name", "m.nam")}
        verification = compare(broken, broken)
        assert (verification.breakages, verification.broken_before) == ([], ["get_maker_names_all"] * 2)

    def test_is_broken_here_and_refused_there_for_what_the_sample_is(self, compare: Verify) -> None:
        rename = {"migrations/0002.rename.sql": "-- stage: pre\nALTER TABLE maker RENAME name TO title;\n"}
        verification = compare({"queries/maker.sql": INSERT}, rename)
        assert [breakage.schema for breakage in verification.breakages] == ["this schema"]
        assert verification.broken_before == ["insert_maker"]

    def test_is_a_sample_that_a_constraint_refuses(self, compare: Verify) -> None:
        assert said(compare({"queries/maker.sql": INSERT}, {})) == []


class TestTheServer:
    @staticmethod
    def _databases(server: Server) -> list[tuple[str]]:
        with psycopg.connect(server.conninfo("postgres")) as connection:
            return connection.execute("SELECT datname FROM pg_database WHERE datname LIKE '%verify%'").fetchall()

    def test_keeps_nothing(self, compare: Verify, server: Server) -> None:
        compare({}, {"migrations/0002.drop.sql": POST})
        assert self._databases(server) == []

    def test_keeps_nothing_of_migrations_that_fail(self, compare: Verify, server: Server) -> None:
        with pytest.raises(MigrationError, match=r"of these sources can't be applied: 0002\.bad\.sql:2"):
            compare({}, {"migrations/0002.bad.sql": "-- stage: pre\nSELEC;\n"})
        assert self._databases(server) == []

    def test_is_private_unless_it_is_named(self) -> None:
        with scratch_server() as server, psycopg.connect(server.conninfo("postgres")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)

    def test_that_cannot_be_reached_is_an_error(self) -> None:
        with pytest.raises(DatabaseUnreachableError), scratch_server("host=/nowhere"):
            pass

    def test_takes_a_role_that_is_no_superuser(self, compare: Verify, server: Server, tmp_path: Path) -> None:
        with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE thoth_test_verifier LOGIN CREATEDB")
        repository = Repository(tmp_path)
        repository.commit("v1", {**START, "queries/all.sql": OPTIONAL})
        repository.write({"migrations/0002.drop.sql": POST})
        conninfo = psycopg.conninfo.make_conninfo(server.conninfo("postgres"), user="thoth_test_verifier")
        try:
            with checked_out("v1", repository.folder) as other, scratch_server(conninfo) as plain:
                verification = verify(Revision("", repository.folder, "sql/"), other, plain)
        finally:
            with psycopg.connect(server.conninfo("postgres"), autocommit=True) as connection:
                connection.execute("DROP ROLE thoth_test_verifier")
        assert len(verification.breakages) == 1
