"""How fast the object store is: beside the original library, the bare client, and local files.

``python -m benchmarks.objectstore [FILE…]``: streams of generate_documents.py (``.jsonl``) or JSON files of solver
documents, to be synced; without any, the documents of the tests. Everything happens on one S3 server that is started
for it: a Ceph, or SeaweedFS where there is none. THOTH_STORAGES_BENCHMARK_ORIGINAL names the Python interpreter of an
environment with the original.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from minio import Minio

from benchmarks.original import VARIABLE, environment
from benchmarks.sync import DOCUMENTS, Document, Place, database, place, rate, read
from thoth_storages.ephemeral import Ceph, S3Server, SeaweedFS
from thoth_storages.exceptions import ObjectStoreProgramsNotFoundError
from thoth_storages.objectstore import CephStore, SolverResultsStore
from thoth_storages.sync import sync_documents

BUCKET = "thoth-benchmark"
THREADS = 8
ROUNDS = 3
# So many keys an S3 server tells at a time.
PAGE = 1_000
# Both libraries have a store of this name, with the same methods.
TRAFFIC = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from {module} import CephStore

number, prefix = int(sys.argv[1]), sys.argv[2]
store = CephStore(prefix)
store.connect()
blob = b"x" * {size}
with ThreadPoolExecutor({threads}) as pool:
    def seconds(function):
        list(pool.map(function, range({threads})))
        started = time.perf_counter()
        list(pool.map(function, range(number)))
        return time.perf_counter() - started

    def get(each):
        assert store.retrieve_blob(str(each)) == blob

    print(seconds(lambda each: store.store_blob(blob, str(each))), seconds(get))
"""


def main() -> None:
    """Print rates, and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", default=[DOCUMENTS])
    parser.add_argument("--objects", type=int, default=2_000, help="how many are put and got each time (%(default)s)")
    parser.add_argument("--size", type=int, default=4_096, help="bytes of each (%(default)s)")
    parser.add_argument("--keys", type=int, default=100_000, help="how many are listed (%(default)s)")
    parts = ("traffic", "listing", "sync")
    parser.add_argument("--only", choices=parts, action="append", help="measure this only; may be given several times")
    arguments = parser.parse_args()
    chosen = arguments.only or parts
    with running() as server:
        print(f"{server.name}, {os.cpu_count()} cores")
        if "traffic" in chosen:
            report_traffic(arguments.objects, arguments.size)
        if "listing" in chosen:
            report_listing(server, arguments.keys)
        if "sync" in chosen:
            with place() as where:
                report_sync(where, read(arguments.files)["solver"])


@contextmanager
def running() -> Iterator[S3Server]:
    """Lend a server, which the environment names meanwhile."""
    try:
        server: S3Server = Ceph()
    except ObjectStoreProgramsNotFoundError:
        server = SeaweedFS()
    with server:
        server.make_bucket(BUCKET)
        os.environ.update(server.environment(BUCKET))
        os.environ.update({"THOTH_CEPH_BUCKET_PREFIX": "data", "THOTH_DEPLOYMENT_NAME": "benchmark"})
        yield server


def report_traffic(number: int, size: int) -> None:
    """Print how fast small objects are put and got by several threads, here and by the original."""
    print(f"{number:,} objects of {size:,} bytes, {THREADS} threads, median of {ROUNDS} rounds")
    interpreters = {"here": (sys.executable, "thoth_storages.objectstore")}
    if original := os.environ.get(VARIABLE):
        interpreters["the original"] = (original, "thoth.storages.ceph")
    else:
        print(f"  the original isn't measured: {VARIABLE} names no interpreter")
    rounds: dict[str, list[tuple[float, ...]]] = {name: [] for name in interpreters}
    for each in range(ROUNDS):
        for name, (interpreter, module) in interpreters.items():
            code = TRAFFIC.format(module=module, threads=THREADS, size=size)
            command = [interpreter, "-W", "ignore", "-c", code, str(number), f"traffic/{name}/{each}"]
            process = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            rounds[name].append(tuple(map(float, process.stdout.split())))
    medians = {name: list(map(statistics.median, zip(*rounds[name], strict=True))) for name in rounds}
    for place_in_line, what in enumerate(("puts", "gets")):
        for name, seconds in medians.items():
            print(f"  {what}, {name}: {rate(number, seconds[place_in_line], what)}")
        if original:
            ratio = medians["the original"][place_in_line] / medians["here"][place_in_line]
            print(f"  {what}: {ratio:.2f} times as fast (1.5 are wanted)")


def report_listing(server: S3Server, number: int) -> None:
    """Print how fast keys are listed, beside the bare client, and how much memory that takes."""
    store = CephStore("listing")
    store.connect()
    with ThreadPoolExecutor(2 * THREADS) as pool:
        list(pool.map(lambda each: store.store_blob(b"", f"solver-{each:010}"), range(number)))
    with server.client() as client:
        bare, ours = map(sum, zip(*(beside(client, store) for _ in range(ROUNDS)), strict=True))
    print(f"listing {number:,} keys: {rate(ROUNDS * number, ours, 'keys')}")
    print(f"  {bare / ours:.2f} times as fast as the bare client (0.95 are wanted)")
    for part in (number // 10, number):
        print(f"  memory at most for {part:,} keys: {listing_memory(store, part) / 2**20:.1f} MiB")


def beside(client: Minio, store: CephStore) -> tuple[float, float]:
    """List all keys with the bare client and with a store, page and page about; answers the seconds of each.

    So what else the machine does slows both down.
    """
    listings = [
        iter(client.list_objects(BUCKET, prefix=store.prefix, recursive=True)),
        iter(store.get_document_listing()),
    ]
    seconds, order = [0.0, 0.0], [0, 1]
    while order:
        for each in list(order):
            started = time.perf_counter()
            page = list(islice(listings[each], PAGE))
            seconds[each] += time.perf_counter() - started
            if not page:
                order.remove(each)
        order.reverse()
    return seconds[0], seconds[1]


def listing_memory(store: CephStore, number: int) -> int:
    """List some keys; answers the bytes that were taken at a time."""
    tracemalloc.start()
    try:
        exhaust(key for key, _ in zip(store.get_document_listing(), range(number), strict=False))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def report_sync(where: Place, documents: Sequence[Document]) -> None:
    """Print how fast documents are synced from the store, beside syncing them from files, by four processes."""
    store = SolverResultsStore()
    store.connect()
    ids = [document["metadata"]["document_id"] for document in documents]
    with tempfile.TemporaryDirectory() as folder:
        for document_id, document in zip(ids, documents, strict=True):
            Path(folder, f"{document_id}.json").write_bytes(store.ceph.dict2blob(document))
            store.ceph.store_document(document, document_id)
        paths = [str(Path(folder, f"{document_id}.json")) for document_id in ids]
        rounds = [(synced(where, paths, is_local=True), synced(where, ids, is_local=False)) for _ in range(ROUNDS)]
    local, stored = map(statistics.median, zip(*rounds, strict=True))
    ratio = statistics.median(local / stored for local, stored in rounds)
    print(f"{len(documents)} solver documents, 4 processes, from files: {rate(len(documents), local, 'documents')}")
    print(f"  from the store: {rate(len(documents), stored, 'documents')}")
    print(f"  {ratio:.2f} times as fast (0.6 are wanted)")


def synced(where: Place, names: Sequence[str], *, is_local: bool) -> float:
    """Sync documents into a database of their own; answers the seconds."""
    with database(where, "ours") as conninfo:
        os.environ.update(environment(conninfo))
        return timed(lambda: sync_documents(names, is_local=is_local, jobs=4))


def timed(work: Callable[[], Any]) -> float:
    """Answer how many seconds some work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def exhaust(items: Iterable[Any]) -> None:
    """Go through all items."""
    for _ in items:
        pass


if __name__ == "__main__":
    main()
