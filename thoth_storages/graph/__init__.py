"""The knowledge graph: ``GraphDatabase``, the door through which services ask and write."""

from __future__ import annotations

from .graph_database import GraphDatabase
from .query_result import PythonQueryResult

__all__ = ["GraphDatabase", "PythonQueryResult"]
