"""Finding ids, and inserting what has none."""

from __future__ import annotations

import pytest
from psycopg.errors import SerializationFailure

from thoth_storages.documents.identities import Identities, identify, upsert


class Table:
    """A table of texts, and others that write to it at the same time."""

    def __init__(self, *texts: str, others: tuple[str, ...] = (), thieves: tuple[str, ...] = ()) -> None:
        self.ids = {text: number for number, text in enumerate(texts, 100)}
        self.calls: list[str] = []
        self._others = others
        self._thieves = thieves

    def find(self, texts: list[str]) -> dict[int, int]:
        self.calls.append(f"find {' '.join(texts)}")
        return {number: self.ids[text] for number, text in enumerate(texts, 1) if text in self.ids}

    def insert(self, texts: list[str]) -> int:
        self.calls.append(f"insert {' '.join(texts)}")
        self._add(self._others)
        added = self._add(texts)
        for text in self._thieves:
            del self.ids[text]
        return added

    def _add(self, texts: tuple[str, ...] | list[str]) -> int:
        new = [text for text in texts if text not in self.ids]
        self.ids.update((text, 200 + number) for number, text in enumerate(new, len(self.ids)))
        return len(new)


def test_known_rows_are_found_with_one_call() -> None:
    table = Table("a", "b")
    assert identify(["b", "a"], table.find, table.insert) == Identities({"b": 101, "a": 100}, frozenset())
    assert table.calls == ["find b a"]


def test_only_missing_rows_are_inserted_and_found_again() -> None:
    table = Table("a")
    ids, added = identify(["a", "b", "c"], table.find, table.insert)
    assert ids == table.ids
    assert added == {"b", "c"}
    assert table.calls == ["find a b c", "insert b c", "find b c"]


def test_a_row_that_somebody_else_inserts_meanwhile_is_found_and_not_taken_for_added() -> None:
    table = Table("a", others=("b",))
    ids, added = identify(["a", "b", "c"], table.find, table.insert)
    assert ids == table.ids
    assert added == frozenset()


def test_no_rows_need_no_call() -> None:
    table = Table("a")
    assert identify([], table.find, table.insert) == Identities({}, frozenset())
    assert table.calls == []


def test_a_row_that_somebody_deletes_meanwhile_asks_for_another_try() -> None:
    table = Table(thieves=("b",))
    with pytest.raises(SerializationFailure, match="'b' was deleted by somebody else"):
        identify(["a", "b"], table.find, table.insert)


def upserted(table: Table, *texts: str) -> tuple[dict[str, int], list[tuple[list[int], list[str]]]]:
    updates: list[tuple[list[int], list[str]]] = []

    def update(ids: list[int], known: list[str]) -> None:
        updates.append((list(ids), known))

    ids = upsert(list(texts), table.find, table.insert, update)
    return ids, updates


def test_only_what_was_there_is_updated() -> None:
    assert upserted(Table("a"), "a", "b") == ({"a": 100, "b": 201}, [([100], ["a"])])
    assert upserted(Table(), "a", "b") == ({"a": 200, "b": 201}, [])


def test_what_somebody_else_added_meanwhile_is_updated_as_well() -> None:
    ids, updates = upserted(Table(others=("b",)), "a", "b")
    assert updates == [([ids["a"], ids["b"]], ["a", "b"])]
