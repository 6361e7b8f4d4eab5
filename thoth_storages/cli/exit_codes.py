"""What the command's exit code says, in one place: for the code, the help and the reference."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended.

    >>> ExitCode.FOUND.meaning
    'it worked, and found a difference, a mistake, or a check that failed'
    """

    meaning: str

    def __new__(cls, code: int, meaning: str) -> ExitCode:
        """Make a code with what it means."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    OK = 0, "it worked, and there is nothing to complain about"
    ERROR = 1, "an error, which stderr tells in one sentence; of a sync: a document wasn't synced"
    USAGE = 2, "it was called wrongly, or needed a confirmation and had nobody to ask"
    FOUND = 3, "it worked, and found a difference, a mistake, or a check that failed"
    INTERRUPTED = 130, "Ctrl-C ended it; of a sync: after the batch at hand, so that it can go on from there"


def table() -> list[tuple[str, str]]:
    """Answer the codes with what they mean."""
    return [(str(int(code)), code.meaning) for code in ExitCode]
