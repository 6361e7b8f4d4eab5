"""Pages on the named queries, one for each file of them: signature, answer, contract, SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from scripts.docs_reference import markdown as md
from scripts.docs_reference.contracts import Contract, read_contracts
from scripts.docs_reference.exceptions import exception_link
from scripts.docs_reference.signatures import Signatures, read_signatures
from thoth_storages.sql.catalog import QUERIES_FOLDER
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query

FOLDER = PurePosixPath("queries")

_INTRODUCTION = """\
Every question that this library asks is a named piece of SQL in `thoth_storages/sql/queries/`. A query is a method of
`GraphDatabase`, and a function of `thoth_storages.queries` for those who bring a connection of their own. What the
headers of the files say is told in [the language of query files](../../query-language.md).

Those of a name that begins with an underscore, and those of the folder `sync/`, serve the library itself: they are
functions of `queries`, but no methods, and may change at any time.

A query's cardinality, cost and indexes, and what it reads, writes and locks, are its contract, which
`thoth-storages sql check` holds: each rule of it [has a page](../../checks/README.md)."""


def pages() -> dict[PurePosixPath, str]:
    """Write a page a file of queries, and one that lists all queries by name."""
    contracts, signatures = read_contracts(), read_signatures()
    by_file = {
        path: list(found)
        for path, found in groupby(
            sorted(catalog.values(), key=lambda query: (query.source.place.path, query.source.place.line)),
            key=lambda query: Path(query.source.place.path).relative_to(QUERIES_FOLDER),
        )
    }
    written = {
        FOLDER / f"{_stem(path)}.md": _page(path, found, contracts, signatures) for path, found in by_file.items()
    }
    return {FOLDER / "index.md": _index(by_file), **written}


def target_of(query: Query) -> str:
    """Name the target that stands before a query."""
    return f"query-{query.qualified_name}"


def query_link(qualified_name: str) -> str:
    """Write a link to a query."""
    return md.link(f"query-{qualified_name}", md.code(qualified_name))


def _stem(path: Path) -> str:
    return path.with_suffix("").as_posix().replace("/", "-")


def _index(by_file: dict[Path, list[Query]]) -> str:
    named = sorted((name, query) for query in catalog.values() for name in _public_names(query))
    return md.page(
        "# Queries",
        _INTRODUCTION,
        md.table(
            ("query", "what it answers"),
            ((md.link(target_of(query), md.code(name)), md.prose(_first_sentence(query))) for name, query in named),
        ),
        md.toctree(_stem(path) for path in by_file),
    )


def _public_names(query: Query) -> tuple[str, ...]:
    is_private = "." in query.qualified_name or query.name.startswith("_")
    return () if is_private else query.names


def _first_sentence(query: Query) -> str:
    return query.header.prose.partition("\n")[0]


def _page(path: Path, found: Iterable[Query], contracts: dict[str, Contract], signatures: Signatures) -> str:
    return md.page(
        f"# {path.with_suffix('').as_posix()}",
        f"`thoth_storages/sql/queries/{path.as_posix()}`",
        *(part for query in found for part in _parts(query, contracts.get(query.qualified_name), signatures)),
    )


def _parts(query: Query, contract: Contract | None, signatures: Signatures) -> Iterator[str]:
    yield f"{md.target(target_of(query))}\n## {query.name}"
    yield md.prose(query.header.prose)
    yield md.block(signatures.of(query), "python")
    yield "\n".join(f"- {line}" for line in _facts(query, contract))
    yield md.block(query.statement.sql.strip("\n"), "sql")


def _facts(query: Query, contract: Contract | None) -> Iterator[str]:
    header = query.header
    yield f"Answers {md.code(header.returns.text)}." if header.returns else "Answers how many rows were written."
    if header.raises:
        yield f"Raises {exception_link(header.raises.__name__)} when there is no such record."
    if header.cache:
        yield (
            f"Keeps answers: {md.link(f'variable-{header.cache.variable}', md.code(header.cache.variable))} says how "
            f"many, {header.cache.size} by default."
        )
    if header.aliases:
        yield f"Also called {', '.join(map(md.code, header.aliases))}."
    if iterating := query.source.iterating_names:
        yield f"Element by element: {', '.join(map(md.code, iterating.values()))}."
    if contract:
        yield from contract.lines()
