"""How fast solver documents are synced: beside COPY into bare tables, and beside the original library.

``python -m benchmarks.sync_solver [FILE…]``: JSON files of documents, or streams of generate_documents.py (``.jsonl``);
without any, the documents of the tests. Everything happens in databases of a throw-away server, or in copies of the
database that THOTH_STORAGES_BENCHMARK_DSN names. THOTH_STORAGES_BENCHMARK_ORIGINAL names the Python interpreter of an
environment with the original, which syncs the first documents beside this library in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from thoth_storages.database import Connection
from thoth_storages.documents import solver_rows, write_solver_results
from thoth_storages.ephemeral import Cluster, Server
from thoth_storages.sql.migrating import migrate

DSN = "THOTH_STORAGES_BENCHMARK_DSN"
ORIGINAL = "THOTH_STORAGES_BENCHMARK_ORIGINAL"
PREFIX = "thoth_benchmark_"
TOGETHER = 32
DOCUMENTS = Path(__file__).parents[1] / "tests" / "data" / "solver-documents.json"
ORIGINAL_SYNC = """
import json, sys, time
from thoth.storages import GraphDatabase
graph = GraphDatabase()
graph.connect()
if sys.argv[2] == "new":
    graph.initialize_schema()
documents = json.load(open(sys.argv[1]))
started = time.perf_counter()
for document in documents:
    graph.sync_solver_result(document)
print(time.perf_counter() - started)
"""
TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ '^(_|yoyo|alembic)'
ORDER BY relname
"""

Document = dict[str, Any]


class Place(NamedTuple):
    """Where databases are made, and of which they are copies."""

    server: Server
    template: str | None


def main() -> None:
    """Print documents and rows a second, and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", default=[DOCUMENTS])
    parser.add_argument("--original-documents", type=int, default=60, help="how many the original syncs (%(default)s)")
    arguments = parser.parse_args()
    documents = [document for path in arguments.files for document in read(path)]
    first = documents[: arguments.original_documents]
    with place() as where:
        print(f"{len(documents)} documents into {where.template or 'an empty database'}")
        report_ours(where, documents)
        report_floor(where, documents)
        report_original(where, first)


def read(path: Path) -> Iterator[Document]:
    """Read the solver documents of a file."""
    if path.suffix == ".jsonl":
        with path.open() as lines:
            yield from (item["document"] for item in map(json.loads, lines) if item["kind"] == "solver")
    else:
        content = json.loads(path.read_bytes())
        yield from content if isinstance(content, list) else [content]


@contextmanager
def place() -> Iterator[Place]:
    """Lend a server to make databases on."""
    if dsn := os.environ.get(DSN):
        yield Place(Server(dsn, database_prefix=PREFIX), str(conninfo_to_dict(dsn)["dbname"]))
        return
    with Cluster() as cluster:
        yield Place(cluster, None)


@contextmanager
def database(where: Place, name: str, *, is_migrated: bool = True) -> Iterator[str]:
    """Lend a database for a while; with ``is_migrated`` it has this library's schema."""
    conninfo = where.server.conninfo(PREFIX + name)
    try:
        if where.template:
            where.server.create_database(PREFIX + name, where.template)
        if is_migrated:
            migrate(conninfo)
        yield conninfo
    finally:
        where.server.drop_database(PREFIX + name)


def sync(conninfo: str, documents: Sequence[Document], together: int) -> float:
    """Sync documents, so many in a transaction; answers the seconds, those of reading the documents included."""
    with Connection.connect(conninfo, autocommit=True) as connection:
        started = time.perf_counter()
        for start in range(0, len(documents), together):
            with connection.transaction():
                write_solver_results(connection, [solver_rows(each) for each in documents[start : start + together]])
        return time.perf_counter() - started


def report_ours(where: Place, documents: Sequence[Document]) -> None:
    """Print this library's rates: new documents, and the same ones again."""
    for together in (1, TOGETHER):
        with database(where, "ours") as conninfo:
            for what in ("new", "again"):
                seconds = sync(conninfo, documents, together)
                print(f"  {what}, {together} a transaction: {rate(len(documents), seconds, 'documents')}")


def report_floor(where: Place, documents: Sequence[Document]) -> None:
    """Print how the rows a second compare with the same rows by COPY into tables without any key."""
    empty = where._replace(template=None)
    with database(empty, "keyed") as conninfo, psycopg.connect(conninfo, autocommit=True) as connection:
        keyed = sync(conninfo, documents, TOGETHER)
        names = [name for (name,) in connection.execute(TABLES)]
        rows, bare = copy(connection, names)
    print(
        f"  rows of an empty database: {rate(rows, keyed, 'rows')}, by COPY into bare tables {rate(rows, bare, 'rows')}"
    )
    print(f"  ratio to the floor: {keyed / bare:.1f}")


def copy(connection: psycopg.Connection[Any], names: Sequence[str]) -> tuple[int, float]:
    """Copy tables into bare ones of a schema of their own; answers the rows, and the seconds of writing them."""
    connection.execute("CREATE SCHEMA bare")
    rows, seconds = 0, 0.0
    for name in names:
        table, bare = sql.Identifier("public", name), sql.Identifier("bare", name)
        connection.execute(sql.SQL("CREATE TABLE {} (LIKE {})").format(bare, table))
        with connection.cursor() as cursor:
            with cursor.copy(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(table)) as source:
                blocks = [bytes(block) for block in source]
            started = time.perf_counter()
            with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(bare)) as target:
                for block in blocks:
                    target.write(block)
            seconds += time.perf_counter() - started
            rows += cursor.rowcount
    return rows, seconds


def report_original(where: Place, documents: Sequence[Document]) -> None:
    """Print the original's rate and this library's on the same documents, or why there is none."""
    interpreter = os.environ.get(ORIGINAL)
    if not interpreter:
        print(f"  the original isn't measured: {ORIGINAL} names no interpreter")
        return
    with database(where, "original", is_migrated=False) as conninfo:
        theirs = original_seconds(interpreter, conninfo, documents, is_new=where.template is None)
    print(f"  the original, first {len(documents)}: {rate(len(documents), theirs, 'documents')}")
    for together in (1, TOGETHER):
        with database(where, "ours") as conninfo:
            ours = sync(conninfo, documents, together)
        print(f"  the same ones here, {together} a transaction: {theirs / ours:.0f} times as fast")


def original_seconds(interpreter: str, conninfo: str, documents: Sequence[Document], *, is_new: bool) -> float:
    """Have the original sync documents in a process of its own; answers the seconds."""
    known = conninfo_to_dict(conninfo)
    # The original can't be given a socket's folder; every server here listens on the loopback, too.
    host = "127.0.0.1" if str(known.get("host", "/")).startswith("/") else str(known["host"])
    graph = {"HOST": host, "PORT": known["port"], "USER": known["user"], "DATABASE": known["dbname"], "SSL_DISABLED": 1}
    environment = {**os.environ, **{f"KNOWLEDGE_GRAPH_{name}": str(value) for name, value in graph.items()}}
    if known.get("password"):
        environment["KNOWLEDGE_GRAPH_PASSWORD"] = str(known["password"])
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(documents, file)
        file.flush()
        command = [interpreter, "-W", "ignore", "-c", ORIGINAL_SYNC, file.name, "new" if is_new else "known"]
        process = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return float(process.stdout.split()[-1])


def rate(number: int, seconds: float, what: str) -> str:
    """Write how many there were a second."""
    return f"{number / seconds:,.0f} {what} a second ({seconds:.2f} s)"


if __name__ == "__main__":
    main()
