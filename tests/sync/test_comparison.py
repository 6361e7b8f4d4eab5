"""Comparing the documents in the object store with those in the graph."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from thoth_storages import GraphDatabase
from thoth_storages.sync import comparison
from thoth_storages.sync.comparison import COMPARABLE, Comparison, SetAside, compare_documents
from thoth_storages.sync.kinds import SYNCED
from thoth_storages.sync.source import Listed

SOLVER = SYNCED["solver"]


@pytest.fixture
def compare(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that compares some ids in a store with some in the graph."""

    def compare(stored: Iterator[str], known: Iterator[str]) -> Comparison:
        class Store:
            def documents(self) -> Iterator[Listed]:
                return (Listed(each, each) for each in stored)

        monkeypatch.setattr("thoth_storages.sync.stored.stored", lambda name: Store())
        monkeypatch.setattr(comparison, "_KNOWN", {"solver": lambda graph: (Listed(each, each) for each in known)})
        return compare_documents(SOLVER, GraphDatabase())

    return compare


IDS = ["a", "b", "c"]
SUBSETS = [subset for size in range(4) for subset in itertools.combinations(IDS, size)]


@pytest.mark.parametrize("known", SUBSETS, ids="".join)
@pytest.mark.parametrize("stored", SUBSETS, ids="".join)
def test_each_document_is_where_it_is(compare: Any, stored: Sequence[str], known: Sequence[str]) -> None:
    with compare(iter(stored), iter(known)) as found:
        assert (found.stored, found.in_graph) == (len(stored), len(known))
        assert [each.name for each in found.never_synced] == [each for each in stored if each not in known]
        assert [each.name for each in found.document_gone] == [each for each in known if each not in stored]


def test_millions_that_differ_take_no_memory(compare: Any) -> None:
    number = 20_000
    tracemalloc.start()
    try:
        with compare((f"solver-{each:08}" for each in range(number)), iter(())) as found:
            assert found.never_synced.number == number
            assert sum(1 for _ in found.never_synced) == number
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_what_ends_a_listing_ends_the_comparison(compare: Any) -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError, match="gone"):
        compare(broken(), iter(IDS))


def test_documents_set_aside_come_back_as_they_were_however_often() -> None:
    documents = [Listed("a\nb", "a\nb"), Listed("inspection-1", "inspection-1", 0), Listed("é", "é", 7)]
    with SetAside() as aside:
        for each in documents:
            aside.add(each)
        assert list(aside) == list(aside) == documents
        assert aside.number == 3


def test_a_kind_whose_ids_the_graph_does_not_keep_is_refused() -> None:
    assert "revsolver" not in COMPARABLE
    with pytest.raises(ValueError, match="The graph keeps no ids of the documents of 'revsolver'"):
        compare_documents(SYNCED["revsolver"], GraphDatabase())
