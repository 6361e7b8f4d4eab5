"""What a document of the provenance checker says, as rows: a pure function from the document, which is never changed.

The provenance checker tells whether the packages that a project locks come from where the project says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..normalize import normalize_index_url, normalize_package_name, normalize_package_version
from .adviser_arguments import read_adviser_arguments
from .document import read_run
from .fields import Section
from .rows import Entity
from .stack import ExternalStack, read_locked, read_requirements

PREFIX = "provenance-checker-"

# What the report says of a package that its index doesn't have.
_MISSING_PACKAGE = "MISSING-PACKAGE"


class ProvenanceCheckerRun(NamedTuple):
    """A run of the provenance checker, in the order of the table's columns."""

    provenance_checker_document_id: str
    datetime: dt.datetime
    provenance_checker_version: str
    provenance_checker_name: str
    origin: str | None
    debug: bool
    provenance_checker_error: bool
    """Whether the checker failed, or found an error."""
    duration: int | None
    """In seconds."""


@dataclass(frozen=True, slots=True)
class ProvenanceCheckerRows:
    """The rows of one document."""

    run: ProvenanceCheckerRun
    user_stack: ExternalStack
    missing: frozenset[Entity] = frozenset()
    """The package versions that their indexes don't have."""

    @property
    def size(self) -> int:
        """The number of rows."""
        stack = self.user_stack
        return 1 + len(self.missing) + len(stack.requirements or ()) + len(stack.locked or ())


def provenance_checker_rows(document: Mapping[str, Any]) -> ProvenanceCheckerRows:
    """Answer the rows that a document of the provenance checker stands for.

    A run that failed may have neither a project nor a report: then its stack is one without files. Raises
    DocumentError, which names the document and the path of the field, for what isn't such a document or lacks a needed
    field; NoDocumentIdError when it is the id that is missing.
    """
    run = read_run(document, PREFIX)
    arguments = read_adviser_arguments(document, run.document_id)
    result = Section(document, run.document_id).section("result")
    parameters = result.absent_section("parameters")
    project = parameters and parameters.absent_section("project")
    return ProvenanceCheckerRows(
        ProvenanceCheckerRun(
            run.document_id,
            run.datetime,
            run.analyzer_version,
            run.analyzer,
            arguments.origin,
            bool(arguments.verbose),
            bool(result.flag("error")),
            run.duration,
        ),
        ExternalStack(
            read_requirements(project and project.absent_section("requirements")),
            read_locked(project and project.absent_section("requirements_locked")),
        ),
        frozenset(
            _read_missing(entry)
            for entry in result.optional_sections("report")
            if entry.optional_text("id") == _MISSING_PACKAGE
        ),
    )


def _read_missing(entry: Section) -> Entity:
    """Read which package version is missing; its version may be written as in a Pipfile.lock, ``==1.0``."""
    package_version = (entry.optional_text("package_version") or "").lstrip("=").strip()
    source = entry.absent_section("source")
    return Entity(
        normalize_package_name(entry.text("package_name")),
        normalize_package_version(package_version or None),
        normalize_index_url(None if source is None else source.optional_text("url")),
    )
