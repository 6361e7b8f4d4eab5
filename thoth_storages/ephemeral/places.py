"""Where the files of a throw-away server lie."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from .account import Account

_MEMORY = Path("/dev/shm")
_MEMORY_NEEDED = 1 << 30  # a server of the tests stays below 300 MiB, and other programs want room there too
_SOCKET_PATH_LIMIT = 103  # bytes that the address of a Unix socket holds: 107 on Linux, 103 on macOS
_LONGEST_SOCKET_NAME = "thoth-postgres-12345678/.s.PGSQL.65535"


def roomy_place(account: Account) -> Path:
    """The folder in memory, where that has room and the account may write; otherwise the one on disk."""
    if not account.can_write(_MEMORY) or shutil.disk_usage(_MEMORY).free < _MEMORY_NEEDED:
        return disk()
    return _MEMORY


def disk() -> Path:
    """The folder for temporary files, or /tmp where that is too deep for a socket, or root's own."""
    usual = Path(tempfile.gettempdir())
    if os.geteuid() == 0 or len(os.fsencode(usual / _LONGEST_SOCKET_NAME)) > _SOCKET_PATH_LIMIT:
        return Path("/tmp")
    return usual
