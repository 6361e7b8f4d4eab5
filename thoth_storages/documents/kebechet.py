"""What the files of a repository say of the installation of Kebechet in it, as rows: a pure function."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..enums import EnvironmentTypeEnum, KebechetManagerEnum
from ..exceptions import DocumentError
from .environment import SoftwareEnvironment, read_runtime_environment
from .fields import Section
from .stack import ExternalStack, read_locked, read_requirements

_LOGGER = logging.getLogger(__name__)

# By their names in the configuration: thoth-advise is THOTH_ADVISE_MANAGER, and thoth_advise_manager in the table.
_MANAGERS = {
    manager.name.removesuffix("_MANAGER").lower().replace("_", "-"): manager.name.lower()
    for manager in KebechetManagerEnum
}


class KebechetInstallation(NamedTuple):
    """An active installation of Kebechet in a repository, for one of its runtime environments."""

    slug: str
    repo_name: str
    private: bool
    installation_id: str
    runtime_environment_name: str | None
    info_manager: bool
    pipfile_requirements_manager: bool
    update_manager: bool
    version_manager: bool
    thoth_advise_manager: bool
    thoth_provenance_manager: bool


class KebechetRows(NamedTuple):
    """The rows that the files of a repository stand for."""

    installation: KebechetInstallation
    stack: ExternalStack | None
    """None where there is neither a Pipfile nor a Pipfile.lock."""
    environment: SoftwareEnvironment | None
    """None where the configuration describes no runtime environment."""


def kebechet_rows(
    slug: str,
    installation_id: str,
    requirements: Mapping[str, Any] | None,
    requirements_lock: Mapping[str, Any] | None,
    thoth_config: Mapping[str, Any] | None,
    runtime_environment_name: str | None,
    private: bool,
) -> KebechetRows:
    """Answer the rows that the files stand for, each given as the object that it is when parsed, or None.

    Raises DocumentError, which is a ValueError and names the repository and the path of the field, for what can't be
    stored, and for a runtime environment that the configuration doesn't describe. A manager for which there is no
    column is logged and left out.
    """
    given = {
        "slug": slug,
        "installation_id": installation_id,
        "requirements": requirements,
        "requirements_lock": requirements_lock,
        "thoth_config": {} if thoth_config is None else thoth_config,
        "private": private,
    }
    files = Section(given, str(slug))
    config = files.section("thoth_config")
    installation = KebechetInstallation(
        files.text("slug"),
        _read_repository_name(files),
        files.flag("private") or False,
        files.text("installation_id"),
        runtime_environment_name,
        **_read_managers(config, slug),
    )
    stack = ExternalStack(
        read_requirements(files.absent_section("requirements")),
        read_locked(files.absent_section("requirements_lock")),
    )
    environment = _read_environment(config, slug, runtime_environment_name)
    return KebechetRows(installation, None if stack == (None, None) else stack, environment)


def _read_repository_name(files: Section) -> str:
    namespace, _, name = files.text("slug").rpartition("/")
    if not namespace or not name:
        raise files.refusal("slug", "namespace/repository")
    return name


def _read_managers(config: Section, slug: str) -> dict[str, bool]:
    """Read which managers are on; Kebechet has more of them than there are columns."""
    names = {manager.text("name") for manager in config.optional_sections("managers")}
    if unknown := sorted(names - _MANAGERS.keys()):
        _LOGGER.warning("%s: there is no column for the managers %s, not stored", slug, ", ".join(unknown))
    return {column: name in names for name, column in _MANAGERS.items()}


def _read_environment(config: Section, slug: str, name: str | None) -> SoftwareEnvironment | None:
    """Read the environment of that name, or the first one where none is named."""
    environments = config.optional_sections("runtime_environments")
    if name is None:
        return _software_environment(environments[0]) if environments else None
    names = [environment.optional_text("name") for environment in environments]
    if name not in names:
        known = ", ".join(map(repr, filter(None, names)))
        described = f"only {known}" if known else "nor any other"
        raise DocumentError(
            f"{slug}: thoth_config.runtime_environments: there is no environment {name!r} in it, {described}"
        )
    return _software_environment(environments[names.index(name)])


def _software_environment(environment: Section) -> SoftwareEnvironment:
    _, software_environment = read_runtime_environment(environment, EnvironmentTypeEnum.RUNTIME)
    return software_environment
