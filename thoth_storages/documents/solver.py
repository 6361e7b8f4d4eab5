"""What a solver document says, as rows: a pure function from the document, which is never changed."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..exceptions import DocumentError, NoDocumentIdError, SolverNameParseError
from ..normalize import normalize_index_url, normalize_package_name, normalize_package_version
from .fields import Section
from .package_metadata import read_package_metadata
from .rows import (
    Artifact,
    Dependency,
    Description,
    Entity,
    ImportPackage,
    License,
    Metadata,
    MetadataValue,
    Solved,
    Solver,
    SolverRows,
    Version,
    newest,
)
from .solver_name import parse_solver_name, solver_name_of

_LOGGER = logging.getLogger(__name__)

UNDETECTED = "UNDETECTED"
"""What the table of licenses, which takes no NULL, holds where nothing was detected."""

_PIN = "==="
ANY_VERSION = "*"


def solver_rows(document: Mapping[str, Any]) -> SolverRows:
    """Answer the rows that a solver document stands for, none of them twice, in the document's order.

    Raises DocumentError, which names the document and the path of the field, for what isn't a solver document or lacks
    a needed field; NoDocumentIdError and SolverNameParseError when it is the id that is missing or wrong. Metadata that
    are no core metadata, and packages without a pinned version, are logged and left out.
    """
    run = _read_run(document)
    result = Section(document, run.document_id).section("result")
    rows = _Rows(run)
    for package in result.sections("tree"):
        rows.add_package(package)
    for error in result.sections("errors"):
        rows.add_error(error)
    for unresolved in result.sections("unresolved"):
        rows.add_unresolved(unresolved)
    for unparsed in result.sections("unparsed"):
        rows.add_unparsed(unparsed)
    rows.log_unknown_metadata()
    return rows.freeze()


class _Run(NamedTuple):
    document_id: str
    datetime: dt.datetime
    duration: int | None
    solver: Solver


def _read_run(document: Mapping[str, Any]) -> _Run:
    document_id = _read_document_id(document)
    try:
        solver_name = solver_name_of(document_id)
    except SolverNameParseError as error:
        raise SolverNameParseError(f"{document_id}: metadata.document_id: {error}") from None
    metadata = Section(document, document_id).section("metadata")
    return _Run(
        document_id,
        metadata.moment("datetime"),
        metadata.optional_integer("duration"),
        Solver(solver_name, metadata.text("analyzer_version"), parse_solver_name(solver_name)),
    )


def _read_document_id(document: Mapping[str, Any]) -> str:
    metadata = Section(document, "a document without an id").section("metadata")
    document_id = metadata.optional_text("document_id")
    if document_id is None:
        raise NoDocumentIdError(str(metadata.refusal("document_id", "the document's id")))
    if not document_id.startswith("solver-"):
        raise DocumentError(f"{document_id}: metadata.document_id: the id of a solver document, solver-…, is needed")
    return document_id


class _Rows:
    """The rows as they are found; dicts serve as sets that keep their order."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._entities: dict[Entity, None] = {}
        self._versions: dict[Version, None] = {}
        self._metadata: dict[Metadata, None] = {}
        self._metadata_values: dict[MetadataValue, None] = {}
        self._licenses: dict[License, None] = {}
        self._descriptions: list[Description] = []
        self._artifacts: dict[Artifact, None] = {}
        self._solved: dict[Solved, None] = {}
        self._import_packages: dict[ImportPackage, None] = {}
        self._dependencies: dict[Dependency, None] = {}
        self._unknown_metadata: dict[str, None] = {}

    def add_package(self, package: Section) -> None:
        """Take in a package that was solved."""
        version = self._add_version(
            package.text("package_name"), package.text("package_version_requested"), package.nullable_text("index_url")
        )
        self._add_solved(version)
        self._add_description(version, package)
        self._artifacts.update((Artifact(version.entity, sha256), None) for sha256 in package.texts("sha256"))
        self._import_packages.update((ImportPackage(version, name), None) for name in package.texts("packages"))
        for dependency in package.sections("dependencies"):
            self._add_dependencies(version, dependency)

    def add_error(self, error: Section) -> None:
        """Take in a package that couldn't be installed; one that isn't provided leaves no version behind."""
        package_name = error.text("package_name", "package")
        package_version = error.nullable_text("package_version", "version")
        index_url = error.nullable_text("index_url", "index")
        if error.flag("is_provided_package_version", True):
            version = self._add_version(package_name, package_version, index_url)
            self._add_solved(version, error=True, is_provided=True)
        else:
            self._add_solved(None, error=True, is_provided=False)

    def add_unresolved(self, unresolved: Section) -> None:
        """Take in a requirement that nothing satisfied, where it names one version."""
        package_name = unresolved.text("package_name")
        version_spec = unresolved.nullable_text("version_spec") or ""
        index_url = unresolved.nullable_text("index_url", "index")
        package_version = version_spec.removeprefix(_PIN).strip()
        if not package_version or not version_spec.startswith(_PIN):
            self._log_unpinned("unresolved", package_name + version_spec)
            return
        version = self._add_version(package_name, package_version, index_url)
        self._add_solved(version, error=True, error_unsolvable=True)

    def add_unparsed(self, unparsed: Section) -> None:
        """Take in a requirement that couldn't be read, where it names one version."""
        requirement = unparsed.text("requirement")
        package_name, _, package_version = (part.strip() for part in requirement.rpartition(_PIN))
        if not package_name or not package_version:
            self._log_unpinned("unparsed", requirement)
            return
        version = self._add_version(package_name, package_version, None)
        self._add_solved(version, error=True, error_unparseable=True)

    def log_unknown_metadata(self) -> None:
        """Warn, once a document, of metadata keys that aren't of the core metadata."""
        if self._unknown_metadata:
            keys = ", ".join(sorted(self._unknown_metadata))
            _LOGGER.warning("%s: there is no column for the metadata %s, not stored", self._run.document_id, keys)

    def freeze(self) -> SolverRows:
        """Answer the rows found."""
        return SolverRows(
            solvers=(self._run.solver,),
            entities=tuple(self._entities),
            versions=tuple(self._versions),
            metadata=tuple(self._metadata),
            metadata_values=tuple(self._metadata_values),
            licenses=tuple(self._licenses),
            descriptions=newest(self._descriptions),
            artifacts=tuple(self._artifacts),
            solved=tuple(self._solved),
            import_packages=tuple(self._import_packages),
            dependencies=tuple(self._dependencies),
        )

    def _add_entity(self, package_name: str, package_version: str | None, index_url: str | None) -> Entity:
        entity = Entity(
            normalize_package_name(package_name),
            normalize_package_version(package_version),
            normalize_index_url(index_url),
        )
        self._entities[entity] = None
        return entity

    def _add_version(self, package_name: str, package_version: str | None, index_url: str | None) -> Version:
        entity = self._add_entity(package_name, package_version, index_url)
        version = Version(entity, self._run.solver.environment)
        self._versions[version] = None
        return version

    def _add_solved(self, version: Version | None, **outcome: bool) -> None:
        run = self._run
        self._solved[Solved(run.document_id, run.datetime, run.duration, version, run.solver, **outcome)] = None

    def _add_description(self, version: Version, package: Section) -> None:
        metadata, values, unknown = read_package_metadata(package.section("importlib_metadata").section("metadata"))
        self._metadata[metadata] = None
        self._metadata_values.update((MetadataValue(kind, metadata, value), None) for kind, value in values)
        self._unknown_metadata.update(dict.fromkeys(unknown))
        license_, warning = _read_license(package)
        self._licenses[license_] = None
        run = self._run
        description = Description(version, metadata, license_, warning, run.datetime, run.document_id)
        self._descriptions.append(description)

    def _add_dependencies(self, version: Version, dependency: Section) -> None:
        package_name = dependency.text("package_name")
        version_range = dependency.long_text("required_version") or ANY_VERSION
        marker = dependency.long_text("marker")
        # Where a marker couldn't be evaluated the dependency may be needed, so it counts as if it was.
        holds = dependency.flag("marker_evaluation_result", True) is not False
        extras: list[str | None] = [*dependency.optional_texts("extra")] or [None]
        for resolved in dependency.sections("resolved_versions"):
            for package_version in resolved.texts("versions"):
                entity = self._add_entity(package_name, package_version, None)
                for extra in extras:
                    self._dependencies[Dependency(version, entity, version_range, extra, marker, holds)] = None

    def _log_unpinned(self, part: str, requirement: str) -> None:
        _LOGGER.warning("%s: %s %r names no single version, not stored", self._run.document_id, part, requirement)


def _read_license(package: Section) -> tuple[License, bool | None]:
    """Read the license, and whether there is a warning about it: True, or None as the original has it."""
    found = package.optional_section("package_license")
    if found is None:
        return License(UNDETECTED, UNDETECTED, UNDETECTED), None
    detected = found.optional_section("license")
    name = detected and detected.optional_text("full_name")
    identifier = detected and detected.optional_text("identifier_spdx")
    version = found.nullable_text("license_version")
    texts = (text or UNDETECTED for text in (name, identifier, version))
    return License(*texts), found.flag("warning") or None
