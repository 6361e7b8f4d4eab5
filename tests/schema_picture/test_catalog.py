"""What a picture shows of a schema, read from a catalog."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests.schema_picture.making import ENTITY, INDEX, SCHEMA, SOLVED, TO_INDEX
from thoth_storages.schema_picture import Column, Reference, Schema, Table, read_schema
from thoth_storages.sql.migrating.files import created

Connection = psycopg.Connection[Any]


@pytest.fixture
def schema(connection: Connection) -> Schema:
    return read_schema(connection)


def table(schema: Schema, name: str) -> Table:
    (found,) = (each for each in schema.tables if each.name == name)
    return found


def columns(table: Table) -> dict[str, Column]:
    return {column.name: column for column in table.columns}


class TestTheSchemaOfTheMigrations:
    def test_has_every_table_that_they_make_and_no_record_of_them(self, schema: Schema) -> None:
        assert [each.name for each in schema.tables] == sorted(created("TABLE"))

    def test_has_the_columns_in_the_order_of_the_catalog(self, schema: Schema) -> None:
        names = [column.name for column in table(schema, "python_package_index").columns]
        assert names == ["id", "url", "warehouse_api_url", "verify_ssl", "enabled", "only_if_package_seen"]

    def test_has_comments(self, schema: Schema) -> None:
        index = table(schema, "python_package_index")
        assert index.comment == "A Python package index (PEP 503)."
        assert columns(index)["only_if_package_seen"].comment.startswith("Take releases")
        assert columns(index)["id"].comment == ""

    def test_tells_what_must_not_be_null(self, schema: Schema) -> None:
        found = columns(table(schema, "depends_on"))
        assert [name for name, column in found.items() if not column.is_required] == [
            "version_range",
            "extra",
            "marker",
        ]

    def test_has_the_keys(self, schema: Schema) -> None:
        found = columns(table(schema, "python_package_version_entity"))
        assert [name for name, column in found.items() if column.is_primary] == ["id"]
        assert {name: column.unique for name, column in found.items() if column.unique} == {
            "package_name": (1,),
            "package_version": (1,),
            "python_package_index_id": (1,),
        }

    def test_has_each_foreign_key(self, schema: Schema, connection: Connection) -> None:
        assert Reference("solved", ("version_id",), "python_package_version", ("id",)) in schema.references
        statement = (
            "SELECT count(DISTINCT (conrelid, conkey, confrelid, confkey)) FROM pg_constraint WHERE contype = 'f'"
        )
        assert connection.execute(statement).fetchone() == (len(schema.references),)

    def test_is_grouped_by_the_migrations_that_make_the_tables(self, schema: Schema) -> None:
        subjects = {subject: [each.name for each in tables] for subject, tables in schema.subjects.items()}
        assert list(subjects)[:3] == ["python packages", "python package metadata", "solvers"]
        assert subjects["solvers"] == ["ecosystem_solver", "solved"]
        assert "other" not in subjects


class TestAnotherDatabase:
    @pytest.fixture
    def schema_of(self, empty_database: str) -> Any:
        """A function that runs statements in an empty database, and answers its schema."""

        def made(statements: str) -> Schema:
            with psycopg.connect(empty_database, autocommit=True) as connection:
                connection.execute(statements.encode())
                return read_schema(connection)

        return made

    def test_may_be_empty(self, schema_of: Any) -> None:
        assert schema_of("SELECT 1") == Schema((), ())

    def test_has_tables_about_something_else(self, schema_of: Any) -> None:
        schema = schema_of("CREATE TABLE notes (id integer); CREATE TABLE solved (id integer)")
        assert list(schema.subjects) == ["solvers", "other"]

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE VIEW seen AS SELECT 1 AS one",
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.notes (id integer)",
            "CREATE TABLE _yoyo_log (id integer); CREATE TABLE alembic_version (version_num text)",
        ],
    )
    def test_has_things_that_are_not_drawn(self, schema_of: Any, statement: str) -> None:
        assert schema_of(statement).tables == ()

    def test_has_one_table_where_one_is_partitioned(self, schema_of: Any) -> None:
        schema = schema_of(
            "CREATE TABLE logs (at date) PARTITION BY RANGE (at);"
            "CREATE TABLE logs_2022 PARTITION OF logs FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')"
        )
        assert [each.name for each in schema.tables] == ["logs"]

    def test_numbers_unique_keys_and_shows_equal_ones_once(self, schema_of: Any) -> None:
        schema = schema_of(
            "CREATE TABLE notes (id integer PRIMARY KEY, a text, b text, c text, UNIQUE (a, b), UNIQUE (b, c));"
            "CREATE UNIQUE INDEX again ON notes (a, b); CREATE UNIQUE INDEX primary_again ON notes (id)"
        )
        assert {column.name: column.unique for column in schema.tables[0].columns} == {
            "id": (),
            "a": (1,),
            "b": (1, 2),
            "c": (2,),
        }

    def test_knows_the_columns_within_expressions_of_a_key(self, schema_of: Any) -> None:
        schema = schema_of("CREATE TABLE notes (a text, b text); CREATE UNIQUE INDEX ON notes (lower(a), b)")
        assert [column.unique for column in schema.tables[0].columns] == [(1,), (1,)]

    def test_keeps_the_order_of_a_foreign_key_of_two_columns(self, schema_of: Any) -> None:
        schema = schema_of(
            "CREATE TABLE parent (a integer, b integer, PRIMARY KEY (b, a));"
            "CREATE TABLE child (x integer, y integer, FOREIGN KEY (y, x) REFERENCES parent (b, a))"
        )
        assert schema.references == (Reference("child", ("y", "x"), "parent", ("b", "a")),)

    def test_forgets_columns_that_were_dropped(self, schema_of: Any) -> None:
        schema = schema_of("CREATE TABLE notes (a text, b text); ALTER TABLE notes DROP COLUMN a")
        assert [column.name for column in schema.tables[0].columns] == ["b"]


def test_a_part_of_a_schema_has_the_references_within_it() -> None:
    assert SCHEMA.only([INDEX.name, ENTITY.name]) == Schema((INDEX, ENTITY), (TO_INDEX,))
    assert SCHEMA.only([SOLVED.name]).references == ()


class TestTheKeysAlone:
    WIDE = Table(
        "solver",
        "",
        "solvers",
        (
            *SOLVED.columns,
            *(Column(name, "text", is_required=True, unique=(1,)) for name in ("name", "version")),
            *(Column(f"setting_{number}", "text", is_required=True, unique=(2,)) for number in range(7)),
        ),
    )

    def test_are_the_columns_of_short_keys_and_those_that_refer(self) -> None:
        (found,) = Schema((self.WIDE,), (Reference("solver", ("version_id",), "solver", ("setting_3",)),)).keys().tables
        assert [column.name for column in found.columns] == ["version_id", "name", "version", "setting_3"]
        assert found.left_out == 7

    def test_have_no_types(self) -> None:
        assert {column.type for table in SCHEMA.keys().tables for column in table.columns} == {""}

    def test_of_a_small_table_are_all_of_it(self) -> None:
        assert [table.left_out for table in SCHEMA.keys().tables] == [0] * len(SCHEMA.tables)

    def test_lack_nothing_that_would_be_counted_as_one(self) -> None:
        columns = (*self.WIDE.columns[:4], *(Column(f"key_{key}", "text", True, unique=(1,)) for key in range(4)))
        (found,) = Schema((replace(self.WIDE, columns=columns[1:]),), ()).keys().tables
        assert (len(found.columns), found.left_out) == (7, 0)

    def test_let_every_reference_be_drawn(self, schema: Schema) -> None:
        shown = {(table.name, column.name) for table in schema.keys().tables for column in table.columns}
        ends = {(each.table, name) for each in schema.references for name in each.columns}
        ends |= {(each.referred, name) for each in schema.references for name in each.referred_columns}
        assert ends <= shown

    def test_are_less_than_half_of_all_columns(self, schema: Schema) -> None:
        def count(some: Schema) -> int:
            return sum(len(table.columns) for table in some.tables)

        assert count(schema.keys()) < count(schema) / 2
