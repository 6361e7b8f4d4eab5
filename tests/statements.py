"""How many statements a connection sends, as the protocol shows them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

# What makes the server run something: a simple query (BEGIN and COMMIT are), or the execution of a prepared one.
_RUNS = re.compile(r"^F\t\d+\t(Query|Execute)\b", re.MULTILINE)


class Sent:
    """What was sent, once the block is over."""

    statements = 0


@contextmanager
def counted_statements(connection: psycopg.Connection[Any]) -> Iterator[Sent]:
    """Count the statements that the block sends over the connection, those of its transactions included."""
    sent = Sent()
    with tempfile.TemporaryFile("w+") as trace:
        connection.pgconn.trace(trace.fileno())
        connection.pgconn.set_trace_flags(psycopg.pq.Trace.SUPPRESS_TIMESTAMPS)
        yield sent
        connection.pgconn.untrace()
        trace.seek(0)
        sent.statements = len(_RUNS.findall(trace.read()))
