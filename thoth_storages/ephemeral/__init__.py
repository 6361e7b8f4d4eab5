"""A private, throw-away PostgreSQL for the tests, the demo and the checks of SQL.

>>> with Cluster() as cluster:
...     cluster.create_database("example")
...     connection = psycopg.connect(cluster.conninfo("example"))

It never reads ``KNOWLEDGE_GRAPH_*`` or libpq's ``PG*``: what uses it can't reach a database that somebody needs.
"""

from __future__ import annotations

from .cluster import Cluster
from .programs import BINDIR_VARIABLE, embedded_programs, find_programs
from .server import Server

__all__ = ["BINDIR_VARIABLE", "Cluster", "Server", "embedded_programs", "find_programs"]
