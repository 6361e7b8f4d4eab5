"""What the command's exit code says, in one place: for the code, and for the help that shows the table."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended.

    >>> ExitCode.FOUND.meaning
    'it found something: differences, findings, or checks that fail'
    """

    meaning: str

    def __new__(cls, code: int, meaning: str) -> ExitCode:
        """Make a code with what it means."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    OK = 0, "it worked"
    ERROR = 1, "an error, which stderr tells in one sentence"
    USAGE = 2, "the command was called wrongly"
    FOUND = 3, "it found something: differences, findings, or checks that fail"
    INTERRUPTED = 130, "Ctrl-C ended it"


def table() -> list[tuple[str, str]]:
    """Answer the codes with what they mean."""
    return [(str(int(code)), code.meaning) for code in ExitCode]
