"""What breaks between two revisions: the queries of the one on the schema of the other."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
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
from .facts.prepared import PAGE, run
from .facts.rows import Choice, insert_rows, only_required
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
    null: str | None = None
    """The parameter that was NULL then."""

    @property
    def is_of_values(self) -> bool:
        """Whether it is the sample that doesn't do: no value of that kind, or a row that breaks a constraint."""
        return self.sqlstate[:2] in ("22", "23")


class _Database:
    """A throw-away database with a schema, which is made when it is asked first."""

    def __init__(self, words: str, connect: Callable[[], Connection]) -> None:
        self.words = words
        self._session = Session(connect)

    def failures(self, variants: Iterable[Variant]) -> dict[Variant, list[_Failure]]:
        """Answer what the server says against variants, each of which is run on empty tables and on a row in each.

        What writes is tried with NULL, too: in each of its parameters, and in the rows that it reads.
        """
        answers = {variant: self._session.prepare(variant) for variant in variants}
        found = {
            variant: [_Failure(answer.sqlstate, _with_detail(answer.message, answer.detail), answer.position)]
            for variant, answer in answers.items()
            if isinstance(answer, Refused)
        }
        prepared = [variant for variant in answers if variant not in found]
        written = [variant for variant in prepared if variant.source.statement.writes]
        with_null = [(variant, name) for variant in written for name in variant.names if name not in PAGE]
        for put, runs in (
            (_no_rows, [(variant, None) for variant in prepared]),
            (_a_row_in_each_table, [(variant, None) for variant in prepared]),
            (_a_row_of_nulls_in_each_table, [(variant, None) for variant in written]),
            (_no_rows, with_null),
        ):
            with self._session.undone() as connection:
                put(connection)
                for variant, null in runs:
                    if failure := self._run(variant, null):
                        found.setdefault(variant, []).append(failure)
        return found

    def _run(self, variant: Variant, null: str | None) -> _Failure | None:
        with self._session.undone() as connection:
            try:
                run(connection, variant.text, variant.names, self._samples, Values(), null=null)
            except psycopg.Error as error:
                said = _with_detail(error.diag.message_primary or str(error), error.diag.message_detail)
                return _Failure(error.sqlstate or "", f"where {null} is NULL: {said}" if null else said, null=null)
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
    variants = {source.place: variants_of(source) for source in sources}
    failures = on.failures(variant for each in variants.values() for variant in each)
    expected = own.failures(failures) if failures else {}
    for source in sources:
        failed = [variant for variant in variants[source.place] if variant in failures]
        if any(not failure.is_of_values for variant in failed for failure in expected.get(variant, ())):
            verification.broken_before.append(source.name)
            continue
        new = {variant: _new(failures[variant], expected.get(variant, [])) for variant in failed}
        verification.breakages += _breakages(source, new, len(variants[source.place]), on.words)


def _new(failures: list[_Failure], expected: list[_Failure]) -> list[_Failure]:
    known = {(failure.sqlstate, failure.null) for failure in expected}
    new = [failure for failure in failures if (failure.sqlstate, failure.null) not in known]
    always = {failure.sqlstate for failure in new if failure.null is None}
    return [failure for failure in new if failure.null is None or failure.sqlstate not in always]


def _breakages(
    source: Source, failures: dict[Variant, list[_Failure]], variants: int, schema: str
) -> Iterator[Breakage]:
    """Make a breakage of what is said of the same place in several variants."""
    same: dict[tuple[Place, str], dict[Variant, None]] = {}
    for variant, said in failures.items():
        for failure in said:
            place = variant.place_of(failure.position) if failure.position else source.place
            same.setdefault((place, failure.message), {})[variant] = None
    for (place, message), broken in same.items():
        words = next(iter(broken)).words if len(broken) < variants else ""
        yield Breakage(place, source.name, words, schema, message)


def _unreadable(mistake: QueryError) -> Breakage:
    assert mistake.place is not None
    return Breakage(Place(*mistake.place), "", "", "", f"this revision can't read it: {mistake.what}")


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


def _no_rows(_: Connection) -> None:
    """Leave the tables empty."""


def _a_row_in_each_table(connection: Connection) -> None:
    _insert(connection, lambda table, column: True)


def _a_row_of_nulls_in_each_table(connection: Connection) -> None:
    _insert(connection, only_required)


def _insert(connection: Connection, is_filled: Choice) -> None:
    """Fill the tables, where the role may pass over what binds them to each other: as a superuser."""
    statement = "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user"
    if connection.execute(statement).fetchone() == (True,):
        tables = [table for table in read_schema(connection).values() if table.is_filled_by_queries]
        connection.execute("SET LOCAL session_replication_role = replica")
        insert_rows(connection, tables, Samples(connection), Values(), is_filled)
        connection.execute("SET LOCAL session_replication_role = origin")
