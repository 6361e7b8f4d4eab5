"""What a table is about: the migration that makes a table names its subject."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..sql.migrating.files import DIRECTORY, created_by, read_migrations


class Subject(NamedTuple):
    """Words like "python packages", and the place among the subjects."""

    rank: int
    name: str


OTHER = Subject(10_000, "other")
"""The subject of tables that no migration makes."""


def subject_of(table: str) -> Subject:
    """Name the subject of a table: ``0003.solvers.sql`` makes those about "solvers"."""
    return _subjects().get(table, OTHER)


def known_subjects() -> list[str]:
    """Name the subjects that the migrations make tables of, in their order."""
    return [subject.name for subject in dict.fromkeys(_subjects().values())]


@cache
def _subjects() -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    for rank, migration in enumerate(read_migrations(DIRECTORY)):
        subject = Subject(rank, migration.id.partition(".")[2].replace("-", " "))
        found |= {table: subject for table in created_by(migration, "TABLE") if table not in found}
    return found
