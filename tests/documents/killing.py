"""Syncing in a process that can be killed, in a database of which each allowed state is known."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cached_property
from typing import Any, Self

import psycopg

from tests.contents import Content, contents
from tests.documents.made_kinds import Documents, Made, write
from tests.documents.writing import select_column
from tests.fix_postgres import variables_of
from tests.waiting import wait_until
from thoth_storages import GraphDatabase
from thoth_storages.documents.kinds import SOLVER
from thoth_storages.ephemeral import Cluster
from thoth_storages.sync import batches
from thoth_storages.sync.batches import Batches, Options
from thoth_storages.sync.outcome import Progress, count
from thoth_storages.sync.run import never

Contents = dict[str, Counter[Content]]
Ready = Callable[[], object]

TOGETHER = 2
"""How many documents share a transaction."""


class Killed(Enum):
    """What is killed."""

    CLIENT = "the client"
    SERVER = "the server"
    """The client lives on, and tries again when the server is back."""
    BOTH = "client and server"


class Client:
    """A forked process, which leaves by ``os._exit``: it must never run on as a second pytest.

    Args:
        action: what it does; it is to call what it is given when what matters begins, and answers what it has to tell.
    """

    def __init__(self, action: Callable[[Ready], str]) -> None:
        reading, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _run(action, writing)
        os.close(writing)
        self._said = os.fdopen(reading)
        self._status: int | None = None
        self._told: str | None = None
        assert self._said.read(1) == ".", self.end()
        self.began = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.end()

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        if self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status is not None

    def kill(self) -> None:
        """End the process by ``kill -9``, unless it has ended."""
        if not self.has_ended:
            os.kill(self._pid, signal.SIGKILL)

    def end(self) -> tuple[int, str]:
        """Wait for its end; answer its exit status, and what it told, or the name of the error that it ended with."""
        wait_until(lambda: self.has_ended, "the client's end", seconds=120)
        assert self._status is not None
        if self._told is None:
            with contextlib.closing(self._said):
                self._told = self._said.read()
        return self._status, self._told


def _run(action: Callable[[Ready], str], writing: int) -> None:
    status = 1
    try:
        os.write(writing, action(lambda: os.write(writing, b".")).encode())
        status = 0
    except Exception as error:  # noqa: BLE001 - it is told to the parent
        os.write(writing, type(error).__name__.encode())
    finally:
        os._exit(status)


class Scene:
    """A kind's documents, and a server on which they are synced, a few in a transaction."""

    def __init__(self, cluster: Cluster, template: str, made: Made) -> None:
        self._cluster = cluster
        self._made = made
        self._documents = made.documents()
        self._template = f"{template}_{made.synced.name}"
        self._numbers = itertools.count()
        with psycopg.connect(cluster.create_database(self._template, template), autocommit=True) as connection:
            write(connection, SOLVER, made.solved())

    @cached_property
    def states(self) -> list[Contents]:
        """What the tables may hold: what they do before the first transaction, and after each."""
        with self.database() as conninfo, psycopg.connect(conninfo, autocommit=True) as connection:
            states = [contents(connection)]
            for start in range(0, len(self._documents), TOGETHER):
                write(connection, self._made.synced.kind, self._documents[start : start + TOGETHER])
                states.append(contents(connection))
        return states

    @cached_property
    def duration(self) -> float:
        """How long a whole sync takes, in seconds."""
        with self.database() as conninfo, self._start(conninfo) as client:
            status, told = client.end()
            assert status == 0, told
            return time.monotonic() - client.began

    def kill(self, killed: Killed, delay: float) -> int:
        """Kill what syncs, after a delay, and sync again; answers how many transactions the first sync has left.

        Fails when it has left anything but whole documents, or when the second one doesn't complete them.
        """
        with self.database() as conninfo:
            with self._start(conninfo) as client:
                time.sleep(delay)
                self._kill(killed, client)
                status, told = client.end()
            assert killed is not Killed.SERVER or status == 0, told
            left = self.state(conninfo)
            self._complete(conninfo, left)
        return left

    def state(self, conninfo: str) -> int:
        """Answer how many transactions have left what a database holds, once all sessions with it have ended.

        Fails when that is something else.
        """
        with psycopg.connect(conninfo, autocommit=True) as connection:
            wait_until(lambda: not _others(connection), "the end of the client's session")
            found = contents(connection)
        fitting = [number for number, state in enumerate(self.states) if state == found]
        assert fitting, [f"{table} has {rows.total()} rows" for table, rows in found.items() if rows]
        return fitting[0]

    @contextmanager
    def database(self) -> Iterator[str]:
        """The connection string of a new database that holds nothing of the kind's documents yet."""
        name = f"{self._template}_{next(self._numbers)}"
        yield self._cluster.create_database(name, self._template)
        self._cluster.drop_database(name)

    def _kill(self, killed: Killed, client: Client) -> None:
        if killed is Killed.CLIENT:
            client.kill()
            return
        self._cluster.kill()
        if killed is Killed.BOTH:
            client.kill()
        self._cluster.start()

    def _complete(self, conninfo: str, left: int) -> None:
        with self._start(conninfo) as client:
            status, told = client.end()
        assert status == 0, told
        known = min(left * TOGETHER, len(self._documents)) if self._made.remembers else 0
        assert json.loads(told) == [len(self._documents), len(self._documents) - known, known, 0]
        assert self.state(conninfo) == len(self.states) - 1

    def _start(self, conninfo: str) -> Client:
        return Client(lambda ready: _sync(conninfo, self._made, self._documents, ready))


def _sync(conninfo: str, made: Made, documents: Sequence[dict[str, Any]], ready: Ready) -> str:
    """Sync documents as a client does; answer how many were processed, synced, skipped, failed."""
    os.environ.update(variables_of(conninfo))
    batches.MOST_DOCUMENTS = TOGETHER
    graph = GraphDatabase()
    graph.connect()
    graph.write(lambda connection: None)
    ready()
    source = Documents(documents)
    done: list[Progress] = []
    Batches(made.synced, graph, Options(), done.append).sync(source.names, source, never)
    graph.disconnect()
    return json.dumps(count(done))


def _others(connection: psycopg.Connection[tuple[object, ...]]) -> list[object]:
    query = """
    SELECT pid
    FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    """
    return select_column(connection, query)
