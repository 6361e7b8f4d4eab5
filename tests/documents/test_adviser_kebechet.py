"""Installations of Kebechet tell of their newest run with advice."""

from __future__ import annotations

import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.making import Document
from tests.documents.making_advisers import (
    adviser_document,
    have_solved,
    kebechet_document,
    product,
    write_advisers,
)
from tests.documents.writing import select
from tests.fix_rows import Rows
from tests.waiting import wait_until
from thoth_storages import queries
from thoth_storages.documents.adviser import adviser_rows
from thoth_storages.documents.adviser_writer import write_adviser_results

Connection = psycopg.Connection[Any]

INSTALLED = dt.datetime(2026, 1, 1)
"""Later than all runs: what a new installation has as its last run is when it was made."""


@pytest.fixture(autouse=True)
def _solved(rows: Rows) -> None:
    have_solved(rows)


def told(connection: Connection, slug: str = "acme/app") -> list[tuple[Any, ...]]:
    """Answer for each installation its environment, the day of its last run, and the package advised there."""
    query = f"""
    SELECT
      installation.runtime_environment_name,
      extract(day FROM installation.last_run)::integer,
      (
        SELECT string_agg(version.package_name, ' ')
        FROM python_software_stack AS stack
        JOIN has_python_requirement_lock AS has
          ON has.python_requirements_lock_id = stack.python_requirements_lock_id
        JOIN python_package_version AS version ON version.id = has.python_package_version_id
        WHERE stack.id = installation.advised_python_software_stack_id
      )
    FROM kebechet_github_installations AS installation
    WHERE installation.slug = '{slug}'
    ORDER BY installation.id
    """
    return select(connection, query)


def test_an_installation_tells_of_the_run_and_has_its_manager_on(connection: Connection, rows: Rows) -> None:
    rows.installation("acme/app", "prod", last_run=INSTALLED)
    rows.installation("acme/another", "prod", last_run=INSTALLED)
    write_advisers(connection, kebechet_document("six", day=3))
    assert told(connection) == [("prod", 3, "six")]
    query = "SELECT slug, last_run::text, thoth_advise_manager FROM kebechet_github_installations ORDER BY id"
    assert select(connection, query) == [
        ("acme/app", "2022-01-03 00:00:00", True),
        ("acme/another", "2026-01-01 00:00:00", False),
    ]


RUNS = [kebechet_document("six", day=1), kebechet_document("flask", day=3), kebechet_document("werkzeug", day=2)]


@pytest.mark.parametrize("order", list(itertools.permutations(RUNS)))
@pytest.mark.parametrize("together", [True, False])
def test_the_newest_run_is_told_whatever_the_order(
    connection: Connection, rows: Rows, order: tuple[Document, ...], together: bool
) -> None:
    rows.installation("acme/app", "prod", last_run=INSTALLED)
    for batch in [order] if together else [[document] for document in order]:
        write_advisers(connection, *batch)
    assert told(connection) == [("prod", 3, "flask")]
    for document in order:
        write_advisers(connection, document)
        assert told(connection) == [("prod", 3, "flask")]


AT_ONCE = [
    kebechet_document(name, document_id=f"adviser-{letter}")
    for name, letter in (("six", "B"), ("flask", "a"), ("werkzeug", "A"))
]


@pytest.mark.parametrize("order", list(itertools.permutations(AT_ONCE)))
@pytest.mark.parametrize("together", [True, False])
def test_of_runs_of_one_moment_that_of_the_greatest_id_is_told(
    connection: Connection, rows: Rows, order: tuple[Document, ...], together: bool
) -> None:
    rows.installation("acme/app", "prod")
    for batch in [order] if together else [[document] for document in order]:
        write_advisers(connection, *batch)
    assert told(connection) == [("prod", 1, "flask")]


def test_of_several_stacks_the_first_is_told(connection: Connection, rows: Rows) -> None:
    rows.installation("acme/app", "prod")
    document = kebechet_document("six")
    document["result"]["report"]["products"] = [product("werkzeug"), product("six"), product("flask")]
    write_advisers(connection, document)
    assert told(connection) == [("prod", 1, "werkzeug")]


def test_other_integrations_and_runs_without_advice_change_nothing(connection: Connection, rows: Rows) -> None:
    rows.installation("acme/app", "prod", last_run=INSTALLED)
    before = contents(connection)["kebechet_github_installations"]
    other = adviser_document(product("six"), asked={"source_type": "cli", "origin": "https://github.com/acme/app"})
    write_advisers(connection, kebechet_document(), other)
    assert contents(connection)["kebechet_github_installations"] == before


def test_a_manager_that_was_switched_off_stays_off_when_the_run_is_written_again(
    connection: Connection, rows: Rows
) -> None:
    rows.installation("acme/app", "prod")
    write_advisers(connection, *RUNS)
    connection.execute("UPDATE kebechet_github_installations SET thoth_advise_manager = FALSE")
    before = contents(connection)
    write_advisers(connection, *RUNS)
    assert contents(connection) == before


@pytest.mark.parametrize(
    ("installations", "environment", "told_by"),
    [
        ([None], "prod", [0]),
        ([None], None, [0]),
        (["prod"], "prod", [0]),
        (["prod"], None, [0]),
        (["prod"], "test", []),
        (["prod", "test"], "test", [1]),
        (["test", "prod"], None, [0]),
        ([None, "prod", "test"], "test", [2]),
        # What has no name is then what registering the App left, and no environment of the repository.
        ([None, "prod", "test"], None, [1]),
        ([None, "prod"], "test", []),
        ([], "prod", []),
    ],
)
def test_the_run_is_told_by_the_installation_in_its_environment(
    connection: Connection,
    rows: Rows,
    caplog: pytest.LogCaptureFixture,
    installations: list[str | None],
    environment: str | None,
    told_by: list[int],
) -> None:
    for name in installations:
        rows.installation("acme/app", name)
    write_advisers(connection, kebechet_document("six", environment=environment, document_id="adviser-1"))
    found = [number for number, row in enumerate(told(connection)) if row[1] is not None]
    assert found == told_by
    missing = f"adviser-1: there is no installation of Kebechet in acme/app for the runtime environment {environment!r}"
    assert caplog.messages == ([] if told_by else [missing])


def test_runs_in_several_environments_and_repositories_are_told_at_once(connection: Connection, rows: Rows) -> None:
    for slug, name in (("acme/app", "prod"), ("acme/app", "test"), ("acme/other", None)):
        rows.installation(slug, name)
    write_advisers(
        connection,
        kebechet_document("six", day=1),
        kebechet_document("flask", day=2, environment="test"),
        kebechet_document("werkzeug", day=3, origin="https://github.com/acme/other"),
        kebechet_document("flask", day=4, origin="https://github.com/acme/other", environment=None),
    )
    assert told(connection) == [("prod", 1, "six"), ("test", 2, "flask")]
    assert told(connection, "acme/other") == [(None, 4, "flask")]


def test_of_installations_that_the_original_doubled_one_tells(connection: Connection, rows: Rows) -> None:
    """The key on the environment lets two without one in, and that on all columns no two that tell the same."""
    for days in range(2):
        rows.installation("acme/app", None, last_run=INSTALLED + dt.timedelta(days))
    write_advisers(connection, RUNS[0])
    assert [row[2] for row in told(connection)] == ["six", None]
    before = contents(connection)
    write_advisers(connection, RUNS[0])
    assert contents(connection) == before


TOLD = ("last_run", "thoth_advise_manager", "advised_python_software_stack_id")


def test_of_doubled_installations_one_that_tells_of_the_run_already_is_taken(
    connection: Connection, rows: Rows
) -> None:
    rows.installation("acme/app", None)
    write_advisers(connection, RUNS[0])
    as_told = select(connection, f"SELECT {', '.join(TOLD)} FROM kebechet_github_installations")[0]
    connection.execute("UPDATE kebechet_github_installations SET advised_python_software_stack_id = NULL")
    rows.installation("acme/app", None, **dict(zip(TOLD, as_told, strict=True)))
    before = contents(connection)
    write_advisers(connection, RUNS[0])
    assert contents(connection) == before


def test_whoever_writes_installations_of_the_repository_waits(
    connection: Connection, rows: Rows, database: str
) -> None:
    rows.installation("acme/app", "prod")
    waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with ThreadPoolExecutor() as pool, psycopg.connect(database) as holding:
        write_adviser_results(holding, [adviser_rows(RUNS[1])])
        with psycopg.connect(database, autocommit=True) as other, psycopg.connect(database, autocommit=True) as third:
            written = pool.submit(write_advisers, other, RUNS[2])
            locked = pool.submit(queries._lock_kebechet_repository, third, "acme/app")
            queries._lock_kebechet_repository(connection, "acme/other")
            wait_until(lambda: len(select(connection, waiting)) == 2, "two transactions that wait for a lock")
            holding.commit()
            written.result()
            locked.result()
    assert told(connection) == [("prod", 3, "flask")]
