"""Named checks of the knowledge graph's database and of the object store, each with what to do about what it finds."""

from __future__ import annotations

from .examination import Examination, Finding, Result, Status, examine, known_checks

__all__ = ["Examination", "Finding", "Result", "Status", "examine", "known_checks"]
