"""Each query can be loaded, and means what it seems to mean: its header, its parameters and the shape of its answer."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from ...lexer import Place
from ..finding import Finding
from ..subject import Checked, Subject
from ..variants import Variant

NAME = "loader"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find everything that keeps a query from being loaded, and what aiosql would pass over in silence."""
    for file in checked.files:
        for problem in file.problems:
            assert problem.place is not None
            yield file.finding(NAME, Place(*problem.place), problem.what, why=problem.why, remedy=problem.remedy)


def check_prepared(query: Subject) -> Iterator[Finding]:
    """Find where the columns of the result aren't those of the shape."""
    shape = query.header.returns
    if shape is None:
        return
    names = {variant: [column.name for column in answer.columns] for variant, answer in query.prepared.items()}
    columns = names[query.variants[0]]
    if changed := [(variant, others) for variant, others in names.items() if others != columns]:
        yield _changing(query, columns, *changed[0])
        return
    yield from (_doubled(query, name) for name in dict.fromkeys(columns) if columns.count(name) > 1)
    yield from (_missing(query, name, columns) for name in shape.columns if name not in columns)
    unused = [name for name in columns if name not in shape.columns]
    yield from (_unused(query, name) for name in unused if not _is_sorted_by(query, name))


def _changing(query: Subject, columns: list[str], variant: Variant, others: list[str]) -> Finding:
    return query.finding(
        NAME,
        f"the columns of {query.name} depend on its parameters: {', '.join(columns)}; but {variant.words} "
        f"{', '.join(others)}",
        why="an answer is put together by the columns' positions",
        remedy="select the same columns always",
    )


def _doubled(query: Subject, name: str) -> Finding:
    return query.finding(
        NAME,
        f"the result has several columns {name}",
        why="nobody can say which of them is answered",
        remedy="name them apart with AS",
        place=query.key_place("returns"),
    )


def _missing(query: Subject, name: str, columns: list[str]) -> Finding:
    close = difflib.get_close_matches(name, columns, n=1)
    return query.finding(
        NAME,
        f"the result has no column {name}; it has {', '.join(columns)}",
        why="the answer can't be put together",
        remedy=f"write {close[0]} in returns:, or AS {name} in the SQL" if close else "select it, or leave it out here",
        place=query.key_place("returns"),
    )


def _unused(query: Subject, name: str) -> Finding:
    return query.finding(
        NAME,
        f"the column {name} of the result isn't in returns:",
        why="the server finds and sends it, and nobody gets it",
        remedy="leave it out of the SQL, or put it into the shape",
        place=query.key_place("returns"),
    )


def _is_sorted_by(query: Subject, name: str) -> bool:
    """Whether the last ORDER BY names a column; DISTINCT rows and those of a UNION are sorted by their columns only."""
    *others, last = re.split(r"\bORDER\s+BY\b", query.variants[0].text, flags=re.IGNORECASE)
    return bool(others) and re.search(rf"\b{re.escape(name)}\b", last) is not None
