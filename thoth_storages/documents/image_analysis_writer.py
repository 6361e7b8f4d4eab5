"""Writing analyses of container images: a bounded number of statements, however many documents and rows there are.

The tables are always taken in one order, and the rows of each in the order of their keys, so that parallel transactions
can't wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import BigIntegers, Booleans, Integers, Moments, Texts
from .entity_writer import write_entities
from .environment import SoftwareEnvironment
from .environment_writer import write_software_environments
from .identities import upsert
from .image_analysis_rows import AnalysisRun, ImageAnalysisRows
from .image_content_writer import write_identified_packages, write_interpreters, write_python_files, write_symbols
from .image_package_writer import write_debian_packages, write_rpm_packages

Connection = psycopg.Connection[Any]
EnvironmentIds = Mapping[bool, Mapping[SoftwareEnvironment, int]]
"""Ids of software environments, those of users by True."""


def write_image_analysis_results(connection: Connection, documents: Sequence[ImageAnalysisRows]) -> None:
    """Write the rows of image analyses into the transaction that the connection is in.

    The same tables are left behind by writing documents again, together, in another order, or in several processes.
    Retry the whole transaction after a deadlock or a serialization failure: others that write may cause them.
    """
    runs = {document.run.document_id: document.run for document in documents}
    if not runs:
        return
    queries.sync.settle_plans(connection)
    queries.sync.lock_documents(connection, Texts(runs))
    entities = {package.entity for document in documents for package in document.identified_packages}
    entity_ids = write_entities(connection, entities)
    environment_ids = _write_environments(connection, [document.run for document in documents])
    run_ids = _write_runs(connection, runs, environment_ids)
    write_identified_packages(connection, documents, run_ids, entity_ids)
    write_rpm_packages(connection, documents, run_ids)
    write_debian_packages(connection, documents, run_ids)
    write_python_files(connection, documents, run_ids)
    write_interpreters(connection, documents, run_ids)
    write_symbols(connection, documents, run_ids, environment_ids)


def _write_environments(connection: Connection, runs: Collection[AnalysisRun]) -> EnvironmentIds:
    return {
        is_external: write_software_environments(
            connection,
            {run.software_environment for run in runs if run.is_external is is_external},
            is_external=is_external,
        )
        for is_external in (False, True)
    }


def _write_runs(
    connection: Connection, runs: Mapping[str, AnalysisRun], environment_ids: EnvironmentIds
) -> dict[str, int]:
    """Have a row for each document; answer its id by the document's."""

    def update(ids: Integers[int], known: list[AnalysisRun]) -> int:
        return queries.sync.update_analysis_runs(connection, ids, *_run_columns(known, environment_ids)[1:])

    ids = upsert(
        runs.values(),
        lambda wanted: queries.sync.get_analysis_run_ids(connection, *_run_columns(wanted, environment_ids)),
        lambda missing: queries.sync.insert_analysis_runs(connection, *_run_columns(missing, environment_ids)),
        update,
    )
    return {run.document_id: run_id for run, run_id in ids.items()}


def _run_columns(runs: Collection[AnalysisRun], environment_ids: EnvironmentIds) -> list[Any]:
    own, users = environment_ids[False], environment_ids[True]
    return [
        Texts(run.document_id for run in runs),
        Moments(run.datetime for run in runs),
        Integers(run.duration for run in runs),
        Texts(run.package_extract_name for run in runs),
        Texts(run.package_extract_version for run in runs),
        Texts(run.environment_type for run in runs),
        Texts(run.origin for run in runs),
        Booleans(run.debug for run in runs),
        Booleans(run.package_extract_error for run in runs),
        Texts(run.image_tag for run in runs),
        Texts(run.os_name for run in runs),
        Texts(run.os_id for run in runs),
        Texts(run.os_version_id for run in runs),
        BigIntegers(run.image_size for run in runs),
        Integers(None if run.is_external else own[run.software_environment] for run in runs),
        Integers(users[run.software_environment] if run.is_external else None for run in runs),
    ]
