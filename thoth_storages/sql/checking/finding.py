"""What a rule finds: where, what, why that matters, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from ..lexer import Place


@dataclass(frozen=True)
class Finding:
    """A mistake in a file of queries; ``str`` of it is what people read."""

    rule: str
    """The name of the rule: ``total-order``."""
    place: Place
    """Where it is: the file's path as it was given, line and column, which count from 1."""
    what: str
    """What is there, in a clause without a full stop."""
    why: str
    """What comes of it."""
    remedy: str
    """What to write instead."""
    source_line: str = ""
    """The line of the file, as it stands there."""

    @property
    def message(self) -> str:
        """What, why and remedy in one line."""
        return " · ".join((self.what, self.why, self.remedy))

    def __str__(self) -> str:
        path, line, column = self.place
        head = f"{path}:{line}:{column}: [{self.rule}] {self.message}"
        # What stands before the caret keeps its tabs, so that it is as wide as in the line above.
        before = "".join("\t" if sign == "\t" else " " for sign in self.source_line[: column - 1])
        return "\n".join([head, f"    {self.source_line}", f"    {before}^"]) if self.source_line else head
