"""Syncing documents from the object store."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.contents import row_counts
from tests.documents.made_kinds import MADE, write
from tests.documents.making import DOCUMENT_ID, Document, package, solver_document
from tests.documents.writing import Connection, select_column
from tests.fix_s3 import S3
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import NotFoundError, ObjectStoreUnreachableError
from thoth_storages.objectstore import CephStore, SolverResultsStore
from thoth_storages.sync import HANDLERS_MAPPING, sync_documents, sync_solver_documents

# The folders below the deployment's prefix.
FOLDERS = {
    "adviser": "adviser",
    "dependency": "dependency-monkey-reports",
    "package": "analysis",
    "provenance": "provenance-checker",
    "revsolver": "revsolver",
    "solver": "solver",
}


def put(s3: S3, name: str, documents: Sequence[Document]) -> None:
    """Store documents where those of the kind are stored."""
    store = CephStore(s3.root)
    store.connect()
    for document in documents:
        if name == "inspection":
            folder = f"inspections/{document['document_id']}"
            store.store_document(document["specification"], f"{folder}/build/specification")
            store.store_document(document["result"], f"{folder}/results/{document['result_number']}/result")
            store.store_blob(b"", f"{folder}/results/{document['result_number']}/log")
        elif name == "security":
            store.store_document(document, f"security-indicators/{document['metadata']['document_id']}/aggregated")
            store.store_document({}, f"security-indicators/{document['metadata']['document_id']}/cloc")
        else:
            store.store_document(document, f"{FOLDERS[name]}/{document['metadata']['document_id']}")


@pytest.mark.parametrize("name", MADE)
def test_every_kind_is_synced_from_its_store(
    ceph_s3: S3, graph: GraphDatabase, connection: Connection, name: str
) -> None:
    made = MADE[name]
    if solved := made.solved():
        write(connection, MADE["solver"].synced.kind, solved)
    documents = made.documents()
    put(ceph_s3, name, documents)
    number = len(documents)
    assert HANDLERS_MAPPING[name](graph=graph) == (number, number, 0, 0)
    counted = row_counts(connection)
    again = (number, 0, number, 0) if made.remembers else (number, number, 0, 0)
    assert HANDLERS_MAPPING[name](graph=graph) == again
    assert row_counts(connection) == counted


def solver_documents(number: int) -> list[Document]:
    return [
        solver_document(package(f"package-{each}"), document_id=f"{DOCUMENT_ID[:-4]}{each:04}")
        for each in range(number)
    ]


def test_all_stores_are_synced_together(s3: S3, graph: GraphDatabase, connection: Connection) -> None:
    put(s3, "solver", solver_documents(3))
    put(s3, "inspection", MADE["inspection"].documents()[:1])
    write(connection, MADE["solver"].synced.kind, MADE["inspection"].solved())
    counts = sync_documents(graph=graph)
    assert {name: numbers for name, numbers in counts.items() if numbers.processed} == {
        "solver": (3, 3, 0, 0),
        "inspection": (1, 1, 0, 0),
    }


def test_documents_are_chosen_by_their_ids(s3: S3, graph: GraphDatabase, connection: Connection) -> None:
    documents = solver_documents(3)
    put(s3, "solver", documents)
    chosen = documents[1]["metadata"]["document_id"]
    assert sync_documents([chosen], graph=graph)["solver"] == (1, 1, 0, 0)
    assert select_column(connection, "SELECT document_id FROM solved") == [chosen]


def test_requests_are_no_results(s3: S3, graph: GraphDatabase) -> None:
    store = SolverResultsStore()
    store.connect()
    store.store_request(DOCUMENT_ID, {"package": "flask"})
    assert sync_solver_documents(graph=graph) == (0, 0, 0, 0)


def test_a_document_that_is_not_there_is_its_own_failure(s3: S3, graph: GraphDatabase) -> None:
    put(s3, "solver", solver_documents(1))
    lost = f"{DOCUMENT_ID[:-4]}9999"
    with pytest.raises(NotFoundError, match=lost):
        sync_solver_documents([lost], graph=graph)
    counts = sync_solver_documents([lost, f"{DOCUMENT_ID[:-4]}0000"], graph=graph, graceful=True)
    assert counts == (2, 1, 0, 1)
    assert [failure.document_id for failure in counts.failures] == [lost]


@pytest.mark.usefixtures("ceph_s3")
def test_an_outage_ends_the_sync_gracefully_or_not(graph: GraphDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    with pytest.raises(ObjectStoreUnreachableError, match=r"http://127\.0\.0\.1:9"):
        sync_solver_documents([DOCUMENT_ID], graph=graph, graceful=True)


def test_processes_read_from_the_store(ceph_s3: S3, graph: GraphDatabase, connection: Connection) -> None:
    put(ceph_s3, "solver", solver_documents(70))
    assert sync_documents(graph=graph, jobs=2)["solver"] == (70, 70, 0, 0)
    assert select_column(connection, "SELECT count(DISTINCT document_id) FROM solved") == [70]
