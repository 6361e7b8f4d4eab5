"""Uniting the rows of several documents."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.documents.making import DOCUMENT_ID, Document, described, full_document, package, solver_document
from thoth_storages.documents import SolverRows, solver_rows
from thoth_storages.documents.rows import merge

NEW: dict[str, Any] = {"datetime": "2022-02-01T00:00:00", "document_id": DOCUMENT_ID[:-1] + "0"}
OLD: dict[str, Any] = {"datetime": "2022-01-01T00:00:00", "document_id": DOCUMENT_ID[:-1] + "1"}


def summaries(*documents: Document) -> list[str | None]:
    return [each.metadata.summary for each in merge(map(solver_rows, documents)).descriptions]


def test_equal_rows_of_several_documents_are_one() -> None:
    once = solver_rows(full_document())
    assert merge([once, solver_rows(full_document()), once]) == once


def test_the_rows_of_one_document_stay_as_they_are() -> None:
    rows = solver_rows(full_document())
    assert merge([rows]) is rows


def test_no_documents_are_no_rows() -> None:
    assert merge([]) == SolverRows()


def test_rows_of_different_documents_are_united() -> None:
    rows = merge([solver_rows(solver_document(package("a"), **OLD)), solver_rows(solver_document(package("b"), **NEW))])
    assert [each.package_name for each in rows.entities] == ["a", "b"]
    assert [each.document_id for each in rows.solved] == [OLD["document_id"], NEW["document_id"]]
    assert len(rows.solvers) == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_version_is_described_by_the_newest_document_whatever_the_order(order: tuple[int, ...]) -> None:
    documents = [
        solver_document(described(Summary="old"), **OLD),
        solver_document(described(Summary="new"), **NEW),
        solver_document(described(Summary="older"), datetime="2021-01-01T00:00:00"),
    ]
    assert summaries(*(documents[number] for number in order)) == ["new"]


@pytest.mark.parametrize("turned", [False, True])
def test_of_documents_of_the_same_moment_the_greater_id_counts(turned: bool) -> None:
    documents = [
        solver_document(described(Summary=letter), document_id=DOCUMENT_ID[:-1] + letter) for letter in ("a", "b")
    ]
    assert summaries(*(reversed(documents) if turned else documents)) == ["b"]


def test_the_metadata_of_older_documents_are_kept() -> None:
    rows = merge(
        solver_rows(solver_document(described(Summary=text), **when)) for text, when in (("new", NEW), ("old", OLD))
    )
    assert [each.summary for each in rows.metadata] == ["new", "old"]
