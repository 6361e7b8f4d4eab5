"""Writing what solver documents say: a bounded number of statements, however many rows there are.

All writers take the tables in one order and the rows of each in the order of their keys: whoever waits for another then
waits for one that is ahead, so that parallel transactions can't wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Booleans, Integers, Moments, Texts, columns_of
from .dependency_writer import write_dependencies
from .entity_writer import write_entities
from .identities import Identities, identify
from .metadata_writer import write_metadata
from .rows import (
    Artifact,
    Description,
    Entity,
    ImportPackage,
    License,
    Metadata,
    Solved,
    Solver,
    SolverRows,
    Version,
    merge,
)

Connection = psycopg.Connection[Any]


def write_solver_results(connection: Connection, documents: Sequence[SolverRows]) -> None:
    """Write the rows of solver documents into the transaction that the connection is in.

    The same tables are left behind by writing documents again, together, in another order, or in several processes:
    relations are united, and a version's description (metadata and license) is that of the newest document that solved
    it. Retry the whole transaction after a deadlock or a serialization failure: others that write may cause them.
    """
    rows = merge(documents)
    queries.sync.settle_plans(connection)
    entity_ids = write_entities(connection, rows.entities)
    _write_solvers(connection, rows.solvers)
    metadata_ids = write_metadata(connection, rows.metadata, rows.metadata_values)
    _write_licenses(connection, rows.licenses)
    descriptions = _Descriptions(rows.descriptions, metadata_ids)
    version_ids, added = _write_versions(connection, rows.versions, entity_ids, descriptions)
    # Others may be describing a version that was there, and see each other's runs only when they have ended: which of
    # the documents is the newest is told with the lock held. A version that was added here nobody else sees yet.
    known = {version_ids[version]: version for version in descriptions.versions if version not in added}
    if known:
        queries.sync.lock_versions(connection, Integers(known))
    _write_solved(connection, rows.solved, version_ids)
    if known:
        queries.sync.update_version_descriptions(
            connection, Integers(known), *descriptions.columns(known.values(), dated=True)
        )
    _write_artifacts(connection, rows.artifacts, entity_ids)
    _write_import_packages(connection, rows.import_packages, version_ids)
    write_dependencies(connection, rows.dependencies, version_ids, entity_ids)


class _Descriptions:
    """What is to be said of versions, as columns."""

    def __init__(self, descriptions: Collection[Description], metadata_ids: Mapping[Metadata, int]) -> None:
        self.versions = {each.version: each for each in descriptions}
        self._metadata_ids = metadata_ids

    def columns(self, versions: Collection[Version], *, dated: bool = False) -> list[Any]:
        """Answer the columns of metadata, license and warning, and those of the documents with their dates as well."""
        found = [self.versions.get(version) for version in versions]
        licenses = [(None, None, None) if each is None else each.license for each in found]
        columns: list[Any] = [
            Integers(None if each is None else self._metadata_ids[each.metadata] for each in found),
            *columns_of(licenses),
            Booleans(None if each is None else each.license_warning for each in found),
        ]
        if dated:
            documents = [each for each in found if each is not None]
            columns += [Moments(each.datetime for each in documents), Texts(each.document_id for each in documents)]
        return columns


def _write_solvers(connection: Connection, solvers: Collection[Solver]) -> None:
    if solvers:
        queries.sync.insert_solvers(connection, *_solver_columns(solvers))


def _solver_columns(solvers: Iterable[Solver]) -> list[Texts[Any]]:
    return columns_of((solver.solver_name, solver.solver_version, *solver.environment) for solver in solvers)


def _write_licenses(connection: Connection, licenses: Collection[License]) -> None:
    if licenses:
        queries.sync.insert_licenses(connection, *columns_of(licenses))


def _write_versions(
    connection: Connection,
    versions: Collection[Version],
    entity_ids: Mapping[Entity, int],
    descriptions: _Descriptions,
) -> Identities[Version]:
    def columns(wanted: Collection[Version]) -> list[Any]:
        ids = Integers(entity_ids[version.entity] for version in wanted)
        return [ids, *columns_of(version.environment for version in wanted)]

    return identify(
        versions,
        lambda wanted: queries.sync.get_version_ids(connection, *columns(wanted)),
        lambda missing: queries.sync.insert_versions(connection, *columns(missing), *descriptions.columns(missing)),
    )


def _write_solved(connection: Connection, solved: Collection[Solved], version_ids: Mapping[Version, int]) -> None:
    if solved:
        queries.sync.insert_solved(
            connection,
            Texts(run.document_id for run in solved),
            Moments(run.datetime for run in solved),
            Integers(run.duration for run in solved),
            Integers(None if run.version is None else version_ids[run.version] for run in solved),
            Booleans(run.error for run in solved),
            Booleans(run.error_unparseable for run in solved),
            Booleans(run.error_unsolvable for run in solved),
            Booleans(run.is_provided for run in solved),
            *_solver_columns(run.solver for run in solved),
        )


def _write_artifacts(connection: Connection, artifacts: Collection[Artifact], entity_ids: Mapping[Entity, int]) -> None:
    if artifacts:
        hashes = Texts(artifact.sha256 for artifact in artifacts)
        queries.sync.insert_artifacts(connection, hashes)
        queries.sync.insert_entity_artifacts(
            connection, Integers(entity_ids[artifact.entity] for artifact in artifacts), hashes
        )


def _write_import_packages(
    connection: Connection, found: Collection[ImportPackage], version_ids: Mapping[Version, int]
) -> None:
    if found:
        names = Texts(each.import_package_name for each in found)
        queries.sync.insert_import_packages(connection, names)
        queries.sync.insert_found_import_packages(
            connection, Integers(version_ids[each.version] for each in found), names
        )
