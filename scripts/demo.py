"""The demo: a knowledge graph of what is installed here, made and asked in a private PostgreSQL that ends with it.

Run it by ``make demo``, or in any environment that has thoth-storages: ``python -m scripts.demo``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import pprint
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from packaging.utils import canonicalize_name

from scripts.installed_packages import INDEX_URL, Document, write_solver_documents
from thoth_storages import GraphDatabase
from thoth_storages.documents.solver_name import parse_solver_name, solver_name_of
from thoth_storages.ephemeral import Cluster
from thoth_storages.exceptions import NotFoundError
from thoth_storages.sync import sync_solver_documents

_WIDTH = 100  # of what is printed
_LONGEST_TEXT = 70
_MOST_ITEMS = 4  # of a list that are shown

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Question:
    """Something that one may want to know of the graph.

    Attributes:
        words: the question in words.
        method: the method that answers it.
        positional: its positional arguments.
        is_local: whether it is about this machine's environment.
        named: its other arguments.
    """

    words: str
    method: str
    positional: tuple[str, ...]
    is_local: bool = True
    named: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The call in Python, where ``pypi`` and ``here`` stand for what each of them would have to spell out."""
        arguments = ["pypi" if argument == INDEX_URL else repr(argument) for argument in self.positional]
        arguments += ["**here"] if self.is_local else []
        arguments += [f"{name}={value!r}" for name, value in self.named.items()]
        return f"graph.{self.method}({', '.join(arguments)})"

    def ask(self, graph: GraphDatabase, here: Mapping[str, str]) -> Any:
        """The answer of the graph about the environment ``here``."""
        return getattr(graph, self.method)(*self.positional, **(here if self.is_local else {}), **self.named)


def main() -> None:
    """Make the graph, ask it, and leave nothing behind."""
    logging.basicConfig(level=logging.ERROR)
    began = time.perf_counter()
    with contextlib.ExitStack() as stack:
        cluster = _step("Starting a private PostgreSQL", lambda: stack.enter_context(Cluster()))
        graph = _connect(cluster)
        stack.callback(graph.disconnect)
        _step("Migrating its empty database", graph.initialize_schema)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="thoth-documents-")))
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        paths = _step("Writing a solver document about each package here", lambda: write_solver_documents(folder, now))
        names = [str(path) for path in paths]
        _step("Syncing them", lambda: sync_solver_documents(names, is_local=True, graph=graph))
        print(f"\nThe {len(paths)} packages in {sys.prefix} are in the graph now. Ask it:")
        _ask(graph, [json.loads(path.read_text()) for path in paths])
    print(f"\nDone in {time.perf_counter() - began:.1f} s; the server and its files are gone again.")


def environment_of(documents: list[Document]) -> dict[str, str]:
    """The environment that the documents are about, as arguments of a question."""
    return parse_solver_name(solver_name_of(documents[0]["metadata"]["document_id"]))._asdict()


def questions(documents: list[Document]) -> Iterator[Question]:
    """What is worth asking about the packages in these documents."""
    trees = [document["result"]["tree"][0] for document in documents]
    needs = {(tree["package_name"], tree["package_version"]): _needed(tree) for tree in trees}
    name, version = max(needs, key=lambda package: len(needs[package]))
    package = (name, version, INDEX_URL)
    popular = Counter(needed for each in needs.values() for needed in each).most_common(1)[0][0]
    imported = next(_import_names_of_others(trees), "thoth_storages")
    yield Question(f"What does {name} need, by extra?", "get_depends_on", package)
    yield Question(
        "And what comes along, down to the leaves?",
        "retrieve_transitive_dependencies_python",
        package,
        named={"extras": frozenset({None})},
    )
    yield Question(f"Who needs {popular}?", "get_python_package_version_dependents_all", (popular,))
    yield Question(f"What does {name} say of itself?", "get_python_package_version_metadata", package, is_local=False)
    yield Question(
        f"Whose is `import {imported}`?",
        "get_python_package_version_import_packages_all",
        (imported,),
        is_local=False,
    )
    yield Question("Which document says all that?", "get_solver_document_id_all", package)
    yield Question("And if nobody has ever seen it?", "get_depends_on", ("no-such-package", "1.0", INDEX_URL))


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


def _connect(cluster: Cluster) -> GraphDatabase:
    """Connect as a service does, by variables; what they held before would lead elsewhere."""
    for variable in [name for name in os.environ if name.startswith(("KNOWLEDGE_GRAPH_", "PG"))]:
        del os.environ[variable]
    os.environ["KNOWLEDGE_GRAPH_HOST"] = str(cluster.directory)
    os.environ["KNOWLEDGE_GRAPH_PORT"] = str(cluster.port)
    graph = GraphDatabase()
    graph.connect()
    return graph


def _step(words: str, action: Callable[[], Answer]) -> Answer:
    print(f"{words} … ", end="", flush=True)
    began = time.perf_counter()
    answer = action()
    print(f"{time.perf_counter() - began:.2f} s")
    return answer


def _ask(graph: GraphDatabase, documents: list[Document]) -> None:
    here = environment_of(documents)
    print(f"\n>>> pypi = {INDEX_URL!r}\n>>> here = {here}")
    for question in questions(documents):
        print(f"\n{question.words}\n\n>>> {question}")
        began = time.perf_counter()
        try:
            answer = question.ask(graph, here)
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
