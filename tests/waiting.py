"""Waiting for what another process does: until it is so, and never for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def wait_until(condition: Callable[[], object], what: str, *, seconds: float = 60) -> None:
    """Look again and again until the condition holds; fail, saying what was waited for, when it doesn't in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    """Whether there is such a process; one that ended and waits for its parent to notice doesn't count."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
