"""A PgBouncer in transaction mode before the tests' database: each transaction may run in another server session."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from thoth_storages.ephemeral.account import Account

_CONFIGURATION = """\
[databases]
{dbname} = host={host} port={port} dbname={dbname} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen_port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


@pytest.fixture
def pgbouncer(database: str) -> Iterator[str]:
    """The connection string of ``database`` by way of PgBouncer in transaction mode."""
    program = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None:
        pytest.skip("needs PgBouncer: apt-get install pgbouncer")
    with tempfile.TemporaryDirectory(prefix="thoth-pgbouncer-", dir="/tmp") as folder:
        listen_port = _free_port()
        account = Account.choose()
        _configure(Path(folder), account, database, listen_port)
        command = [program, "--quiet", f"{folder}/pgbouncer.ini"]
        with subprocess.Popen(command, **account.identity) as process:
            _wait(listen_port, process)
            yield make_conninfo(database, host="127.0.0.1", port=listen_port)
            process.terminate()


def _configure(folder: Path, account: Account, database: str, listen_port: int) -> None:
    parameters = {key: str(value) for key, value in conninfo_to_dict(database).items()}
    text = _CONFIGURATION.format(folder=folder, listen_port=listen_port, **parameters)
    (folder / "pgbouncer.ini").write_text(text, encoding="utf-8")
    if account.other:
        os.chown(folder, account.other.pw_uid, account.other.pw_gid)
    folder.chmod(0o755)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("PgBouncer didn't start")
