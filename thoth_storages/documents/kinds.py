"""The kinds of documents: how each is read into rows, and how the rows are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

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
