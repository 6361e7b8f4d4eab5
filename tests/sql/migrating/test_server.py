from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg.conninfo import conninfo_to_dict

from thoth_storages.ephemeral import Server
from thoth_storages.exceptions import DatabaseUnreachableError, MigrationError
from thoth_storages.sql.migrating import server
from thoth_storages.sql.migrating.server import (
    as_conninfo,
    connect,
    connect_or_create,
    database_exists,
    migrators_lock,
)


def test_the_parts_of_a_connection_string_may_come_as_a_mapping() -> None:
    assert as_conninfo({"host": "h", "dbname": "it's"}) == r"host=h dbname=it\'s"


def test_an_existing_database_is_connected_to(empty_database: str) -> None:
    assert database_exists(empty_database)
    with connect_or_create(empty_database, wait_seconds=10) as connection:
        assert connection.autocommit


def test_a_missing_database_is_created_in_utf8(missing_database: str) -> None:
    assert not database_exists(missing_database)
    with connect_or_create(missing_database, wait_seconds=10) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
    assert database_exists(missing_database)


def test_many_may_create_a_database_at_once(missing_database: str) -> None:
    def create(_: int) -> str | None:
        with connect_or_create(missing_database, wait_seconds=60) as connection:
            return connection.info.dbname

    with ThreadPoolExecutor(20) as threads:
        assert len(set(threads.map(create, range(20)))) == 1


def test_somebody_else_may_create_the_database_meanwhile(postgres: Server, missing_database: str) -> None:
    name = str(conninfo_to_dict(missing_database)["dbname"])
    with connect(postgres.conninfo("postgres")) as maintenance:
        server._create(maintenance, name)
        server._create(maintenance, name)
    assert database_exists(missing_database)


def test_a_role_that_may_not_create_databases_is_told_so(postgres: Server, missing_database: str) -> None:
    weak = f"thoth_test_weak_{os.getpid()}"
    with connect(postgres.conninfo("postgres")) as connection:
        connection.execute(f"CREATE ROLE {weak} LOGIN")
        try:
            with pytest.raises(MigrationError, match="is missing and this role may not create it"):
                connect_or_create(f"{missing_database} user={weak}", wait_seconds=10)
        finally:
            connection.execute(f"DROP ROLE {weak}")


def test_an_unreachable_server_is_named_without_the_password() -> None:
    conninfo = "host=127.0.0.1 port=1 dbname=graph user=thoth password=hush-hush"
    for ask in (connect, database_exists, lambda given: connect_or_create(given, wait_seconds=10)):
        with pytest.raises(
            DatabaseUnreachableError, match=r"database 'graph' on host '127\.0\.0\.1', port 1"
        ) as caught:
            ask(conninfo)
        assert "hush-hush" not in str(caught.value)


def test_what_to_create_must_be_named() -> None:
    with pytest.raises(MigrationError, match="names no database"):
        connect_or_create("host=127.0.0.1 port=1", wait_seconds=10)


def test_one_migrator_works_while_the_others_wait(empty_database: str) -> None:
    inside, most = 0, 0
    counting = threading.Lock()

    def work(_: int) -> None:
        nonlocal inside, most
        with connect(empty_database) as connection, migrators_lock(connection, 60):
            with counting:
                inside += 1
                most = max(most, inside)
            connection.execute("SELECT pg_sleep(0.01)")
            with counting:
                inside -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
    assert most == 1


def test_waiting_ends_with_the_name_of_who_works(empty_database: str) -> None:
    with connect(f"{empty_database} application_name=busybody") as busy, migrators_lock(busy, 0):
        with connect(empty_database) as waiting, pytest.raises(MigrationError) as caught, migrators_lock(waiting, 0.2):
            pass
        assert f"process {busy.info.backend_pid} " in str(caught.value)
        assert "(busybody)" in str(caught.value)


def test_the_lock_ends_with_its_connection(empty_database: str) -> None:
    with connect(empty_database) as killed, migrators_lock(killed, 0):
        with connect(empty_database) as killer:
            killer.execute("SELECT pg_terminate_backend(%s, 5000)", (killed.info.backend_pid,))
            with migrators_lock(killer, 0):
                pass
        killed.close()
