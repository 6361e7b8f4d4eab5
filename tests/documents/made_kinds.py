"""Kinds of documents, each with some made documents, for tests that are about all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.documents.making import Document, dependency, package, solver_document
from tests.documents.making_images import numbered_analysis
from tests.documents.making_reverse_solver import dependent, reverse_document
from tests.documents.making_security_indicators import numbered_document
from tests.documents.test_dependency_monkey_writer import generated as monkey_documents
from tests.documents.test_provenance_checker_writer import generated as provenance_documents
from tests.documents.test_solver_writer import generated as solver_documents
from thoth_storages import GraphDatabase
from thoth_storages.documents.dependency_monkey import dependency_monkey_rows
from thoth_storages.documents.dependency_monkey_writer import write_dependency_monkey_results
from thoth_storages.documents.image_analysis import image_analysis_rows
from thoth_storages.documents.image_analysis_writer import write_image_analysis_results
from thoth_storages.documents.kinds import Kind
from thoth_storages.documents.provenance_checker import provenance_checker_rows
from thoth_storages.documents.provenance_checker_writer import write_provenance_checker_results
from thoth_storages.documents.reverse_solver import reverse_solver_rows
from thoth_storages.documents.reverse_solver_writer import write_reverse_solver_results
from thoth_storages.documents.security_indicators import security_indicators_rows
from thoth_storages.documents.security_indicators_writer import write_security_indicators_results
from thoth_storages.sync.kinds import SYNCED, Synced, by_id
from thoth_storages.sync.source import Listed

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Made:
    """A kind, and documents of it that have something in common, so that their writers meet."""

    synced: Synced
    documents: Callable[[], Sequence[Document]]
    solved: Callable[[], Sequence[Document]] = list
    """The solvers' documents that must have been synced before."""
    remembers: bool = True
    """Whether it can be told of a document that it was synced."""


class Documents:
    """A source of documents that are in memory, by the numbers of their places."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self.names = [str(number) for number in range(len(documents))]

    def expand(self, name: str) -> Iterable[Listed]:
        document = self._documents[int(name)]
        holder = document.get("metadata", document)
        return [Listed(name, holder["document_id"], document.get("result_number"))]

    def read(self, listed: Listed) -> Document:
        return self._documents[int(listed.name)]


def write(connection: Connection, kind: Kind, documents: Iterable[Document]) -> None:
    """Write documents of a kind in one transaction."""
    with connection.transaction():
        kind.write(connection, [kind.rows(document) for document in documents])


def _solved() -> list[Document]:
    packages = [package(f"package-{number}", dependencies=[dependency("werkzeug", "1.0")]) for number in range(12)]
    return [solver_document(*packages)]


def _reverse_documents() -> list[Document]:
    return [
        reverse_document(
            *(dependent(f"package-{each % 12}") for each in range(number, number + 6)),
            version=f"2.{number}",
            document_id=f"revsolver-220106144326-{number:016x}",
        )
        for number in range(12)
    ]


def _never(graph: GraphDatabase, listed: Listed) -> bool:
    """Say no: of a reverse solver's document nothing stays but dependencies."""
    return False


MADE = {
    "solver": Made(SYNCED["solver"], lambda: solver_documents()[:12]),
    "dependency": Made(
        Synced(
            Kind("dependency", dependency_monkey_rows, write_dependency_monkey_results),
            by_id(GraphDatabase.dependency_monkey_document_id_exists),
        ),
        monkey_documents,
    ),
    "provenance": Made(
        Synced(
            Kind("provenance", provenance_checker_rows, write_provenance_checker_results),
            by_id(GraphDatabase.provenance_checker_document_id_exist),
        ),
        provenance_documents,
    ),
    "package": Made(
        Synced(
            Kind("package", image_analysis_rows, write_image_analysis_results),
            by_id(GraphDatabase.analysis_document_id_exist),
        ),
        lambda: [numbered_analysis(number) for number in range(12)],
    ),
    "security": Made(
        Synced(
            Kind("security", security_indicators_rows, write_security_indicators_results),
            by_id(GraphDatabase.si_aggregated_document_id_exists),
        ),
        lambda: [numbered_document(number, f"package-{number % 5}") for number in range(12)],
        _solved,
    ),
    "revsolver": Made(
        Synced(Kind("revsolver", reverse_solver_rows, write_reverse_solver_results), _never),
        _reverse_documents,
        _solved,
        remembers=False,
    ),
}
"""By the beginning of their documents' ids; another kind is another entry."""
