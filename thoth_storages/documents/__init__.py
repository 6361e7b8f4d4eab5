"""Documents of analysers as rows: one module a kind that tells what a document says, and the writers of those rows."""

from __future__ import annotations

from .rows import SolverRows
from .solver import solver_rows
from .solver_writer import write_solver_results

__all__ = ["SolverRows", "solver_rows", "write_solver_results"]
