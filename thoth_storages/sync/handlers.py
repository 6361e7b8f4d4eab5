"""One function a kind of documents, by the names and with the arguments of the original library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from ..graph import GraphDatabase
from .outcome import Counts, OnProgress
from .run import HANDLED, never, sync_kind


class Handler(Protocol):
    """A function that syncs documents of one kind; everything is as in ``sync_documents``."""

    def __call__(
        self,
        document_ids: Iterable[str] | None = None,
        force: bool = False,
        graceful: bool = False,
        graph: GraphDatabase | None = None,
        is_local: bool = False,
        *,
        on_progress: OnProgress | None = None,
        jobs: int = 1,
        should_stop: Callable[[], bool] = never,
    ) -> Counts:
        """Sync documents; answers how many were processed, synced, skipped and failed."""
        ...


def _handler(function_name: str, kind_name: str, documents: str) -> Handler:
    def sync(
        document_ids: Iterable[str] | None = None,
        force: bool = False,
        graceful: bool = False,
        graph: GraphDatabase | None = None,
        is_local: bool = False,
        *,
        on_progress: OnProgress | None = None,
        jobs: int = 1,
        should_stop: Callable[[], bool] = never,
    ) -> Counts:
        return sync_kind(
            kind_name,
            document_ids,
            force,
            graceful,
            graph,
            is_local,
            on_progress=on_progress,
            jobs=jobs,
            should_stop=should_stop,
        )

    sync.__name__ = sync.__qualname__ = function_name
    sync.__doc__ = (
        f"Sync {documents}; answers how many were processed, synced, skipped and failed.\n\n"
        "Everything is as in ``sync_documents``.\n\n"
        f">>> {function_name}(graceful=True, jobs=4).failed\n0"
    )
    return sync


sync_adviser_documents = _handler("sync_adviser_documents", "adviser", "results of advisers")
sync_analysis_documents = _handler("sync_analysis_documents", "package", "analyses of container images")
sync_dependency_monkey_documents = _handler(
    "sync_dependency_monkey_documents", "dependency", "reports of Dependency Monkey"
)
sync_inspection_documents = _handler("sync_inspection_documents", "inspection", "results of inspections")
sync_provenance_checker_documents = _handler(
    "sync_provenance_checker_documents", "provenance", "results of provenance checkers"
)
sync_revsolver_documents = _handler("sync_revsolver_documents", "revsolver", "results of reverse solvers")
sync_security_indicators_documents = _handler(
    "sync_security_indicators_documents", "security", "aggregated security indicators"
)
sync_solver_documents = _handler("sync_solver_documents", "solver", "results of solvers")

_HANDLERS = {
    "adviser": sync_adviser_documents,
    "dependency": sync_dependency_monkey_documents,
    "inspection": sync_inspection_documents,
    "package": sync_analysis_documents,
    "provenance": sync_provenance_checker_documents,
    "solver": sync_solver_documents,
    "revsolver": sync_revsolver_documents,
    "security": sync_security_indicators_documents,
}
HANDLERS_MAPPING = {name: _HANDLERS[name] for name in HANDLED}
"""The function for the documents whose ids begin so, up to the first dash."""
