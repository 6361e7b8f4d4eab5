"""Installations of Kebechet: what is asked of them, and writing them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg

from ..enums import KebechetManagerEnum
from ..exceptions import NotFoundError
from ..sql.named import queries
from .connected import ConnectedAdapter

Connection = psycopg.Connection[Any]

_INSTALLATIONS_DELETED_AT_ONCE = 1000


class KebechetInstallations(ConnectedAdapter):
    """The part of ``GraphDatabase`` that is about installations of Kebechet on GitHub."""

    def create_github_app_installation(self, slug: str, repo_name: str, private: bool, installation_id: str) -> bool:
        """Have an active installation of Kebechet in a repository; answers whether the repository had one already.

        ``slug`` is ``namespace/repository``, ``installation_id`` what GitHub calls the installation of its App. Of a
        repository that is known, all runtime environments become active, with that ``private`` and installation.

        >>> graph.create_github_app_installation("thoth/storages", "storages", private=False, installation_id="4711")
        """

        def create(connection: Connection) -> bool:
            _take(connection, slug)
            if queries._activate_kebechet_installations(connection, slug, private, installation_id):
                return True
            queries._insert_kebechet_installation(connection, slug, repo_name, private, installation_id)
            return False

        return self.write(create)

    def update_kebechet_github_installations_on_is_active(self, slug: str) -> bool:
        """Mark a repository's installations of Kebechet, in all its runtime environments, as no longer active.

        Answers True; raises NotFoundError when the repository has none.

        >>> graph.update_kebechet_github_installations_on_is_active("thoth-station/storages")
        """

        def deactivate(connection: Connection) -> bool:
            _take(connection, slug)
            if not queries._deactivate_kebechet_installations(connection, slug):
                raise NotFoundError(f"No installation of Kebechet in a repository {slug!r}")
            return True

        return self.write(deactivate)

    def get_kebechet_github_installations_active_managers_count_all(
        self, kebechet_manager: str | KebechetManagerEnum, distinct: bool = False
    ) -> int:
        """Number of repositories in which a manager of Kebechet is on, in any of their active installations.

        ``kebechet_manager`` is a member of KebechetManagerEnum or its name, like ``UPDATE_MANAGER``. A repository is
        counted once, ``distinct`` or not. Raises NotFoundError, which names the managers, for another one.

        >>> graph.get_kebechet_github_installations_active_managers_count_all("update")
        """
        return self._get_kebechet_repositories_with_manager_count(_manager(kebechet_manager).name)

    def delete_kebechet_github_app_installations(
        self,
        *,
        id: int | None = None,  # noqa: A002 -- the name that clients use
        slug: str | None = None,
        private: bool | None = None,
        installation_id: str | None = None,
        is_active: bool | None = None,
        runtime_environment_name: str | None = None,
        info_manager: bool | None = None,
        pipfile_requirements_manager: bool | None = None,
        update_manager: bool | None = None,
        version_manager: bool | None = None,
        thoth_advise_manager: bool | None = None,
        thoth_provenance_manager: bool | None = None,
        last_run_before: datetime | None = None,
        last_run_after: datetime | None = None,
        external_python_software_stack_id: int | None = None,
        external_software_environment_id: int | None = None,
        advised_python_software_stack_id: int | None = None,
        runtime_environment: str | None = None,
    ) -> int:
        """Delete the installations that get_kebechet_github_app_installations_all answers; answers how many they were.

        Without a filter these are all. They go a thousand at a time, oldest first, each time in a transaction.

        >>> graph.delete_kebechet_github_app_installations(slug="thoth-station/storages")
        """
        deleted = 0
        while batch := self._delete_kebechet_github_app_installations(
            batch_size=_INSTALLATIONS_DELETED_AT_ONCE,
            id=id,
            slug=slug,
            private=private,
            installation_id=installation_id,
            is_active=is_active,
            runtime_environment_name=runtime_environment_name,
            info_manager=info_manager,
            pipfile_requirements_manager=pipfile_requirements_manager,
            update_manager=update_manager,
            version_manager=version_manager,
            thoth_advise_manager=thoth_advise_manager,
            thoth_provenance_manager=thoth_provenance_manager,
            last_run_before=last_run_before,
            last_run_after=last_run_after,
            external_python_software_stack_id=external_python_software_stack_id,
            external_software_environment_id=external_software_environment_id,
            advised_python_software_stack_id=advised_python_software_stack_id,
            runtime_environment=runtime_environment,
        ):
            deleted += batch
        return deleted


def _take(connection: Connection, slug: str) -> None:
    """Have a repository's installations for this transaction alone, none of them a double of another."""
    queries._lock_kebechet_repository(connection, slug)
    queries._merge_kebechet_installations(connection, slug)


def _manager(kebechet_manager: str | KebechetManagerEnum) -> KebechetManagerEnum:
    if isinstance(kebechet_manager, KebechetManagerEnum):
        return kebechet_manager
    known = KebechetManagerEnum.__members__
    if kebechet_manager not in known:
        raise NotFoundError(f"kebechet_manager is one of {', '.join(known)}, not {kebechet_manager!r}")
    return known[kebechet_manager]
