"""Storage library of Thoth: a knowledge graph in PostgreSQL, documents on Ceph, and SQL that stays SQL.

``GraphDatabase`` is the adapter for services; ``queries`` holds the same named queries for those who bring a
connection of their own.
"""

from __future__ import annotations

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
from .graph import GraphDatabase, PythonQueryResult
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

__version__ = "1.0.0"

__all__ = [
    "HANDLERS_MAPPING",
    "AlreadyConnectedError",
    "CacheMissError",
    "CudaVersionDoesNotMatchError",
    "DatabaseError",
    "DatabaseNotInitializedError",
    "DatabaseUnreachableError",
    "DistutilsKeyNotKnownError",
    "DocumentError",
    "GraphDatabase",
    "MigrationError",
    "MultipleFoundError",
    "NoDocumentIdError",
    "NotConnectedError",
    "NotFoundError",
    "PerformanceIndicatorNotRegisteredError",
    "PythonIndexNotProvidedError",
    "PythonIndexNotRegisteredError",
    "PythonQueryResult",
    "SchemaError",
    "SolverNameParseError",
    "SolverNotRunError",
    "SortTypeQueryError",
    "ThothStorageExceptionError",
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
