"""Kinds of documents, each with some made documents, for tests that are about all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.documents.making import Document, dependency, package, solver_document
from tests.documents.making_advisers import adviser_document, pipfile_lock, product
from tests.documents.making_images import numbered_analysis
from tests.documents.making_inspections import full_document as inspection
from tests.documents.making_reverse_solver import dependent, reverse_document
from tests.documents.making_security_indicators import numbered_document
from tests.documents.test_dependency_monkey_writer import generated as monkey_documents
from tests.documents.test_provenance_checker_writer import generated as provenance_documents
from tests.documents.test_solver_writer import generated as solver_documents
from thoth_storages.documents.kinds import Kind
from thoth_storages.sync.kinds import SYNCED, Synced
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

    def listing(self) -> Iterable[str]:
        return self.names

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


def _adviser_documents() -> list[Document]:
    return [
        adviser_document(
            product("six", "flask", score=number / 12),
            project={"requirements_locked": pipfile_lock("six", f"unseen-{number}")},
            document_id=f"adviser-220131123456-{number:016x}",
        )
        for number in range(12)
    ]


def _inspection_documents() -> list[Document]:
    return [inspection(number=number % 3, document_id=f"inspection-{number // 3}") for number in range(12)]


def _solved_stacks() -> list[Document]:
    return [solver_document(package("flask"), package("six"), package("six", "1.16.0"))]


MADE = {
    "solver": Made(SYNCED["solver"], lambda: solver_documents()[:12]),
    "package": Made(SYNCED["package"], lambda: [numbered_analysis(number) for number in range(12)]),
    "revsolver": Made(SYNCED["revsolver"], _reverse_documents, _solved, remembers=False),
    "security": Made(
        SYNCED["security"],
        lambda: [numbered_document(number, f"package-{number % 5}") for number in range(12)],
        _solved,
    ),
    "dependency": Made(SYNCED["dependency"], monkey_documents),
    "provenance": Made(SYNCED["provenance"], provenance_documents),
    "inspection": Made(SYNCED["inspection"], _inspection_documents, _solved_stacks),
    "adviser": Made(SYNCED["adviser"], _adviser_documents, _solved_stacks),
}
"""By the beginning of their documents' ids; another kind is another entry."""
