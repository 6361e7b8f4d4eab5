"""How checks are found, run one after the other, and kept from hiding each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import TracebackType
from typing import Self

import psycopg
from psycopg import errors

from ..database import Connection, Database, is_lost
from ..exceptions import (
    DatabaseNotInitializedError,
    DatabaseUnreachableError,
    SettingMissingError,
    ThothStorageExceptionError,
)
from ..settings import DatabaseSettings
from ..sql import migrating
from ..sql.migrating.facts import Difference


class Status(Enum):
    """What a check comes to."""

    OK = "OK"
    WARN = "WARN"
    """Nothing is broken yet, or it is a matter of opinion."""
    FAIL = "FAIL"
    """Something is broken, or will be before long."""
    UNKNOWN = "UNKNOWN"
    """It can't be told."""


@dataclass(frozen=True)
class Finding:
    """What a check says, and what to do about it; nothing where all is well."""

    status: Status
    said: str
    remedy: str | None = None


@dataclass(frozen=True)
class Result:
    """What the check of a name says."""

    check: str
    status: Status
    said: str
    remedy: str | None


class Examination:
    """The database and the store that are looked at; a context manager. Each is connected to when it is first needed.

    What can't be reached is tried once, and not by each check again.
    """

    def __init__(self, settings: DatabaseSettings) -> None:
        """Do nothing yet."""
        self.settings = settings
        self._connection: Connection | None = None
        self._failure: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    @property
    def connection(self) -> Connection:
        """A connection to the database, in autocommit mode.

        Raises DatabaseUnreachableError when there is no way to the server, DatabaseNotInitializedError when it has no
        such database.
        """
        if self._failure is not None:
            raise self._failure
        if self._connection is None or self._connection.closed:
            try:
                self._connection = Database(self.settings).connect_to_existing()
            except (DatabaseUnreachableError, DatabaseNotInitializedError) as error:
                self._failure = error
                raise
        return self._connection

    @cached_property
    def differences(self) -> list[Difference]:
        """How the schema differs from the one that the migrations make.

        Raises what ``connection`` does, and MigrationError where this role can't find it out.
        """
        assert self.connection
        return migrating.diff(self.settings.conninfo(dbname=self.settings.address.database))


Check = Callable[[Examination], Finding]
_CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a function as the check of a name; they run in the order in which they are registered."""

    def register(function: Check) -> Check:
        _CHECKS[name] = function
        return function

    return register


def known_checks() -> dict[str, Check]:
    """Answer the checks by name, in the order in which they run."""
    from . import checks  # noqa: F401  (they register themselves)

    return dict(_CHECKS)


def examine(examination: Examination, names: Sequence[str] = ()) -> Iterator[Result]:
    """Run the checks of these names, or all of them, and answer what each says when it is done.

    None of them raises: what keeps a check from its work is what it says.
    """
    checks = known_checks()
    for name in names or checks:
        finding = _run(checks[name], examination)
        yield Result(name, finding.status, finding.said, finding.remedy)


def _run(function: Check, examination: Examination) -> Finding:
    try:
        return function(examination)
    except (DatabaseUnreachableError, DatabaseNotInitializedError):
        return Finding(Status.UNKNOWN, "there is no database to look at", "see the check 'connection'")
    except SettingMissingError as error:
        return Finding(Status.UNKNOWN, str(error))
    except errors.InsufficientPrivilege as error:
        said = error.diag.message_primary or str(error)
        return Finding(Status.UNKNOWN, said, "ask as a role that is a member of pg_monitor, or as a superuser")
    except psycopg.Error as error:
        said = error.diag.message_primary or " ".join(str(error).split())
        return Finding(Status.UNKNOWN if is_lost(error) else Status.FAIL, f"The database says: {said}")
    except (ThothStorageExceptionError, OSError, ValueError) as error:
        return Finding(Status.FAIL, str(error))
