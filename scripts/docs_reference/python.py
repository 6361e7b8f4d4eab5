"""Pages on what a client imports: the adapter of the graph, the stores, the functions that sync, enumerations."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from pathlib import PurePosixPath

from scripts.docs_reference import classes
from scripts.docs_reference import markdown as md
from thoth_storages import GraphDatabase, PythonQueryResult, enums, objectstore, sync
from thoth_storages.sync import Counts, Outcome, Progress, handlers

_GRAPH = """\
Each [named query](queries/index.md) is a method, with the signature that its page shows. These are the others."""

_STORES = """\
Making a store reads [the variables](variables.md) that name the server and the bucket, and `connect()` makes its
client; neither does I/O. Documents of a kind lie below `<bucket prefix>/<deployment>/<kind>/`."""

_SYNC = """\
How a sync works is told in [how a sync stays idempotent](../explanation/idempotent-syncs.md)."""

_ENUMERATIONS = """\
Where a query or a record takes one of a few texts, the enumeration is in `thoth_storages.enums`, and the text will do
as well: `source_type="CLI"`."""


def pages() -> dict[PurePosixPath, str]:
    """Write the pages."""
    return {
        PurePosixPath("graph-database.md"): md.page("# GraphDatabase", _GRAPH, *_graph()),
        PurePosixPath("stores.md"): md.page("# Stores", _STORES, *_stores()),
        PurePosixPath("sync.md"): md.page("# Syncing", _SYNC, *_sync()),
        PurePosixPath("enums.md"): md.page("# Enumerations", _ENUMERATIONS, *_enumerations()),
    }


def store_classes() -> list[type]:
    """Answer the classes of stores, those that others derive from first."""
    found = [each for name in objectstore.__all__ if inspect.isclass(each := getattr(objectstore, name))]
    return sorted(found, key=lambda each: len(each.__mro__))


def enumerations() -> list[type[Enum]]:
    """Answer the enumerations of the graph."""
    return [
        each for each in vars(enums).values() if inspect.isclass(each) and issubclass(each, Enum) and each is not Enum
    ]


def _graph() -> Iterator[str]:
    yield f"{md.target(classes.target_of('GraphDatabase'))}\n## GraphDatabase"
    yield md.docstring(GraphDatabase.__doc__)
    for part in GraphDatabase.__mro__:
        if part.__module__.startswith("thoth_storages.graph") and (members := list(classes.members(part))):
            if part is not GraphDatabase:
                yield f"## {part.__name__}"
                yield md.docstring(part.__doc__)
            yield from members
    yield from classes.section(PythonQueryResult)


def _stores() -> Iterator[str]:
    for store in store_classes():
        head, *rest = classes.section(store)
        yield head
        if bases := [base.__name__ for base in store.__bases__ if base.__name__ in objectstore.__all__]:
            yield f"Derives from {' and '.join(map(classes.python_link, bases))}."
        yield from rest


def _sync() -> Iterator[str]:
    yield from classes.section(sync.sync_documents)
    for name in sync.__all__:
        if name.startswith("sync_") and name != "sync_documents":
            yield from classes.section(getattr(sync, name))
    yield f"{md.target(classes.target_of('HANDLERS_MAPPING'))}\n## HANDLERS_MAPPING"
    yield "The function for the documents whose ids begin so, up to the first dash."
    mapping = handlers.HANDLERS_MAPPING.items()
    yield md.table(
        ("ids begin with", "function"),
        ((md.code(name), classes.python_link(getattr(function, "__name__", name))) for name, function in mapping),
    )
    for described in (Counts, Outcome, Progress):
        yield from classes.section(described)


def _enumerations() -> Iterator[str]:
    for enumeration in enumerations():
        yield from classes.section(enumeration)
