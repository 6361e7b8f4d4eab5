"""Writing what documents of the adviser say: a bounded number of statements, however many there are.

The tables are always taken in one order, and the rows of each in the order of their keys, so that parallel transactions
can't wait for each other in a circle.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import psycopg

from ..sql.named import queries
from .adviser_rows import AdviserRows
from .columns import Booleans, Integers, Moments, Texts, typed_columns
from .entity_writer import write_entities, write_package_indexes
from .environment import Hardware, SoftwareEnvironment
from .environment_writer import write_hardware, write_software_environments
from .identities import upsert
from .rows import Entity
from .stack import ExternalStack, Requirement, Stack
from .stack_writer import write_external_stacks, write_requirement_lines, write_stacks

_LOGGER = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]
RunRow = tuple[Any, ...]
"""A run as the table has it, in the order of ``_RUN_COLUMNS``."""

_RUN_COLUMNS: dict[str, type[list[Any]]] = {
    "adviser_document_id": Texts,
    "datetime": Moments,
    "adviser_version": Texts,
    "adviser_name": Texts,
    "count": Integers,
    "limit": Integers,
    "origin": Texts,
    "source_type": Texts,
    "is_s2i": Booleans,
    "debug": Booleans,
    "re_run_adviser_id": Texts,
    "limit_latest_versions": Integers,
    "adviser_error": Booleans,
    "recommendation_type": Texts,
    "requirements_format": Texts,
    "duration": Integers,
    "advised_configuration_changes": Booleans,
    "additional_stack_info": Booleans,
    "need_re_run": Booleans,
    "user_software_stack_id": Integers,
    "external_run_software_environment_id": Integers,
    "external_hardware_information_id": Integers,
}


def write_adviser_results(connection: Connection, documents: Sequence[AdviserRows]) -> None:
    """Write the rows of documents of the adviser into the transaction that the connection is in.

    The same tables are left behind by writing documents again, together, in another order, or in several processes. A
    run with unresolved packages needs a re-run until one is written that resolved all of its own; an installation of
    Kebechet tells of its newest run with advice. Retry the whole transaction after a deadlock or a serialization
    failure: others that write may cause them.

    Raises SolverNotRunError, which names the document, for an advised version that no solver has seen.
    """
    documents = list({document.run.document_id: document for document in documents}.values())
    if not documents:
        return
    queries.sync.settle_plans(connection)
    _lock(connection, documents)
    made_up_for = _made_up_for(connection, documents)
    ids = _write_what_runs_refer_to(connection, documents)
    run_ids = _write_runs(connection, [_run_row(document, made_up_for, ids) for document in documents])
    _write_advised(connection, documents, run_ids, ids.advised_stacks)
    _write_unresolved(connection, documents, run_ids, ids.entities)
    if made_up_for:
        queries.sync.delete_doubles_of_adviser_runs(connection, Texts(made_up_for))
        queries.sync.update_adviser_runs_made_up_for(connection, Texts(made_up_for))
    _write_installations(connection, documents, ids.advised_stacks)


class _Ids(NamedTuple):
    """The ids of what runs refer to."""

    entities: Mapping[Entity, int]
    hardware: Mapping[Hardware, int]
    software_environments: Mapping[SoftwareEnvironment, int]
    user_stacks: Mapping[ExternalStack, int]
    advised_stacks: Mapping[Stack, int]


def _lock(connection: Connection, documents: Collection[AdviserRows]) -> None:
    """Keep others from writing the documents, those that they repeat, and their repositories' installations."""
    document_ids = {document.run.document_id for document in documents}
    document_ids.update(document.run.re_run_adviser_id or document.run.document_id for document in documents)
    queries.sync.lock_documents(connection, Texts(document_ids))
    if slugs := {document.kebechet_run.slug for document in documents if document.kebechet_run is not None}:
        queries.sync.lock_kebechet_repositories(connection, Texts(slugs))


def _made_up_for(connection: Connection, documents: Collection[AdviserRows]) -> set[str]:
    """Answer the documents that need no re-run, as one resolved its packages: it may be stored, or among these."""
    stored = queries.sync.get_adviser_documents_made_up_for(
        connection, Texts(document.run.document_id for document in documents)
    )
    repeated = (document.run.re_run_adviser_id for document in documents if not document.unresolved)
    return {*stored, *(document_id for document_id in repeated if document_id is not None)}


def _write_what_runs_refer_to(connection: Connection, documents: Collection[AdviserRows]) -> _Ids:
    user_stacks = {document.user_stack for document in documents if document.user_stack is not None}
    told_by = {stack: document.run.document_id for document in documents for stack in document.advised_stacks}
    lines = _lines([*user_stacks, *told_by])
    entities = {entity for stack in user_stacks for entity in stack.locked or ()}
    entities.update(entity for document in documents for entity in document.unresolved)
    named = [entity.index_url for entity in entities] + [line.index_url for line in lines]
    write_package_indexes(connection, named)
    entity_ids = write_entities(connection, entities)
    hardware_ids = write_hardware(connection, {each.hardware for each in documents}, is_external=True)
    environments = {document.software_environment for document in documents}
    environment_ids = write_software_environments(connection, environments, is_external=True)
    # Lines belong to users' stacks and to advised ones: all of them come before both.
    write_requirement_lines(connection, lines)
    return _Ids(
        entity_ids,
        hardware_ids,
        environment_ids,
        write_external_stacks(connection, user_stacks),
        write_stacks(connection, told_by, told_by),
    )


def _lines(stacks: Collection[ExternalStack | Stack]) -> set[Requirement]:
    return {line for stack in stacks for line in stack.requirements or ()}


def _run_row(document: AdviserRows, made_up_for: Collection[str], ids: _Ids) -> RunRow:
    return (
        *document.run,
        bool(document.unresolved) and document.run.document_id not in made_up_for,
        None if document.user_stack is None else ids.user_stacks[document.user_stack],
        ids.software_environments[document.software_environment],
        ids.hardware[document.hardware],
    )


def _write_runs(connection: Connection, runs: Collection[RunRow]) -> dict[str, int]:
    """Have a row for each document; answer its id by the document's."""
    ids = upsert(
        runs,
        lambda wanted: queries.sync.get_adviser_run_ids(connection, *_run_columns(wanted)),
        lambda missing: queries.sync.insert_adviser_runs(connection, *_run_columns(missing)),
        lambda ids, known: queries.sync.update_adviser_runs(connection, ids, *_run_columns(known)),
    )
    return {str(run[0]): run_id for run, run_id in ids.items()}


def _run_columns(runs: Collection[RunRow]) -> list[Any]:
    return typed_columns(_RUN_COLUMNS.values(), runs)


def _write_advised(
    connection: Connection,
    documents: Collection[AdviserRows],
    run_ids: Mapping[str, int],
    stack_ids: Mapping[Stack, int],
) -> None:
    advised = [
        (run_ids[document.run.document_id], stack_ids[stack])
        for document in documents
        for stack in document.advised_stacks
    ]
    if advised:
        queries.sync.insert_advised(connection, *map(Integers, zip(*advised, strict=True)))


def _write_unresolved(
    connection: Connection,
    documents: Collection[AdviserRows],
    run_ids: Mapping[str, int],
    entity_ids: Mapping[Entity, int],
) -> None:
    unresolved = [
        (run_ids[document.run.document_id], entity_ids[entity])
        for document in documents
        for entity in document.unresolved
    ]
    if unresolved:
        queries.sync.insert_unresolved(connection, *map(Integers, zip(*unresolved, strict=True)))


def _write_installations(
    connection: Connection, documents: Collection[AdviserRows], stack_ids: Mapping[Stack, int]
) -> None:
    """Have installations of Kebechet tell of runs and of the first stack that each advised."""
    told = [(document, document.kebechet_run) for document in documents if document.kebechet_run is not None]
    if not told:
        return
    found = queries.sync.get_advised_kebechet_installation_ids(
        connection,
        Texts(kebechet_run.slug for _, kebechet_run in told),
        Texts(kebechet_run.runtime_environment_name for _, kebechet_run in told),
        Moments(document.run.datetime for document, _ in told),
        Integers(stack_ids[document.advised_stacks[0]] for document, _ in told),
    )
    for number, (document, kebechet_run) in enumerate(told, 1):
        if number not in found:
            where, environment = kebechet_run
            _LOGGER.warning(
                "%s: there is no installation of Kebechet in %s for the runtime environment %r",
                document.run.document_id,
                where,
                environment,
            )
    runs = {number: told[number - 1][0] for number in found}
    queries.sync.update_advised_kebechet_installations(
        connection,
        Integers(found.values()),
        Moments(document.run.datetime for document in runs.values()),
        Texts(document.run.document_id for document in runs.values()),
        Integers(stack_ids[document.advised_stacks[0]] for document in runs.values()),
    )
