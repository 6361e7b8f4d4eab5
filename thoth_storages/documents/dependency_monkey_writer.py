"""Writing what documents of Dependency Monkey say: a bounded number of statements, however many there are.

The tables are always taken in one order, and the rows of each in the order of their keys, so that parallel transactions
can't wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Booleans, Integers, Moments, Texts, typed_columns
from .dependency_monkey import DependencyMonkeyRows
from .entity_writer import write_package_indexes
from .environment_writer import write_hardware, write_software_environments
from .identities import upsert
from .stack import Requirement
from .stack_writer import write_requirement_lines

Connection = psycopg.Connection[Any]
RunRow = tuple[Any, ...]
"""A run as the table has it: its own columns, the environments to run and to build in, and the hardware for both."""

_RUN_COLUMNS: tuple[type[list[Any]], ...] = (
    Texts,
    Moments,
    Texts,
    Texts,
    Integers,
    Texts,
    Integers,
    Integers,
    Booleans,
    Booleans,
    Integers,
    Integers,
    Integers,
    Integers,
)


def write_dependency_monkey_results(connection: Connection, documents: Sequence[DependencyMonkeyRows]) -> None:
    """Write the rows of documents of Dependency Monkey into the transaction that the connection is in.

    Results of inspections that aren't there are noted as pending; those that are stay as they are, and are tied to the
    run. The same tables are left behind by writing documents again, together, in another order, in several processes,
    or after the inspections that they ask for. Of two runs that ask for one inspection it belongs to the one with the
    lower document id: ids begin with the date, so it is the older run, and they are what never changes of a document.

    Retry the whole transaction after a deadlock or a serialization failure: others that write may cause them.
    """
    documents = list({document.run.dependency_monkey_document_id: document for document in documents}.values())
    if not documents:
        return
    queries.sync.settle_plans(connection)
    _lock(connection, documents)
    lines = {line for document in documents for line in document.requirements}
    write_package_indexes(connection, (line.index_url for line in lines))
    environments = _write_environments(connection, documents)
    line_ids = write_requirement_lines(connection, lines)
    runs = [(*document.run, *ids) for document, ids in zip(documents, environments, strict=True)]
    run_ids = _write_runs(connection, runs)
    _write_requirements(connection, documents, run_ids, line_ids)
    _write_inspections(connection, documents, run_ids)


def _lock(connection: Connection, documents: Collection[DependencyMonkeyRows]) -> None:
    document_ids = {document.run.dependency_monkey_document_id for document in documents}
    document_ids.update(inspection.document_id for document in documents for inspection in document.inspections)
    queries.sync.lock_documents(connection, Texts(document_ids))


def _write_environments(
    connection: Connection, documents: Collection[DependencyMonkeyRows]
) -> list[tuple[int, int, int]]:
    """Have what runs were for; answer of each the ids of the environments to run and to build, and the hardware."""
    hardware_ids = write_hardware(connection, {document.hardware for document in documents}, is_external=False)
    environments = {each for document in documents for each in (document.run_environment, document.build_environment)}
    ids = write_software_environments(connection, environments, is_external=False)
    return [(ids[each.run_environment], ids[each.build_environment], hardware_ids[each.hardware]) for each in documents]


def _write_runs(connection: Connection, runs: Collection[RunRow]) -> dict[str, int]:
    """Have a row for each document; answer its id by the document's."""
    ids = upsert(
        runs,
        lambda wanted: queries.sync.get_dependency_monkey_run_ids(connection, *_run_columns(wanted)),
        lambda missing: queries.sync.insert_dependency_monkey_runs(connection, *_run_columns(missing)),
        lambda ids, known: queries.sync.update_dependency_monkey_runs(connection, ids, *_run_columns(known)[1:]),
    )
    return {str(run[0]): run_id for run, run_id in ids.items()}


def _run_columns(runs: Collection[RunRow]) -> list[Any]:
    return typed_columns(_RUN_COLUMNS, runs)


def _write_requirements(
    connection: Connection,
    documents: Collection[DependencyMonkeyRows],
    run_ids: Mapping[str, int],
    line_ids: Mapping[Requirement, int],
) -> None:
    required = [
        (run_ids[document.run.dependency_monkey_document_id], line_ids[line])
        for document in documents
        for line in document.requirements
    ]
    if required:
        queries.sync.insert_dependency_monkey_requirements(connection, *map(Integers, zip(*required, strict=True)))


def _write_inspections(
    connection: Connection, documents: Collection[DependencyMonkeyRows], run_ids: Mapping[str, int]
) -> None:
    requested = [
        (run_ids[document.run.dependency_monkey_document_id], *inspection)
        for document in documents
        for inspection in document.inspections
    ]
    if requested:
        ids, document_ids, result_counts = zip(*requested, strict=True)
        columns = Integers(ids), Texts(document_ids), Integers(result_counts)
        queries.sync.update_requested_inspections(connection, *columns)
        queries.sync.insert_requested_inspections(connection, *columns)
