"""Numbers and lists in what the checks say."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_NAMED = 5
_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


def listed(names: Sequence[str], *, most: int = _MOST_NAMED, separator: str = ", ") -> str:
    """Name the first few of many."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return separator.join(names[:most]) + more


def size(number: float) -> str:
    """Write a number of bytes in the unit that fits it."""
    for unit in _UNITS[:-1]:
        if number < 1024:
            return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"
        number /= 1024
    return f"{number:,.1f} {_UNITS[-1]}"
