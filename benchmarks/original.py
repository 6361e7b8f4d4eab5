"""The original library in a process of its own, for the benchmarks that measure it beside this one."""

from __future__ import annotations

import inspect
import os
import pickle
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from psycopg.conninfo import conninfo_to_dict

VARIABLE = "THOTH_STORAGES_BENCHMARK_ORIGINAL"
"""The environment variable that names the Python interpreter of an environment with the original."""

WORKER = """
import pickle, sys, time
from thoth.storages import GraphDatabase

{size}

source, target = sys.stdin.buffer, sys.stdout.buffer
sys.stdout = sys.stderr
graph = GraphDatabase()
graph.connect()
while True:
    try:
        method, positional, named = pickle.load(source)
    except EOFError:
        break
    graph.cache_clear()
    started = time.perf_counter()
    try:
        answer = getattr(graph, method)(*positional, **named)
    except Exception as error:
        answer = error
    seconds = time.perf_counter() - started
    pickle.dump((seconds, size(answer)), target)
    target.flush()
"""


class Call(NamedTuple):
    """A method, and what it is called with."""

    method: str
    positional: tuple[Any, ...]
    named: dict[str, Any]


class Timing(NamedTuple):
    """How long an answer took, and how large it was."""

    seconds: float
    size: int | str


def size(answer: object) -> int | str:
    """Answer how many rows an answer has; a single value is its own size, and an exception has its name."""
    if isinstance(answer, Exception):
        return type(answer).__name__
    if isinstance(answer, dict):
        return sum(len(value) for value in answer.values() if isinstance(value, (dict, list))) or len(answer)
    if isinstance(answer, (list, set)):
        return len(answer)
    return size(answer.result) if hasattr(answer, "result") else str(answer)


class Original:
    """The other end of a pipe to the original."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Speak with a process that runs WORKER."""
        self._process = process

    def __call__(self, call: Call) -> Timing:
        """Have the original answer a call with nothing in its caches."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(tuple(call), self._process.stdin)
        self._process.stdin.flush()
        return Timing(*pickle.load(self._process.stdout))


@contextmanager
def original(interpreter: str, conninfo: str) -> Iterator[Original]:
    """Run the original on a database of its own schema."""
    command = [interpreter, "-W", "ignore", "-c", WORKER.format(size=inspect.getsource(size))]
    with subprocess.Popen(command, env=environment(conninfo), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Original(process)
        assert process.stdin is not None
        process.stdin.close()


def environment(conninfo: str) -> dict[str, str]:
    """Make the environment variables by which the original finds a database."""
    known = conninfo_to_dict(conninfo)
    # The original can't be given a socket's folder; every server here listens on the loopback, too.
    host = "127.0.0.1" if str(known.get("host", "/")).startswith("/") else str(known["host"])
    graph = {"HOST": host, "PORT": known["port"], "USER": known["user"], "DATABASE": known["dbname"], "SSL_DISABLED": 1}
    if known.get("password"):
        graph["PASSWORD"] = known["password"]
    return {**os.environ, **{f"KNOWLEDGE_GRAPH_{name}": str(value) for name, value in graph.items()}}
