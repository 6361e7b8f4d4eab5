"""Taking in the files of repositories with an installation of Kebechet, by the method of the graph."""

from __future__ import annotations

import gzip
import inspect
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.making_kebechet import SLUG, configuration, environment, files, pipfile_lock
from tests.documents.writing import select
from tests.fix_postgres import PointTo
from tests.shared import shared_file
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import DocumentError

Connection = psycopg.Connection[Any]


def test_the_arguments_are_those_of_the_original() -> None:
    parameters = inspect.signature(GraphDatabase.update_kebechet_installation_using_files).parameters
    defaults = {name: parameter.default for name, parameter in parameters.items()}
    assert defaults == {
        "self": inspect.Parameter.empty,
        "slug": inspect.Parameter.empty,
        "installation_id": inspect.Parameter.empty,
        "requirements": None,
        "requirements_lock": None,
        "thoth_config": None,
        "runtime_environment_name": None,
        "private": False,
    }


def test_what_the_files_say_is_answered(graph: GraphDatabase) -> None:
    assert graph.update_kebechet_installation_using_files(**files()) is None  # type: ignore[func-returns-value]
    assert graph.get_kebechet_github_installations_active_managers(SLUG, "prod") == ["info_manager"]
    assert graph.get_kebechet_github_installations_info_for_python_package_version("flask", os_name="rhel") == {
        SLUG: {
            "environment_name": "prod",
            "installation_id": "236796147",
            "private": False,
            "package_name": "flask",
            "package_version": "1.0",
            "index_url": "https://pypi.org/simple",
        }
    }
    (installation,) = graph.get_kebechet_github_installation_info_with_software_environment_all(cuda_version="11.2")
    assert installation["slug"] == SLUG


def test_a_slug_and_an_id_are_enough(graph: GraphDatabase) -> None:
    graph.update_kebechet_installation_using_files(SLUG, "1")
    assert graph.get_active_kebechet_github_installations_repos() == [SLUG]


def test_it_is_the_installation_that_the_app_created(graph: GraphDatabase) -> None:
    graph.create_github_app_installation(SLUG, "app", False, "1")
    graph.update_kebechet_installation_using_files(**files(runtime_environment_name=None))
    graph.create_github_app_installation(SLUG, "app", True, "2")
    (installation,) = graph.get_kebechet_github_app_installations_all(slug=SLUG)
    assert installation["last_run"] is not None
    assert installation["info_manager"]
    assert installation["private"]


@pytest.mark.parametrize(
    "others",
    [
        {"runtime_environment_name": "dev"},
        {"requirements_lock": {"default": {"flask": {"version": "1.0"}}}},
        {"slug": "app"},
    ],
)
def test_what_is_refused_leaves_nothing(graph: GraphDatabase, connection: Connection, others: dict[str, Any]) -> None:
    before = contents(connection)
    with pytest.raises(DocumentError):
        graph.update_kebechet_installation_using_files(**files(**others))
    assert contents(connection) == before


@pytest.mark.parametrize("name", ["prod", None])
def test_sixteen_threads_that_write_one_repository_leave_one_installation(
    graph: GraphDatabase, name: str | None
) -> None:
    def update(number: int) -> None:
        if number % 4 == 0:
            graph.create_github_app_installation(SLUG, "app", False, "236796147")
        locked = pipfile_lock(flask="1.0", click=f"{number}.0")
        graph.update_kebechet_installation_using_files(**files(runtime_environment_name=name, requirements_lock=locked))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(update, range(16)))
    found = graph.get_kebechet_github_app_installations_all(slug=SLUG)
    assert sum(installation["runtime_environment_name"] == name for installation in found) == 1
    assert len(found) <= 2


def test_without_environments_in_the_configuration_it_works(graph: GraphDatabase) -> None:
    config = configuration(managers=("update",))
    del config["runtime_environments"]
    graph.update_kebechet_installation_using_files(**files(thoth_config=config, runtime_environment_name=None))
    assert graph.get_kebechet_github_installations_active_managers(SLUG) == ["update_manager"]


def test_an_unknown_environment_is_refused_with_the_names_of_the_known(graph: GraphDatabase) -> None:
    config = configuration(environment("test"), environment("dev"))
    with pytest.raises(ValueError, match="no environment 'prod' in it, only 'test', 'dev'"):
        graph.update_kebechet_installation_using_files(**files(thoth_config=config))


INSTALLATIONS = """
SELECT
  installation.slug, installation.runtime_environment_name, repo_name, private, installation_id, last_run,
  info_manager, pipfile_requirements_manager, update_manager, version_manager, thoth_provenance_manager,
  advised_python_software_stack_id, external_software_environment_id,
  -- advisers that were synced afterwards have switched theirs on
  thoth_advise_manager OR advised_python_software_stack_id IS NOT NULL
FROM kebechet_github_installations AS installation
ORDER BY slug, runtime_environment_name
"""
STACKS = """
SELECT slug, runtime_environment_name, line.name || line.version_range
FROM kebechet_github_installations
JOIN external_python_software_stack AS stack ON stack.id = external_python_software_stack_id
JOIN has_external_python_requirement AS has USING (external_python_requirements_id)
JOIN python_package_requirement AS line ON line.id = has.python_package_requirement_id
UNION ALL
SELECT slug, runtime_environment_name, pin.package_name || '==' || pin.package_version
FROM kebechet_github_installations
JOIN external_python_software_stack AS stack ON stack.id = external_python_software_stack_id
JOIN has_external_python_requirement_lock AS has
  ON has.external_python_requirements_locked_id = stack.external_python_requirements_lock_id
JOIN python_package_version_entity AS pin ON pin.id = has.python_package_version_entity_id
"""


def test_the_original_left_what_the_same_calls_leave(original_database: str, point_to: PointTo) -> None:
    with gzip.open(shared_file("conformance/documents.jsonl.gz")) as lines:
        items = [json.loads(line)["document"] for line in lines]
    calls = [item["kwargs"] for item in items if item.get("method") == "update_kebechet_installation_using_files"]
    point_to(original_database)
    graph = GraphDatabase()
    graph.connect()
    with psycopg.connect(original_database, autocommit=True) as connection:
        installations, stacks = select(connection, INSTALLATIONS), set(select(connection, STACKS))
        for call in calls:
            graph.update_kebechet_installation_using_files(**call)
        assert select(connection, INSTALLATIONS) == installations
        here = set(select(connection, STACKS))
    graph.disconnect()
    assert len(calls) == 12
    # The original took different stacks for the same: six lines of others had got into two of these.
    assert here < stacks
    assert len(stacks - here) == 6
