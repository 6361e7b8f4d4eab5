"""What a document of the reverse solver says, as rows: a pure function from the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..normalize import (
    normalize_index_url,
    normalize_os_name,
    normalize_os_version,
    normalize_package_name,
    normalize_package_version,
)
from .document import read_document_id
from .fields import Section
from .rows import Dependency, Entity, Version
from .solver import ANY_VERSION
from .solver_name import Environment


@dataclass(frozen=True, slots=True)
class ReverseSolverRows:
    """The rows of one document: a new release, and the dependencies of known versions that it satisfies."""

    document_id: str
    release: Entity
    """Without an index, as solvers don't tell that of a dependency."""
    dependencies: tuple[Dependency, ...] = ()

    @property
    def size(self) -> int:
        """The number of rows."""
        return 1 + len(self.dependencies)


def reverse_solver_rows(document: Mapping[str, Any]) -> ReverseSolverRows:
    """Answer the rows that a document of the reverse solver stands for, none of them twice, in the document's order.

    Raises DocumentError, which names the document and the path of the field, for what isn't such a document or lacks a
    needed field; NoDocumentIdError when it is the id that is missing.
    """
    document_id = read_document_id(document, "revsolver-")
    whole = Section(document, document_id)
    arguments = whole.section("metadata").section("arguments").section("app.py")
    release = Entity(
        normalize_package_name(arguments.text("package_name")),
        normalize_package_version(arguments.text("package_version")),
        None,
    )
    found = (each for entry in whole.sections("result") for each in _read_dependencies(entry, release))
    return ReverseSolverRows(document_id, release, tuple(dict.fromkeys(found)))


def _read_dependencies(entry: Section, release: Entity) -> Iterator[Dependency]:
    version = _read_version(entry)
    version_range = entry.long_text("version_range") or ANY_VERSION
    marker = entry.long_text("marker")
    # As with solvers: where a marker couldn't be evaluated the dependency may be needed, so it counts as if it was.
    holds = entry.flag("marker_evaluation_result", True) is not False
    extras: list[str | None] = [*entry.optional_texts("extra")] or [None]
    return (Dependency(version, release, version_range, extra, marker, holds) for extra in extras)


def _read_version(entry: Section) -> Version:
    os_name = entry.text("os_name")
    return Version(
        Entity(
            normalize_package_name(entry.text("package_name")),
            normalize_package_version(entry.text("package_version")),
            normalize_index_url(entry.nullable_text("index_url")),
        ),
        Environment(
            normalize_os_name(os_name),
            normalize_os_version(os_name, entry.text("os_version")),
            entry.text("python_version"),
        ),
    )
