"""The page on environment variables."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import starmap
from pathlib import PurePosixPath
from typing import Any

from scripts.docs_reference import markdown as md
from scripts.docs_reference.queries import query_link
from thoth_storages import settings
from thoth_storages.ephemeral import BINDIR_VARIABLE
from thoth_storages.settings import Variable
from thoth_storages.sql.named import catalog

_INTRODUCTION = """\
A variable is read when the object that needs it is made: a `GraphDatabase` that connects, a store. One that can't be
read as what it should be is an error that names it. What begins with
`PG` is libpq's own, and used where ours is unset."""

_GROUPS = {
    "The knowledge graph": ("KNOWLEDGE_GRAPH_",),
    "The object store": ("THOTH_S3_", "THOTH_CEPH_", "THOTH_DEPLOYMENT_", "GRAPH_BACKUP_"),
    "This library": ("THOTH_STORAGES_",),
}


_FOR_TESTS = {
    BINDIR_VARIABLE: "folder of the PostgreSQL programs that private servers are started from: those of the demo, the "
    "tests, the checks. Where unset: the newest that is found on the machine, else the wheel's",
    "THOTH_STORAGES_TEST_DSN": "connection string of a server that the tests use instead of starting their own; they "
    "touch only databases whose names begin with `thoth_test_`. Where unset: none",
    "THOTH_STORAGES_TEST_S3": "`required`: tests that can't start a server for objects fail, instead of being skipped. "
    "Where unset: they are skipped",
}


def variables() -> list[Variable[Any]]:
    """Answer the variables of the settings, in the order in which they stand there."""
    return [each for each in vars(settings).values() if isinstance(each, Variable)]


def cache_sizes() -> dict[str, tuple[int, list[str]]]:
    """Answer the variables that say how many answers are kept: the default, and for which queries."""
    found: dict[str, tuple[int, list[str]]] = {}
    for query in catalog.values():
        if cache := query.header.cache:
            found.setdefault(cache.variable, (cache.size, []))[1].append(query.qualified_name)
    return dict(sorted(found.items()))


def pages() -> dict[PurePosixPath, str]:
    """Write the page."""
    remaining = variables()
    parts = []
    for title, prefixes in _GROUPS.items():
        chosen = [each for each in remaining if each.name.startswith(prefixes)]
        remaining = [each for each in remaining if each not in chosen]
        parts += [f"## {title}", *map(_entry, chosen)]
    if remaining:
        parts += ["## Others", *map(_entry, remaining)]
    return {
        PurePosixPath("variables.md"): md.page(
            "# Environment variables",
            _INTRODUCTION,
            *parts,
            "## How many answers are kept",
            *_caches(),
            "## Private servers and tests",
            *starmap(_variable, ((name, f"{said}.") for name, said in _FOR_TESTS.items())),
        )
    }


def _entry(variable: Variable[Any]) -> str:
    default = int(variable.default) if isinstance(variable.default, bool) else variable.default
    said = "none" if default is None else md.code(default)
    fallback = f"{md.code(variable.libpq)}, else " if variable.libpq else ""
    return _variable(variable.name, f"{md.prose(variable.description)}. Where unset: {fallback}{said}.")


def _caches() -> Iterable[str]:
    yield "Some queries keep their answers, each `GraphDatabase` its own; 0 keeps none. `stats()` tells how often."
    for name, (size, queries) in cache_sizes().items():
        yield _variable(name, f"answers of {', '.join(map(query_link, queries))}. Where unset: `{size}`.")


def _variable(name: str, text: str) -> str:
    return f"{md.target(f'variable-{name}')}\n### {name}\n\n{text[0].upper()}{text[1:]}"
