"""A process of its own that writes solver documents, for tests that run several, or kill one.

``python -m tests.documents.sync_process FILE SEED``: a JSON list of documents, written in an order that the seed
chooses, several in a transaction, to the database that the environment names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

from thoth_storages import GraphDatabase
from thoth_storages.documents import SolverRows, solver_rows, write_solver_results

TOGETHER = 5


def main() -> None:
    documents = [solver_rows(document) for document in json.loads(Path(sys.argv[1]).read_bytes())]
    Random(sys.argv[2]).shuffle(documents)
    graph = GraphDatabase()
    graph.connect()
    for start in range(0, len(documents), TOGETHER):
        write(graph, documents[start : start + TOGETHER])
    graph.disconnect()


def write(graph: GraphDatabase, documents: list[SolverRows]) -> None:
    graph.database.write(lambda connection: write_solver_results(connection, documents))


if __name__ == "__main__":
    main()
