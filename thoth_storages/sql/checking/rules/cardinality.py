"""A query that promises one row is held to it by a key, by an aggregate, or by LIMIT 1 with a total order."""

from __future__ import annotations

from collections.abc import Iterator

from ..comparing import compared
from ..examination import examine
from ..finding import Finding
from ..subject import Checked, Subject

NAME = "cardinality"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find queries that may have several rows for the one that they promise, and changes of what holds others."""
    examination = examine(checked)
    for query in examination.types:
        if query.header.returns and query.header.returns.is_single:
            held = examination.one_row(query)
            if unheld := [words for words, reason in held.items() if reason is None]:
                yield _unheld(query, unheld[0])
    yield from compared(NAME, checked)


def _unheld(query: Subject, words: str) -> Finding:
    assert query.header.returns is not None
    return query.finding(
        NAME,
        f"{query.name} promises one row, and several may come{' ' + words if words else ''}",
        why="which of them is answered would be chance",
        remedy="compare all columns of a unique key, or end in LIMIT 1 with an ORDER BY that decides what is answered",
    )
