"""A PostgreSQL cluster that lives as long as the process that made it, and not a second longer."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from psycopg.conninfo import make_conninfo

from ..exceptions import DatabaseError
from .account import Account
from .places import disk, roomy_place
from .postmaster import PortTakenError, Postmaster
from .programs import find_programs
from .server import Server
from .watchdog import STOP_POSTGRES, Watchdog

_START_SECONDS = 60.0
_PORT_ATTEMPTS = 20

#: Empty values keep libpq from taking its own variables (PGHOSTADDR would lead to another server) instead.
_CONNINFO = "host=127.0.0.1 hostaddr='' user=postgres password='' dbname=postgres options=''"

#: What every cluster has: TCP for clients that can't use the socket, room for pools and for twenty migrators at once,
#: and shared memory as files in the cluster's folder, so that a killed server leaves none elsewhere.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}

#: What a cluster has that nobody will miss: no waiting for disks, and no autovacuum that changes plans on the way.
_CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class Cluster(Server):
    """A private PostgreSQL server with an empty cluster of its own: a context manager, or ``start()`` and ``close()``.

    It listens on a free port of 127.0.0.1 (``host``, ``port``) and on a Unix socket (which ``conninfo()`` uses), trusts
    everyone who gets that far, and lies in memory (``/dev/shm``) where that has 1 GiB free. As root it runs as the user
    ``postgres`` or ``nobody``.

    When this process ends, however it ends, the server is stopped and its files are removed: see ``Watchdog``.

    Args:
        programs: the directory of PostgreSQL's programs; by default what ``find_programs()`` finds.
        durable: whether a committed transaction survives a crash (``fsync`` and its kin).
        settings: more server settings, or other values for these; names as in ``postgresql.conf``.

    Attributes:
        programs: the directory of PostgreSQL's programs, the client programs of the same version among them.
        directory: where the cluster's files are, from ``start()`` to ``close()``.
    """

    # File by file: that takes half the time where a checkpoint costs nothing.
    _copy_strategy = "file_copy"

    def __init__(
        self, *, programs: Path | None = None, durable: bool = False, settings: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(_CONNINFO)
        self.programs = programs or find_programs()
        self.directory = Path()
        self._settings = _SETTINGS | ({} if durable else _CARELESS) | dict(settings or {})
        self._account = Account.choose()
        self._owner = os.getpid()
        self._server_programs = self.programs
        self._folders: list[Path] = []
        self._watchdog: Watchdog | None = None
        self._postmaster: Postmaster | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the running server; None while there is none."""
        if self._postmaster is None or not self._postmaster.is_running:
            return None
        return self._postmaster.pid

    def start(self) -> None:
        """Start the server and wait until it takes connections; the first time, make the cluster as well.

        Raises:
            DatabaseError: it doesn't start; the message holds what it logged.
        """
        if self.pid is not None:
            return
        if not self._folders:
            self._make()
            self._start_on_a_free_port()
        else:
            self._start_on(self.port)

    def stop(self) -> None:
        """Stop the server in order, with all connections to it; its data stays for the next ``start()``."""
        if self._postmaster is not None and self._owner == os.getpid():
            self._postmaster.stop()
            self._postmaster = None

    def restart(self) -> None:
        """Stop the server and start it again, on the same port."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """End the server and its backends as a crash would, by ``kill -9``; the next ``start()`` recovers."""
        if self._postmaster is not None:
            self._postmaster.kill()
            self._postmaster = None

    def close(self) -> None:
        """Stop the server and remove everything that there is of it."""
        if self._owner != os.getpid():
            return
        atexit.unregister(self.close)
        if (self.directory / "data/postmaster.pid").exists():
            # A killed server leaves shared memory to the system (56 bytes, but 4,096 pieces are all there is); its
            # successor frees that.
            with contextlib.suppress(DatabaseError):
                self.start()
        self.stop()
        while self._folders:
            shutil.rmtree(self._folders.pop())
        if self._watchdog is not None:
            self._watchdog.dismiss()
            self._watchdog = None

    def _make(self) -> None:
        self.directory = self._account.make_directory(roomy_place(self._account))
        self._folders = [self.directory]
        if not self._account.can_run(self.programs):
            # Memory is often mounted without leave to execute, so the copy goes to where the disk is.
            self._folders.append(self._account.make_directory(disk()))
            self._server_programs = self._account.copy_programs(self.programs, self._folders[1])
        self._watchdog = Watchdog.start(STOP_POSTGRES, self._account, self._server_programs, *self._folders)
        atexit.register(self.close)
        self._initialize()

    def _initialize(self) -> None:
        done = self._account.run(
            self._server_programs / "initdb",
            *("--pgdata=data", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--no-sync", "--no-instructions"),
            directory=self.directory,
        )
        if done.returncode != 0:
            raise DatabaseError(f"initdb made no cluster in {self.directory}: {done.stderr.strip()}")

    def _start_on_a_free_port(self) -> None:
        for _ in range(_PORT_ATTEMPTS - 1):
            with contextlib.suppress(PortTakenError):
                self._start_on(_free_port())
                return
        self._start_on(_free_port())

    def _start_on(self, port: int) -> None:
        settings = self._settings | {"port": str(port), "unix_socket_directories": str(self.directory)}
        deadline = time.monotonic() + _START_SECONDS
        ready = False
        while not ready:
            self._postmaster = Postmaster(self._server_programs, self.directory, settings, self._account)
            ready = self._postmaster.wait_until_ready(deadline - time.monotonic())
        self.port = port
        self._conninfo = make_conninfo(_CONNINFO, host=str(self.directory), port=port)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
