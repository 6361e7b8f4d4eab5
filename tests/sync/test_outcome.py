"""What became of documents, in numbers."""

from __future__ import annotations

import pickle

from thoth_storages.exceptions import DocumentError
from thoth_storages.sync.outcome import Counts, Outcome, Progress, count

DONE = [
    Progress("a", Outcome.SYNCED),
    Progress("b", Outcome.FAILED, DocumentError("b: no")),
    Progress("c", Outcome.SKIPPED),
    Progress("d", Outcome.SYNCED),
]


def test_counts_are_a_tuple_of_numbers() -> None:
    assert count(DONE) == (4, 2, 1, 1)
    assert count([]) == Counts(0, 0, 0, 0)


def test_counts_name_the_failures() -> None:
    assert [(failure.document_id, str(failure.error)) for failure in count(DONE).failures] == [("b", "b: no")]
    assert count(DONE[:1]).failures == ()


def test_what_became_of_a_document_travels_between_processes() -> None:
    copy = pickle.loads(pickle.dumps(DONE))
    assert [each[:2] for each in copy] == [each[:2] for each in DONE]
    assert (type(copy[1].error), str(copy[1].error)) == (DocumentError, "b: no")
