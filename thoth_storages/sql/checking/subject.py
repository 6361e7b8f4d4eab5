"""What rules look at: all files, one file, one query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ...exceptions import QueryError
from ..header import KEY_LINE, Header
from ..lexer import Place
from ..source import Source
from ..statement import Statement
from .finding import Finding
from .session import Prepared, Refused, Session
from .variants import Variant, variants_of


@dataclass
class CheckedFile:
    """A file of queries."""

    path: Path
    """The path as it was given; places in the file begin with it."""
    namespace: str
    """The sub-folder of the package's queries, as in ``sync.insert_artifacts``; ``""`` for any other file."""
    lines: list[str]
    problems: list[QueryError]
    """Everything that keeps its queries from being loaded."""
    queries: list[Subject] = field(default_factory=list)
    """The queries without problems, in the order of the file."""

    def finding(self, rule: str, place: Place, what: str, *, why: str, remedy: str) -> Finding:
        """Make a finding in this file."""
        line = self.lines[place.line - 1] if place.line <= len(self.lines) else ""
        return Finding(rule, place, what, why, remedy, line)


class Subject:
    """A query under examination: what its file says, and what the server says of its variants."""

    def __init__(self, file: CheckedFile, source: Source, session: Session) -> None:
        self.file = file
        self.source = source
        self.session = session
        """The connection to a migrated database; all queries of a file share one."""

    @property
    def name(self) -> str:
        """The query's name."""
        return self.source.name

    @property
    def qualified_name(self) -> str:
        """The query's name with its sub-folder in front."""
        return f"{self.file.namespace}.{self.name}" if self.file.namespace else self.name

    @property
    def header(self) -> Header:
        """What the comments over the SQL say."""
        return self.source.header

    @property
    def statement(self) -> Statement:
        """The SQL."""
        return self.source.statement

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """The texts that are proved; the first has all optional lines."""
        return variants_of(self.source)

    @cached_property
    def refused(self) -> dict[Variant, Refused]:
        """The variants that the server refuses, and what it says."""
        answers = {variant: self.session.prepare(variant) for variant in self.variants}
        return {variant: answer for variant, answer in answers.items() if isinstance(answer, Refused)}

    @cached_property
    def prepared(self) -> dict[Variant, Prepared]:
        """The variants that the server prepares and plans, and what it says of them."""
        answers = {variant: self.session.prepare(variant) for variant in self.variants}
        return {variant: answer for variant, answer in answers.items() if isinstance(answer, Prepared)}

    def key_place(self, key: str) -> Place:
        """Say where a key of the header stands; where the header hasn't it, where the query's name does."""
        for number, line in enumerate(self.source.text.split("\n")[1:], self.source.place.line + 1):
            if not line.startswith("--"):
                break
            if (match := KEY_LINE.match(line)) and match["key"] == key:
                return self.source.place._replace(line=number)
        return self.source.place

    def finding(self, rule: str, what: str, *, why: str, remedy: str, place: Place | None = None) -> Finding:
        """Make a finding at a place in the query's file; without a place, at the query's name."""
        return self.file.finding(rule, place or self.source.place, what, why=why, remedy=remedy)


@dataclass
class Checked:
    """All files of a run."""

    files: list[CheckedFile]
    session: Session
    """A connection to a migrated database."""
    is_whole: bool
    """Whether these are all files of the package, so that what isn't here isn't anywhere."""

    @property
    def queries(self) -> Iterator[Subject]:
        """All queries that could be read."""
        return (query for file in self.files for query in file.queries)
