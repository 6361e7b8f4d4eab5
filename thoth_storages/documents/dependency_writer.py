"""Writing on what package versions depend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Booleans, Integers, Texts
from .rows import Dependency, Entity, Version

Connection = psycopg.Connection[Any]


def write_dependencies(
    connection: Connection,
    dependencies: Collection[Dependency],
    version_ids: Mapping[Version, int],
    entity_ids: Mapping[Entity, int],
) -> None:
    """Have dependencies between versions and entities that are there."""
    if dependencies:
        queries.sync.insert_dependencies(
            connection,
            version_ids=Integers(version_ids[each.version] for each in dependencies),
            entity_ids=Integers(entity_ids[each.entity] for each in dependencies),
            version_ranges=Texts(each.version_range for each in dependencies),
            dependency_extras=Texts(each.extra for each in dependencies),
            markers=Texts(each.marker for each in dependencies),
            marker_evaluation_results=Booleans(each.marker_evaluation_result for each in dependencies),
        )
