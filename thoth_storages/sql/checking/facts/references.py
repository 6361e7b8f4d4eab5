"""The references that the server follows when a query writes: it looks for rows, which no plan shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from .dependencies import Dependencies
from .schema import ForeignKey, Schema, Table


class Followed(NamedTuple):
    """The rows of a table that refer to rows which go, or are called otherwise, are looked for."""

    table: Table
    key: ForeignKey
    is_written: bool
    """Whether the rows that are found go, too, or are changed."""


def parents(dependencies: Dependencies, schema: Schema) -> Iterator[Table]:
    """Yield the tables whose rows are kept from going, as what is written refers to them."""
    written = {name: frozenset(schema.by_name[name].columns_by_name) for name in dependencies.inserts}
    for name, columns in [*written.items(), *dependencies.updates.items()]:
        for key in schema.by_name[name].foreign_keys:
            if not columns.isdisjoint(key.columns):
                yield schema[key.parent]


def followed(dependencies: Dependencies, schema: Schema) -> Iterator[Followed]:
    """Yield the references to what a query deletes and updates, and to what goes or changes with it."""
    for name, columns in dependencies.updates.items():
        yield from _changes(schema.by_name[name], columns, schema, set())
    for name in dependencies.deletes:
        yield from _deletions(schema.by_name[name], schema, set())


def _changes(table: Table, columns: Collection[str], schema: Schema, seen: set[str]) -> Iterator[Followed]:
    for child, key in schema.children(table):
        if not set(columns).isdisjoint(key.parent_columns):
            yield Followed(child, key, key.on_update not in "ar")
            if key.on_update == "c" and child.name not in seen:
                seen.add(child.name)
                yield from _changes(child, key.columns, schema, seen)


def _deletions(table: Table, schema: Schema, seen: set[str]) -> Iterator[Followed]:
    for child, key in schema.children(table):
        yield Followed(child, key, key.on_delete not in "ar")
        if key.on_delete == "c" and child.name not in seen:
            seen.add(child.name)
            yield from _deletions(child, schema, seen)
