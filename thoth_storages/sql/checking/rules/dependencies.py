"""The tables, columns, sequences and functions that a query touches are those of its contract."""

from __future__ import annotations

from collections.abc import Iterator

from ..comparing import compared
from ..finding import Finding
from ..subject import Checked

NAME = "dependencies"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find what queries read and write that they didn't, or no longer do."""
    return compared(NAME, checked)
