"""Writing the documents of analysers into the graph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..documents import kinds
from .connected import ConnectedAdapter

Document = Mapping[str, Any]


class DocumentSync(ConnectedAdapter):
    """The part of ``GraphDatabase`` that takes documents in.

    Each is written whole or not at all, and isn't changed; writing it again changes nothing. All methods raise
    DocumentError, which names the field's path, for a document that can't be stored.
    """

    def sync_solver_result(self, document: Document, *, force: bool = False) -> None:
        """Store what a solver found.

        ``force`` writes it as any other: there is nothing that an earlier run could have left in the way. Raises
        SolverNameParseError for an id that doesn't name its solver.

        >>> graph.sync_solver_result(document)
        """
        self._sync(kinds.SOLVER, document)

    def sync_adviser_result(self, document: Document) -> None:
        """Store what the adviser recommended, or for which packages it had to give up.

        Raises SolverNotRunError when it advised a version that no solver has seen in the environment.

        >>> graph.sync_adviser_result(document)
        """
        self._sync(kinds.ADVISER, document)

    def sync_inspection_result(self, document: Document) -> None:
        """Store a result of an inspection, and the performance that it measured.

        ``document`` holds ``document_id``, ``result_number``, ``specification`` and ``result``. Raises
        PerformanceIndicatorNotRegisteredError for a measurement that there is no table for, and SolverNotRunError for a
        stack of which no solver has seen a version in the environment.

        >>> graph.sync_inspection_result(document)
        """
        self._sync(kinds.INSPECTION, document)

    def sync_dependency_monkey_result(self, document: Document) -> None:
        """Store a run of Dependency Monkey, and which inspections it asked for.

        >>> graph.sync_dependency_monkey_result(document)
        """
        self._sync(kinds.DEPENDENCY_MONKEY, document)

    def sync_provenance_checker_result(self, document: Document) -> None:
        """Store a check of where the packages of a stack come from.

        >>> graph.sync_provenance_checker_result(document)
        """
        self._sync(kinds.PROVENANCE_CHECKER, document)

    def sync_analysis_result(self, document: Document) -> None:
        """Store what package-extract found in a container image.

        Raises CudaVersionDoesNotMatchError for an image whose versions of CUDA contradict each other.

        >>> graph.sync_analysis_result(document)
        """
        self._sync(kinds.IMAGE_ANALYSIS, document)

    def sync_revsolver_result(self, document: Document) -> None:
        """Store which known package versions depend on a new one; those that aren't known are logged.

        >>> graph.sync_revsolver_result(document)
        """
        self._sync(kinds.REVERSE_SOLVER, document)

    def sync_security_indicator_aggregated_result(self, document: Document) -> None:
        """Store the aggregated security indicators of a package version.

        Raises SolverNotRunError for a version that no solver has seen.

        >>> graph.sync_security_indicator_aggregated_result(document)
        """
        self._sync(kinds.SECURITY_INDICATORS, document)

    def _sync(self, kind: kinds.Kind, document: Document) -> None:
        rows = kind.rows(document)
        self.write(lambda connection: kind.write(connection, [rows]))
