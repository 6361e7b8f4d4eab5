"""Writing what documents of the reverse solver say: a bounded number of statements, however many dependents."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .dependency_writer import write_dependencies
from .entity_writer import write_entities
from .known_versions import find_versions
from .reverse_solver import ReverseSolverRows
from .rows import Version

_LOGGER = logging.getLogger(__name__)

_MOST_NAMED = 3

Connection = psycopg.Connection[Any]


def write_reverse_solver_results(connection: Connection, documents: Sequence[ReverseSolverRows]) -> None:
    """Write the rows of documents of the reverse solver into the transaction that the connection is in.

    The reverse solver found its dependents in this graph. One that has been deleted since is logged and left out: what
    the document says of the others is as true as before, and would otherwise never be stored. When a solver sees it
    again, the document completes it: nothing marks such documents as synced, so they aren't skipped.

    Retry the whole transaction after a deadlock or a serialization failure.
    """
    queries.sync.settle_plans(connection)
    entity_ids = write_entities(connection, dict.fromkeys(rows.release for rows in documents))
    found = dict.fromkeys(dependency for rows in documents for dependency in rows.dependencies)
    version_ids = find_versions(connection, dict.fromkeys(dependency.version for dependency in found))
    known = [dependency for dependency in found if dependency.version in version_ids]
    write_dependencies(connection, known, version_ids, entity_ids)
    if len(known) < len(found):
        for rows in documents:
            _log_unknown(rows, version_ids)


def _log_unknown(rows: ReverseSolverRows, known: Collection[Version]) -> None:
    """Warn, once a document, of dependents that aren't there."""
    dependents = dict.fromkeys(dependency.version for dependency in rows.dependencies)
    unknown = [version for version in dependents if version not in known]
    if unknown:
        named = ", ".join(map(_describe, unknown[:_MOST_NAMED])) + (", …" if len(unknown) > _MOST_NAMED else "")
        _LOGGER.warning(
            "%s: %d of %d dependents on %s %s aren't stored, as no solver has seen them in their environments: %s",
            rows.document_id,
            len(unknown),
            len(dependents),
            rows.release.package_name,
            rows.release.package_version,
            named,
        )


def _describe(version: Version) -> str:
    name, package_version, index_url = version.entity
    return f"{name} {package_version} of {index_url} ({' '.join(version.environment)})"
