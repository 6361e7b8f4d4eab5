"""Numbers and lists in what the checks say."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_NAMED = 5
_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


def listed(names: Sequence[str]) -> str:
    """Name the first few of many."""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more


def size(number: float) -> str:
    """Write a number of bytes in the unit that fits it."""
    for unit in _UNITS[:-1]:
        if number < 1024:
            return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"
        number /= 1024
    return f"{number:,.1f} {_UNITS[-1]}"
