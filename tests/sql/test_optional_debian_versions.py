"""Migration 0032: Debian packages that name others in any version, before it, with it, and after its rollback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from thoth_storages.sql.migrating import migrate, read_migrations, rollback

Connection = psycopg.Connection[tuple[Any, ...]]

TABLES = ["deb_depends", "deb_replaces"]
MIGRATION = "0032.optional-debian-versions"


@pytest.fixture
def packages(database: str) -> Iterator[Connection]:
    """A connection to a database with one Debian package, and two names that it may name."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("INSERT INTO deb_package_version (id, package_name, package_version) VALUES (1, 'a', '1')")
        connection.execute("INSERT INTO deb_dependency (id, package_name) VALUES (1, 'b'), (2, 'c')")
        yield connection


def name(connection: Connection, table: str, *named: tuple[int, str | None]) -> None:
    for dependency_id, version_range in named:
        connection.execute(
            f"INSERT INTO {table} (deb_package_version_id, deb_dependency_id, version_range) VALUES (1, %s, %s) "
            "ON CONFLICT DO NOTHING".encode(),
            (dependency_id, version_range),
        )


def ranges(connection: Connection, table: str) -> list[tuple[int, str | None]]:
    query = f"SELECT deb_dependency_id, version_range FROM {table} ORDER BY 1, 2"
    return connection.execute(query.encode()).fetchall()


def roll_back(conninfo: str) -> None:
    later = [migration.id for migration in read_migrations() if migration.id >= MIGRATION]
    assert rollback(conninfo, count=len(later))[-1] == MIGRATION


@pytest.mark.parametrize("table", TABLES)
def test_any_version_is_stored_once(packages: Connection, table: str) -> None:
    name(packages, table, (1, None), (1, None), (2, None), (1, ">= 1"))
    assert ranges(packages, table) == [(1, ">= 1"), (1, None), (2, None)]


@pytest.mark.parametrize("table", TABLES)
def test_the_rollback_stores_an_empty_text_and_migrating_again_turns_it_back(
    packages: Connection, database: str, table: str
) -> None:
    name(packages, table, (1, None), (1, ">= 1"), (2, None))
    before = ranges(packages, table)
    roll_back(database)
    assert ranges(packages, table) == [(1, ""), (1, ">= 1"), (2, "")]
    migrate(database)
    assert ranges(packages, table) == before


@pytest.mark.parametrize("table", TABLES)
def test_the_rollback_keeps_one_row_of_two_that_say_the_same(packages: Connection, database: str, table: str) -> None:
    name(packages, table, (1, ""), (1, None), (2, None))
    roll_back(database)
    assert ranges(packages, table) == [(1, ""), (2, "")]
