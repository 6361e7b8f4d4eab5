from __future__ import annotations

import logging

import psycopg
import pytest

from tests.databases import catalog, contents, distinct, plant_copies, tables
from tests.generated import fill
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import SchemaState, Stage, applied, migrate, read_migrations, rollback, schema_state


def run(conninfo: str, statement: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statement.encode())


def unique_indexes(connection: psycopg.Connection) -> set[tuple[str, str]]:
    """The tables that have unique indexes, and what these are on."""
    statement = """
    SELECT indrelid::regclass::text, substring(pg_get_indexdef(indexrelid) FROM ' USING .*')
    FROM pg_index
    JOIN pg_class ON pg_class.oid = indrelid
    WHERE indisunique AND relnamespace = 'public'::regnamespace AND relname !~ '^_yoyo'
    """
    return set(connection.execute(statement).fetchall())


def test_the_baseline_of_the_original_is_recorded_and_the_rest_applied(alembic_database: str) -> None:
    repairs = [migration.id for migration in read_migrations() if migration.stage is not Stage.BASELINE]
    assert migrate(alembic_database) == repairs
    with psycopg.connect(alembic_database) as connection:
        assert schema_state(connection) is SchemaState.CURRENT
        assert applied(connection) == [migration.id for migration in read_migrations()]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("bf9ea2a38b01",)]
    assert migrate(alembic_database) == []


def test_adopting_is_logged(alembic_database: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="thoth_storages")
    migrate(alembic_database)
    assert "adopted: its tables count as the baseline" in caplog.text


def test_an_adopted_schema_is_the_same_as_one_made_from_nothing(alembic_database: str, database: str) -> None:
    migrate(alembic_database)
    assert catalog(alembic_database, "--exclude-table=alembic_version") == catalog(database)


def test_a_restored_dump_is_adopted_and_no_row_is_lost(unadopted_database: str, database: str) -> None:
    with psycopg.connect(unadopted_database, autocommit=True) as connection:
        columns, before = tables(connection), contents(connection)
        assert min(map(len, before.values())) > 0
        migrate(unadopted_database)
        assert contents(connection, columns=columns) == before
    assert catalog(unadopted_database, "--exclude-table=alembic_version") == catalog(database)


@pytest.mark.parametrize("rows", [150, pytest.param(3000, marks=pytest.mark.long)])
def test_copies_are_merged_and_no_fact_is_lost(alembic_database: str, rows: int) -> None:
    with psycopg.connect(alembic_database, autocommit=True) as connection:
        fill(connection, rows)
        columns, before = tables(connection), contents(connection)
        assert min(count.total() for count in before.values()) > 100
        plant_copies(connection)
        planted = contents(connection)
        assert distinct(planted) == distinct(before)
        keys = unique_indexes(connection)
        migrate(alembic_database)
        after = contents(connection, columns=columns)
        assert distinct(after) == distinct(before)
        assert {table for table, count in after.items() if count.total() > len(count)} == set()
        # each key that the original lacks had something to merge
        lacking = {table for table, _ in unique_indexes(connection) - keys if table in before}
        assert len(lacking) > 50
        assert lacking <= {table for table in before if planted[table].total() > before[table].total()}


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("ALTER TABLE solved DROP COLUMN is_provided", r"column solved\.is_provided is missing: boolean"),
        ("ALTER TABLE solved ADD COLUMN wall_time integer", r"column solved\.wall_time isn't expected"),
        (
            "ALTER TABLE cve ALTER COLUMN link TYPE varchar(10)",
            r"column cve\.link is character varying\(10\), and should be text",
        ),
        (
            "ALTER TABLE cve ALTER COLUMN details DROP NOT NULL",
            r"column cve\.details is text, and should be text NOT NULL",
        ),
        ("DROP TABLE has_symbol", r"column has_symbol\.software_environment_id is missing: integer"),
        ("DROP INDEX url_idx", r"index python_package_index\.url_idx is missing: CREATE UNIQUE INDEX url_idx ON"),
        (
            "ALTER TABLE cve DROP CONSTRAINT cve_cve_id_key",
            r"constraint cve\.cve_cve_id_key is missing: UNIQUE \(cve_id\)",
        ),
        (
            "ALTER TYPE software_stack_type RENAME VALUE 'USER' TO 'USERS'",
            r"value software_stack_type\.USER is missing$",
        ),
    ],
)
def test_a_schema_that_differs_is_refused_with_the_difference(
    alembic_database: str, statement: str, difference: str
) -> None:
    run(alembic_database, statement)
    before = catalog(alembic_database)
    with pytest.raises(MigrationError, match=r"(?m)its schema differs[^\n]*\n(?s:.*)" + difference):
        migrate(alembic_database)
    assert catalog(alembic_database) == before
    with psycopg.connect(alembic_database) as connection:
        assert applied(connection) == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE theirs (id integer REFERENCES cve)",
        "CREATE INDEX theirs_idx ON cve (link)",
        "CREATE VIEW theirs AS SELECT id FROM cve",
        "ALTER TYPE source_type ADD VALUE 'THEIRS'",
        "CREATE SCHEMA theirs CREATE TABLE solved (id integer)",
        "GRANT SELECT ON cve TO PUBLIC",
    ],
)
def test_what_others_added_is_no_difference(alembic_database: str, statement: str) -> None:
    run(alembic_database, statement)
    migrate(alembic_database)
    with psycopg.connect(alembic_database) as connection:
        assert schema_state(connection) is SchemaState.CURRENT


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "UPDATE alembic_version SET version_num = '1234567890ab'",
            "at Alembic revision 1234567890ab, not at bf9ea2a38b01",
        ),
        ("DELETE FROM alembic_version", "at Alembic revision none, not at bf9ea2a38b01"),
        ("INSERT INTO alembic_version VALUES ('other')", "at Alembic revision bf9ea2a38b01, other, not at"),
        (
            "DROP TABLE alembic_version",
            r"holds 81 tables of the knowledge graph \(advised, adviser_run, cve, …\), but no",
        ),
    ],
)
def test_another_revision_or_none_is_refused(alembic_database: str, statement: str, message: str) -> None:
    run(alembic_database, statement)
    before = catalog(alembic_database)
    with pytest.raises(MigrationError, match=message):
        migrate(alembic_database)
    assert catalog(alembic_database) == before
    with psycopg.connect(alembic_database) as connection:
        assert connection.execute("SELECT to_regclass('_yoyo_migration')").fetchone() == (None,)


def test_adopting_without_the_right_to_compare_is_refused(alembic_database: str) -> None:
    read_only = f"{alembic_database} options='-c default_transaction_read_only=on'"
    with pytest.raises(MigrationError, match="comparing needs a role that may create a schema"):
        migrate(read_only)


def test_a_database_of_another_service_with_alembic_is_migrated_beside_it(empty_database: str) -> None:
    run(empty_database, "CREATE TABLE alembic_version (version_num text)")
    run(empty_database, "INSERT INTO alembic_version VALUES ('theirs')")
    assert len(migrate(empty_database)) == len(read_migrations())


def test_the_baseline_of_an_adopted_database_is_not_rolled_back(alembic_database: str) -> None:
    migrate(alembic_database)
    everything = len(read_migrations())
    with pytest.raises(MigrationError, match=r"0010\.kebechet can't be rolled back: this database was adopted"):
        rollback(alembic_database, count=everything)
    repairs = [migration.id for migration in read_migrations() if migration.stage is not Stage.BASELINE]
    assert rollback(alembic_database, count=len(repairs)) == repairs[::-1]
    assert migrate(alembic_database) == repairs


def test_adopting_is_done_whole_or_not_at_all(alembic_database: str) -> None:
    run(alembic_database, "CREATE TABLE content (id integer)")
    run(alembic_database, "CREATE FUNCTION content_digest(value text) RETURNS bytea LANGUAGE sql RETURN ''::bytea")
    with pytest.raises(
        MigrationError, match=r"^0011\.content-digest\.sql:\d+:1: function \"content_digest\" already exists"
    ):
        migrate(alembic_database)
    with psycopg.connect(alembic_database) as connection:
        assert applied(connection)[-1] == "0010.kebechet"
        assert schema_state(connection) is SchemaState.OLDER
    run(alembic_database, "DROP FUNCTION content_digest(text)")
    assert migrate(alembic_database)[0] == "0011.content-digest"
