"""What cuts rows off has an ORDER BY that decides between any two rows, so that pages fit together."""

from __future__ import annotations

from collections.abc import Iterator

from ...lexer import Place
from ..examination import examine
from ..finding import Finding
from ..select.limits import Undecided
from ..subject import Checked, Subject
from ..variants import Variant

NAME = "total-order"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find pages whose rows may change places between two calls."""
    asked = [query for query in checked.queries if _may_cut(query) and not query.refused]
    examination = examine(checked)
    for query in asked:
        found: dict[Place, list[tuple[Variant, Undecided]]] = {}
        for variant in query.variants:
            for each in examination.undecided(variant):
                found.setdefault(variant.place_of(each.position), []).append((variant, each))
        for place, cases in found.items():
            variant, each = cases[0]
            yield _finding(query, each, place, variant.words if len(cases) < len(query.variants) else "")


def _may_cut(query: Subject) -> bool:
    text = query.statement.sql.upper()
    return any(word in text for word in ("LIMIT", "OFFSET", "FETCH", "DISTINCT"))


def _finding(query: Subject, each: Undecided, place: Place, words: str) -> Finding:
    columns, which = ", ".join(each.columns), f"{query.name} {words}".rstrip()
    return query.finding(
        NAME,
        f"rows of {which} that are sorted alike may differ in {columns}"
        if each.is_sorted
        else f"rows of {which} that differ in {columns} are cut off without ORDER BY",
        why="their order is chance, so that a page repeats one and none has another",
        remedy="let the ORDER BY end in a key of the rows that is never NULL, like v.id, or in all that is selected",
        place=place,
    )
