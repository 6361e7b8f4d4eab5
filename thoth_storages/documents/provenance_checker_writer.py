"""Writing what documents of the provenance checker say: a bounded number of statements, however many there are.

The tables are always taken in one order, and the rows of each in the order of their keys, so that parallel transactions
can't wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Booleans, Integers, Moments, Texts, typed_columns
from .entity_writer import write_entities, write_package_indexes
from .identities import upsert
from .provenance_checker import ProvenanceCheckerRows
from .stack import ExternalStack
from .stack_writer import write_external_stacks

Connection = psycopg.Connection[Any]
RunRow = tuple[Any, ...]
"""A run as the table has it: its own columns, and the user's stack."""

_RUN_COLUMNS: tuple[type[list[Any]], ...] = (
    Texts,
    Moments,
    Texts,
    Texts,
    Texts,
    Booleans,
    Booleans,
    Integers,
    Integers,
)


def write_provenance_checker_results(connection: Connection, documents: Sequence[ProvenanceCheckerRows]) -> None:
    """Write the rows of documents of the provenance checker into the transaction that the connection is in.

    The same tables are left behind by writing documents again, together, in another order, or in several processes.
    Retry the whole transaction after a deadlock or a serialization failure: others that write may cause them.
    """
    documents = list({document.run.provenance_checker_document_id: document for document in documents}.values())
    if not documents:
        return
    queries.sync.settle_plans(connection)
    queries.sync.lock_documents(connection, Texts(each.run.provenance_checker_document_id for each in documents))
    stack_ids = _write_stacks(connection, documents)
    _write_runs(connection, [(*document.run, stack_ids[document.user_stack]) for document in documents])


def _write_stacks(connection: Connection, documents: Collection[ProvenanceCheckerRows]) -> dict[ExternalStack, int]:
    """Have users' stacks, and the missing packages.

    The tables are shared by what the stacks lock, what they require, and what is missing, and each is written once for
    all of them before the next.
    """
    stacks = {document.user_stack for document in documents}
    entities = {entity for document in documents for entity in document.missing}
    entities.update(entity for stack in stacks for entity in stack.locked or ())
    lines = {line for stack in stacks for line in stack.requirements or ()}
    named = [entity.index_url for entity in entities] + [line.index_url for line in lines]
    write_package_indexes(connection, named)
    write_entities(connection, entities)
    return write_external_stacks(connection, stacks)


def _write_runs(connection: Connection, runs: Collection[RunRow]) -> None:
    """Have a row for each document."""
    upsert(
        runs,
        lambda wanted: queries.sync.get_provenance_checker_run_ids(connection, *_run_columns(wanted)),
        lambda missing: queries.sync.insert_provenance_checker_runs(connection, *_run_columns(missing)),
        lambda ids, known: queries.sync.update_provenance_checker_runs(connection, ids, *_run_columns(known)[1:]),
    )


def _run_columns(runs: Collection[RunRow]) -> list[Any]:
    return typed_columns(_RUN_COLUMNS, runs)
