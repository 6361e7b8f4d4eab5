"""Several processes that write the same documents at once, each in an order of its own."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from random import Random
from typing import Any

import psycopg

from thoth_storages import GraphDatabase

Rows = Callable[[dict[str, Any]], Any]
Write = Callable[[psycopg.Connection[Any], Sequence[Any]], None]

TOGETHER = 5
"""How many documents a transaction writes."""
# Eight processes that import the library each take longer than what they are here for: these are forked from one that
# has it. That one has the variables of the first test, and no connection.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


def write_at_once(documents: Sequence[dict[str, Any]], rows: Rows, write: Write, *, processes: int = 8) -> None:
    """Have processes write documents to the database that the environment names; raises what one of them failed with.

    ``rows`` and ``write`` are those of the documents' kind.
    """
    variables = {name: value for name, value in os.environ.items() if name.startswith("KNOWLEDGE_GRAPH_")}
    with ProcessPoolExecutor(processes, _CONTEXT, _set_variables, (variables,)) as pool:
        list(pool.map(partial(_write_shuffled, documents, rows, write), range(processes)))


def _set_variables(variables: dict[str, str]) -> None:
    os.environ.update(variables)


def _write_shuffled(documents: Sequence[dict[str, Any]], rows: Rows, write: Write, seed: int) -> None:
    shuffled = Random(seed).sample(documents, len(documents))
    graph = GraphDatabase()
    graph.connect()
    for start in range(0, len(shuffled), TOGETHER):
        batch = [rows(document) for document in shuffled[start : start + TOGETHER]]
        graph.write(partial(_write, write, batch))
    graph.disconnect()


def _write(write: Write, batch: list[Any], connection: psycopg.Connection[Any]) -> None:
    write(connection, batch)
