"""The server that queries are proved on: a private one, or one that is named."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from thoth_storages.exceptions import DatabaseError
from thoth_storages.sql.checking.server import session


def test_a_private_server_has_the_schema_and_goes_with_the_session() -> None:
    with session() as asked:
        (count,) = asked.connection.execute("SELECT count(*) FROM python_package_version").fetchone() or (None,)
        assert count == 0
        conninfo = asked.connection.info.dsn
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(conninfo)


def test_a_session_that_asks_nothing_starts_nothing() -> None:
    with session("host=/nowhere dbname=none"):
        pass


def test_a_named_database_is_asked(database: str) -> None:
    with session(database) as asked:
        assert asked.connection.execute("SELECT count(*) FROM solved").fetchone() == (0,)
        assert asked.connection.info.get_parameters()["application_name"] == "thoth-storages sql check"


def test_a_database_without_the_schema_is_refused(empty_database: str) -> None:
    with session(empty_database) as asked, pytest.raises(DatabaseError, match="is empty, and queries are proved"):
        _ = asked.connection


def test_an_older_schema_is_refused(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute(
            "DELETE FROM _yoyo_migration WHERE migration_id = (SELECT max(migration_id) FROM _yoyo_migration)"
        )
    with session(database) as asked, pytest.raises(DatabaseError, match="is older, and queries are proved"):
        _ = asked.connection


def test_a_database_that_cannot_be_reached_is_an_error_without_its_password(database: str) -> None:
    conninfo = make_conninfo(database, dbname="thoth_test_none", password="s3cr3t")
    with session(conninfo) as asked, pytest.raises(psycopg.OperationalError) as raised:
        _ = asked.connection
    assert "s3cr3t" not in str(raised.value)
