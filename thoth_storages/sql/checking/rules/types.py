"""Parameters and columns have the types of the contract and of the stub, and NULL is where it is said to be."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from ...catalog import QUERIES_FOLDER, Catalog
from ...catalog import STUB as STUB
from ...lexer import Place
from ...stubs import render_stub
from ..comparing import compared
from ..examination import Examination, examine
from ..facts.described import Types
from ..facts.nulls import LIMIT_SECONDS
from ..finding import Finding
from ..subject import Checked, Subject

NAME = "types"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find types that depend on the variant, that differ from what is committed, and NULL where there is to be none."""
    examination = examine(checked)
    for query, types in examination.types.items():
        for name, oids in types.parameters.items():
            if len(oids) > 1:
                yield _ambiguous(query, name, [examination.samples.name(oid) for oid in oids])
        yield from (_enumeration(query, name) for name in _enumerations(types, examination))
    yield from compared(NAME, checked)
    yield from _nulls(examination)
    if (text := _stub(checked)) is not None:
        yield from outdated(STUB.read_text(encoding="utf-8"), text)


def renew(checked: Checked) -> Iterator[Path]:
    """Write the stub anew."""
    text = _stub(checked)
    if text is not None and text != STUB.read_text(encoding="utf-8"):
        STUB.write_text(text, encoding="utf-8")
        yield STUB


def _stub(checked: Checked) -> str | None:
    """Write the stub of the package's queries; None where these are others, or some of them can't be described."""
    if not checked.is_whole or any(file.problems for file in checked.files):
        return None
    examination = examine(checked)
    is_sound = all(_is_described(query, examination) for query in checked.queries)
    return render_stub(Catalog(QUERIES_FOLDER), checked.session.connection) if is_sound else None


def _is_described(query: Subject, examination: Examination) -> bool:
    types, shape = examination.types.get(query), query.header.returns
    if types is None or (shape and not types.has(shape.columns)):
        return False
    return not _enumerations(types, examination)


def _enumerations(types: Types, examination: Examination) -> list[str]:
    return [name for name, oid in types.columns.items() if examination.samples.is_enumeration(oid)]


def _enumeration(query: Subject, column: str) -> Finding:
    return query.finding(
        NAME,
        f"{query.name}: the column {column} is of an enum type",
        why="psycopg loads it as bytes where it doesn't know the type",
        remedy=f"cast it to text: {column}::text",
    )


def _ambiguous(query: Subject, parameter: str, types: list[str]) -> Finding:
    return query.finding(
        NAME,
        f"{query.name}: {parameter} is {' or '.join(types)}, depending on which optional lines are there",
        why="a value that fits one of them may be refused by the other",
        remedy=f"cast it: :{parameter}::{types[0]}",
    )


def _nulls(examination: Examination) -> Iterator[Finding]:
    for query, nulls in examination.nulls.items():
        if nulls.is_endless:
            yield query.finding(
                NAME,
                f"{query.name} doesn't end: on tables of a row it took more than {LIMIT_SECONDS} s",
                why="it keeps a connection and the server busy, and nobody knows what it would answer",
                remedy="let its recursion end, or its page come earlier",
            )
        for column, words in nulls.columns.items():
            if column not in examination.types[query].nullable:
                yield query.finding(
                    NAME,
                    f"{query.name}: {column} is said never to be NULL, and was where {words}",
                    why="callers would be handed a None that its type rules out",
                    remedy=f"take {column} out of notnull:, or leave such rows out: WHERE … IS NOT NULL",
                    place=query.key_place("notnull"),
                )


def outdated(committed: str, current: str) -> Iterator[Finding]:
    """Find the first line of each place in which the committed stub isn't the current one."""
    old, new = committed.split("\n"), current.split("\n")
    for change, start, end, begin, finish in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if change != "equal":
            line = old[start] if start < len(old) else ""
            now = " ".join(each.strip() for each in new[begin:finish][:1]) or "nothing"
            was = " ".join(each.strip() for each in old[start:end][:1]) or "nothing"
            yield Finding(
                NAME,
                Place(str(STUB), start + 1),
                f"the stub has {was}, PostgreSQL says {now}",
                "type checkers believe the stub",
                "run 'sql check --write'",
                line,
            )
