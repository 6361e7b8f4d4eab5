"""One run of a PostgreSQL server process: from its start to its end, by whichever signal."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..exceptions import DatabaseError
from .account import Account
from .programs import program_environment

_STOP_SECONDS = 20.0
_POLL_SECONDS = 0.01


class PortTakenError(DatabaseError):
    """Another process listens on the port that was chosen for the server."""


class Postmaster:
    """A running server on the cluster in ``directory/data``; its log is ``directory/server.log``.

    Args:
        programs: a directory of PostgreSQL's programs that ``account`` can execute.
        directory: the cluster's folder; the Unix socket lies in it too.
        settings: what ``postgresql.conf`` would hold, the port among it.
        account: the user that it runs as.
    """

    def __init__(self, programs: Path, directory: Path, settings: Mapping[str, str], account: Account) -> None:
        self._data = directory / "data"
        self._log = directory / "server.log"
        self._logged_before = self._log.stat().st_size if self._log.exists() else 0
        command = [str(programs / "postgres"), "-D", str(self._data)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=directory,
                env=program_environment(),
                start_new_session=True,
                **account.identity,
            )

    @property
    def pid(self) -> int:
        """The process id of the server."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait until the server takes connections.

        Returns:
            False when it ended because backends of its killed predecessor are still there: start another one.

        Raises:
            PortTakenError: another process has the port.
            DatabaseError: it ended, or wasn't ready in time; the message holds what it logged.
        """
        deadline = time.monotonic() + seconds
        while self.is_running:
            if self._is_ready():
                return True
            if time.monotonic() > deadline:
                self.stop()
                raise DatabaseError(f"PostgreSQL wasn't ready within {seconds:.0f} s: {self._logged()}")
            time.sleep(_POLL_SECONDS)
        return self._judge(self._logged())

    def stop(self) -> None:
        """End the server in order: a fast shutdown, and rougher ones if that takes longer than 20 s."""
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self._process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)
                return

    def kill(self) -> None:
        """End the server and all its backends by ``kill -9``."""
        backends = list(_children(self.pid))
        self._process.kill()
        self._process.wait()
        for backend in backends:
            with contextlib.suppress(ProcessLookupError):
                os.kill(backend, signal.SIGKILL)

    def _is_ready(self) -> bool:
        # The eighth line says so. The first one tells this server's file from that of a killed predecessor.
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def _logged(self) -> str:
        return self._log.read_bytes()[self._logged_before :].decode(errors="replace").strip()

    @staticmethod
    def _judge(logged: str) -> bool:
        if "Address already in use" in logged:
            raise PortTakenError(f"PostgreSQL found its port taken: {logged}")
        if "is still in use" in logged:
            return False
        raise DatabaseError(f"PostgreSQL didn't start: {logged}")


def _children(pid: int) -> Iterator[int]:
    """The processes that ``pid`` started; none where there is no /proc, as on macOS."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            state_and_parent = status.read_text().rpartition(")")[2].split()
            if int(state_and_parent[1]) == pid:
                yield int(status.parent.name)
