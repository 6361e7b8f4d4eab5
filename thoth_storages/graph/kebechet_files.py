"""Writing what Kebechet finds in a repository: its Pipfile, its Pipfile.lock and its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..documents.kebechet import kebechet_rows
from ..documents.kebechet_writer import write_kebechet_installation
from .connected import ConnectedAdapter


class KebechetFiles(ConnectedAdapter):
    """The part of ``GraphDatabase`` that takes in the files of repositories with an installation of Kebechet."""

    def update_kebechet_installation_using_files(
        self,
        slug: str,
        installation_id: str,
        requirements: Mapping[str, Any] | None = None,
        requirements_lock: Mapping[str, Any] | None = None,
        thoth_config: Mapping[str, Any] | None = None,
        runtime_environment_name: str | None = None,
        private: bool = False,
    ) -> None:
        """Have an active installation of Kebechet in a repository, with the stack and the managers that its files name.

        ``slug`` is ``namespace/repository``; the files are a Pipfile, a Pipfile.lock and Thoth's configuration, each as
        the object that it is when parsed, or None where the repository has none. There is one installation for each
        ``runtime_environment_name``; without a name it is in the first environment of the configuration, if any. When
        and with what advice Kebechet ran last stays as it is.

        Raises DocumentError, a ValueError, that names the repository and the path of the field for files that can't be
        stored, and for an environment that the configuration doesn't describe; nothing is written then.

        >>> graph.update_kebechet_installation_using_files("thoth-station/storages", "4711", requirements=pipfile)
        """
        rows = kebechet_rows(
            slug, installation_id, requirements, requirements_lock, thoth_config, runtime_environment_name, private
        )
        self.write(lambda connection: write_kebechet_installation(connection, rows))
