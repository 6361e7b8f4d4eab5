"""Documents on Ceph: one adapter a kind of them, over the MinIO client."""

from __future__ import annotations

from .base import StorageBase
from .buildlogs import BuildLogsStore
from .caches import AdvisersCacheStore, AnalysesCacheStore, BuildLogsAnalysesCacheStore, CephCache, ProvenanceCacheStore
from .ceph import CephStore
from .graph_backup import GraphBackupStore
from .inspections import InspectionBuildsStore, InspectionResultsStore, InspectionStore
from .results import (
    AdvisersResultsStore,
    AnalysisByDigest,
    AnalysisResultsStore,
    BuildLogsParsedResultsStore,
    DependencyMonkeyReportsStore,
    DependencyMonkeyRequestsStore,
    ObservationResultsStore,
    ProvenanceResultsStore,
    ResultStorageBase,
    RevSolverResultsStore,
)
from .schema import METADATA_SCHEMA, RESULT_SCHEMA
from .security_indicators import SecurityIndicatorsResultsStore, SIAggregatedStore, SIBanditStore, SIClocStore
from .solvers import SolverResultsStore
from .workflow_logs import WorkflowLogsStore

__all__ = [
    "METADATA_SCHEMA",
    "RESULT_SCHEMA",
    "AdvisersCacheStore",
    "AdvisersResultsStore",
    "AnalysesCacheStore",
    "AnalysisByDigest",
    "AnalysisResultsStore",
    "BuildLogsAnalysesCacheStore",
    "BuildLogsParsedResultsStore",
    "BuildLogsStore",
    "CephCache",
    "CephStore",
    "DependencyMonkeyReportsStore",
    "DependencyMonkeyRequestsStore",
    "GraphBackupStore",
    "InspectionBuildsStore",
    "InspectionResultsStore",
    "InspectionStore",
    "ObservationResultsStore",
    "ProvenanceCacheStore",
    "ProvenanceResultsStore",
    "ResultStorageBase",
    "RevSolverResultsStore",
    "SIAggregatedStore",
    "SIBanditStore",
    "SIClocStore",
    "SecurityIndicatorsResultsStore",
    "SolverResultsStore",
    "StorageBase",
    "WorkflowLogsStore",
]
