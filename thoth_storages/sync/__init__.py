"""Syncing documents of analysers into the knowledge graph."""

from __future__ import annotations

from .handlers import (
    HANDLERS_MAPPING,
    sync_adviser_documents,
    sync_analysis_documents,
    sync_dependency_monkey_documents,
    sync_inspection_documents,
    sync_provenance_checker_documents,
    sync_revsolver_documents,
    sync_security_indicators_documents,
    sync_solver_documents,
)
from .outcome import Counts, OnProgress, Outcome, Progress
from .run import sync_documents

__all__ = [
    "HANDLERS_MAPPING",
    "Counts",
    "OnProgress",
    "Outcome",
    "Progress",
    "sync_adviser_documents",
    "sync_analysis_documents",
    "sync_dependency_monkey_documents",
    "sync_documents",
    "sync_inspection_documents",
    "sync_provenance_checker_documents",
    "sync_revsolver_documents",
    "sync_security_indicators_documents",
    "sync_solver_documents",
]
