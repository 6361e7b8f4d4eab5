"""Copies of a row that differ, as the original may leave them: no adoption ends at them, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from tests.sql.migrating.conftest import Write
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import drop_all, migrate, read_migrations

EARLIER, LATER = dt.datetime(2021, 1, 1), dt.datetime(2022, 1, 1)


@pytest.fixture
def original(alembic_database: str) -> Iterator[Rows]:
    """Functions that put rows into a database with the original's schema."""
    with psycopg.connect(alembic_database, autocommit=True) as connection:
        yield Rows(connection)


class Database:
    """What is asked of a database after its adoption."""

    def __init__(self, rows: Rows) -> None:
        self.connection = rows.connection

    def ask(self, statement: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement.encode()).fetchall()

    def set_aside(self, *columns: str) -> list[tuple[Any, ...]]:
        """What was set aside: its table, the id of the row that stays, and columns of the row as it was."""
        wanted = ", ".join(["table_name", "(kept ->> 'id')::integer", *(f"set_aside -> '{each}'" for each in columns)])
        return self.ask(f"SELECT {wanted} FROM _yoyo_set_aside ORDER BY set_aside::text")


@pytest.fixture
def adopted(original: Rows) -> Database:
    """The same database, to be asked after the test has migrated it."""
    return Database(original)


def copy(rows: Rows, **values: Any) -> int:
    """Store a version without an index once more, as two of the original's processes do that sync it at once."""
    known = {"package_name": "flask", "package_version": "1.0", "os_name": "rhel", "os_version": "9"}
    entity_id = rows.add("python_package_version_entity", package_name="flask", package_version="1.0")
    return rows.add("python_package_version", **known, python_version="3.11", entity_id=entity_id, **values)


def license_of(rows: Rows, name: str) -> int:
    return rows.add("python_package_license", license_name=name, license_identifier=name, license_version="1")


def test_what_one_copy_knows_and_the_other_does_not_is_known(
    original: Rows, adopted: Database, alembic_database: str
) -> None:
    metadata_id, license_id = original.metadata({}, name="flask"), license_of(original, "BSD")
    first = copy(original, python_package_metadata_id=metadata_id)
    second = copy(original, package_license=license_id, package_license_warning=True)
    original.solved(first, "solver-rhel-9-py311-1")
    original.solved(second, "solver-rhel-9-py311-2")
    migrate(alembic_database)
    assert adopted.ask(
        "SELECT id, python_package_metadata_id, package_license, package_license_warning FROM python_package_version"
    ) == [(first, metadata_id, license_id, True)]
    assert adopted.ask("SELECT version_id, document_id FROM solved ORDER BY 2") == [
        (first, "solver-rhel-9-py311-1"),
        (first, "solver-rhel-9-py311-2"),
    ]
    assert adopted.set_aside() == []


@pytest.mark.parametrize("newest_first", [False, True])
def test_what_the_newest_solver_found_counts_and_the_rest_is_set_aside(
    original: Rows, adopted: Database, alembic_database: str, newest_first: bool
) -> None:
    older = {
        "python_package_metadata_id": original.metadata({}, name="flask", summary="older"),
        "package_license": license_of(original, "BSD"),
    }
    newer = {
        "python_package_metadata_id": original.metadata({}, name="flask", summary="newer"),
        "package_license": license_of(original, "MIT"),
    }
    copies = [(newer, LATER), (older, EARLIER)] if newest_first else [(older, EARLIER), (newer, LATER)]
    ids = [copy(original, **values) for values, _ in copies]
    for version_id, (_, moment) in zip(ids, copies, strict=True):
        original.solved(version_id, f"solver-rhel-9-py311-{version_id}", datetime=moment)
    migrate(alembic_database)
    assert adopted.ask("SELECT id, python_package_metadata_id, package_license FROM python_package_version") == [
        (ids[0], *newer.values())
    ]
    assert adopted.set_aside("id", *older) == [
        ("python_package_version", ids[0], ids[1 if newest_first else 0], *older.values())
    ]
    assert adopted.ask("SELECT count(*) FROM python_package_metadata") == [(2,)]


@pytest.mark.parametrize(
    ("column", "values", "kept"),
    [
        ("is_missing", (False, True, False), True),
        ("provides_source_distro", (True, True, False), False),
        ("package_license_warning", (False, None, True), True),
    ],
)
def test_of_flags_the_finding_counts_and_not_what_is_said_before_anything_is_found(
    original: Rows, adopted: Database, alembic_database: str, column: str, values: tuple[bool | None, ...], kept: bool
) -> None:
    ids = [copy(original, **{column: value}) for value in values]
    migrate(alembic_database)
    assert adopted.ask(f"SELECT id, {column} FROM python_package_version") == [(ids[0], kept)]
    others = [each for each in zip(ids, values, strict=True) if each[1] not in (None, kept)]
    assert adopted.set_aside("id", column) == [("python_package_version", ids[0], *each) for each in others]


def test_versions_that_share_a_name_and_nothing_more_stay(
    original: Rows, adopted: Database, alembic_database: str
) -> None:
    with_index = original.version("flask", "1.0", os_name="rhel", os_version="9", python_version="3.11")
    ids = [with_index, copy(original, is_missing=True)]
    migrate(alembic_database)
    assert adopted.ask("SELECT id, is_missing FROM python_package_version ORDER BY id") == [
        (ids[0], False),
        (ids[1], True),
    ]


def test_that_an_artifact_was_there_once_is_set_aside(original: Rows, adopted: Database, alembic_database: str) -> None:
    ids = [
        original.add("python_artifact", artifact_hash_sha256="a", present=present) for present in (True, False, True)
    ]
    migrate(alembic_database)
    assert adopted.ask("SELECT id, present FROM python_artifact") == [(ids[0], False)]
    assert adopted.set_aside("id", "present") == [
        ("python_artifact", ids[0], ids[0], True),
        ("python_artifact", ids[0], ids[2], True),
    ]


def test_an_analysis_that_was_stored_twice_names_one_environment(
    original: Rows, adopted: Database, alembic_database: str
) -> None:
    versions = [original.version("flask", os_version=os_version) for os_version in ("34", "35")]
    runs = [original.security_indicators(version_id) for version_id in (versions[1], versions[0], versions[1])]
    other = original.security_indicators(versions[0], "security-indicator-2")
    migrate(alembic_database)
    assert adopted.ask("SELECT si_aggregated_run_id, python_package_version_id FROM si_aggregated ORDER BY 1") == [
        (runs[0], versions[1]),
        (other, versions[0]),
    ]
    assert adopted.ask("SELECT table_name, kept, set_aside -> 'python_package_version_id' FROM _yoyo_set_aside") == [
        ("si_aggregated", {"si_aggregated_run_id": runs[0]}, versions[0])
    ]


def test_it_is_said_what_was_set_aside(original: Rows, alembic_database: str, caplog: pytest.LogCaptureFixture) -> None:
    for is_missing in (True, False, False):
        copy(original, is_missing=is_missing)
    migrate(alembic_database)
    warnings = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert warnings == [
        "migration 0015.unique-packages merged 2 rows that said something else than their copies: _yoyo_set_aside has "
        "them"
    ]


def test_what_was_set_aside_goes_with_the_schema(original: Rows, alembic_database: str) -> None:
    migrate(alembic_database)
    drop_all(original.connection)
    assert original.connection.execute("SELECT to_regclass('_yoyo_set_aside')").fetchone() == (None,)


def test_a_preparation_is_run_with_its_migration_or_not_at_all(empty_database: str, folder: Write) -> None:
    directory = folder(m0001_apples="CREATE TABLE apple (id integer);", m0002_key="ALTER TABLE apple ADD UNIQUE (id;")
    (directory / "0002.key.prepare.sql").write_text("INSERT INTO apple VALUES (1);", encoding="utf-8")
    with pytest.raises(MigrationError, match=r"^0002\.key\.sql:2:"):
        migrate(empty_database, directory=directory)
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT count(*) FROM apple").fetchone() == (0,)
    folder(m0002_key="ALTER TABLE apple ADD UNIQUE (id);")
    assert migrate(empty_database, directory=directory) == ["0002.key"]
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT id FROM apple").fetchall() == [(1,)]


def test_a_preparation_that_fails_is_shown_at_its_place(empty_database: str, folder: Write) -> None:
    directory = folder(m0001_apples="CREATE TABLE apple (id integer);")
    (directory / "0001.apples.prepare.sql").write_text("-- First.\nSELECT nothing;", encoding="utf-8")
    with pytest.raises(MigrationError, match=r'^0001\.apples\.prepare\.sql:2:8: column "nothing" does not exist'):
        migrate(empty_database, directory=directory)


def test_a_preparation_may_change_after_its_migration_was_applied(empty_database: str, folder: Write) -> None:
    directory = folder(m0001_apples="CREATE TABLE apple (id integer);")
    migrate(empty_database, directory=directory)
    (directory / "0001.apples.prepare.sql").write_text("SELECT 1;", encoding="utf-8")
    read_migrations.cache_clear()
    assert migrate(empty_database, directory=directory) == []


def test_a_preparation_of_nothing_is_refused(folder: Write) -> None:
    directory = folder(m0001_apples="SELECT 1;")
    (directory / "0002.pears.prepare.sql").write_text("SELECT 1;", encoding="utf-8")
    with pytest.raises(MigrationError, match=r"0002\.pears\.prepare\.sql: there is no migration that it belongs to"):
        read_migrations(directory)
