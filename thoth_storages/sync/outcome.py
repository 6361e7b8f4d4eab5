"""What became of documents: of each one, and in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple


class Outcome(Enum):
    """What became of a document."""

    SYNCED = "synced"
    SKIPPED = "skipped"
    FAILED = "failed"


class Progress(NamedTuple):
    """A document that is done with."""

    document_id: str
    """The id or the path, as it was given or listed."""
    outcome: Outcome
    error: Exception | None = None
    """Why it failed."""
    kind: str = ""
    """The key of its kind in ``HANDLERS_MAPPING``."""


OnProgress = Callable[[Progress], object]


class _Counts(NamedTuple):
    processed: int
    synced: int
    skipped: int
    failed: int


class Counts(_Counts):
    """How many documents were processed, synced, skipped and failed; equal to the tuple of these numbers.

    ``failures`` are the documents that failed, each with its error.
    """

    failures: tuple[Progress, ...] = ()


def count(done: Iterable[Progress]) -> Counts:
    """Count what became of documents."""
    outcomes = dict.fromkeys(Outcome, 0)
    failures = []
    for progress in done:
        outcomes[progress.outcome] += 1
        if progress.outcome is Outcome.FAILED:
            failures.append(progress)
    counts = Counts(
        sum(outcomes.values()), outcomes[Outcome.SYNCED], outcomes[Outcome.SKIPPED], outcomes[Outcome.FAILED]
    )
    counts.failures = tuple(failures)
    return counts
