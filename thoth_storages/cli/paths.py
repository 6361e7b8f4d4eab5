"""Files as people see them."""

from __future__ import annotations

from pathlib import Path


def shown(path: Path) -> Path:
    """Name a file as seen from the working folder, where it lies below that."""
    absolute = path.absolute()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute
