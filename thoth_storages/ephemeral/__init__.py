"""Private, throw-away servers for the tests, the demo and the checks of SQL: PostgreSQL, and two that speak S3.

>>> with Cluster() as cluster:
...     cluster.create_database("example")
...     connection = psycopg.connect(cluster.conninfo("example"))

>>> with SeaweedFS() as server:
...     server.make_bucket("example")
...     os.environ.update(server.environment("example"))

They never read ``KNOWLEDGE_GRAPH_*``, ``THOTH_*`` or libpq's ``PG*``: what uses them can't reach a database or an
object store that somebody needs.
"""

from __future__ import annotations

from .ceph import Ceph
from .cluster import Cluster
from .programs import BINDIR_VARIABLE, embedded_programs, find_programs
from .s3_server import S3Server
from .seaweed import SeaweedFS
from .server import Server

__all__ = [
    "BINDIR_VARIABLE",
    "Ceph",
    "Cluster",
    "S3Server",
    "SeaweedFS",
    "Server",
    "embedded_programs",
    "find_programs",
]
