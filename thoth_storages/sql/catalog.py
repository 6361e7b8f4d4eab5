"""All named queries of a folder, loaded by aiosql behind the strict reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path

import aiosql

from .adapter import PsycopgAdapter, StrictLoader
from .query import Query

QUERIES_FOLDER = Path(__file__).parent / "queries"
STUB = Path(__file__).parent / "named.pyi"
"""The static types of the queries, which ``stubs`` writes."""


class Catalog(Mapping[str, Query]):
    """The queries by name; those of a sub-folder carry its name in front, as ``sync.insert_artifacts`` does."""

    def __init__(self, folder: Path = QUERIES_FOLDER) -> None:
        """Load every ``.sql`` file below a folder; raises QueryError, with file and line, for the first mistake."""
        adapter = PsycopgAdapter()
        functions = aiosql.from_path(
            folder,
            lambda: adapter,
            loader_cls=StrictLoader,
            mandatory_parameters=False,
            attribute=None,
            encoding="utf-8",
        )
        self._queries = {
            name: Query(
                name,
                source,
                attrgetter(name)(functions),
                attrgetter(f"{name}_cursor")(functions) if source.iterating_names else None,
            )
            for name, source in sorted(adapter.sources.items())
        }

    def __getitem__(self, name: str) -> Query:
        return self._queries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def find(self, name: str) -> Query | None:
        """Answer the query of a name or an alias, or None."""
        namespace, _, bare = name.rpartition(".")
        aliased = (query for query in self.in_namespace(namespace) if bare in query.header.aliases)
        return self._queries.get(name) or next(aliased, None)

    def in_namespace(self, namespace: str) -> list[Query]:
        """Answer the queries of one sub-folder, or with ``""`` those of the folder itself."""
        return [query for name, query in self._queries.items() if name.rpartition(".")[0] == namespace]

    @property
    def namespaces(self) -> list[str]:
        """The names of the sub-folders that hold queries."""
        return sorted({name.rpartition(".")[0] for name in self._queries} - {""})
