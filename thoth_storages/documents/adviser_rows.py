"""What a document of the adviser says, as the rows of tables: they refer to others by what they hold, not by ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sized
from dataclasses import dataclass
from typing import NamedTuple

from .environment import Hardware, SoftwareEnvironment
from .rows import Entity
from .stack import ExternalStack, Stack


class AdviserRun(NamedTuple):
    """A run of the adviser, without what it needs and found."""

    document_id: str
    datetime: dt.datetime
    adviser_version: str
    adviser_name: str
    stack_count: int | None
    """How many stacks were asked for."""
    limit: int | None
    """How many stacks were to be scored at most."""
    origin: str | None
    source_type: str | None
    is_s2i: bool | None
    debug: bool
    re_run_adviser_id: str | None
    limit_latest_versions: int | None
    adviser_error: bool
    recommendation_type: str
    requirements_format: str
    duration: int | None
    """In seconds."""
    advised_configuration_changes: bool
    additional_stack_info: bool


class KebechetRun(NamedTuple):
    """Where Kebechet ran the adviser: a repository, ``owner/name``, in one of its runtime environments."""

    slug: str
    runtime_environment_name: str | None


@dataclass(frozen=True, slots=True)
class AdviserRows:
    """The rows of one document of the adviser."""

    run: AdviserRun
    hardware: Hardware
    software_environment: SoftwareEnvironment
    user_stack: ExternalStack | None
    advised_stacks: tuple[Stack, ...] = ()
    """The best one first; none twice."""
    unresolved: tuple[Entity, ...] = ()
    """The packages that no solver had seen."""
    kebechet_run: KebechetRun | None = None
    """Whose advice this is; None for other integrations, and without advised stacks."""

    @property
    def size(self) -> int:
        """The number of rows."""
        files: list[Sized | None] = [
            file for stack in self.advised_stacks for file in (stack.requirements, stack.locked)
        ]
        if self.user_stack is not None:
            files += [self.user_stack.requirements, self.user_stack.locked]
        return (
            3 + len(self.advised_stacks) + len(self.unresolved) + sum(len(file) for file in files if file is not None)
        )
