"""Bring a database's schema to what this library needs, and step back again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg import errors

from ...exceptions import MigrationError
from .adopt import adopt, is_to_adopt, was_adopted
from .files import DIRECTORY, Migration, Stage, read_migrations
from .lengths import refuse_what_is_too_long
from .others import refuse_what_leans
from .server import Connection, ConnectionInfo, Limits, connect, connect_or_create, migrators_lock
from .state import applied, checksums
from .statements import OnStatement

if TYPE_CHECKING:
    from .backend import Backend

_LOGGER = logging.getLogger(__name__)
_RETRY_PAUSE_SECONDS = 0.5
_USUAL = Limits()


@dataclass(frozen=True)
class Progress:
    """How far a run is: which migration, the how manieth of how many, and how many of its statements are done.

    ``seconds`` have passed since this migration was started.
    """

    migration: str
    number: int
    migrations: int
    statements_done: int
    statements: int
    seconds: float


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True)
class _Watch:
    """The stopwatch of one migration, which tells its progress."""

    migration: str
    number: int
    migrations: int
    on_progress: OnProgress | None
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def report(self, done: int, statements: int) -> None:
        if self.on_progress:
            self.on_progress(Progress(self.migration, self.number, self.migrations, done, statements, self.seconds))


def migrate(
    conninfo: ConnectionInfo,
    *,
    to: str | None = None,
    limits: Limits = _USUAL,
    on_progress: OnProgress | None = None,
    directory: Path = DIRECTORY,
) -> list[str]:
    """Apply what is missing, up to the migration ``to`` if it is given, and answer the ids of what was applied.

    A missing database is created, one of the original's is adopted, an up-to-date one left alone; a newer one, too,
    with a warning. Each migration is applied and recorded in one transaction, so whatever interrupts a run (kill -9
    of either side included), the next run finishes it. Any number may run at once: one works, the others wait.

    The connection must lead to the server itself: PgBouncer in transaction mode hands out another session at each
    transaction, and locks and time-outs would be lost.

    Raises DatabaseUnreachableError, and MigrationError: a statement failed (shown at its place in its file), a recorded
    migration was edited or vanished, the schema isn't one that can be adopted, or a lock couldn't be had in time.
    """
    migrations = read_migrations(directory)
    last = last_of(migrations, to)
    with _session(connect_or_create(conninfo, limits.wait_seconds), limits) as (backend, connection):
        _start(backend, connection, migrations, last, directory)
        missing = missing_of(migrations, applied(connection), last)
        _run(missing, backend.apply, "applied", limits, on_progress)
        return [migration.id for migration in missing]


def rollback(
    conninfo: ConnectionInfo,
    *,
    count: int = 1,
    to: str | None = None,
    limits: Limits = _USUAL,
    on_progress: OnProgress | None = None,
    directory: Path = DIRECTORY,
) -> list[str]:
    """Undo the ``count`` newest migrations by their rollback files, newest first, and answer their ids.

    With ``to`` those are undone that are newer than that migration, which stays, however many they are.

    Raises MigrationError as ``migrate`` does, and for a migration without a rollback file before anything is undone;
    likewise for the baseline of an adopted database, whose tables hold what Alembic's services wrote.
    """
    known = {migration.id: migration for migration in read_migrations(directory)}
    with _session(connect(conninfo), limits) as (backend, connection):
        have = applied(connection)
        verify(connection, tuple(known.values()), have)
        newest = [_known(known, name) for name in newest_of(have, count=count, to=to)]
        _refuse_what_cannot_be_undone(connection, newest)
        if newest:
            backend.prepare()
        _run(newest, backend.undo, "rolled back", limits, on_progress)
        return [migration.id for migration in newest]


def newest_of(have: Iterable[str], *, count: int = 1, to: str | None = None) -> list[str]:
    """Pick what ``rollback`` would undo of the applied migrations, newest first; raises MigrationError for others."""
    newest_first = sorted(have, reverse=True)
    if to is None:
        return newest_first[:count]
    if to not in newest_first:
        raise MigrationError(f"there is no migration {to} to go back to: it isn't applied")
    return newest_first[: newest_first.index(to)]


def last_of(migrations: tuple[Migration, ...], to: str | None) -> str:
    """Name the migration to end with; raises MigrationError where there is no migration ``to``."""
    if to is not None and to not in {migration.id for migration in migrations}:
        raise MigrationError(f"there is no migration {to}: the newest is {migrations[-1].id}")
    return to or migrations[-1].id


def missing_of(migrations: Iterable[Migration], have: Iterable[str], last: str) -> list[Migration]:
    """Pick the migrations that aren't applied, up to the ``last``, in their order."""
    there = set(have)
    return [migration for migration in migrations if migration.id not in there and migration.id <= last]


def refuse_what_would_fail(connection: Connection, missing: list[Migration]) -> None:
    """Raise MigrationError for what is in the database and would end the migrations half-way."""
    refuse_what_leans(connection, missing)
    refuse_what_is_too_long(connection, missing)


@contextmanager
def _session(connection: Connection, limits: Limits) -> Iterator[tuple[Backend, Connection]]:
    from .backend import Backend  # yoyo takes 60 ms to import, and whoever imports this library rarely migrates

    with connection:
        _configure(connection, limits)
        with migrators_lock(connection, limits.wait_seconds):
            yield Backend(connection), connection


def _configure(connection: Connection, limits: Limits) -> None:
    settings = {
        "application_name": "thoth-storages migrate",
        "search_path": "public",
        "lock_timeout": f"{limits.lock_seconds * 1000:.0f}",
        "statement_timeout": f"{limits.statement_seconds * 1000:.0f}",
        "idle_in_transaction_session_timeout": "0",
        # a killed client's statement would go on to its end, holding the lock that the next run waits for
        "client_connection_check_interval": "1s",
    }
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, FALSE)", (name, value))


def _start(
    backend: Backend, connection: Connection, migrations: tuple[Migration, ...], last: str, directory: Path
) -> None:
    have = applied(connection)
    to_adopt = not have and is_to_adopt(connection, migrations, directory)
    missing = missing_of(migrations, have, last)
    refuse_what_would_fail(connection, missing)
    backend.prepare()
    if to_adopt:
        adopt(backend, connection, migrations)
    verify(connection, migrations, applied(connection))


def verify(connection: Connection, migrations: tuple[Migration, ...], have: list[str]) -> None:
    """Refuse what was edited or vanished after it was applied, and a newer schema that lacks something."""
    recorded = checksums(connection)
    if edited := [each.id for each in migrations if each.id in have and recorded.get(each.id) != each.sha256]:
        raise MigrationError(
            f"edited after being applied, or applied by other means: {', '.join(edited)}; put the file back as it was, "
            "and change the schema by a new migration"
        )
    unknown = sorted(set(have) - {migration.id for migration in migrations})
    if vanished := [name for name in unknown if name < migrations[-1].id]:
        raise MigrationError(f"applied, but not among this library's migrations: {', '.join(vanished)}")
    if unknown:
        _allow_newer(unknown, [migration.id for migration in migrations if migration.id not in have])


def _allow_newer(unknown: list[str], missing: list[str]) -> None:
    newer = f"the schema holds migrations that are newer than this library: {', '.join(unknown)}"
    if missing:
        raise MigrationError(f"{newer}; it lacks {', '.join(missing)} of this library: use the newer one to migrate")
    _LOGGER.warning("%s; nothing is done", newer)


def _run(
    migrations: list[Migration],
    act: Callable[[Migration, OnStatement], None],
    done: str,
    limits: Limits,
    on_progress: OnProgress | None,
) -> None:
    for number, migration in enumerate(migrations, start=1):
        watch = _Watch(migration.id, number, len(migrations), on_progress)
        _with_patience(partial(act, migration, watch.report), migration, limits)
        _LOGGER.info("migration %s %s in %.1f s", migration.id, done, watch.seconds)


def _with_patience(act: Callable[[], None], migration: Migration, limits: Limits) -> None:
    """Try again what got no lock in time: the transaction is undone, and whoever queued behind us got through."""
    for attempt in range(1, limits.lock_attempts + 1):
        try:
            act()
            return
        except MigrationError as error:
            if not isinstance(error.__cause__, errors.LockNotAvailable | errors.DeadlockDetected):
                raise
            if attempt == limits.lock_attempts:
                raise MigrationError(
                    f"{error}\n{attempt} attempts got no lock within {limits.lock_seconds:g} s each: somebody holds "
                    "the table (see pg_stat_activity); run this again when it is quieter"
                ) from error
            _LOGGER.warning("migration %s got no lock, attempt %d; trying again", migration.id, attempt)
            time.sleep(_RETRY_PAUSE_SECONDS)


def _known(known: dict[str, Migration], name: str) -> Migration:
    if name not in known:
        raise MigrationError(f"{name} can't be rolled back: this library doesn't know it; use the one that applied it")
    return known[name]


def _refuse_what_cannot_be_undone(connection: Connection, migrations: list[Migration]) -> None:
    for migration in migrations:
        migration.rollback_statements()
        if migration.stage is Stage.BASELINE and was_adopted(connection, migration):
            raise MigrationError(
                f"{migration.id} can't be rolled back: this database was adopted, its tables were there before; "
                "to get rid of them, drop them"
            )
