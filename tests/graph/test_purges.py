"""Purging documents: out of the way in the object store, and out of the graph."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from tests.documents.killing import Client, Ready
from tests.documents.making import DOCUMENT_ID, Document, package, solver_document
from tests.documents.making_advisers import adviser_document
from tests.documents.making_images import numbered_analysis
from tests.documents.writing import Connection, select_column
from tests.fix_s3 import S3
from thoth_storages import GraphDatabase
from thoth_storages.documents import kinds
from thoth_storages.exceptions import ObjectStoreUnreachableError
from thoth_storages.graph import purges
from thoth_storages.graph.batches import SOLVER_RUNS
from thoth_storages.objectstore import (
    AdvisersResultsStore,
    AnalysisResultsStore,
    CephStore,
    ResultStorageBase,
    SolverResultsStore,
)


def fill(
    graph: GraphDatabase, store: type[ResultStorageBase], kind: kinds.Kind, documents: Sequence[Document]
) -> ResultStorageBase:
    """Store documents, and sync them."""
    stored = store()
    stored.connect()
    for document in documents:
        stored.ceph.store_document(document, document["metadata"]["document_id"])
    graph.write(lambda connection: kind.write(connection, [kind.rows(document) for document in documents]))
    return stored


def solvers(number: int, solver: str = "rhel-8-py38") -> list[Document]:
    return [
        solver_document(
            package(f"package-{each}"), package("flask"), document_id=f"solver-{solver}-220131123456-{each:016x}"
        )
        for each in range(number)
    ]


def purged(s3: S3, kind: str) -> list[str]:
    """The ids of the documents in all places of purges of a kind."""
    keys = [key for key in s3.listing() if key.startswith(f"{kind}-purge-")]
    return sorted(key.partition("/")[2] for key in keys)


def ids(documents: Sequence[Document]) -> list[str]:
    return sorted(document["metadata"]["document_id"] for document in documents)


def test_documents_of_an_environment_move_and_their_runs_go(
    s3: S3, graph: GraphDatabase, connection: Connection
) -> None:
    chosen, others = solvers(3), solvers(2, "fedora-35-py310")
    store = fill(graph, SolverResultsStore, kinds.SOLVER, [*chosen, *others])
    original = store.retrieve_document(ids(chosen)[0])
    assert graph.purge_solver_documents(os_name="ubi", os_version="8.4", python_version="3.8") == 6
    assert purged(s3, "solver") == ids(chosen)
    assert sorted(store.get_document_listing()) == ids(others)
    assert select_column(connection, "SELECT DISTINCT document_id FROM solved ORDER BY 1") == ids(others)
    (place,) = {key.partition("/")[0] for key in s3.listing() if "purge" in key}
    copies = CephStore(f"{s3.root}/{place}")
    copies.connect()
    assert copies.retrieve_document(ids(chosen)[0]) == original


def test_without_filters_all_documents_are_purged_however_many(
    ceph_s3: S3, graph: GraphDatabase, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purges, "SOLVER_RUNS", SOLVER_RUNS._replace(documents_at_once=2))
    documents = solvers(7)
    store = fill(graph, SolverResultsStore, kinds.SOLVER, documents)
    assert graph.purge_solver_documents() == 14
    assert purged(ceph_s3, "solver") == ids(documents)
    assert list(store.get_document_listing()) == []
    assert select_column(connection, "SELECT count(*) FROM solved") == [0]
    assert graph.purge_solver_documents() == 0


def test_progress_is_told_after_each_batch(ceph_s3: S3, graph: GraphDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purges, "SOLVER_RUNS", SOLVER_RUNS._replace(documents_at_once=2))
    fill(graph, SolverResultsStore, kinds.SOLVER, solvers(3))
    told: list[purges.Purged] = []
    assert graph.purge_solver_documents(on_progress=told.append) == 6
    assert [(each.documents, each.runs) for each in told] == [(2, 4), (3, 6)]
    (place,) = {each.place for each in told}
    assert {key.partition("/")[0] for key in ceph_s3.listing()} == {place.removesuffix("/").rpartition("/")[2]}


def test_advisers_and_analyses_are_chosen_by_moment_and_version(ceph_s3: S3, graph: GraphDatabase) -> None:
    advisers = [
        adviser_document(document_id=f"adviser-{day}", datetime=f"2022-01-{day:02}T00:00:00") for day in range(1, 5)
    ]
    fill(graph, AdvisersResultsStore, kinds.ADVISER, advisers)
    assert graph.purge_adviser_documents(adviser_version="none") == 0
    assert graph.purge_adviser_documents(end_datetime=dt.datetime(2022, 1, 3)) == 2
    assert purged(ceph_s3, "adviser") == ["adviser-1", "adviser-2"]
    analyses = [numbered_analysis(number) for number in range(3)]
    fill(graph, AnalysisResultsStore, kinds.IMAGE_ANALYSIS, analyses)
    version = analyses[0]["metadata"]["analyzer_version"]
    assert graph.purge_package_extract_documents(package_extract_version=version) == 3
    assert [key for key in ceph_s3.listing() if key.startswith("analysis/")] == []


def test_a_dry_run_changes_nothing(ceph_s3: S3, graph: GraphDatabase, connection: Connection) -> None:
    fill(graph, SolverResultsStore, kinds.SOLVER, solvers(3))
    before = ceph_s3.listing()
    assert graph.purge_solver_documents(dry_run=True) == 3
    assert ceph_s3.listing() == before
    assert select_column(connection, "SELECT count(*) FROM solved") == [6]


@pytest.mark.parametrize("calls", range(7))
def test_a_purge_that_breaks_off_anywhere_is_finished_by_a_second_one(
    ceph_s3: S3, graph: GraphDatabase, connection: Connection, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    documents = solvers(3)
    store = fill(graph, SolverResultsStore, kinds.SOLVER, documents)
    done = 0

    def breaking(function: Any) -> Any:
        def call(*args: Any) -> Any:
            nonlocal done
            if done == calls:
                raise ObjectStoreUnreachableError("gone")
            done += 1
            return function(*args)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(purges, "read_ahead", _one_by_one)
        patch.setattr(CephStore, "copy", breaking(CephStore.copy))
        patch.setattr(CephStore, "delete", breaking(CephStore.delete))
        patch.setattr(GraphDatabase, "_delete_runs_of", breaking(GraphDatabase._delete_runs_of))
        with pytest.raises(ObjectStoreUnreachableError):
            graph.purge_solver_documents()
    left = {*store.get_document_listing(), *purged(ceph_s3, "solver")}
    assert left == set(ids(documents))
    assert select_column(connection, "SELECT count(*) FROM solved") == [6]
    assert graph.purge_solver_documents() == 6
    assert set(purged(ceph_s3, "solver")) == set(ids(documents))
    assert list(store.get_document_listing()) == []


@pytest.mark.parametrize("copies", [1, 13, 24])
def test_a_purge_that_is_killed_loses_nothing_and_is_finished_by_a_second_one(
    ceph_s3: S3, graph: GraphDatabase, connection: Connection, monkeypatch: pytest.MonkeyPatch, copies: int
) -> None:
    monkeypatch.setattr(purges, "SOLVER_RUNS", SOLVER_RUNS._replace(documents_at_once=10))
    documents = solvers(24)
    store = fill(graph, SolverResultsStore, kinds.SOLVER, documents)

    def purge(ready: Ready) -> str:
        numbers, copy = itertools.count(1), CephStore.copy

        def counted(*args: Any) -> None:
            copy(*args)
            if next(numbers) == copies:
                ready()

        monkeypatch.setattr(CephStore, "copy", counted)
        purging = GraphDatabase()
        purging.connect()
        return str(purging.purge_solver_documents())

    with Client(purge) as client:
        client.kill()
    in_graph = select_column(connection, "SELECT DISTINCT document_id FROM solved ORDER BY 1")
    kept = set(store.get_document_listing())
    assert kept | set(purged(ceph_s3, "solver")) == set(ids(documents))
    assert kept <= set(in_graph)
    assert graph.purge_solver_documents() == 2 * len(in_graph)
    assert set(purged(ceph_s3, "solver")) == set(ids(documents))
    assert list(store.get_document_listing()) == []
    assert select_column(connection, "SELECT count(*) FROM solved") == [0]


def _one_by_one(items: Any, function: Any) -> Any:
    for item in items:
        result = function(item)
        yield item, type("Done", (), {"result": staticmethod(lambda result=result: result)})


def test_rows_without_a_document_go_as_well(
    ceph_s3: S3, graph: GraphDatabase, connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    store = fill(graph, SolverResultsStore, kinds.SOLVER, solvers(1))
    store.delete(ids(solvers(1))[0])
    assert graph.purge_solver_documents() == 2
    assert "was purged before, or never stored" in caplog.text
    assert select_column(connection, "SELECT count(*) FROM solved") == [0]


@pytest.mark.usefixtures("ceph_s3")
def test_an_outage_deletes_no_rows(
    graph: GraphDatabase, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(graph, SolverResultsStore, kinds.SOLVER, [solver_document(package(), document_id=DOCUMENT_ID)])
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    with pytest.raises(ObjectStoreUnreachableError):
        graph.purge_solver_documents()
    assert select_column(connection, "SELECT count(*) FROM solved") == [1]


@pytest.mark.parametrize("end_datetime", ["yesterday", 7])
def test_what_is_no_moment_is_refused(graph: GraphDatabase, end_datetime: Any) -> None:
    with pytest.raises(ValueError, match="end_datetime is a datetime, not"):
        graph.purge_adviser_documents(end_datetime=end_datetime)
