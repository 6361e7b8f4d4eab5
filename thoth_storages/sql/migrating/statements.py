"""A migration's file as statements, and a failing one shown at its place in the file.

yoyo leaves the cutting to sqlparse, which is slow (0.3 s for a thousand lines) and forgets where a statement stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from ...exceptions import MigrationError, QueryError
from ..lexer import Place, Token, place_of, tokens

_ROUTINE = re.compile(r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:FUNCTION|PROCEDURE)\b", re.IGNORECASE)
_BLOCK_WORD = re.compile(r"\b(?:BEGIN|CASE|END)\b", re.IGNORECASE)


OnStatement = Callable[[int, int], None]
"""Told how many statements of a file are done, and how many there are."""


class Statement(NamedTuple):
    """One statement of a file: its text, and where it starts (an offset into the whole file's text)."""

    text: str
    start: int
    source: str
    path: Path

    def place(self, position: int = 1) -> Place:
        """Say where in the file the character ``position`` of the statement stands; PostgreSQL counts from 1."""
        return place_of(self.start + position - 1, self.source, Place(self.path.name, 1))


def split(path: Path) -> list[Statement]:
    """Cut a file into its statements, without the comments before each.

    Raises MigrationError, with file, line and column, for a quotation or comment that is never closed.
    """
    source = path.read_text(encoding="utf-8")
    try:
        spans = list(_spans(tokens(source, Place(path.name, 1))))
    except QueryError as error:
        raise MigrationError(str(error)) from error
    return [Statement(source[start:end].rstrip(), start, source, path) for start, end in spans]


def _spans(pieces: Iterator[Token]) -> Iterator[tuple[int, int]]:
    start, end, depth, text = None, 0, 0, ""
    for token in pieces:
        if token.kind in ("comment", "block") or (start is None and not token.text.strip()):
            continue
        if start is None:
            start = token.start + len(token.text) - len(token.text.lstrip())
        text += token.text if token.kind == "plain" else " "
        depth = _depth(text) if _ROUTINE.match(text.lstrip()) else 0
        end = token.start + len(token.text)
        if token.kind == "semicolon" and not depth:
            yield start, end
            start, text = None, ""
    if start is not None:
        yield start, end


def _depth(text: str) -> int:
    """Say how many blocks of a routine's body (BEGIN ATOMIC … END, CASE … END) are open; psql counts so too."""
    words = [word.upper() for word in _BLOCK_WORD.findall(text)]
    return len(words) - 2 * words.count("END")


def execute(connection: psycopg.Connection[Any], statements: list[Statement], on_statement: OnStatement) -> None:
    """Run statements one after the other; raises MigrationError that shows the failing one at its place in the file."""
    for number, statement in enumerate(statements):
        on_statement(number, len(statements))
        try:
            connection.execute(statement.text.encode())
        except psycopg.Error as error:
            raise failure(error, statement) from error
    on_statement(len(statements), len(statements))


def failure(error: psycopg.Error, statement: Statement) -> MigrationError:
    """Make the error that shows where a statement failed: ``file:line:column``, the line, and a caret below it."""
    place = statement.place(int(error.diag.statement_position or 1))
    line = statement.source.split("\n")[place.line - 1]
    details = (
        f"{label}: {text}"
        for label, text in (
            ("detail", error.diag.message_detail),
            ("hint", error.diag.message_hint),
            ("context", error.diag.context),
        )
        if text
    )
    head = f"{place.path}:{place.line}:{place.column}: {error.diag.message_primary or error}"
    caret = re.sub(r"\S", " ", line[: place.column - 1]) + "^"
    return MigrationError("\n".join([head, line, caret, *details]))
