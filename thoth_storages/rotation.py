"""Which backups are too many."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def surplus(names: Sequence[str], is_good: Callable[[str], bool], kept: int) -> list[str]:
    """Of backups, oldest first, answer those to be removed so that the ``kept`` newest good ones stay.

    One that is no good doesn't count, so it can't push out one that is; it goes with the good ones that are newer.
    """
    good = list(filter(is_good, names))
    if len(good) <= kept:
        return []
    return list(names[: names.index(good[-kept - 1]) + 1])
