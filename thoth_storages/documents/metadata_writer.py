"""Writing the core metadata of packages: one row a package release, and one for each of the values that it lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Integers, columns_of
from .identities import identify
from .rows import Metadata, MetadataValue

Connection = psycopg.Connection[Any]

# In this order, always: two transactions that took the tables in different ones could wait for each other.
_TABLES: dict[str, tuple[Callable[..., int], Callable[..., int]]] = {
    "classifier": (queries.sync.insert_classifiers, queries.sync.insert_metadata_classifiers),
    "distutils": (queries.sync.insert_distutils, queries.sync.insert_metadata_distutils),
    "platform": (queries.sync.insert_platforms, queries.sync.insert_metadata_platforms),
    "project_url": (queries.sync.insert_project_urls, queries.sync.insert_metadata_project_urls),
    "provides_extra": (queries.sync.insert_provided_extras, queries.sync.insert_metadata_provided_extras),
    "requires_external": (
        queries.sync.insert_external_requirements,
        queries.sync.insert_metadata_external_requirements,
    ),
    "supported_platform": (queries.sync.insert_supported_platforms, queries.sync.insert_metadata_supported_platforms),
}


def write_metadata(
    connection: Connection, metadata: Collection[Metadata], values: Collection[MetadataValue]
) -> dict[Metadata, int]:
    """Have the metadata of packages and the values that they list; answer the ids of the metadata."""
    ids = identify(
        metadata,
        lambda wanted: queries.sync.get_metadata_ids(connection, *columns_of(wanted)),
        lambda missing: queries.sync.insert_metadata(connection, *columns_of(missing)),
    ).ids
    _write_values(connection, ids, values)
    return ids


def _write_values(connection: Connection, ids: Mapping[Metadata, int], values: Collection[MetadataValue]) -> None:
    by_kind: dict[str, list[MetadataValue]] = defaultdict(list)
    for value in values:
        by_kind[value.kind].append(value)
    for kind, (insert_values, insert_relations) in _TABLES.items():
        if found := by_kind.get(kind):
            columns = columns_of(row.value for row in found)
            insert_values(connection, *columns)
            insert_relations(connection, Integers(ids[row.metadata] for row in found), *columns)
