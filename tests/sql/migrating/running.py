"""Migrators as processes, waiting for what they do, and what is in their databases."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from thoth_storages.sql.migrating import applied


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it didn't happen"
        time.sleep(0.02)


def start(conninfo: str, directory: Path) -> subprocess.Popen[bytes]:
    program = (
        "import sys; from pathlib import Path; from thoth_storages.sql.migrating import migrate;"
        "migrate(sys.argv[1], directory=Path(sys.argv[2]))"
    )
    return subprocess.Popen([sys.executable, "-c", program, conninfo, str(directory)], cwd=Path(__file__).parents[3])


def ids(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as connection:
        return applied(connection)


def run(conninfo: str, statement: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statement.encode())
