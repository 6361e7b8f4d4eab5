"""What breaks between two revisions: the queries of the one on the schema of the other."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import psycopg

from ...ephemeral import Cluster, Server
from ...exceptions import QueryError
from ..lexer import Place
from ..migrating import Migration, Stage, database_exists
from ..source import Source
from .facts.prepared import run
from .facts.rows import insert_rows
from .facts.samples import Samples, Values
from .facts.schema import read_schema
from .revision import Revision
from .server import connect
from .session import Connection, Refused, Session
from .variants import Variant, variants_of

_PREFIX = "thoth_storages_verify_"


@dataclass(frozen=True)
class Breakage:
    """A query that works on the schema of its own revision, and not on another; or a file that can't be read."""

    place: Place
    """Where; the path begins with the revision and a colon where the file isn't one of this revision."""
    query: str
    """The query's name, ``""`` for a file that can't be read."""
    variant: str
    """Which of its variants breaks, in words; ``""`` for all."""
    schema: str
    """The schema that it breaks on, in words."""
    message: str
    """What the server says; or what keeps the file from being read."""

    def __str__(self) -> str:
        path, line, column = self.place
        where = f"[{self.query}] on {self.schema}{', ' + self.variant if self.variant else ''}: " if self.query else ""
        return f"{path}:{line}:{column}: {where}{self.message}"


@dataclass
class Verification:
    """What was run where, and what came of it."""

    runs: list[tuple[int, str, str]] = field(default_factory=list)
    """How many queries, of which revision, on which schema."""
    breakages: list[Breakage] = field(default_factory=list)
    broken_before: list[str] = field(default_factory=list)
    """The queries that don't work on the schema of their own revision either."""


@dataclass(frozen=True)
class _Failure:
    sqlstate: str
    message: str
    position: int = 0


class _Database:
    """A throw-away database with a schema, and a row in each table; it is made when it is asked first."""

    def __init__(self, words: str, connect: Callable[[], Connection]) -> None:
        self.words = words
        self._session = Session(lambda: _filled(connect()))
        self._failures: dict[Variant, _Failure | None] = {}

    def failure(self, variant: Variant) -> _Failure | None:
        """Answer what the server says against a variant, which is run, and undone."""
        if variant not in self._failures:
            self._failures[variant] = self._run(variant)
        return self._failures[variant]

    def _run(self, variant: Variant) -> _Failure | None:
        answer = self._session.prepare(variant)
        if isinstance(answer, Refused):
            return _Failure(answer.sqlstate, _with_detail(answer.message, answer.detail), answer.position)
        with self._session.undone() as connection:
            try:
                run(connection, variant.text, variant.names, self._samples, Values())
            except psycopg.Error as error:
                said = _with_detail(error.diag.message_primary or str(error), error.diag.message_detail)
                return _Failure(error.sqlstate or "", said)
        return None

    @cached_property
    def _samples(self) -> Samples:
        return Samples(self._session.connection)


def verify(this: Revision, other: Revision, server: Server, *, is_rollout: bool = False) -> Verification:
    """Run the queries of each revision on the schema of the other, in databases that are dropped in the end.

    What ``is_rollout`` asks instead is whether both work side by side: on this schema, as it is before the first new
    migration of the stage ``post``. Raises MigrationError for migrations that can't be applied.
    """
    verification = Verification()
    with ExitStack() as stack:

        def database(words: str, revision: Revision, to: str | None = None) -> _Database:
            return _Database(words, lambda: stack.enter_context(_migrated(server, revision, to)))

        here, there = database("this schema", this), database(f"the schema of {other.name}", other)
        if not is_rollout:
            _add(verification, other, here, there)
            _add(verification, this, there, here)
        elif post := first_new_post(this, other):
            before, migration = post
            between = database(f"this schema before {migration.id}", this, before.id)
            _add(verification, other, between, there)
            _add(verification, this, between, here)
        else:
            _add(verification, other, here, there)
    return verification


def first_new_post(this: Revision, other: Revision) -> tuple[Migration, Migration] | None:
    """Find the first migration of the stage ``post`` that the other revision doesn't know, and the one before it."""
    known = {migration.id for migration in other.migrations()}
    steps = pairwise(this.migrations())
    return next((step for step in steps if step[1].stage is Stage.POST and step[1].id not in known), None)


@contextmanager
def scratch_server(dsn: str | None = None) -> Iterator[Server]:
    """Lend the server that a connection string leads to, or a private one, which ends with the block.

    Raises DatabaseUnreachableError where there is no way to the named one.
    """
    if dsn:
        server = Server(dsn, database_prefix=_PREFIX)
        database_exists(server.conninfo(server.maintenance_dbname))
        yield server
    else:
        with Cluster() as cluster:
            yield cluster


def _add(verification: Verification, revision: Revision, on: _Database, own: _Database) -> None:
    """Run the queries of a revision on a schema, and compare with that which is their own."""
    sources, mistakes = revision.sources()
    verification.runs.append((len(sources), revision.name, on.words))
    verification.breakages += map(_unreadable, mistakes)
    for source in sources:
        variants = variants_of(source)
        failures = {variant: failure for variant in variants if (failure := on.failure(variant))}
        new = {variant: failure for variant, failure in failures.items() if not _is_old(failure, own.failure(variant))}
        verification.breakages += _breakages(source, new, len(variants), on.words)
        if any(not _is_of_values(failure) for variant, failure in failures.items() if variant not in new):
            verification.broken_before.append(source.name)


def _is_old(failure: _Failure, own: _Failure | None) -> bool:
    return own is not None and own.sqlstate == failure.sqlstate


def _is_of_values(failure: _Failure) -> bool:
    """Whether it is the sample that doesn't do: no value that could be read so, or a row that breaks a constraint."""
    return failure.sqlstate[:2] in ("22", "23")


def _breakages(source: Source, failures: dict[Variant, _Failure], variants: int, schema: str) -> Iterator[Breakage]:
    """Make a breakage of what is said of the same place in several variants."""
    same: dict[tuple[Place, str], list[Variant]] = {}
    for variant, failure in failures.items():
        place = variant.place_of(failure.position) if failure.position else source.place
        same.setdefault((place, failure.message), []).append(variant)
    for (place, message), broken in same.items():
        yield Breakage(place, source.name, broken[0].words if len(broken) < variants else "", schema, message)


def _unreadable(mistake: QueryError) -> Breakage:
    place = Place(*mistake.place) if mistake.place else Place("", 0, 0)
    return Breakage(place, "", "", "", f"this revision can't read it: {mistake.what or mistake}")


def _with_detail(message: str, detail: str | None) -> str:
    return f"{message} ({detail})" if detail else message


@contextmanager
def _migrated(server: Server, revision: Revision, to: str | None) -> Iterator[Connection]:
    name = _PREFIX + secrets.token_hex(6)
    conninfo = server.conninfo(name)
    try:
        revision.migrate(conninfo, to=to)
        with connect(conninfo, command="sql verify") as connection:
            yield connection
    finally:
        server.drop_database(name)


def _filled(connection: Connection) -> Connection:
    """Put a row into each table where the role may pass over their constraints: as a superuser."""
    if connection.execute("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user").fetchone() == (
        True,
    ):
        tables = [table for table in read_schema(connection).values() if table.is_filled_by_queries]
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            insert_rows(connection, tables, Samples(connection), Values(), lambda table, column: True)
    return connection
