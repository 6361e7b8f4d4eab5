"""Writing the documents of analysers into the graph."""

from __future__ import annotations

from typing import Any

from ..documents import solver_rows, write_solver_results
from .connected import ConnectedAdapter


class DocumentSync(ConnectedAdapter):
    """The part of ``GraphDatabase`` that takes documents in."""

    def sync_solver_result(self, document: dict[str, Any], *, force: bool = False) -> None:
        """Store what a solver found; storing it again changes nothing.

        The document is written whole or not at all, and isn't changed. ``force`` writes it as any other: there is
        nothing that an earlier run could have left in the way. Raises DocumentError, which names the field's path,
        for a document that can't be stored, and SolverNameParseError for an id that doesn't name its solver.
        """
        rows = solver_rows(document)
        self.write(lambda connection: write_solver_results(connection, [rows]))
