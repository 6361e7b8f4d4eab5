"""How each kind of documents is synced: what it is called, and how it is told whether a document was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..documents import kinds
from ..documents.kinds import Kind
from ..graph import GraphDatabase
from ..sql.named import queries
from .source import Listed

Exists = Callable[[GraphDatabase, Listed], bool]


@dataclass(frozen=True)
class Synced:
    """A kind of documents, as it is synced."""

    kind: Kind
    exists: Exists
    """Whether a document was synced."""

    @property
    def name(self) -> str:
        """The key of the kind in ``HANDLERS_MAPPING``."""
        return self.kind.name


def by_id(exists: Callable[[GraphDatabase, str], bool]) -> Exists:
    """Tell whether a document was synced by its id."""
    return lambda graph, listed: exists(graph, listed.document_id)


def result_number_of(document: Any) -> int | None:
    """Answer which of an inspection's results a document is, or None for a document of another kind."""
    number = document.get("result_number") if isinstance(document, Mapping) else None
    return number if isinstance(number, int) else None


def document_id_of(document: Any) -> str:
    """Answer the id that a document tells, or an empty text; an inspection's stands outside of its metadata."""
    if not isinstance(document, Mapping):
        return ""
    metadata = document.get("metadata")
    holder = metadata if isinstance(metadata, Mapping) else document
    document_id = holder.get("document_id")
    return document_id if isinstance(document_id, str) else ""


def inspection_is_synced(graph: GraphDatabase, listed: Listed) -> bool:
    """Tell whether the result of an inspection was synced; Dependency Monkey leaves rows of those that it asked for."""
    number = listed.result_number
    return number is not None and graph.database.read(
        lambda connection: queries.sync.inspection_result_is_synced(connection, listed.document_id, number)
    )


def never(graph: GraphDatabase, listed: Listed) -> bool:
    """Say that a document wasn't synced: nothing in the graph names it."""
    return False


# In this order: what solvers saw comes first, as what the others say is about it.
SYNCED = {
    synced.name: synced
    for synced in (
        Synced(kinds.SOLVER, by_id(GraphDatabase.solver_document_id_exists)),
        Synced(kinds.IMAGE_ANALYSIS, by_id(GraphDatabase.analysis_document_id_exist)),
        Synced(kinds.REVERSE_SOLVER, never),
        Synced(kinds.DEPENDENCY_MONKEY, by_id(GraphDatabase.dependency_monkey_document_id_exists)),
        Synced(kinds.PROVENANCE_CHECKER, by_id(GraphDatabase.provenance_checker_document_id_exist)),
        Synced(kinds.INSPECTION, inspection_is_synced),
        Synced(kinds.ADVISER, by_id(GraphDatabase.adviser_document_id_exist)),
        Synced(kinds.SECURITY_INDICATORS, by_id(GraphDatabase.si_aggregated_document_id_exists)),
    )
}
