"""The kinds of documents: how each is read into rows, and how the rows are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from .adviser import adviser_rows
from .adviser_writer import write_adviser_results
from .dependency_monkey import dependency_monkey_rows
from .dependency_monkey_writer import write_dependency_monkey_results
from .image_analysis import image_analysis_rows
from .image_analysis_writer import write_image_analysis_results
from .inspection import inspection_rows
from .inspection_writer import write_inspection_results
from .provenance_checker import provenance_checker_rows
from .provenance_checker_writer import write_provenance_checker_results
from .reverse_solver import reverse_solver_rows
from .reverse_solver_writer import write_reverse_solver_results
from .security_indicators import security_indicators_rows
from .security_indicators_writer import write_security_indicators_results
from .solver import solver_rows
from .solver_writer import write_solver_results

Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Kind:
    """A kind of documents; its rows are of a type of its own, which has a ``size``: the number of rows."""

    name: str
    """What the ids of its documents begin with, up to their first dash."""
    rows: Callable[[Mapping[str, Any]], Any]
    """Read a document, never changing it; raises DocumentError, which names the field's path."""
    write: Callable[[Connection, Sequence[Any]], None]
    """Write the rows of documents into the transaction that the connection is in."""


SOLVER = Kind("solver", solver_rows, write_solver_results)
IMAGE_ANALYSIS = Kind("package", image_analysis_rows, write_image_analysis_results)
REVERSE_SOLVER = Kind("revsolver", reverse_solver_rows, write_reverse_solver_results)
DEPENDENCY_MONKEY = Kind("dependency", dependency_monkey_rows, write_dependency_monkey_results)
PROVENANCE_CHECKER = Kind("provenance", provenance_checker_rows, write_provenance_checker_results)
INSPECTION = Kind("inspection", inspection_rows, write_inspection_results)
ADVISER = Kind("adviser", adviser_rows, write_adviser_results)
SECURITY_INDICATORS = Kind("security", security_indicators_rows, write_security_indicators_results)
