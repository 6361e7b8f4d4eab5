"""Finding package versions in environments that solvers have seen."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Integers, columns_of
from .rows import Version

Connection = psycopg.Connection[Any]


def find_versions(connection: Connection, versions: Collection[Version]) -> dict[Version, int]:
    """Answer the ids of the versions that are there; nothing is written."""
    if not versions:
        return {}
    entities = list(dict.fromkeys(version.entity for version in versions))
    numbered = queries.sync.get_entity_ids(connection, *columns_of(entities))
    entity_ids = {entities[number - 1]: entity_id for number, entity_id in numbered.items()}
    named = [version for version in versions if version.entity in entity_ids]
    if not named:
        return {}
    ids = queries.sync.get_version_ids(
        connection,
        Integers(entity_ids[version.entity] for version in named),
        *columns_of(version.environment for version in named),
    )
    return {named[number - 1]: version_id for number, version_id in ids.items()}
