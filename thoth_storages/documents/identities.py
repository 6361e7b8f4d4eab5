"""Which ids rows have: found where they are there, inserted where they aren't."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Generic, NamedTuple, TypeVar

from psycopg.errors import SerializationFailure

from .columns import Integers

Row = TypeVar("Row")


class Identities(NamedTuple, Generic[Row]):
    """The ids of rows."""

    ids: dict[Row, int]
    added: frozenset[Row]
    """The rows that this transaction surely added; others see them when it has ended."""


def identify(
    rows: Collection[Row], find: Callable[[list[Row]], Mapping[int, int]], insert: Callable[[list[Row]], int]
) -> Identities[Row]:
    """Answer the id of each row, inserting the rows that aren't there.

    ``find`` answers the ids of the rows that are there, by their place in the list, from 1; ``insert`` answers how many
    it added. Rows that somebody else inserts at the same time are no error: the insert waits for that transaction and
    leaves them out, and they are found after it. (So it is in READ COMMITTED; in stricter levels the server demands a
    retry.)
    """
    ids = _found(rows, find)
    missing = [row for row in rows if row not in ids]
    if not missing:
        return Identities(ids, frozenset())
    added_all = insert(missing) == len(missing)
    ids |= _found(missing, find)
    if lost := next((row for row in missing if row not in ids), None):
        # What a deadlock is answered with, too: the transaction is right to be run again.
        raise SerializationFailure(f"{lost!r} was deleted by somebody else while it was being written")
    return Identities(ids, frozenset(missing if added_all else ()))


def upsert(
    rows: Collection[Row],
    find: Callable[[list[Row]], Mapping[int, int]],
    insert: Callable[[list[Row]], int],
    update: Callable[[Integers[int], list[Row]], object],
) -> dict[Row, int]:
    """Have rows that are found by a part of them say all that is said now; answer their ids.

    ``find`` and ``insert`` are those of ``identify``; ``update`` is given ids and rows of what was there.
    """
    written = identify(rows, find, insert)
    if known := [row for row in rows if row not in written.added]:
        update(Integers(written.ids[row] for row in known), known)
    return written.ids


def _found(rows: Collection[Row], find: Callable[[list[Row]], Mapping[int, int]]) -> dict[Row, int]:
    listed = list(rows)
    return {listed[number - 1]: row_id for number, row_id in find(listed).items()} if listed else {}
