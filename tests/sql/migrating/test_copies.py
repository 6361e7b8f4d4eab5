"""How many rows an adoption would merge, told before."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages.sql.migrating import Copies, count_copies, migrate, read_migrations


@pytest.fixture
def original(alembic_database: str) -> Iterator[Rows]:
    """Functions that put rows into a database with the original's schema."""
    with psycopg.connect(alembic_database, autocommit=True) as connection:
        yield Rows(connection)


def copies_of(conninfo: str) -> list[Copies]:
    return count_copies(conninfo, read_migrations())


def rows_of(conninfo: str, table: str) -> int:
    with psycopg.connect(conninfo) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


def test_as_many_are_told_as_go(original: Rows, alembic_database: str) -> None:
    known = {"package_name": "flask", "package_version": "1.0"}
    entities = [original.add("python_package_version_entity", **known) for _ in range(3)]
    for is_missing in (False, True, False):
        environment = {"os_name": "rhel", "os_version": "9", "python_version": "3.11"}
        original.add("python_package_version", **known, **environment, entity_id=entities[0], is_missing=is_missing)
    for number in range(4):
        original.add("import_package", import_package_name=f"flask{number // 2}")
    told = copies_of(alembic_database)
    assert sorted(told) == [
        Copies("import_package", 2, 0),
        Copies("python_package_version", 2, 1),
        Copies("python_package_version_entity", 2, 0),
    ]
    before = {each.table: rows_of(alembic_database, each.table) for each in told}
    migrate(alembic_database)
    assert {each.table: before[each.table] - rows_of(alembic_database, each.table) for each in told} == {
        each.table: each.rows for each in told
    }
    assert copies_of(alembic_database) == []


def test_no_more_are_told_than_go_whatever_is_stored_twice(filled_database: str) -> None:
    told = copies_of(filled_database)
    assert len(told) > 10
    before = {each.table: rows_of(filled_database, each.table) for each in told}
    migrate(filled_database)
    for each in told:
        assert each.rows <= before[each.table] - rows_of(filled_database, each.table), each.table


def test_an_empty_server_holds_no_copies(empty_database: str) -> None:
    assert copies_of(empty_database) == []
