"""How fast documents are synced, each kind: beside COPY into bare tables, beside the original, and in two processes.

``python -m benchmarks.sync [FILE…]``: JSON files of solver documents, or streams of generate_documents.py (``.jsonl``);
without any, the documents of the tests. Everything happens in databases of a throw-away server, or in copies of the
database that THOTH_STORAGES_BENCHMARK_DSN names, an adopted one. THOTH_STORAGES_BENCHMARK_ORIGINAL names the Python
interpreter of an environment with the original, which syncs the first documents of each kind beside this library in the
same run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from benchmarks.original import VARIABLE, environment
from thoth_storages.database import Connection
from thoth_storages.documents.kinds import Kind
from thoth_storages.ephemeral import Cluster, Server
from thoth_storages.sql.migrating import migrate
from thoth_storages.sync import sync_documents
from thoth_storages.sync.kinds import SYNCED

DSN = "THOTH_STORAGES_BENCHMARK_DSN"
PREFIX = "thoth_benchmark_"
TOGETHER = 32
DOCUMENTS = Path(__file__).parents[1] / "tests" / "data" / "solver-documents.json"
METHODS = {
    "solver": "sync_solver_result",
    "package": "sync_analysis_result",
    "adviser": "sync_adviser_result",
    "dependency": "sync_dependency_monkey_result",
    "inspection": "sync_inspection_result",
    "provenance": "sync_provenance_checker_result",
    "revsolver": "sync_revsolver_result",
    "security": "sync_security_indicator_aggregated_result",
}
# What each kind is to reach, in documents a second beside the original.
WANTED = defaultdict(lambda: 10, solver=50, package=100, adviser=30)
ORIGINAL_SYNC = """
import json, sys, time
from thoth.storages import GraphDatabase
graph = GraphDatabase()
graph.connect()
if sys.argv[3] == "new":
    graph.initialize_schema()
documents = json.load(open(sys.argv[1]))
times = [time.perf_counter()]
for document in documents:
    getattr(graph, sys.argv[2])(document)
    times.append(time.perf_counter())
print(times[-1] - times[0], times[-1] - times[1])
"""
# The original works on no database that doesn't name its last revision.
KNOWN_TO_ORIGINAL = """
CREATE TABLE IF NOT EXISTS alembic_version AS SELECT 'bf9ea2a38b01'::varchar(32) AS version_num
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
    parser.add_argument("--original-documents", type=int, default=30, help="how many the original syncs (%(default)s)")
    arguments = parser.parse_args()
    documents = read(arguments.files)
    with place() as where:
        print(f"{sum(map(len, documents.values()))} documents into {where.template or 'an empty database'}")
        report_processes(where, documents["solver"])
        report_kind(where, SYNCED["solver"].kind, documents["solver"], arguments.original_documents)
        # What the other documents are about has been solved before.
        with database(where, "solved") as conninfo:
            sync(conninfo, SYNCED["solver"].kind, documents["solver"], TOGETHER)
            with psycopg.connect(conninfo) as connection:
                connection.execute(KNOWN_TO_ORIGINAL)
            solved = Place(where.server, PREFIX + "solved")
            for name in sorted(documents.keys() - {"solver"}):
                report_kind(solved, SYNCED[name].kind, documents[name], arguments.original_documents)


def read(paths: Sequence[Path]) -> dict[str, list[Document]]:
    """Read the documents of files, by their kinds."""
    documents: dict[str, list[Document]] = defaultdict(list)
    for path in paths:
        if path.suffix == ".jsonl":
            with path.open() as lines:
                for item in map(json.loads, lines):
                    if (name := item["kind"].partition("-")[0]) in SYNCED:
                        documents[name].append(item["document"])
        else:
            content = json.loads(path.read_bytes())
            documents["solver"] += content if isinstance(content, list) else [content]
    return documents


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


def sync(conninfo: str, kind: Kind, documents: Sequence[Document], together: int) -> float:
    """Sync documents on a connection of their own; answers the seconds."""
    with Connection.connect(conninfo, autocommit=True) as connection:
        return write(connection, kind, documents, together)


def write(connection: Connection, kind: Kind, documents: Sequence[Document], together: int) -> float:
    """Write documents, so many in a transaction; answers the seconds, those of reading the documents included."""
    started = time.perf_counter()
    for start in range(0, len(documents), together):
        with connection.transaction():
            kind.write(connection, [kind.rows(each) for each in documents[start : start + together]])
    return time.perf_counter() - started


def report_kind(where: Place, kind: Kind, documents: Sequence[Document], originals: int) -> None:
    """Print the rates of one kind: new documents, the same ones again, the floor, and the original's."""
    print(f"{kind.name}: {len(documents)} documents")
    for together in (1, TOGETHER):
        with database(where, "ours") as conninfo, psycopg.connect(conninfo, autocommit=True) as connection:
            (mark,) = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone() or (0,)
            new = sync(conninfo, kind, documents, together)
            print(f"  new, {together} a transaction: {rate(len(documents), new, 'documents')}")
            names = [name for (name,) in connection.execute(TABLES)]
            rows, bare = copy(connection, names, mark)
            print(f"  their rows: {rate(rows, new, 'rows')}, by COPY into bare tables {rate(rows, bare, 'rows')}")
            again = sync(conninfo, kind, documents, together)
            print(f"  again, {together} a transaction: {rate(len(documents), again, 'documents')}")
    report_original(where, kind, documents[:originals])


def report_processes(where: Place, documents: Sequence[Document]) -> None:
    """Print how much faster two processes are than one."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder, f"{document['metadata']['document_id']}.json")) for document in documents]
        for path, document in zip(paths, documents, strict=True):
            Path(path).write_text(json.dumps(document))
        for jobs in (1, 2):
            with database(where, "ours") as conninfo:
                os.environ.update(environment(conninfo))
                started = time.perf_counter()
                sync_documents(paths, is_local=True, jobs=jobs)
                seconds[jobs] = time.perf_counter() - started
    print(f"files of solver documents, one process: {rate(len(documents), seconds[1], 'documents')}")
    print(f"  two processes: {seconds[1] / seconds[2]:.2f} times as fast")


def copy(connection: psycopg.Connection[Any], names: Sequence[str], mark: int) -> tuple[int, float]:
    """Copy rows that are newer than a transaction into bare tables; answers their number, and the seconds it took."""
    connection.execute("CREATE SCHEMA bare")
    rows, seconds = 0, 0.0
    for name in names:
        table, bare = sql.Identifier("public", name), sql.Identifier("bare", name)
        connection.execute(sql.SQL("CREATE TABLE {} (LIKE {})").format(bare, table))
        with connection.cursor() as cursor:
            newer = sql.SQL("SELECT * FROM {} WHERE xmin::text::bigint > {}").format(table, mark)
            with cursor.copy(sql.SQL("COPY ({}) TO STDOUT (FORMAT binary)").format(newer)) as source:
                blocks = [bytes(block) for block in source]
            started = time.perf_counter()
            with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(bare)) as target:
                for block in blocks:
                    target.write(block)
            seconds += time.perf_counter() - started
            rows += cursor.rowcount
    return rows, seconds


def report_original(where: Place, kind: Kind, documents: Sequence[Document]) -> None:
    """Print the original's rate and this library's on the same documents, or why there is none.

    Cold is from the first document on; warm begins after it: what a connection learns once is learned by then.
    """
    interpreter = os.environ.get(VARIABLE)
    if not interpreter:
        print(f"  the original isn't measured: {VARIABLE} names no interpreter")
        return
    with database(where, "original", is_migrated=False) as conninfo:
        theirs = original_seconds(interpreter, conninfo, METHODS[kind.name], documents, is_new=where.template is None)
    print(f"  the original, first {len(documents)}: {rate(len(documents), theirs.cold, 'documents')}")
    for together in (1, TOGETHER):
        ours = [ours_seconds(where, kind, documents, together, warm_up) for warm_up in (0, 1)]
        wanted = f" ({WANTED[kind.name]} are wanted)" if together == TOGETHER else ""
        cold, warm = theirs.cold / ours[0], theirs.warm / ours[1]
        print(f"  the same ones here, {together} a transaction: cold {cold:.0f}, warm {warm:.0f} times as fast{wanted}")


def ours_seconds(where: Place, kind: Kind, documents: Sequence[Document], together: int, warm_up: int) -> float:
    """Sync documents into a database of their own; answers the seconds, those of the first ``warm_up`` left out."""
    with database(where, "ours") as conninfo, Connection.connect(conninfo, autocommit=True) as connection:
        write(connection, kind, documents[:warm_up], together)
        return write(connection, kind, documents[warm_up:], together)


class OriginalSeconds(NamedTuple):
    """How long the original takes for all documents, and for those after the first."""

    cold: float
    warm: float


def original_seconds(
    interpreter: str, conninfo: str, method: str, documents: Sequence[Document], *, is_new: bool
) -> OriginalSeconds:
    """Have the original sync documents in a process of its own; answers the seconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(documents, file)
        file.flush()
        command = [interpreter, "-W", "ignore", "-c", ORIGINAL_SYNC, file.name, method, "new" if is_new else "known"]
        process = subprocess.run(command, env=environment(conninfo), check=True, stdout=subprocess.PIPE, text=True)
    return OriginalSeconds(*map(float, process.stdout.split()[-2:]))


def rate(number: int, seconds: float, what: str) -> str:
    """Write how many there were a second."""
    return f"{number / seconds:,.0f} {what} a second ({seconds:.2f} s)"


if __name__ == "__main__":
    main()
