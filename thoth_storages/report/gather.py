"""A report: all its parts, and those that can't be had with the reason why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any

import psycopg
from psycopg import errors

from .. import __version__
from ..exceptions import ThothStorageExceptionError
from ..sql.named import queries
from .model import Fact, Report, Section
from .parts.backups import TITLE as BACKUPS
from .parts.backups import backups
from .parts.growth import growth
from .parts.indexes import indexes
from .parts.schema import schema
from .parts.sizes import bloat, sizes
from .parts.statements import TITLE as STATEMENTS
from .parts.statements import statements
from .parts.syncs import syncs
from .periods import Unit

_GLANCE = (
    ("Schema", "Schema"),
    ("Over time", "Packages"),
    ("Over time", "Package versions"),
    ("Over time", "of them errors"),
    ("Synced documents", "Newest document"),
    ("Sizes", "Database"),
    ("Bloat", "Bloat, estimated"),
    (BACKUPS, "Newest backup"),
)
"""The facts that stand at the top, too: of which part, and how they are called there."""
_RENAMED = {"of them errors": "Errors of solvers"}


def gather(connection: Any, *, title: str, unit: Unit | None = None, now: dt.datetime | None = None) -> Report:
    """Ask for everything, over a connection in autocommit mode; what can't be had says so, and the rest stays.

    ``unit`` is the length of the periods that the graph is shown over time by; None chooses one that suits.
    """
    now = now or dt.datetime.now(dt.UTC)
    # it reads whole tables, and two parts show it
    documents = cache(partial(queries._get_documents_by_day, connection))
    parts: tuple[tuple[str, Callable[[], Section]], ...] = (
        ("Over time", lambda: growth(connection, documents(), unit)),
        ("Synced documents", lambda: syncs(documents(), now)),
        ("Sizes", partial(sizes, connection, now)),
        ("Bloat", partial(bloat, connection)),
        (STATEMENTS, partial(statements, connection)),
        ("Index use", partial(indexes, connection)),
        ("Schema", partial(schema, connection, now)),
        (BACKUPS, partial(backups, now)),
    )
    sections = [_section(name, part) for name, part in parts]
    made = f"Made on {now:%Y-%m-%d} at {now:%H:%M} UTC by thoth-storages {__version__}"
    return Report(title, made, _at_a_glance(sections), sections)


def _section(title: str, part: Callable[[], Section]) -> Section:
    try:
        return part()
    except (psycopg.Error, ThothStorageExceptionError) as error:
        return Section(title, problem=f"This can't be told: {_said(error)}")


def _said(error: Exception) -> str:
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn):
        lacking = (error.diag.message_primary or "").replace(" does not exist", "")
        return f"the database lacks {lacking}, which 'thoth-storages db migrate' makes."
    said = (error.diag.message_primary if isinstance(error, psycopg.Error) else None) or " ".join(str(error).split())
    return f"{said.rstrip('.')}."


def _at_a_glance(sections: list[Section]) -> list[Fact]:
    facts = {(section.title, fact.label): fact for section in sections for fact in section.facts}
    found = (facts[place] for place in _GLANCE if place in facts)
    return [replace(fact, label=_RENAMED.get(fact.label, fact.label)) for fact in found]
