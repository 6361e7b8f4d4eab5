"""Writing package versions by name, with the indexes that they come from and the rules about them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

import psycopg
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from ..sql.named import queries
from .columns import Integers, Texts, columns_of
from .identities import identify
from .rows import Entity

_LOGGER = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]


def write_package_indexes(connection: Connection, urls: Iterable[str | None]) -> None:
    """Have Python package indexes; None stands for none.

    Theirs is the first table of all: who writes them for the rows of several later tables does so at once, before all.
    """
    if named := {url for url in urls if url is not None}:
        queries.sync.insert_package_indexes(connection, Texts(named))


def write_entities(connection: Connection, entities: Collection[Entity]) -> dict[Entity, int]:
    """Have package versions by name, and the indexes that they name; answer their ids.

    Each is tied to all rules about it.
    """
    write_package_indexes(connection, (entity.index_url for entity in entities))
    ids = identify(
        entities,
        lambda wanted: queries.sync.get_entity_ids(connection, *columns_of(wanted)),
        lambda missing: queries.sync.insert_entities(connection, *columns_of(missing)),
    ).ids
    _apply_rules(connection, ids)
    return ids


def _apply_rules(connection: Connection, ids: Mapping[Entity, int]) -> None:
    by_name: dict[str, list[Entity]] = defaultdict(list)
    for entity in ids:
        by_name[entity.package_name].append(entity)
    if not by_name:
        return
    pairs = [
        (ids[entity], rule_id)
        for rule_id, package_name, version_range, index_url in queries.sync.get_rules_of_packages(
            connection, Texts(by_name)
        )
        for entity in by_name[package_name]
        if index_url in (None, entity.index_url) and _is_in_range(entity.package_version, version_range, rule_id)
    ]
    if pairs:
        entity_ids, rule_ids = zip(*pairs, strict=True)
        queries.sync.insert_rule_associations(connection, Integers(entity_ids), Integers(rule_ids))


def _is_in_range(package_version: str | None, version_range: str | None, rule_id: int) -> bool:
    """Tell whether a rule is about a version; one without a range is about all, also about an unknown version."""
    if not version_range:
        return True
    specifiers = _specifiers(version_range, rule_id)
    if package_version is None or specifiers is None:
        return False
    try:
        return specifiers.contains(Version(package_version), prereleases=True)
    except InvalidVersion:
        return False


@lru_cache(maxsize=1024)
def _specifiers(version_range: str, rule_id: int) -> SpecifierSet | None:
    try:
        return SpecifierSet(version_range)
    except InvalidSpecifier:
        _LOGGER.warning("Rule %d is passed over: its version range %r can't be read", rule_id, version_range)
        return None
