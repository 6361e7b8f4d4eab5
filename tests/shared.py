"""The folder of shared material beside the checkout: real documents, recorded answers, a dump of the original.

It belongs to others and isn't part of the project; what needs it is skipped, with the reason, where it isn't.
"""

from __future__ import annotations

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_file(name: str) -> Path:
    """The path of a shared file or folder, say ``conformance/original.dump``; skips the test where it isn't."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"needs shared material that isn't on this machine: {path}")
    return path


def shared_files(pattern: str) -> list[Path]:
    """The shared files that fit a pattern, say ``documents/solver/*.json``, for parametrising a test.

    Where there is no such folder the list is empty, and pytest skips the test.
    """
    return sorted(_SHARED.glob(pattern))
