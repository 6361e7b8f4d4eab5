from __future__ import annotations

import os

import psycopg
import pytest

from tests.databases import catalog
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import SchemaState, drop_all, migrate, schema_state
from thoth_storages.sql.migrating.server import connect, migrators_lock


def test_everything_of_this_library_goes(empty_database: str) -> None:
    before = catalog(empty_database)
    migrate(empty_database)
    with psycopg.connect(empty_database) as connection:
        drop_all(connection)
        assert schema_state(connection) is SchemaState.EMPTY
    assert catalog(empty_database) == before
    assert migrate(empty_database) != []


def test_the_record_of_alembic_goes_as_well(alembic_database: str) -> None:
    migrate(alembic_database)
    with psycopg.connect(alembic_database) as connection:
        drop_all(connection)
        assert connection.execute("SELECT to_regclass('public.alembic_version')").fetchone() == (None,)


def test_what_yoyo_and_former_versions_of_the_record_left_goes_as_well(empty_database: str) -> None:
    before = catalog(empty_database)
    migrate(empty_database)
    with psycopg.connect(empty_database) as connection:
        for name in ("yoyo_lock", "_yoyo_other"):
            connection.execute(f"CREATE TABLE {name} (id integer)".encode())
        drop_all(connection)
    assert catalog(empty_database) == before


def test_an_unadopted_database_of_the_original_is_emptied(alembic_database: str) -> None:
    with psycopg.connect(alembic_database) as connection:
        drop_all(connection)
        assert schema_state(connection) is SchemaState.EMPTY


def test_an_empty_database_stays_empty(empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        drop_all(connection)
        assert schema_state(connection) is SchemaState.EMPTY


def test_what_others_keep_stays(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE theirs (id integer)")
        connection.execute("CREATE TYPE colour AS ENUM ('red')")
        connection.execute("CREATE FUNCTION twice(x integer) RETURNS integer LANGUAGE sql RETURN 2 * x")
        connection.execute("CREATE SCHEMA other CREATE TABLE solved (id integer)")
        connection.execute("CREATE EXTENSION pg_trgm")
        drop_all(connection)
    left = catalog(database)
    for line in (
        "CREATE TABLE public.theirs (",
        "CREATE TYPE public.colour AS ENUM (",
        "CREATE FUNCTION public.twice(x integer)",
        "CREATE TABLE other.solved (",
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    ):
        assert line in left
    assert left.count("CREATE TABLE") == 2


def test_nothing_is_dropped_while_something_depends_on_it(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE VIEW theirs AS SELECT id FROM cve")
        before = catalog(database)
        with pytest.raises(MigrationError, match=r"nothing was dropped.*view theirs depends on"):
            drop_all(connection)
        assert catalog(database) == before


def test_what_belongs_to_another_role_is_not_dropped(database: str) -> None:
    weak = f"thoth_test_stranger_{os.getpid()}"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {weak} LOGIN".encode())
        try:
            with (
                psycopg.connect(f"{database} user={weak}") as stranger,
                pytest.raises(MigrationError, match="nothing was dropped: must be owner of table"),
            ):
                drop_all(stranger)
        finally:
            connection.execute(f"DROP ROLE {weak}".encode())
        assert schema_state(connection) is SchemaState.CURRENT


def test_nothing_is_dropped_while_a_migration_is_running(database: str) -> None:
    with connect(database) as migrator, migrators_lock(migrator, 0), psycopg.connect(database) as connection:
        with pytest.raises(MigrationError, match="a migration is running"):
            drop_all(connection)
        assert schema_state(connection) is SchemaState.CURRENT
