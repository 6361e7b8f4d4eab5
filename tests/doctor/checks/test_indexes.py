"""The checks of the indexes."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.doctor.conftest import Run
from thoth_storages.doctor import Status

Connection = psycopg.Connection[Any]
NAMES = ["missing-indexes", "invalid-indexes", "unused-indexes", "duplicate-indexes"]


@pytest.mark.parametrize("name", NAMES)
def test_a_new_graph_is_well(run: Run, name: str) -> None:
    result = run(name)
    assert (result.status, result.said.split()[0], result.remedy) == (Status.OK, "none", None)


@pytest.mark.parametrize("name", NAMES[:2])
def test_an_empty_database_lacks_none(run: Run, empty_database: str, name: str) -> None:
    assert run(name, empty_database).status is Status.OK


def test_an_index_of_the_migrations_that_is_gone_is_missed(run: Run, connection: Connection) -> None:
    connection.execute("DROP INDEX adviser_run_datetime_idx")
    result = run("missing-indexes")
    assert (result.status, result.said) == (Status.FAIL, "missing: adviser_run.adviser_run_datetime_idx")
    assert "CREATE INDEX adviser_run_datetime_idx ON adviser_run" in str(result.remedy)


def test_a_foreign_key_without_an_index_is_told(run: Run, connection: Connection) -> None:
    connection.execute("CREATE TABLE noted (cve_id integer REFERENCES cve)")
    result = run("missing-indexes")
    assert (result.status, result.said) == (Status.WARN, "foreign keys without an index: noted.noted_cve_id_fkey")


def test_an_invalid_one_is_broken(run: Run, connection: Connection) -> None:
    connection.execute("CREATE TABLE t AS SELECT 1 AS id UNION ALL SELECT 1")
    with pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute("CREATE UNIQUE INDEX CONCURRENTLY t_idx ON t (id)")
    result = run("invalid-indexes")
    assert (result.status, result.said) == (Status.FAIL, "invalid: t_idx")
    assert str(result.remedy).startswith("REINDEX INDEX CONCURRENTLY t_idx")


def test_an_unused_one_is_told_when_it_was_counted_for_long_enough(run: Run, connection: Connection) -> None:
    connection.execute("CREATE TABLE t AS SELECT n AS id FROM generate_series(1, 60000) AS n")
    connection.execute("CREATE INDEX t_idx ON t (id)")
    result = run("unused-indexes")
    assert (result.status, result.said) == (Status.WARN, "never read: t_idx (1.3 MiB)")
    connection.execute("SELECT pg_stat_reset()")
    result = run("unused-indexes")
    assert (result.status, result.remedy) == (Status.UNKNOWN, "look again when it has for 30 days")


def test_one_that_is_there_twice_is_told(run: Run, connection: Connection) -> None:
    connection.execute("CREATE INDEX again_idx ON adviser_run (datetime)")
    connection.execute("CREATE INDEX once_more_idx ON adviser_run (datetime)")
    result = run("duplicate-indexes")
    assert result.status is Status.WARN
    assert "once_more_idx beside again_idx" in result.said
    assert str(result.remedy).startswith("DROP INDEX CONCURRENTLY ")
