"""Notice that files were saved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PAUSE_SECONDS = 0.2

_Stamp = tuple[int, int]


class Watch:
    """Looks at files, from now on."""

    def __init__(self, files: Callable[[], list[Path]]) -> None:
        """Take what names the files: a folder may get new ones."""
        self._files = files
        self._known = self._stamps()

    def saved(self) -> list[Path]:
        """Answer the files that were saved, or are new, since the last look; none is missed between two looks."""
        known, self._known = self._known, self._stamps()
        return [path for path, stamp in self._known.items() if known.get(path) != stamp]

    def __iter__(self) -> Iterator[list[Path]]:
        """Yield the saved files, each time that some were, for ever."""
        while True:
            if paths := self.saved():
                yield paths
            time.sleep(_PAUSE_SECONDS)

    def _stamps(self) -> dict[Path, _Stamp]:
        stamps = {}
        for path in self._files():
            try:
                status = path.stat()
            except FileNotFoundError:
                continue  # an editor that puts a new file in its place is half through
            stamps[path] = (status.st_mtime_ns, status.st_size)
        return stamps
