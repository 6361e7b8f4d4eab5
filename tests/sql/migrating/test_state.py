from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.sql.migrating.conftest import Write
from thoth_storages.sql.migrating import SchemaState, applied, migrate, schema_state, status


def state(conninfo: str, directory: Path) -> SchemaState:
    with psycopg.connect(conninfo) as connection:
        return schema_state(connection, directory=directory)


def test_a_database_without_tables_is_empty(empty_database: str, two: Path) -> None:
    assert state(empty_database, two) is SchemaState.EMPTY


def test_a_database_with_tables_of_others_is_empty(empty_database: str, two: Path) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE theirs (id integer)")
        connection.execute("CREATE SCHEMA other CREATE TABLE apple (id integer)")
    assert state(empty_database, two) is SchemaState.EMPTY


def test_a_database_without_the_schema_public_is_empty(empty_database: str, two: Path) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("DROP SCHEMA public")
    assert state(empty_database, two) is SchemaState.EMPTY


def test_tables_without_a_record_are_unmanaged(empty_database: str, two: Path) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("CREATE TABLE apple (id integer)")
    assert state(empty_database, two) is SchemaState.UNMANAGED


def test_a_database_of_the_original_is_unmanaged(alembic_database: str) -> None:
    with psycopg.connect(alembic_database) as connection:
        assert schema_state(connection) is SchemaState.UNMANAGED


def test_a_migrated_database_is_current(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    assert state(empty_database, two) is SchemaState.CURRENT


def test_a_database_that_lacks_a_migration_is_older(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    assert state(empty_database, folder(m0003_plums="SELECT 1;")) is SchemaState.OLDER


def test_a_database_with_a_migration_more_is_newer(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    with psycopg.connect(empty_database) as connection:
        connection.execute("INSERT INTO _yoyo_migration VALUES ('hash', '0003.plums', now())")
    assert state(empty_database, two) is SchemaState.NEWER


def test_a_database_that_lacks_one_and_has_another_is_older(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    with psycopg.connect(empty_database) as connection:
        connection.execute("INSERT INTO _yoyo_migration VALUES ('hash', '0004.quinces', now())")
    assert state(empty_database, folder(m0003_plums="SELECT 1;")) is SchemaState.OLDER


def test_a_migration_that_only_takes_away_is_not_waited_for(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    assert state(empty_database, folder(m0003_plums="-- stage: post\nSELECT 1;")) is SchemaState.CURRENT
    assert state(empty_database, folder(m0004_figs="-- stage: pre\nSELECT 1;")) is SchemaState.OLDER


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (["pre"], SchemaState.NEWER),
        (["post"], SchemaState.INCOMPATIBLE),
        (["pre", "post"], SchemaState.INCOMPATIBLE),
        (["post", "pre"], SchemaState.INCOMPATIBLE),
    ],
)
def test_whether_a_newer_database_can_be_used_is_what_its_migrations_say(
    empty_database: str, two: Path, folder: Write, stages: list[str], expected: SchemaState
) -> None:
    newer = {f"m{number:04}_later": f"-- stage: {stage}\nSELECT 1;" for number, stage in enumerate(stages, start=3)}
    migrate(empty_database, directory=folder(**newer))
    for path in two.glob("*.later.sql"):
        path.unlink()
    assert state(empty_database, folder()) is expected


def test_a_newer_database_whose_record_has_no_stages_can_be_used(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    with psycopg.connect(empty_database) as connection:
        connection.execute("ALTER TABLE _yoyo_checksum DROP COLUMN stage")
        connection.execute("INSERT INTO _yoyo_migration VALUES ('hash', '0003.plums', now())")
        connection.execute("INSERT INTO _yoyo_checksum VALUES ('0003.plums', 'f')")
    assert state(empty_database, two) is SchemaState.NEWER
    migrate(empty_database, directory=two)
    assert state(empty_database, two) is SchemaState.NEWER


def test_the_state_takes_two_statements_and_any_row_factory(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    execute = psycopg.Cursor.execute

    def count(self: psycopg.Cursor[Any], *arguments: Any, **options: Any) -> Any:
        asked.append(arguments)
        return execute(self, *arguments, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", count)
    with psycopg.connect(database, row_factory=dict_row) as connection:
        assert schema_state(connection) is SchemaState.CURRENT
    assert len(asked) == 2


def test_applied_migrations_come_oldest_first(empty_database: str, two: Path, folder: Write) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        assert applied(connection) == []
        migrate(empty_database, directory=two)
        migrate(empty_database, directory=folder(m0003_plums="SELECT 1;"))
        assert applied(connection) == ["0001.apples", "0002.pears", "0003.plums"]


def test_the_status_tells_when_each_was_applied_and_whether_its_file_is_the_same(
    empty_database: str, two: Path, folder: Write
) -> None:
    migrate(empty_database, directory=two)
    folder(m0002_pears="CREATE TABLE pear (id bigint);", m0003_plums="SELECT 1;")
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("INSERT INTO _yoyo_migration VALUES ('hash', '0004.quinces', '2026-01-02 03:04:05')")
        first, second, third, fourth = status(connection, directory=two)
    assert first.applied_at is not None
    assert abs(first.applied_at - datetime.now(UTC).replace(tzinfo=None)) < timedelta(minutes=1)
    assert (first.id, first.checksum_matches, first.known) == ("0001.apples", True, True)
    assert (second.id, second.checksum_matches, second.known) == ("0002.pears", False, True)
    assert (third.id, third.applied_at, third.checksum_matches, third.known) == ("0003.plums", None, None, True)
    assert (fourth.id, fourth.checksum_matches, fourth.known) == ("0004.quinces", None, False)
    assert fourth.applied_at == datetime(2026, 1, 2, 3, 4, 5)


def test_the_status_of_an_empty_database_is_that_nothing_is_applied(empty_database: str, two: Path) -> None:
    with psycopg.connect(empty_database) as connection:
        assert [each.applied_at for each in status(connection, directory=two)] == [None, None]
