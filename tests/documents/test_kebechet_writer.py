"""The files of repositories with Kebechet in the tables: one installation a repository and environment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from psycopg.errors import SerializationFailure

from tests.contents import contents, row_counts
from tests.documents.making_kebechet import SLUG, configuration, environment, files, pipfile, pipfile_lock
from tests.documents.writing import select, select_column, sequences
from tests.fix_rows import YESTERDAY, Rows
from tests.statements import counted_statements
from tests.waiting import wait_until
from thoth_storages.documents.kebechet import kebechet_rows
from thoth_storages.documents.kebechet_writer import write_kebechet_installation

Connection = psycopg.Connection[Any]

FILLED = {
    "external_python_requirements": 1,
    "external_python_requirements_lock": 1,
    "external_python_software_stack": 1,
    "external_software_environment": 1,
    "has_external_python_requirement": 1,
    "has_external_python_requirement_lock": 1,
    "kebechet_github_installations": 1,
    "python_package_index": 1,
    "python_package_requirement": 1,
    "python_package_version_entity": 1,
}


def write(connection: Connection, **others: Any) -> None:
    with connection.transaction():
        write_kebechet_installation(connection, kebechet_rows(**files(**others)))


def installations(connection: Connection) -> list[tuple[Any, ...]]:
    """Of each installation: its environment's name, what the environment is called, and the versions in its stack."""
    query = """
    SELECT
      installation.runtime_environment_name, environment.environment_name,
      array_agg(entity.package_version) FILTER (WHERE entity.id IS NOT NULL)
    FROM kebechet_github_installations AS installation
    LEFT JOIN external_software_environment AS environment ON environment.id = external_software_environment_id
    LEFT JOIN external_python_software_stack AS stack ON stack.id = external_python_software_stack_id
    LEFT JOIN has_external_python_requirement_lock
      ON external_python_requirements_locked_id = stack.external_python_requirements_lock_id
    LEFT JOIN python_package_version_entity AS entity ON entity.id = python_package_version_entity_id
    GROUP BY installation.id, environment.id
    ORDER BY installation.id
    """
    return select(connection, query)


def test_the_files_fill_every_table_that_tells_of_them(connection: Connection) -> None:
    write(connection)
    assert row_counts(connection) == FILLED
    columns = "slug, repo_name, private, installation_id, is_active, runtime_environment_name, info_manager, last_run"
    assert select(connection, f"SELECT {columns}, update_manager FROM kebechet_github_installations") == [
        (SLUG, "app", False, "236796147", True, "prod", True, None, False)
    ]
    assert installations(connection) == [("prod", "prod", ["1.0"])]


def test_each_environment_has_an_installation_of_its_own(connection: Connection) -> None:
    for name in ("prod", "test", None, "test", None):
        write(connection, runtime_environment_name=name)
    assert installations(connection) == [("prod", "prod", ["1.0"]), ("test", "test", ["1.0"]), (None, "prod", ["1.0"])]


@pytest.mark.parametrize("name", ["prod", None])
def test_files_that_have_changed_are_what_the_installation_says(connection: Connection, name: str | None) -> None:
    write(connection, runtime_environment_name=name)
    config = configuration(environment(python_version="3.9"), managers=("update", "thoth-advise"))
    changed = {"requirements_lock": pipfile_lock(flask="2.0"), "thoth_config": config, "private": True}
    write(connection, runtime_environment_name=name, installation_id="7", **changed)
    assert installations(connection) == [(name, "prod", ["2.0"])]
    columns = "private, installation_id, info_manager, update_manager, thoth_advise_manager"
    assert select(connection, f"SELECT {columns} FROM kebechet_github_installations") == [
        (True, "7", False, True, True)
    ]


def test_an_installation_that_was_off_is_on_again_and_keeps_its_last_run_and_advice(
    connection: Connection, rows: Rows
) -> None:
    write(connection)
    connection.execute(
        "INSERT INTO python_software_stack (software_stack_type) VALUES ('ADVISED')",
    )
    connection.execute(
        "UPDATE kebechet_github_installations SET is_active = FALSE, last_run = %s,"
        " advised_python_software_stack_id = (SELECT id FROM python_software_stack)",
        [YESTERDAY],
    )
    write(connection, requirements=pipfile(click="*"))
    columns = "is_active, last_run, advised_python_software_stack_id IS NULL"
    assert select(connection, f"SELECT {columns} FROM kebechet_github_installations") == [(True, YESTERDAY, False)]


def test_without_files_and_configuration_there_is_an_installation_alone(connection: Connection) -> None:
    nothing = dict.fromkeys(("requirements", "requirements_lock", "thoth_config", "runtime_environment_name"))
    for _ in range(2):
        write(connection, **nothing)
    assert row_counts(connection) == {"kebechet_github_installations": 1}
    assert installations(connection) == [(None, None, None)]


def test_an_installation_that_the_app_made_is_the_one_without_an_environment(
    connection: Connection, rows: Rows
) -> None:
    made = rows.installation(SLUG, last_run=YESTERDAY)
    write(connection, runtime_environment_name=None)
    assert select(connection, "SELECT id, last_run FROM kebechet_github_installations") == [(made, YESTERDAY)]


def test_writing_again_changes_nothing_and_uses_up_no_id(connection: Connection) -> None:
    write(connection)
    before = (
        contents(connection),
        sequences(connection),
        select(connection, "SELECT xmin FROM kebechet_github_installations"),
    )
    write(connection)
    after = (
        contents(connection),
        sequences(connection),
        select(connection, "SELECT xmin FROM kebechet_github_installations"),
    )
    assert after == before


@pytest.mark.parametrize(
    ("written", "expected"), [("1", [("1", 1), ("2", 2)]), ("2", [("1", 1), ("2", 2)]), ("3", [("3", 1), ("2", 2)])]
)
def test_of_several_that_the_original_left_without_an_environment_one_says_what_the_files_say(
    connection: Connection, written: str, expected: list[tuple[str, int]]
) -> None:
    for number, name in enumerate(("one", "two"), 1):
        write(connection, slug=f"acme/{name}", installation_id=str(number), runtime_environment_name=None)
    connection.execute("UPDATE kebechet_github_installations SET slug = 'acme/app', repo_name = 'app'")
    for _ in range(2):
        write(connection, installation_id=written, runtime_environment_name=None)
    found = select(connection, "SELECT installation_id, id FROM kebechet_github_installations ORDER BY id")
    assert found == expected


def test_other_repositories_are_left_alone(connection: Connection) -> None:
    write(connection, slug="acme/other")
    write(connection, requirements_lock=pipfile_lock(flask="2.0"))
    assert installations(connection) == [("prod", "prod", ["1.0"]), ("prod", "prod", ["2.0"])]


def test_writing_takes_a_bounded_number_of_statements(connection: Connection, rows: Rows) -> None:
    rows.rule("flask")
    many = {f"package-{number}": f"{number}.0" for number in range(200)}
    counted = []
    for others in ({}, {}, {"requirements": pipfile(**many), "requirements_lock": pipfile_lock(**many)}):
        with counted_statements(connection) as sent:
            write(connection, **others)
        counted.append(sent.statements)
    assert max(counted) <= 45
    assert counted[1] < counted[0]
    assert counted[2] <= counted[0]


@pytest.mark.parametrize("name", ["prod", None])
def test_of_two_writers_of_one_repository_the_second_waits_and_finds_the_installation(
    connection: Connection, database: str, name: str | None
) -> None:
    # So that nothing else that the first has just added makes the second wait.
    for version in ("1.0", "2.0"):
        write(connection, slug="acme/other", requirements_lock=pipfile_lock(flask=version))
    connection.execute("DELETE FROM kebechet_github_installations")
    waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with psycopg.connect(database) as first, psycopg.connect(database) as second, ThreadPoolExecutor(1) as pool:
        write_kebechet_installation(first, kebechet_rows(**files(runtime_environment_name=name)))
        later = files(runtime_environment_name=name, requirements_lock=pipfile_lock(flask="2.0"))
        done = pool.submit(write_kebechet_installation, second, kebechet_rows(**later))
        wait_until(lambda: select_column(connection, waiting) or done.done(), "the second writer")
        first.commit()
        done.result(timeout=60)
        second.commit()
    assert installations(connection) == [(name, "prod", ["2.0"])]


def test_a_library_that_does_not_lock_costs_the_writer_a_retry(
    connection: Connection, database: str, rows: Rows
) -> None:
    started = threading.Event()
    with psycopg.connect(database) as original, psycopg.connect(database) as ours, ThreadPoolExecutor(1) as pool:
        Rows(original).installation(SLUG, "prod")

        def write_ours() -> None:
            started.set()
            write_kebechet_installation(ours, kebechet_rows(**files()))

        done = pool.submit(write_ours)
        started.wait()
        waiting = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        wait_until(lambda: select_column(connection, waiting), "a writer that waits for the other's row")
        original.commit()
        with pytest.raises(SerializationFailure, match=SLUG):
            done.result(timeout=60)
        ours.rollback()
    write(connection)
    assert installations(connection) == [("prod", "prod", ["1.0"])]
