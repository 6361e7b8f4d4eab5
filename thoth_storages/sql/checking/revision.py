"""The queries and migrations of a revision: of the files as they are, or of another one, taken from git."""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...exceptions import MigrationError, QueryError, RevisionError
from ..migrating import Migration, migrate, read_migrations
from ..source import Source, read_text, text_of

SQL_FOLDER = Path(__file__).parents[1]
"""Where this library has its queries and migrations."""
_QUERIES, _MIGRATIONS = "queries", "migrations"
# Inside a hook git names its repository by these, relative to a folder that isn't ours.
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


@dataclass(frozen=True)
class Revision:
    """Where the files of a revision are, and how messages name them."""

    name: str
    """As it was asked for, ``v1.0.0``; ``""`` for the files as they are."""
    folder: Path
    """It holds the folders ``queries`` and ``migrations``."""
    shown: str
    """What stands in messages before a file's path in the folder: ``v1.0.0:thoth_storages/sql/``."""

    def sources(self) -> tuple[list[Source], list[QueryError]]:
        """Read all queries; of the mistakes, each is answered, too."""
        mistakes: list[QueryError] = []
        sources: list[Source] = []
        for path in sorted((self.folder / _QUERIES).rglob("*.sql")):
            try:
                shown = self.shown + path.relative_to(self.folder).as_posix()
                sources += read_text(text_of(path, shown), shown, mistakes.append)
            except QueryError as mistake:
                mistakes.append(mistake)
        return sources, mistakes

    def migrations(self) -> tuple[Migration, ...]:
        """Read all migrations; raises MigrationError for what isn't one."""
        with self._named():
            return read_migrations(self.folder / _MIGRATIONS)

    def migrate(self, conninfo: str, *, to: str | None = None) -> None:
        """Bring a database to this revision's schema; raises MigrationError where that can't be done."""
        with self._named():
            migrate(conninfo, to=to, directory=self.folder / _MIGRATIONS)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Say of an error which revision's migrations it is about: the folder is one that nobody knows."""
        try:
            yield
        except MigrationError as error:
            said = str(error).replace(f"{self.folder}{os.sep}", self.shown)
            raise MigrationError(
                f"the migrations of {self.name or 'these sources'} can't be applied: {said}"
            ) from error


@contextmanager
def checked_out(name: str, folder: Path = SQL_FOLDER) -> Iterator[Revision]:
    """Lend the queries and migrations that another revision has in a folder; raises RevisionError as ``unpacked``."""
    with unpacked(name, folder, _QUERIES, _MIGRATIONS) as place:
        yield Revision(name, place, f"{name}:{_prefix(folder)}")


@contextmanager
def unpacked(name: str, folder: Path, *parts: str) -> Iterator[Path]:
    """Lend a copy of what another revision has in a folder: some parts of it; it is gone at the block's end.

    Raises RevisionError where there is no git, no checkout, no such revision, or nothing of the kind in it.
    """
    _refuse_untracked(folder, parts)
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found.returncode:
        raise RevisionError(f"git knows no revision {name!r} here; fetch it ('git fetch --tags'), or name another")
    # As a zip file: before 3.11.4 Python unpacks those of tar wherever they lead.
    packed = _git(folder, "archive", "--format=zip", found.stdout.decode().strip(), *parts)
    if packed.returncode:
        raise RevisionError(f"{name} has no {' and '.join(parts)} in {_prefix(folder)}: git says: {_said(packed)}")
    with tempfile.TemporaryDirectory(prefix="thoth_storages_") as place:
        with zipfile.ZipFile(io.BytesIO(packed.stdout)) as files:
            files.extractall(place)
        yield Path(place)


def _refuse_untracked(folder: Path, parts: tuple[str, ...]) -> None:
    tracked = _git(folder, "ls-files", "--", *parts)
    if tracked.returncode or not tracked.stdout:
        said = f"git says: {_said(tracked)}" if tracked.returncode else "git doesn't track it"
        raise RevisionError(
            f"{folder} is in no checkout of the sources, where other revisions are ({said}); run the command in one"
        )


def _prefix(folder: Path) -> str:
    """Answer where in its checkout a folder is, ``thoth_storages/sql/``."""
    return _git(folder, "rev-parse", "--show-prefix").stdout.decode().strip()


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_A_HOOK}
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, check=False, capture_output=True, env=environment)
    except FileNotFoundError as error:
        raise RevisionError("other revisions are read by git, which isn't installed: install it") from error


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return next(iter(done.stderr.decode(errors="replace").splitlines()), "nothing")
