"""What solver documents say, as the rows of tables: every row refers to others by what they hold, not by ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import chain
from typing import NamedTuple

from .solver_name import Environment


class Entity(NamedTuple):
    """A package version by name, solved or not; that of a dependency has no index, as solvers don't tell it."""

    package_name: str
    package_version: str | None
    index_url: str | None


class Version(NamedTuple):
    """A package version that a solver has seen in an environment."""

    entity: Entity
    environment: Environment


class Solver(NamedTuple):
    """A release of a solver."""

    solver_name: str
    solver_version: str
    environment: Environment


class Metadata(NamedTuple):
    """The core metadata of a package that have one value each, in the order of the table's columns."""

    author: str | None = None
    author_email: str | None = None
    download_url: str | None = None
    home_page: str | None = None
    keywords: str | None = None
    license: str | None = None
    maintainer: str | None = None
    maintainer_email: str | None = None
    metadata_version: str | None = None
    name: str | None = None
    summary: str | None = None
    version: str | None = None
    requires_python: str | None = None
    description_content_type: str | None = None
    description: str | None = None


class MetadataValue(NamedTuple):
    """One of the several values of a metadata key, each kind of which has a table of its own."""

    kind: str
    """The table's name behind ``python_package_metadata_``: classifier, platform, …"""
    metadata: Metadata
    value: tuple[str, ...]
    """The value's columns: ``(classifier,)``, ``(url, label)``, ``(distutils, distutils_type)``, …"""


class License(NamedTuple):
    """A license, as far as it was detected."""

    license_name: str
    license_identifier: str
    license_version: str


class Description(NamedTuple):
    """What a document that solved a version says of it; the newest document's is what the version keeps."""

    version: Version
    metadata: Metadata
    license: License
    license_warning: bool | None
    datetime: dt.datetime
    document_id: str


class Artifact(NamedTuple):
    """A file from which a package version is installed."""

    entity: Entity
    sha256: str


class Solved(NamedTuple):
    """How a run of a solver ended for a version; without a version for those that aren't provided at all."""

    document_id: str
    datetime: dt.datetime
    duration: int | None
    """In seconds."""
    version: Version | None
    solver: Solver
    error: bool = False
    error_unparseable: bool = False
    error_unsolvable: bool = False
    is_provided: bool | None = None


class ImportPackage(NamedTuple):
    """A package that can be imported once a version is installed."""

    version: Version
    import_package_name: str


class Dependency(NamedTuple):
    """A version's dependency on a package version; under another extra or marker it is another dependency."""

    version: Version
    entity: Entity
    version_range: str
    extra: str | None
    marker: str | None
    marker_evaluation_result: bool


@dataclass(frozen=True, slots=True)
class SolverRows:
    """The rows of one solver document, or of several; no row occurs twice."""

    solvers: tuple[Solver, ...] = ()
    entities: tuple[Entity, ...] = ()
    versions: tuple[Version, ...] = ()
    metadata: tuple[Metadata, ...] = ()
    metadata_values: tuple[MetadataValue, ...] = ()
    licenses: tuple[License, ...] = ()
    descriptions: tuple[Description, ...] = ()
    """One a version: that of the newest document."""
    artifacts: tuple[Artifact, ...] = ()
    solved: tuple[Solved, ...] = ()
    import_packages: tuple[ImportPackage, ...] = ()
    dependencies: tuple[Dependency, ...] = ()

    @property
    def size(self) -> int:
        """The number of rows."""
        return sum(len(getattr(self, field.name)) for field in fields(self))


def merge(documents: Iterable[SolverRows]) -> SolverRows:
    """Unite the rows of several documents, as if one document said it all; their order makes no difference."""
    documents = list(documents)
    if len(documents) == 1:
        return documents[0]
    united = {
        field.name: tuple(dict.fromkeys(chain.from_iterable(getattr(rows, field.name) for rows in documents)))
        for field in fields(SolverRows)
    }
    united["descriptions"] = newest(chain.from_iterable(rows.descriptions for rows in documents))
    return SolverRows(**united)


def newest(descriptions: Iterable[Description]) -> tuple[Description, ...]:
    """Keep each version's description by the newest document; of one document's, the last."""
    kept: dict[Version, Description] = {}
    for description in descriptions:
        known = kept.get(description.version)
        if known is None or (known.datetime, known.document_id) <= (description.datetime, description.document_id):
            kept[description.version] = description
    return tuple(kept.values())
