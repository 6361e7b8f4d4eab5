"""Running something in a forked child, as services do that fork after they have connected."""

from __future__ import annotations

import os
from collections.abc import Callable


def status_of_child(action: Callable[[], object]) -> int:
    """Fork, act in the child, and answer its exit status: 0 when nothing was raised.

    The child leaves by ``os._exit``: whatever goes wrong in it, it must never run on as a second pytest.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            action()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def holds_in_child(check: Callable[[], bool]) -> bool:
    """Fork, and answer whether a check holds in the child."""

    def assert_it() -> None:
        assert check()

    return status_of_child(assert_it) == 0
