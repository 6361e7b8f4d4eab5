"""A new migration, as two files to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

from ...exceptions import MigrationError
from .files import DIRECTORY, Migration, Stage, read_migrations

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APPLY = """\
-- stage: {stage}
{transactional}-- What changes, and why. Say of each index which query it serves.

"""
_UNDO = """\
-- What leaves the catalog as it was before {id}, byte for byte.

"""


def write_new(
    slug: str, *, stage: Stage = Stage.PRE, transactional: bool = True, directory: Path = DIRECTORY
) -> Migration:
    """Write the two files of a migration with the next free number, and answer it.

    Raises MigrationError for a slug that no migration can have, OSError where the folder can't be written.
    """
    if not _SLUG.fullmatch(slug):
        raise MigrationError(
            f"{slug!r} can't name a migration: small letters, digits and single hyphens may, as in add-licenses"
        )
    number = int(read_migrations(directory)[-1].id[:4]) + 1
    name = f"{number:04}.{slug}"
    migration = Migration(name, directory / f"{name}.sql", stage, transactional)
    note = "" if transactional else "-- transactional: false\n"
    _write(migration.path, _APPLY.format(stage=stage.value, transactional=note))
    _write(migration.rollback_path, _UNDO.format(id=name))
    read_migrations.cache_clear()
    return migration


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
