"""The user that a throw-away server runs as: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from ..exceptions import PostgreSQLProgramsNotFoundError
from .programs import program_environment

_UNPRIVILEGED = ("postgres", "nobody")


class Identity(TypedDict, total=False):
    """What makes ``subprocess`` start a program as another user; empty to stay who one is."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """Another user than root, or, where this process isn't root, nobody else than itself."""

    other: pwd.struct_passwd | None

    @classmethod
    def choose(cls) -> Account:
        """This process's own user, or, for root, ``postgres`` or else ``nobody``.

        Raises:
            PostgreSQLProgramsNotFoundError: this is root, and the machine has neither of those users.
        """
        if os.geteuid() != 0:
            return cls(None)
        for name in _UNPRIVILEGED:
            try:
                return cls(pwd.getpwnam(name))
            except KeyError:
                continue
        raise PostgreSQLProgramsNotFoundError(
            "PostgreSQL refuses to run as root, and there is no user 'postgres' or 'nobody' to run it as: "
            "create one, or start this as another user"
        )

    @property
    def identity(self) -> Identity:
        """Keyword arguments that start a subprocess as this user, with none of the caller's groups."""
        if self.other is None:
            return {}
        return {"user": self.other.pw_uid, "group": self.other.pw_gid, "extra_groups": []}

    def run(self, *command: str | Path, directory: Path) -> subprocess.CompletedProcess[str]:
        """Run a program in ``directory`` as this user, to its end; its output is text."""
        return subprocess.run(
            command, cwd=directory, env=program_environment(), capture_output=True, text=True, **self.identity
        )

    def make_directory(self, parent: Path) -> Path:
        """A new directory in ``parent`` that this user owns and nobody else but root can read."""
        directory = Path(tempfile.mkdtemp(prefix="thoth-postgres-", dir=parent))
        if self.other is not None:
            os.chown(directory, self.other.pw_uid, self.other.pw_gid)
        return directory

    def can_run(self, programs: Path) -> bool:
        """Whether this user can execute the server in ``programs`` (root's own folders are often closed to others)."""
        try:
            return self.run(programs / "postgres", "--version", directory=Path("/")).returncode == 0
        except PermissionError:
            return False

    def can_write(self, folder: Path) -> bool:
        """Whether this user can make and remove files in ``folder``; False as well where there is no such folder."""
        return self.run("/bin/sh", "-c", 'test -w "$0"', folder, directory=Path("/")).returncode == 0

    def copy_programs(self, programs: Path, directory: Path) -> Path:
        """Copy an installed tree (``programs`` and the libraries beside it) to where this user can read it.

        Returns:
            The directory of the copied programs.
        """
        tree = programs.parent.parent
        libraries = tree.with_name(f"{tree.name}.libs")  # a wheel keeps the shared libraries that it brings there
        for source in filter(Path.is_dir, (tree, libraries)):
            shutil.copytree(source, directory / source.name, symlinks=True)
        for path in directory.rglob("*"):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
        return directory / tree.name / programs.parent.name / programs.name
