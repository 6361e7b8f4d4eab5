"""What analyses of container images say, as the rows of tables: every row refers to others by what they hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from .environment import SoftwareEnvironment
from .rows import Entity


class AnalysisRun(NamedTuple):
    """One analysis of one image."""

    document_id: str
    datetime: dt.datetime
    duration: int | None
    """In seconds."""
    package_extract_name: str
    package_extract_version: str
    environment_type: str
    origin: str | None
    debug: bool
    package_extract_error: bool
    image_tag: str
    os_name: str
    os_id: str
    """The operating system's name as the image has it."""
    os_version_id: str
    image_size: int | None
    """In bytes."""
    is_external: bool
    """Whether the image is a user's."""
    software_environment: SoftwareEnvironment


class IdentifiedPackage(NamedTuple):
    """A Python package that is installed in the image."""

    entity: Entity
    location: str


class PythonFile(NamedTuple):
    """A Python file in the image, by its path and what it holds."""

    file: str
    sha256: str


class PythonInterpreter(NamedTuple):
    """A Python interpreter in the image."""

    path: str
    link: str | None
    version: str | None


class Symbol(NamedTuple):
    """A symbol version that a shared library of the image offers."""

    library_name: str
    symbol: str


class RPMPackage(NamedTuple):
    """An RPM package in one version, in the order of the table's columns."""

    package_name: str
    package_version: str
    release: str | None
    epoch: str | None
    arch: str | None
    src: bool
    package_identifier: str


class RPMRequirement(NamedTuple):
    """What an RPM package needs."""

    package: RPMPackage
    requirement_name: str


class DebianPackage(NamedTuple):
    """A Debian package in one version, in the order of the table's columns."""

    package_name: str
    package_version: str
    epoch: str | None
    arch: str | None


class DebianRelationKind(Enum):
    """How a Debian package may name another; the value is the member of documents that holds these."""

    PRE_DEPENDS = "pre-depends"
    DEPENDS = "depends"
    REPLACES = "replaces"


class DebianRelation(NamedTuple):
    """A Debian package names another one, in versions of a range; None stands for any."""

    kind: DebianRelationKind
    package: DebianPackage
    dependency_name: str
    version_range: str | None


@dataclass(frozen=True, slots=True)
class ImageAnalysisRows:
    """The rows of one analysis of an image; no row occurs twice."""

    run: AnalysisRun
    identified_packages: tuple[IdentifiedPackage, ...] = ()
    python_files: tuple[PythonFile, ...] = ()
    python_interpreters: tuple[PythonInterpreter, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    rpm_packages: tuple[RPMPackage, ...] = ()
    rpm_requirements: tuple[RPMRequirement, ...] = ()
    debian_packages: tuple[DebianPackage, ...] = ()
    debian_relations: tuple[DebianRelation, ...] = ()

    @property
    def size(self) -> int:
        """The number of rows."""
        found = (
            self.identified_packages,
            self.python_files,
            self.python_interpreters,
            self.symbols,
            self.rpm_packages,
            self.rpm_requirements,
            self.debian_packages,
            self.debian_relations,
        )
        return 1 + sum(map(len, found))
