"""Databases as the original library leaves them, before this one has migrated them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests.fix_postgres import PREFIX, fresh, restore
from tests.generated import fill
from tests.shared import shared_file
from thoth_storages.ephemeral import Server
from thoth_storages.sql.migrating import read_migrations
from thoth_storages.sql.migrating.files import baseline


def make_original_schema(conninfo: str) -> None:
    """Make the original's schema in an empty database, and Alembic's record of it."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for statement in (each.text for migration in baseline(read_migrations()) for each in migration.statements()):
            if not statement.startswith("COMMENT"):
                connection.execute(statement.encode())
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('bf9ea2a38b01')")


@pytest.fixture
def alembic_database(empty_database: str) -> str:
    """The connection string of a database with the original's schema, no row, and Alembic's record of it."""
    make_original_schema(empty_database)
    return empty_database


@pytest.fixture(scope="session")
def filled_template(postgres: Server) -> Iterator[str]:
    """The name of a database with the original's schema and made-up rows in every table, few of them twice."""
    name = f"{PREFIX}{os.getpid()}_filled"
    conninfo = postgres.create_database(name)
    make_original_schema(conninfo)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        fill(connection, rows=150)
    yield name
    postgres.drop_database(name)


@pytest.fixture
def filled_database(postgres: Server, filled_template: str) -> Iterator[str]:
    """The connection string of a new database with the original's schema and made-up rows in every table."""
    yield from fresh(postgres, filled_template)


@pytest.fixture(scope="session")
def unadopted_template(postgres: Server) -> Iterator[str]:
    """The name of a database that the original library made and filled."""
    dump = shared_file("conformance/original.dump")
    name = f"{PREFIX}{os.getpid()}_unadopted"
    conninfo = postgres.create_database(name)
    restore(dump, conninfo)
    yield name
    postgres.drop_database(name)


@pytest.fixture
def unadopted_database(postgres: Server, unadopted_template: str) -> Iterator[str]:
    """The connection string of a new copy of a database that the original library made and filled."""
    yield from fresh(postgres, unadopted_template)
