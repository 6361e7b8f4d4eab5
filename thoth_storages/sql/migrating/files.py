"""The migrations that this library carries: which files there are, and what their headers say.

A migration is ``NNNN.slug.sql``, undone by ``NNNN.slug.rollback.sql``. One that was released can't be changed any more:
what rows need before it is in ``NNNN.slug.prepare.sql``. Nothing here needs a connection.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import pairwise
from pathlib import Path

from ...exceptions import MigrationError
from .statements import Statement, split

DIRECTORY = Path(__file__).parent.parent / "migrations"

_NAME = re.compile(r"(?P<id>\d{4}\.[a-z0-9]+(?:-[a-z0-9]+)*)(?P<part>\.rollback|\.prepare)?\.sql")
_HEADER_LINE = re.compile(r"--\s*(?P<key>stage|transactional)\s*:\s*(?P<value>.*?)\s*")
_CREATED = re.compile(r"^CREATE (?:OR REPLACE )?(?P<kind>TABLE|TYPE|FUNCTION) (?P<name>\w+)", re.MULTILINE)


class Stage(Enum):
    """When a migration may run, as the line ``-- stage:`` of its header says."""

    BASELINE = "baseline"
    """It makes a part of the schema of thoth.storages 0.74.2; a database that has it already is adopted."""
    PRE = "pre"
    """Before the code that needs it is rolled out: code that doesn't know it goes on working."""
    POST = "post"
    """After no code is running any more that would miss what it takes away."""


@dataclass(frozen=True)
class Migration:
    """One migration: its id (the file's name without ``.sql``), its file, and what the header says."""

    id: str
    path: Path
    stage: Stage
    transactional: bool

    @property
    def rollback_path(self) -> Path:
        """The file that undoes it; it may be missing."""
        return self.path.with_name(f"{self.id}.rollback.sql")

    @property
    def applied_paths(self) -> list[Path]:
        """The files that are run to apply it: its preparation, which few have and no hash counts, and its own."""
        preparation = self.path.with_name(f"{self.id}.prepare.sql")
        return [preparation, self.path] if preparation.exists() else [self.path]

    @property
    def sha256(self) -> str:
        """The hash of its content; line endings don't count, as a checkout on Windows changes them."""
        return hashlib.sha256(self.path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()

    def statements(self) -> list[Statement]:
        """Cut the file into its statements."""
        return split(self.path)

    def applied_statements(self) -> list[Statement]:
        """Cut all that is run to apply it into statements: the preparation, where there is one, and the file."""
        return [statement for path in self.applied_paths for statement in split(path)]

    def rollback_statements(self) -> list[Statement]:
        """Cut the file that undoes it into its statements; raises MigrationError where there is none."""
        if not self.rollback_path.exists():
            raise MigrationError(
                f"{self.id} can't be rolled back: there is no {self.rollback_path.name} beside it; "
                "write one, or restore a dump"
            )
        return split(self.rollback_path)


@cache
def read_migrations(directory: Path = DIRECTORY) -> tuple[Migration, ...]:
    """Read the migrations of a directory, in the order in which they are applied.

    Raises MigrationError for a file whose name or header doesn't follow the rules, for a number given twice, and
    for a directory without any.
    """
    names = sorted(path.name for path in directory.glob("*.sql"))
    matches = {name: _NAME.fullmatch(name) for name in names}
    for name in (name for name, match in matches.items() if match is None):
        raise MigrationError(
            f"{directory / name}: a migration is named NNNN.slug.sql, and what is beside it NNNN.slug.rollback.sql "
            "or NNNN.slug.prepare.sql"
        )
    migrations = tuple(
        _read(directory / name, match["id"]) for name, match in matches.items() if match and not match["part"]
    )
    if not migrations:
        raise MigrationError(f"{directory} holds no migrations: this library isn't installed whole")
    _refuse_shared_numbers(migrations)
    _refuse_strays(migrations, directory)
    return migrations


def head(directory: Path = DIRECTORY) -> str:
    """Name the newest migration that this library knows; no connection is needed."""
    return read_migrations(directory)[-1].id


def baseline(migrations: Iterable[Migration]) -> list[Migration]:
    """Pick the migrations that make the schema of thoth.storages 0.74.2."""
    return [migration for migration in migrations if migration.stage is Stage.BASELINE]


@cache
def created(kind: str, directory: Path = DIRECTORY) -> tuple[str, ...]:
    """Name what the migrations of a directory create: ``kind`` is TABLE, TYPE or FUNCTION."""
    found = (name for migration in read_migrations(directory) for name in created_by(migration, kind))
    return tuple(dict.fromkeys(found))


def created_by(migration: Migration, kind: str) -> list[str]:
    """Name what one migration creates, in the order of its file."""
    text = migration.path.read_text(encoding="utf-8")
    return [match["name"] for match in _CREATED.finditer(text) if match["kind"] == kind]


def _read(path: Path, migration_id: str) -> Migration:
    header = dict(_header(path))
    try:
        stage = Stage(header["stage"])
        transactional = {"true": True, "false": False}[header.get("transactional", "true")]
    except (KeyError, ValueError) as error:
        raise MigrationError(
            f"{path}: the header needs a line '-- stage: baseline|pre|post' and may have '-- transactional: false'"
        ) from error
    return Migration(migration_id, path, stage, transactional)


def _header(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("--"):
            return
        if match := _HEADER_LINE.fullmatch(line):
            yield match["key"], match["value"]


def _refuse_shared_numbers(migrations: tuple[Migration, ...]) -> None:
    for first, second in pairwise(migrations):
        if first.id[:4] == second.id[:4]:
            raise MigrationError(f"{first.id} and {second.id} share a number: give the newer one the next free number")


def _refuse_strays(migrations: tuple[Migration, ...], directory: Path) -> None:
    ids = {migration.id for migration in migrations}
    for ending, use in ((".rollback.sql", "that it would undo"), (".prepare.sql", "that it belongs to")):
        for path in sorted(directory.glob(f"*{ending}")):
            if path.name.removesuffix(ending) not in ids:
                raise MigrationError(f"{path}: there is no migration {use}")
