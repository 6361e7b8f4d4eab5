"""The locks that a query takes are those of its contract."""

from __future__ import annotations

from collections.abc import Iterator

from ..comparing import compared
from ..finding import Finding
from ..subject import Checked

NAME = "locks"


def check_all(checked: Checked) -> Iterator[Finding]:
    """Find tables that queries lock otherwise than agreed on."""
    return compared(NAME, checked)
