"""Writing the packages of operating systems that analyses found in container images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Booleans, Integers, Texts, columns_of
from .identities import identify
from .image_analysis_rows import DebianPackage, DebianRelation, DebianRelationKind, ImageAnalysisRows, RPMPackage

Connection = psycopg.Connection[Any]

# In this order, always: two transactions that took the tables in different ones could wait for each other.
_DEBIAN_RELATIONS: dict[DebianRelationKind, Callable[..., int]] = {
    DebianRelationKind.PRE_DEPENDS: queries.sync.insert_debian_pre_depends,
    DebianRelationKind.DEPENDS: queries.sync.insert_debian_depends,
    DebianRelationKind.REPLACES: queries.sync.insert_debian_replaces,
}


def write_rpm_packages(
    connection: Connection, documents: Sequence[ImageAnalysisRows], run_ids: Mapping[str, int]
) -> None:
    """Have the RPM packages that runs found, and what they require."""
    found = [(run_ids[each.run.document_id], package) for each in documents for package in each.rpm_packages]
    if not found:
        return
    package_ids = identify(
        {package for _, package in found},
        lambda wanted: queries.sync.get_rpm_package_ids(connection, *_rpm_columns(wanted)),
        lambda missing: queries.sync.insert_rpm_packages(connection, *_rpm_columns(missing)),
    ).ids
    queries.sync.insert_found_rpm_packages(
        connection, Integers(run_id for run_id, _ in found), Integers(package_ids[package] for _, package in found)
    )
    _write_rpm_requirements(connection, documents, package_ids)


def _rpm_columns(packages: Collection[RPMPackage]) -> list[Any]:
    *columns, are_sources, identifiers = zip(*packages, strict=True)
    return [*map(Texts, columns), Booleans(are_sources), Texts(identifiers)]


def _write_rpm_requirements(
    connection: Connection, documents: Sequence[ImageAnalysisRows], package_ids: Mapping[RPMPackage, int]
) -> None:
    pairs = {
        (package_ids[package], requirement_name)
        for document in documents
        for package, requirement_name in document.rpm_requirements
    }
    if not pairs:
        return
    requirement_ids = identify(
        {requirement_name for _, requirement_name in pairs},
        lambda wanted: queries.sync.get_rpm_requirement_ids(connection, Texts(wanted)),
        lambda missing: queries.sync.insert_rpm_requirements(connection, Texts(missing)),
    ).ids
    queries.sync.insert_rpm_package_requirements(
        connection,
        Integers(package_id for package_id, _ in pairs),
        Integers(requirement_ids[requirement_name] for _, requirement_name in pairs),
    )


def write_debian_packages(
    connection: Connection, documents: Sequence[ImageAnalysisRows], run_ids: Mapping[str, int]
) -> None:
    """Have the Debian packages that runs found, and how they name others."""
    found = [(run_ids[each.run.document_id], package) for each in documents for package in each.debian_packages]
    if not found:
        return
    package_ids = identify(
        {package for _, package in found},
        lambda wanted: queries.sync.get_debian_package_ids(connection, *columns_of(wanted)),
        lambda missing: queries.sync.insert_debian_packages(connection, *columns_of(missing)),
    ).ids
    queries.sync.insert_found_debian_packages(
        connection, Integers(run_id for run_id, _ in found), Integers(package_ids[package] for _, package in found)
    )
    _write_debian_relations(connection, documents, package_ids)


def _write_debian_relations(
    connection: Connection, documents: Sequence[ImageAnalysisRows], package_ids: Mapping[DebianPackage, int]
) -> None:
    by_kind: dict[DebianRelationKind, dict[DebianRelation, None]] = defaultdict(dict)
    for document in documents:
        for relation in document.debian_relations:
            by_kind[relation.kind][relation] = None
    dependency_ids = identify(
        {relation.dependency_name for relations in by_kind.values() for relation in relations},
        lambda wanted: queries.sync.get_debian_dependency_ids(connection, Texts(wanted)),
        lambda missing: queries.sync.insert_debian_dependencies(connection, Texts(missing)),
    ).ids
    for kind, insert in _DEBIAN_RELATIONS.items():
        if relations := by_kind.get(kind):
            insert(
                connection,
                Integers(package_ids[relation.package] for relation in relations),
                Integers(dependency_ids[relation.dependency_name] for relation in relations),
                Texts(relation.version_range for relation in relations),
            )
