"""Storage library of Thoth: a knowledge graph in PostgreSQL, documents on Ceph, and SQL that stays SQL.

``GraphDatabase`` is the adapter for services; ``queries`` holds the same named queries for those who bring a
connection of their own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .exceptions import (
    AlreadyConnectedError,
    CacheMissError,
    CudaVersionDoesNotMatchError,
    DatabaseError,
    DatabaseNotInitializedError,
    DatabaseUnreachableError,
    DistutilsKeyNotKnownError,
    DocumentError,
    MigrationError,
    MultipleFoundError,
    NoDocumentIdError,
    NotConnectedError,
    NotFoundError,
    PerformanceIndicatorNotRegisteredError,
    PythonIndexNotProvidedError,
    PythonIndexNotRegisteredError,
    SchemaError,
    SolverNameParseError,
    SolverNotRunError,
    SortTypeQueryError,
    ThothStorageExceptionError,
)

__version__ = "1.0.0"

if TYPE_CHECKING:
    from .graph import GraphDatabase, PythonQueryResult
    from .objectstore import (
        RESULT_SCHEMA,
        AdvisersCacheStore,
        AdvisersResultsStore,
        AnalysesCacheStore,
        AnalysisByDigest,
        AnalysisResultsStore,
        BuildLogsAnalysesCacheStore,
        BuildLogsParsedResultsStore,
        BuildLogsStore,
        CephCache,
        CephStore,
        DependencyMonkeyReportsStore,
        DependencyMonkeyRequestsStore,
        GraphBackupStore,
        InspectionBuildsStore,
        InspectionResultsStore,
        InspectionStore,
        ObservationResultsStore,
        ProvenanceCacheStore,
        ProvenanceResultsStore,
        ResultStorageBase,
        RevSolverResultsStore,
        SecurityIndicatorsResultsStore,
        SIAggregatedStore,
        SIBanditStore,
        SIClocStore,
        SolverResultsStore,
        StorageBase,
        WorkflowLogsStore,
    )
    from .sql.named import queries
    from .sync import (
        HANDLERS_MAPPING,
        sync_adviser_documents,
        sync_analysis_documents,
        sync_dependency_monkey_documents,
        sync_documents,
        sync_inspection_documents,
        sync_provenance_checker_documents,
        sync_revsolver_documents,
        sync_security_indicators_documents,
        sync_solver_documents,
    )
else:
    # What takes long to import, and what a mistake in a file of queries keeps from being loaded, is imported when it is
    # asked for: the command that finds such mistakes must start.
    _HOMES = {
        "GraphDatabase": "graph",
        "PythonQueryResult": "graph",
        "queries": "sql.named",
        "HANDLERS_MAPPING": "sync",
    }

    def __getattr__(name: str) -> Any:
        """Import what is asked for."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = "sync" if name.startswith("sync_") else _HOMES.get(name, "objectstore")
        return globals().setdefault(name, getattr(import_module(f".{home}", __name__), name))

    def __dir__() -> list[str]:
        """Name what can be asked for, too."""
        return sorted({*globals(), *__all__})


__all__ = [
    "HANDLERS_MAPPING",
    "RESULT_SCHEMA",
    "AdvisersCacheStore",
    "AdvisersResultsStore",
    "AlreadyConnectedError",
    "AnalysesCacheStore",
    "AnalysisByDigest",
    "AnalysisResultsStore",
    "BuildLogsAnalysesCacheStore",
    "BuildLogsParsedResultsStore",
    "BuildLogsStore",
    "CacheMissError",
    "CephCache",
    "CephStore",
    "CudaVersionDoesNotMatchError",
    "DatabaseError",
    "DatabaseNotInitializedError",
    "DatabaseUnreachableError",
    "DependencyMonkeyReportsStore",
    "DependencyMonkeyRequestsStore",
    "DistutilsKeyNotKnownError",
    "DocumentError",
    "GraphBackupStore",
    "GraphDatabase",
    "InspectionBuildsStore",
    "InspectionResultsStore",
    "InspectionStore",
    "MigrationError",
    "MultipleFoundError",
    "NoDocumentIdError",
    "NotConnectedError",
    "NotFoundError",
    "ObservationResultsStore",
    "PerformanceIndicatorNotRegisteredError",
    "ProvenanceCacheStore",
    "ProvenanceResultsStore",
    "PythonIndexNotProvidedError",
    "PythonIndexNotRegisteredError",
    "PythonQueryResult",
    "ResultStorageBase",
    "RevSolverResultsStore",
    "SIAggregatedStore",
    "SIBanditStore",
    "SIClocStore",
    "SchemaError",
    "SecurityIndicatorsResultsStore",
    "SolverNameParseError",
    "SolverNotRunError",
    "SolverResultsStore",
    "SortTypeQueryError",
    "StorageBase",
    "ThothStorageExceptionError",
    "WorkflowLogsStore",
    "__version__",
    "queries",
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
