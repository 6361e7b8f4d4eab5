"""What a backup asks of the catalog."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from tests.waiting import wait_until
from thoth_storages import queries
from thoth_storages.ephemeral import Server

Connection = psycopg.Connection[Any]


def with_an_extension(connection: Connection) -> None:
    try:
        connection.execute("CREATE EXTENSION pg_stat_statements")
    except errors.FeatureNotSupported as error:
        pytest.skip(f"needs the contrib modules of PostgreSQL: {error}")


def test_an_empty_database_holds_nothing_of_users(bare: Connection) -> None:
    assert queries._get_objects_of_users(bare) == []
    assert queries._get_dumped_tables(bare) == []


def test_what_an_extension_brings_is_not_of_users(bare: Connection) -> None:
    with_an_extension(bare)
    assert queries._get_objects_of_users(bare) == []


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("CREATE TABLE t (id integer)", "t"),
        ("CREATE VIEW v AS SELECT 1", "v"),
        ("CREATE MATERIALIZED VIEW m AS SELECT 1 AS one", "m"),
        ("CREATE SEQUENCE s", "s"),
        ("CREATE TYPE e AS ENUM ('a')", "e"),
        ("CREATE DOMAIN d AS integer", "d"),
        ("CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'", "f()"),
        ("CREATE SCHEMA aside CREATE TABLE t (id integer)", "aside.t"),
    ],
)
def test_whatever_users_make_is_found(bare: Connection, statement: str, name: str) -> None:
    bare.execute(statement.encode())
    assert name in queries._get_objects_of_users(bare)


def test_the_tables_that_a_dump_holds(bare: Connection) -> None:
    bare.execute("CREATE TABLE t (id integer)")
    bare.execute("CREATE UNLOGGED TABLE u (id integer)")
    bare.execute("CREATE TEMPORARY TABLE passing (id integer)")
    bare.execute("CREATE VIEW v AS SELECT 1")
    bare.execute("CREATE SCHEMA aside CREATE TABLE t (id integer)")
    assert queries._get_dumped_tables(bare) == [("aside", "t"), ("public", "t"), ("public", "u")]


def test_the_options_of_a_database(bare: Connection) -> None:
    options = queries._get_database_options(bare, bare.info.dbname)
    assert options is not None
    assert (options["owner_name"], options["encoding"], options["tablespace_name"]) == (
        "postgres",
        "UTF8",
        "pg_default",
    )
    assert (options["locale_provider"], options["icu_locale"], options["connection_limit"]) == ("libc", None, -1)
    assert queries._get_database_options(bare, "no such database") is None


def test_the_settings_of_a_database(bare: Connection) -> None:
    name = sql.Identifier(bare.info.dbname)
    assert queries._get_database_settings(bare, bare.info.dbname) == []
    bare.execute(sql.SQL("ALTER DATABASE {} SET work_mem = '7MB'").format(name))
    bare.execute(sql.SQL("ALTER DATABASE {} SET thoth.note = 'a = b'").format(name))
    bare.execute(sql.SQL("ALTER ROLE postgres IN DATABASE {} SET jit = off").format(name))
    assert queries._get_database_settings(bare, bare.info.dbname) == [
        ("", "thoth.note", "a = b"),
        ("", "work_mem", "7MB"),
        ("postgres", "jit", "off"),
    ]


def test_the_rights_to_a_database(bare: Connection) -> None:
    assert queries._get_database_rights(bare, bare.info.dbname) == []
    bare.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(bare.info.dbname)))
    rights = queries._get_database_rights(bare, bare.info.dbname)
    assert ("", "CONNECT", False) in rights
    assert ("", "TEMPORARY", False) not in rights
    assert ("postgres", "CREATE", False) in rights


def test_databases_that_nobody_uses_and_this_role_may_drop(bare: Connection, postgres: Server) -> None:
    name = f"abandoned_{bare.info.dbname}"
    with psycopg.connect(postgres.create_database(name)):
        assert queries._get_abandoned_databases(bare, prefix="abandoned_") == []
    wait_until(lambda: queries._get_abandoned_databases(bare, prefix="abandoned_"), "its only session is gone")
    ((found, size),) = queries._get_abandoned_databases(bare, prefix="abandoned_")
    assert (found, size > 2**20) == (name, True)
    assert queries._get_abandoned_databases(bare, prefix="abandonedX") == []
    with bare.transaction(force_rollback=True):
        bare.execute("CREATE ROLE thoth_test_stranger")
        bare.execute("SET LOCAL ROLE thoth_test_stranger")
        assert queries._get_abandoned_databases(bare, prefix="abandoned_") == []
    postgres.drop_database(name)
