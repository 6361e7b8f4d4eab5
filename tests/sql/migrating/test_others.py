"""What others built on the original's schema, and a migration would run into."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from tests.databases import catalog
from tests.sql.migrating.conftest import Write
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import SchemaState, migrate, plan, schema_state


def run(conninfo: str, statement: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statement.encode())


def refused(act: Callable[[str], object], conninfo: str) -> tuple[str, list[str]]:
    """What is said against migrating, and the statements that are said to help."""
    with pytest.raises(MigrationError) as caught:
        act(conninfo)
    said, *statements = str(caught.value).splitlines()
    return said, statements


def test_a_foreign_key_of_others_that_leans_on_a_dropped_index_is_refused_before_anything_is_changed(
    unadopted_database: str,
) -> None:
    # in a restored dump these lean on the unique index that stands beside the primary key
    run(
        unadopted_database,
        'CREATE SCHEMA theirs CREATE TABLE "Note" (entity_id integer REFERENCES python_package_version_entity (id))',
    )
    before = catalog(unadopted_database)
    said, statements = refused(plan, unadopted_database)
    assert (said, statements) == refused(migrate, unadopted_database)
    assert (
        "lean on indexes that are to be dropped: Note_entity_id_fkey on python_package_version_entity_id_key." in said
    )
    assert catalog(unadopted_database) == before
    drop, add = statements
    run(unadopted_database, drop)
    migrate(unadopted_database)
    run(unadopted_database, add)
    with psycopg.connect(unadopted_database) as connection:
        assert schema_state(connection) is SchemaState.CURRENT
    assert 'ADD CONSTRAINT "Note_entity_id_fkey"' in catalog(unadopted_database)


def test_a_foreign_key_of_others_on_an_index_that_stays_is_no_matter(unadopted_database: str) -> None:
    run(unadopted_database, "CREATE TABLE note (digest text REFERENCES python_file_digest (sha256))")
    migrate(unadopted_database)


@pytest.mark.parametrize(
    "drop",
    [
        "DROP INDEX apple_key;",
        "DROP INDEX CONCURRENTLY IF EXISTS apple_key;",
        "drop  index\n apple_key;",
        "ALTER TABLE apple DROP CONSTRAINT apple_key;",
    ],
)
def test_only_what_is_to_be_applied_counts(empty_database: str, folder: Write, drop: str) -> None:
    directory = folder(
        m0001_apples="CREATE TABLE apple (id integer CONSTRAINT apple_key UNIQUE);",
        m0002_drop=f"-- stage: pre\n-- transactional: false\n{drop}",
    )
    migrate(empty_database, to="0001.apples", directory=directory)
    run(empty_database, "CREATE TABLE pie (apple_id integer REFERENCES apple (id))")
    assert migrate(empty_database, to="0001.apples", directory=directory) == []
    with pytest.raises(MigrationError, match="dropped: pie_apple_id_fkey on apple_key"):
        migrate(empty_database, directory=directory)


def test_a_foreign_key_that_a_migration_drops_as_well_is_no_matter(empty_database: str, folder: Write) -> None:
    directory = folder(
        m0001_apples="CREATE TABLE apple (id integer CONSTRAINT apple_key UNIQUE);\n"
        "CREATE TABLE pie (apple_id integer REFERENCES apple (id));",
        m0002_drop="ALTER TABLE pie DROP CONSTRAINT pie_apple_id_fkey;\nALTER TABLE apple DROP CONSTRAINT apple_key;",
    )
    assert migrate(empty_database, to="0001.apples", directory=directory) == ["0001.apples"]
    assert migrate(empty_database, directory=directory) == ["0002.drop"]
