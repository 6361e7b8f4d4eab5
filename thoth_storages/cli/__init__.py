"""The command line ``thoth-storages``: what an operator or a DBA does with the knowledge graph.

Data goes to stdout, talk to stderr. A command ends with 0, after an error with 1, and with 2 when it was
called wrongly.
"""

from __future__ import annotations

from .program import main

__all__ = ["main"]
