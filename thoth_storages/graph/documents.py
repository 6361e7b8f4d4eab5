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
        """
        self._sync(kinds.SOLVER, document)

    def _sync(self, kind: kinds.Kind, document: Document) -> None:
        rows = kind.rows(document)
        self.write(lambda connection: kind.write(connection, [rows]))
