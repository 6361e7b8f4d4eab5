"""How much ``get_depends_on`` costs over bare psycopg, and how many statements transitive dependencies take.

The database is the one that THOTH_STORAGES_BENCHMARK_DSN names, best a big one; it is only read. Both sides answer
the same questions in turn, in the same session with the same prepared statement, so the ratio holds when the machine's
speed drifts. In sessions of their own it didn't: with two cores a server process that shares the client's took 190 µs,
the other 320, and it was chance which side had which.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from thoth_storages import GraphDatabase, queries
from thoth_storages.database import binary_cursor
from thoth_storages.sql.named import catalog

VARIABLE = "THOTH_STORAGES_BENCHMARK_DSN"
PACKAGES = 1000
ENVIRONMENT = ("os_name", "os_version", "python_version")
PACKAGE = ("package_name", "package_version", "index_url")
SAMPLE = """
SELECT v.package_name, v.package_version, i.url, v.os_name, v.os_version, v.python_version
FROM python_package_version AS v TABLESAMPLE SYSTEM (20) REPEATABLE (1)
JOIN python_package_index AS i ON i.id = v.python_package_index_id
ORDER BY sha256(v.id::text::bytea)
LIMIT %s
"""

Question = tuple[tuple[str, ...], dict[str, str]]


def main() -> None:
    """Print medians, in microseconds, and their ratio."""
    dsn = os.environ.get(VARIABLE) or sys.exit(f"{VARIABLE} names no database: set it to a connection string of libpq")
    with connected(dsn) as graph:
        with graph.database.connection() as bare:
            # Given back to the pool, where nobody else asks for it: the adapter's next question runs in it, too.
            pass
        rows = bare.execute(SAMPLE, (PACKAGES,)).fetchall()
        questions = [(row[:3], dict(zip(ENVIRONMENT, row[3:], strict=True))) for row in rows]
        ask_bare = bare_depends_on(bare)
        compare("get_depends_on, fully specified, cold", questions, graph.get_depends_on, ask_bare)
        compare("the same without a pool", questions, partial(queries.get_depends_on, bare), ask_bare)
        transitive(bare, questions[:8])


@contextmanager
def connected(dsn: str) -> Iterator[GraphDatabase]:
    """Connect an adapter that keeps no answers."""
    parameters = conninfo_to_dict(dsn)
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "DATABASE": "dbname"}
    for variable, key in names.items():
        if parameters.get(key):
            os.environ[f"KNOWLEDGE_GRAPH_{variable}"] = str(parameters[key])
    os.environ["THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE"] = "0"
    graph = GraphDatabase()
    graph.connect()
    yield graph
    graph.disconnect()


def bare_depends_on(connection: psycopg.Connection[Any]) -> Callable[..., Any]:
    """Make the least that psycopg can do with the same statement: one cursor kept, nothing made of the rows."""
    query, cursor = catalog["get_depends_on"], binary_cursor(connection)

    def ask(*positional: str, **named: str) -> Any:
        parameters = dict(zip(PACKAGE, positional, strict=True), **named)
        return cursor.execute(text, parameters, prepare=True).fetchall()

    text = query.statement.text(PACKAGE + ENVIRONMENT).encode()
    return ask


def compare(title: str, questions: list[Question], ours: Callable[..., Any], theirs: Callable[..., Any]) -> None:
    """Ask both sides each question in turn, after a round that nobody counts, and print medians and their ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for counted in (False, True):
        for number, (positional, named) in enumerate(questions):
            for side in (0, 1) if number % 2 else (1, 0):
                elapsed = timed((ours, theirs)[side], positional, named)
                if counted:
                    times[side].append(elapsed)
    medians = [statistics.median(side) * 1e6 for side in times]
    print(f"{title}: {medians[0]:.0f} µs, bare psycopg {medians[1]:.0f} µs, ratio {medians[0] / medians[1]:.2f}")


def timed(ask: Callable[..., Any], positional: tuple[str, ...], named: dict[str, str]) -> float:
    """Answer how many seconds a question takes."""
    started = time.perf_counter()
    ask(*positional, **named)
    return time.perf_counter() - started


def transitive(connection: psycopg.Connection[Any], questions: list[Question]) -> None:
    """Print the median time and size of transitive dependencies, which are one statement each."""
    ask: Callable[..., Any] = partial(queries.retrieve_transitive_dependencies_python, connection)
    times, sizes = [], []
    for positional, named in questions:
        started = time.perf_counter()
        sizes.append(len(ask(*positional, **named)))
        times.append(time.perf_counter() - started)
    print(
        f"retrieve_transitive_dependencies_python: {statistics.median(times) * 1e3:.1f} ms, "
        f"{statistics.median(sizes):.0f} pairs at the median of {len(questions)} packages"
    )


if __name__ == "__main__":
    main()
