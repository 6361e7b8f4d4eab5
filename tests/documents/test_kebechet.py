"""What the files of a repository say of the installation of Kebechet in it, as rows."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.documents.making import Document, entity
from tests.documents.making_kebechet import SLUG, configuration, environment, files, pipfile, pipfile_lock
from thoth_storages.documents.environment import SoftwareEnvironment
from thoth_storages.documents.kebechet import KebechetInstallation, KebechetRows, kebechet_rows
from thoth_storages.documents.stack import ExternalStack, Requirement

PROD = SoftwareEnvironment(
    "RUNTIME", environment_name="prod", python_version="3.8", os_name="rhel", os_version="8", cuda_version="11.2"
)
FLASK = frozenset({Requirement("flask", ">=1.0", False, None)})
MANAGERS = ["info", "pipfile-requirements", "update", "version", "thoth-advise", "thoth-provenance"]


def read(**others: Any) -> KebechetRows:
    return kebechet_rows(**files(**others))


def test_the_files_are_an_installation_a_stack_and_an_environment() -> None:
    rows = read()
    off = dict.fromkeys(KebechetInstallation._fields[5:], False)
    assert rows.installation == KebechetInstallation(
        SLUG, "app", False, "236796147", "prod", **{**off, "info_manager": True}
    )
    assert rows.stack == ExternalStack(FLASK, frozenset({entity("flask", "1.0")}))
    assert rows.environment == PROD


@pytest.mark.parametrize("private", [True, False])
def test_a_repository_may_be_private(private: bool) -> None:
    assert read(private=private).installation.private is private


@pytest.mark.parametrize("manager", MANAGERS)
def test_a_manager_is_on_when_the_configuration_names_it(manager: str) -> None:
    column = f"{manager.replace('-', '_')}_manager"
    named = read(thoth_config=configuration(environment(), managers=(manager,))).installation
    others = read(thoth_config=configuration(environment(), managers=(*MANAGERS, manager))).installation
    flags = KebechetInstallation._fields[5:]
    assert [name for name in flags if getattr(named, name)] == [column]
    assert all(getattr(others, name) for name in flags)


@pytest.mark.parametrize("managers", [None, []])
def test_without_managers_all_are_off(managers: list[Document] | None) -> None:
    installation = read(thoth_config=configuration(environment()) | {"managers": managers}).installation
    assert not any(installation[5:])


def test_managers_without_a_column_are_left_out_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    managers = ("update", "label-bot", "config-initializer")
    assert read(thoth_config=configuration(environment(), managers=managers)).installation.update_manager
    assert caplog.messages == [
        "acme/app: there is no column for the managers config-initializer, label-bot, not stored"
    ]


def test_the_environment_is_the_one_that_is_named() -> None:
    rows = read(runtime_environment_name="test")
    assert rows.environment == PROD._replace(environment_name="test", cuda_version=None)
    assert rows.installation.runtime_environment_name == "test"


def test_without_a_name_it_is_the_first_and_the_installation_names_none() -> None:
    rows = read(runtime_environment_name=None)
    assert rows.environment == PROD
    assert rows.installation.runtime_environment_name is None


def test_systems_are_normalised() -> None:
    config = configuration(environment(operating_system={"name": "ubi", "version": "8.5"}))
    assert read(thoth_config=config).environment == PROD


@pytest.mark.parametrize("name", ["operating_system", "python_version", "cuda_version"])
@pytest.mark.parametrize("null", [True, False])
def test_an_environment_need_not_say_everything(name: str, null: bool) -> None:
    described = environment()
    del described[name]
    if null:
        described[name] = None
    found = read(thoth_config=configuration(described)).environment
    unknown: dict[str, Any] = {"os_name": None, "os_version": None} if name == "operating_system" else {name: None}
    assert found == PROD._replace(**unknown)


@pytest.mark.parametrize("config", [None, {}, {"managers": []}, {"runtime_environments": None}, configuration()])
def test_without_environments_there_is_none(config: Document | None) -> None:
    rows = read(thoth_config=config, runtime_environment_name=None)
    assert rows.environment is None
    assert not any(rows.installation[5:])


@pytest.mark.parametrize(
    ("config", "known"),
    [
        (configuration(environment("test"), environment("dev")), "only 'test', 'dev'"),
        (configuration(environment(None)), "nor any other"),
        (configuration(), "nor any other"),
        (None, "nor any other"),
    ],
)
def test_an_environment_that_is_not_described_is_refused_with_the_names_of_those_that_are(
    config: Document | None, known: str
) -> None:
    with pytest.raises(ValueError, match="acme/app: thoth_config") as raised:
        read(thoth_config=config)
    assert str(raised.value).endswith(f"runtime_environments: there is no environment 'prod' in it, {known}")


@pytest.mark.parametrize(
    ("others", "stack"),
    [
        ({"requirements": None}, ExternalStack(None, frozenset({entity("flask", "1.0")}))),
        ({"requirements_lock": None}, ExternalStack(FLASK, None)),
        ({"requirements": pipfile(), "requirements_lock": None}, ExternalStack(frozenset(), None)),
        ({"requirements": None, "requirements_lock": pipfile_lock()}, ExternalStack(None, frozenset())),
        ({"requirements": None, "requirements_lock": None}, None),
    ],
)
def test_either_file_may_be_missing(others: dict[str, Any], stack: ExternalStack | None) -> None:
    assert read(**others).stack == stack


def test_the_files_are_not_changed() -> None:
    given = files()
    before = copy.deepcopy(given)
    kebechet_rows(**given)
    assert given == before


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"slug": "app"}, 'app: slug: namespace/repository is needed, found "app"'),
        ({"slug": "/app"}, "/app: slug: namespace/repository is needed"),
        ({"slug": "acme/"}, "acme/: slug: namespace/repository is needed"),
        ({"slug": None}, "slug: a text is needed, found null"),
        ({"slug": "acme/" + "x" * 600}, "slug: a text of at most 512 characters is needed"),
        ({"installation_id": None}, "acme/app: installation_id: a text is needed, found null"),
        ({"private": "no"}, "acme/app: private: true or false is needed"),
        ({"requirements": "flask"}, "acme/app: requirements: an object is needed"),
        ({"requirements": pipfile(flask=1)}, "acme/app: requirements.packages.flask: an object is needed, found 1"),
        ({"requirements_lock": {}}, "acme/app: requirements_lock.default: an object is needed, found nothing"),
        ({"thoth_config": []}, "acme/app: thoth_config: an object is needed, found a list"),
        ({"thoth_config": {"managers": ["info"]}}, "acme/app: thoth_config.managers[0]: an object is needed"),
        ({"thoth_config": {"managers": [{}]}}, "acme/app: thoth_config.managers[0].name: a text is needed"),
        (
            {"thoth_config": {"runtime_environments": {}}},
            "acme/app: thoth_config.runtime_environments: a list of objects is needed, found an object",
        ),
        (
            {"thoth_config": configuration(environment(python_version=3.8))},
            "acme/app: thoth_config.runtime_environments[0].python_version: a text is needed, found 3.8",
        ),
    ],
)
def test_what_cannot_be_stored_is_refused_by_its_path(others: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=r": .* needed") as raised:
        read(**others)
    assert message in str(raised.value)
