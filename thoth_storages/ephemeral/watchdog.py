"""What cleans up after a process that could not do it itself."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Self

from .account import Account
from .programs import program_environment

# ``read`` gets a line when the owner says farewell, and nothing when the owner is gone.
_WAIT = """
trap '' INT TERM HUP
if read -r farewell; then exit 0; fi
"""

STOP_POSTGRES = """
programs=$1
shift
"$programs/pg_ctl" stop --silent --mode=immediate --timeout=10 --pgdata="$1/data"
rm -rf "$@"
"""
"""Ends the PostgreSQL in the first folder by the programs in the folder before it, and removes all folders that follow.

``pg_ctl`` finds the server by its pid file, so a restarted one too. The folder goes in any case; a server that was only
just starting notices that and ends by itself within a minute.
"""

STOP_DAEMONS = """
for file in "$1"/*.pid; do
    pid=$(cat "$file")
    command=$(tr '\\0' ' ' <"/proc/$pid/cmdline" || ps -o args= -p "$pid")
    case $command in *"$1"*) kill -9 "$pid" ;; esac
done
rm -rf "$1"
"""
"""Ends the daemons whose pid files are in a folder, where a command line tells that they are ours; removes it."""


class Watchdog:
    """A shell that waits for the end of this process, then stops a server and removes its folders.

    It holds one end of a pipe whose other end only this process (and what it forks without exec) has, and the kernel
    closes that end however the process dies: by ``kill -9`` too, where no ``atexit`` runs. The parent-death signal of
    Linux would not do: it fires when the *thread* that started the server ends, it exists nowhere else, and it leaves
    the files, which lie in memory.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @classmethod
    def start(cls, script: str, account: Account, *arguments: Path) -> Self:
        """Start one, as the server's user, that will run one of the scripts above with its arguments."""
        process = subprocess.Popen(
            ["/bin/sh", "-c", _WAIT + script, "thoth-watchdog", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=program_environment(),
            start_new_session=True,
            **account.identity,
        )
        return cls(process)

    def dismiss(self) -> None:
        """Tell it that everything is in order already."""
        self._process.communicate(b"farewell\n")
