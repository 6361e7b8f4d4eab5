"""The demo: a knowledge graph of what is installed here, made and asked on private servers that end with it.

Documents are stored and synced as in a deployment: PostgreSQL holds the graph, SeaweedFS the documents.

Run it by ``make demo``, or in any environment that has thoth-storages: ``python -m scripts.demo``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import logging
import os
import pprint
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from packaging.utils import canonicalize_name

from scripts.installed_packages import INDEX_URL, Document, write_solver_documents
from thoth_storages import GraphDatabase, SolverResultsStore
from thoth_storages.documents.solver_name import parse_solver_name, solver_name_of
from thoth_storages.ephemeral import Cluster, SeaweedFS
from thoth_storages.exceptions import NotFoundError, ObjectStoreError, ObjectStoreProgramsNotFoundError
from thoth_storages.sync import sync_solver_documents

_WIDTH = 100  # of what is printed
_LONGEST_TEXT = 70
_MOST_ITEMS = 4  # of a list that are shown
_BUCKET = "thoth"
_MISLEADING = ("KNOWLEDGE_GRAPH_", "PG", "THOTH_CEPH_", "THOTH_S3_", "THOTH_DEPLOYMENT_NAME")

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Question:
    """Something that one may want to know.

    Attributes:
        words: the question in words.
        call: the question in Python, of ``graph`` or ``store``; ``pypi`` is an index, ``here`` the environment.
    """

    words: str
    call: str


def main() -> None:
    """Make the graph, ask it, and leave nothing behind."""
    logging.basicConfig(level=logging.ERROR)
    began = time.perf_counter()
    _forget_other_servers()
    with contextlib.ExitStack() as stack:
        graph = _graph(stack)
        store = _store(stack)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="thoth-documents-")))
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        paths = _step("Writing a solver document about each package here", lambda: write_solver_documents(folder, now))
        documents = [json.loads(path.read_text()) for path in paths]
        if store is None:
            names = [str(path) for path in paths]
            _step("Syncing these files", lambda: sync_solver_documents(names, is_local=True, graph=graph))
        else:
            _step("Storing them in the object store", lambda: _store_all(store, documents))
            _step("Syncing all that the store holds", lambda: sync_solver_documents(graph=graph))
        print(f"\nThe {len(paths)} packages in {sys.prefix} are in the graph now. Ask it:")
        _ask(documents, graph, store)
    print(f"\nDone in {time.perf_counter() - began:.1f} s; the servers and their files are gone again.")


def _forget_other_servers() -> None:
    """What variables say of servers that somebody needs mustn't lead there."""
    for variable in [name for name in os.environ if name.startswith(_MISLEADING)]:
        del os.environ[variable]


def _graph(stack: contextlib.ExitStack) -> GraphDatabase:
    """Connect to a PostgreSQL of its own as a service does, by variables."""
    cluster = _step("Starting a private PostgreSQL", lambda: stack.enter_context(Cluster()))
    os.environ["KNOWLEDGE_GRAPH_HOST"] = str(cluster.directory)
    os.environ["KNOWLEDGE_GRAPH_PORT"] = str(cluster.port)
    graph = GraphDatabase()
    graph.connect()
    stack.callback(graph.disconnect)
    _step("Migrating its empty database", graph.initialize_schema)
    return graph


def _store(stack: contextlib.ExitStack) -> SolverResultsStore | None:
    """Connect to an object store of its own, by variables too; None where this machine can't have one."""
    try:
        seaweed = _step("Starting a private object store", lambda: stack.enter_context(SeaweedFS()))
    except (ObjectStoreProgramsNotFoundError, ObjectStoreError) as error:
        print(f"there is none: {str(error).splitlines()[0]}")
        return None
    seaweed.make_bucket(_BUCKET)
    os.environ.update(seaweed.environment(_BUCKET))
    os.environ.update({"THOTH_CEPH_BUCKET_PREFIX": "data", "THOTH_DEPLOYMENT_NAME": "demo"})
    store = SolverResultsStore()
    store.connect()
    return store


def _store_all(store: SolverResultsStore, documents: list[Document]) -> None:
    for document in documents:
        store.store_document(document)


def environment_of(documents: list[Document]) -> dict[str, str]:
    """The environment that the documents are about, as arguments of a question."""
    return parse_solver_name(solver_name_of(documents[0]["metadata"]["document_id"]))._asdict()


def questions(documents: list[Document]) -> Iterator[Question]:
    """What is worth asking the graph about the packages in these documents."""
    trees = [document["result"]["tree"][0] for document in documents]
    needs = {(tree["package_name"], tree["package_version"]): _needed(tree) for tree in trees}
    name, version = max(needs, key=lambda package: len(needs[package]))
    package = f"{name!r}, {version!r}, pypi"
    popular = Counter(needed for each in needs.values() for needed in each).most_common(1)[0][0]
    imported = next(_import_names_of_others(trees), "thoth_storages")
    yield Question(f"What does {name} need, by extra?", f"graph.get_depends_on({package}, **here)")
    yield Question(
        "And what comes along, down to the leaves?",
        f"graph.retrieve_transitive_dependencies_python({package}, **here, extras=frozenset({{None}}))",
    )
    yield Question(f"Who needs {popular}?", f"graph.get_python_package_version_dependents_all({popular!r}, **here)")
    yield Question(f"What does {name} say of itself?", f"graph.get_python_package_version_metadata({package})")
    yield Question(
        f"Whose is `import {imported}`?", f"graph.get_python_package_version_import_packages_all({imported!r})"
    )
    yield Question("Which document says all that?", f"graph.get_solver_document_id_all({package}, **here)")
    yield Question("And if nobody has ever seen it?", "graph.get_depends_on('no-such-package', '1.0', pypi, **here)")


def questions_of_the_store(documents: list[Document]) -> Iterator[Question]:
    """What is worth asking the object store that holds these documents."""
    document_id = documents[0]["metadata"]["document_id"]
    name = documents[0]["result"]["tree"][0]["package_name"]
    yield Question("How many documents does the object store hold?", "store.get_document_count()")
    yield Question("Which of them are about this environment?", "list(store.get_document_listing(solver_info=here))")
    yield Question(f"When and where was that of {name} made?", f"store.retrieve_document({document_id!r})['metadata']")


def _needed(tree: Document) -> set[str]:
    """The installed packages that one needs under all circumstances."""
    return {
        each["normalized_package_name"]
        for each in tree["dependencies"]
        if each["marker"] is None and each["resolved_versions"][0]["versions"]
    }


def _import_names_of_others(trees: list[Document]) -> Iterator[str]:
    """What can be imported under a name that isn't the package's own."""
    for tree in trees:
        own = canonicalize_name(tree["package_name"])
        yield from (name for name in tree["packages"] if name[0] != "_" and canonicalize_name(name) != own)


def _step(words: str, action: Callable[[], Answer]) -> Answer:
    print(f"{words} … ", end="", flush=True)
    began = time.perf_counter()
    answer = action()
    print(f"{time.perf_counter() - began:.2f} s")
    return answer


def _ask(documents: list[Document], graph: GraphDatabase, store: SolverResultsStore | None) -> None:
    names = {"graph": graph, "store": store, "pypi": INDEX_URL, "here": environment_of(documents)}
    print(f"\n>>> pypi = {INDEX_URL!r}\n>>> here = {names['here']}")
    for question in itertools.chain(questions(documents), questions_of_the_store(documents) if store else ()):
        print(f"\n{question.words}\n\n>>> {question.call}")
        began = time.perf_counter()
        try:
            answer = eval(question.call, names)
        except NotFoundError as error:
            answer = error
        milliseconds = (time.perf_counter() - began) * 1000
        print(f"{shown(answer)}\n({milliseconds:.1f} ms)")


def shown(answer: object) -> str:
    """An answer as Python writes it, but for what would take pages: a few items of a list, the start of a long text."""
    if isinstance(answer, Exception):
        return f"{type(answer).__name__}: {answer}"
    return pprint.pformat(_shortened(answer), width=_WIDTH, sort_dicts=False)


@dataclass(frozen=True)
class _More:
    """Stands for items that aren't shown."""

    count: int

    def __repr__(self) -> str:
        return f"… {self.count} more"


def _shortened(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return f"{value[:_LONGEST_TEXT]}…"
    if isinstance(value, dict):
        return {key: _shortened(each) for key, each in value.items() if each not in (None, [])}
    if isinstance(value, list):
        first = [_shortened(each) for each in value[:_MOST_ITEMS]]
        return first if len(first) == len(value) else [*first, _More(len(value) - len(first))]
    return value


if __name__ == "__main__":
    main()
