"""One program in the background: from its start to its end, by whichever signal."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..exceptions import ObjectStoreError

# Systems give ports above these to whoever connects somewhere: one of them could be taken while a server restarts.
_PORTS = range(15000, 32000)
_STOP_SECONDS = 20.0
_SHOWN_OF_LOG = 2000
_PORT_TAKEN = ("address already in use", "port allocation failed")

# The shell becomes the daemon, so that its id is written before there is something to be left behind.
_RECORD_AND_RUN = 'echo $$ > "$0.pid" && exec "$@"'


class PortTakenError(ObjectStoreError):
    """Another process listens on a port that was chosen for a server."""


class Daemon:
    """A running program, in a session of its own; ``<name>.pid`` and ``<name>.log`` in its folder are its own too.

    Args:
        name: what it is called in messages.
        command: the program and its arguments.
        directory: the folder that it runs in.
        environment: all environment variables that it gets.
    """

    def __init__(self, name: str, command: Sequence[str | Path], directory: Path, environment: Mapping[str, str]):
        self.name = name
        self._log = directory / f"{name}.log"
        self._pid_file = directory / f"{name}.pid"
        self._logged_before = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _RECORD_AND_RUN, str(directory / name), *map(str, command)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=directory,
                env=environment,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def check(self) -> None:
        """Raise PortTakenError or ObjectStoreError, with what it logged, when it ended by itself."""
        if self.is_running:
            return
        logged = self.logged()
        if any(words in logged.lower() for words in _PORT_TAKEN):
            raise PortTakenError(f"{self.name} found a port taken: {logged}")
        raise ObjectStoreError(f"{self.name} ended with status {self._process.returncode}: {logged}")

    def logged(self) -> str:
        """What it logged last."""
        text = self._log.read_bytes()[self._logged_before :].decode(errors="replace")
        return text[-_SHOWN_OF_LOG:].strip()

    def stop(self) -> None:
        """End it in order, and by force if that takes longer than 20 s."""
        for how in (signal.SIGTERM, signal.SIGKILL):
            self._process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)
                break
        self._pid_file.unlink(missing_ok=True)

    def kill(self) -> None:
        """End it by ``kill -9``."""
        self._process.kill()
        self._process.wait()
        self._pid_file.unlink(missing_ok=True)

    def suspend(self) -> None:
        """Let it go deaf: its connections stay, and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)
        # Threads that are at work stop a moment later, and would answer meanwhile.
        os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def resume(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)


def free_ports(count: int) -> list[int]:
    """As many different TCP ports of this machine on which nobody listens."""
    ports: list[int] = []
    while len(ports) < count:
        port = random.choice(_PORTS)
        if port not in ports and _is_free(port):
            ports.append(port)
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
