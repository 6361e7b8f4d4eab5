"""A report of the documents that failed, in JSON Lines: written as they fail, and read to sync them again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ..exceptions import DocumentError
from .outcome import OnProgress, Outcome, Progress


class Failure(NamedTuple):
    """A line of a report."""

    document_id: str
    """The id, or the path of a local document."""
    kind: str
    reason: str
    is_local: bool


@contextmanager
def failure_report(path: str | None, *, is_local: bool) -> Iterator[OnProgress]:
    """Lend a function that writes the failures among what it is told of to a report; without a path, to none.

    Each line is in the file when the function returns. A report that is there already is overwritten.
    """
    if path is None:
        yield lambda progress: None
        return
    with Path(path).open("w", encoding="utf-8", buffering=1) as report:

        def write(progress: Progress) -> None:
            if progress.outcome is Outcome.FAILED:
                failure = Failure(progress.document_id, progress.kind, reason(progress.error), is_local)
                report.write(json.dumps(failure._asdict(), ensure_ascii=False) + "\n")

        yield write


def reason(error: Exception | None) -> str:
    """Say why a document failed, in one line."""
    sentence = " ".join(str(error).split())
    return sentence or type(error).__name__


def read_report(path: str) -> list[Failure]:
    """Read a report; raises DocumentError, which names the line, for what isn't one."""
    with Path(path).open(encoding="utf-8") as report:
        return [_read_line(line, f"{path}:{number}") for number, line in enumerate(report, 1) if line.strip()]


def _read_line(line: str, place: str) -> Failure:
    try:
        return Failure(**json.loads(line))
    except (ValueError, TypeError) as error:
        raise DocumentError(f"{place}: a line of a report of failures is needed: {error}") from error
