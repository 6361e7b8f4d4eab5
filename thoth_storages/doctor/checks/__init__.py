"""The checks, one module a subject, in the order in which they run. Adding a check means adding a function."""

from __future__ import annotations

from . import database, indexes, storage, store

__all__ = ["database", "indexes", "storage", "store"]
