"""Syncing documents of analysers into the knowledge graph."""

from __future__ import annotations

from .handlers import HANDLERS_MAPPING, sync_solver_documents
from .outcome import Counts, OnProgress, Outcome, Progress
from .run import sync_documents

__all__ = [
    "HANDLERS_MAPPING",
    "Counts",
    "OnProgress",
    "Outcome",
    "Progress",
    "sync_documents",
    "sync_solver_documents",
]
