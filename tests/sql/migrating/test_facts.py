"""What a schema holds, and how it differs from what migrations make."""

from __future__ import annotations

import psycopg
import pytest

from tests.sql.migrating.conftest import Write
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import diff, migrate, read_migrations
from thoth_storages.sql.migrating.facts import facts_made_by


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "ALTER TABLE cve ALTER COLUMN link TYPE varchar(80)",
            ["column cve.link is character varying(80), and should be text"],
        ),
        ("ALTER TABLE cve ALTER COLUMN link SET DEFAULT 'x'", ["default cve.link isn't expected: 'x'::text"]),
        ("CREATE TABLE pear (id integer PRIMARY KEY)", ["table pear isn't expected"]),
        (
            "CREATE VIEW pears AS SELECT 1 AS one",
            ["column pears.one isn't expected: integer", "view pears isn't expected"],
        ),
        (
            "DROP TABLE has_symbol",
            ["table has_symbol is missing"],
        ),
        (
            "ALTER TABLE cve ADD CHECK (link <> '')",
            ["check cve.cve_link_check isn't expected: CHECK (link <> ''::text)"],
        ),
        (
            "CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE sql RETURN n",
            [
                "function f(n integer) isn't expected: CREATE OR REPLACE FUNCTION f(n integer)\n RETURNS integer\n"
                " LANGUAGE sql\nRETURN n\n"
            ],
        ),
        ("ALTER TYPE software_stack_type ADD VALUE 'LATER'", ["value software_stack_type.LATER isn't expected"]),
        ("CREATE STATISTICS s ON id, link FROM cve", ["statistics cve.s isn't expected: id, link"]),
        ("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", []),
    ],
)
def test_each_change_is_told(database: str, change: str, said: list[str]) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(change.encode())
    assert list(map(str, diff(database))) == said


def test_an_index_that_was_left_half_built_is_told(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = 'adviser_run_origin_idx'::regclass"
        )
    (difference,) = diff(database)
    assert str(difference).startswith("index adviser_run.adviser_run_origin_idx is CREATE INDEX")
    assert difference.found == f"{difference.expected} (invalid)"


def test_nothing_stays_of_the_schema_to_compare_with(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        before = connection.execute("SELECT count(*) FROM pg_class").fetchone()
        assert facts_made_by(connection, read_migrations())
        assert connection.execute("SELECT count(*) FROM pg_class").fetchone() == before


def test_an_index_that_is_built_and_dropped_concurrently_is_known(empty_database: str, folder: Write) -> None:
    directory = folder(
        m0001_apples="-- stage: pre\nCREATE TABLE apple (id integer NOT NULL);",
        m0002_indexes="-- stage: pre\n-- transactional: false\n"
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS apple_old_idx ON apple (id);\n"
        "CREATE UNIQUE INDEX\n  CONCURRENTLY apple_key ON apple (id);\n"
        "DROP INDEX CONCURRENTLY IF EXISTS apple_old_idx;",
    )
    migrate(empty_database, directory=directory)
    assert diff(empty_database, directory=directory) == []


def test_a_role_that_may_not_create_a_schema_is_told_so(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE ROLE thoth_test_looker")
        try:
            connection.execute("SET ROLE thoth_test_looker")
            with pytest.raises(MigrationError, match="comparing needs a role that may create a schema"):
                facts_made_by(connection, read_migrations())
        finally:
            connection.execute("RESET ROLE")
            connection.execute("DROP ROLE thoth_test_looker")
