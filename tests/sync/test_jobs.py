"""Syncing in several processes."""

from __future__ import annotations

import json
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.making import DOCUMENT_ID, Document, dependency, package, solver_document
from tests.documents.writing import select_column
from tests.fix_postgres import PointTo
from thoth_storages.exceptions import DatabaseError, DocumentError
from thoth_storages.sync import Outcome, Progress, sync_documents
from thoth_storages.sync.batches import MOST_DOCUMENTS
from thoth_storages.sync.jobs import _context, _parts

Connection = psycopg.Connection[Any]
Store = Callable[[int], str]


@pytest.fixture
def store(tmp_path: Path, database: str, point_to: PointTo) -> Store:
    """A function that writes a document with that number to a file, for the database that the environment names."""
    point_to(database)

    def store(number: int, **members: Any) -> str:
        document_id = f"{DOCUMENT_ID[:-4]}{number:04}"
        solved = package(f"package-{number % 7}", "1.0", dependencies=[dependency("shared", "1.0")])
        document: Document = {**solver_document(solved, document_id=document_id), **members}
        path = tmp_path / f"{document_id}.json"
        path.write_text(json.dumps(document))
        return str(path)

    return store


def test_processes_leave_what_one_leaves(
    connection: Connection, other_connection: Connection, store: Store, point_to: PointTo
) -> None:
    paths = [store(number) for number in range(100)]
    reported: list[Progress] = []
    counts = sync_documents(paths, is_local=True, jobs=3, on_progress=reported.append)
    assert counts["solver"] == (100, 100, 0, 0)
    assert {(each.document_id, each.outcome) for each in reported} == {(path, Outcome.SYNCED) for path in paths}
    point_to(other_connection.info.dsn)
    sync_documents(paths, is_local=True)
    assert contents(connection) == contents(other_connection)


def test_what_was_synced_is_skipped(store: Store) -> None:
    paths = [store(number) for number in range(40)]
    sync_documents(paths[:10], is_local=True)
    assert sync_documents(paths, is_local=True, jobs=2)["solver"] == (40, 30, 10, 0)


def test_gracefully_the_failures_come_back(store: Any) -> None:
    paths = [store(number) for number in range(40)]
    bad = store(99, result={"tree": 7})
    counts = sync_documents([*paths[:20], bad, *paths[20:]], is_local=True, graceful=True, jobs=2)["solver"]
    assert counts == (41, 40, 0, 1)
    (failure,) = counts.failures
    assert (failure.document_id, failure.kind, type(failure.error)) == (bad, "solver", DocumentError)


def test_a_failure_ends_the_sync_with_its_error(connection: Connection, store: Any) -> None:
    paths = [store(number) for number in range(200)]
    bad = store(999, result={"tree": 7})
    with pytest.raises(DocumentError, match=r"result\.tree: a list of objects is needed"):
        sync_documents([bad, *paths], is_local=True, jobs=2)
    (synced,) = select_column(connection, "SELECT count(DISTINCT document_id) FROM solved")
    assert synced < len(paths)


def test_a_listing_is_read_as_it_is_needed(store: Store) -> None:
    taken = 0

    def listing() -> Iterator[str]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield store(number)

    from thoth_storages.sync.handlers import sync_solver_documents

    done: list[Progress] = []
    sync_solver_documents(listing(), is_local=True, jobs=2, on_progress=done.append, should_stop=lambda: len(done) > 0)
    assert len(done) == taken <= 5 * 32


def test_the_death_of_a_process_is_told(connection: Connection, store: Store) -> None:
    paths = [store(number) for number in range(200)]

    def kill_one(progress: Progress) -> None:
        worker = multiprocessing.active_children()[0]
        worker.kill()

    with pytest.raises(DatabaseError, match="A process that synced documents died; sync again to finish"):
        sync_documents(paths, is_local=True, jobs=2, on_progress=kill_one)
    assert sync_documents(paths, is_local=True)["solver"].failed == 0
    assert select_column(connection, "SELECT count(DISTINCT document_id) FROM solved") == [200]


def test_processes_are_forked_from_a_single_thread_only() -> None:
    assert _context().get_start_method() == "fork"
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    assert _context().get_start_method() == "spawn"
    ended.set()
    thread.join()


def test_neighbours_in_a_list_are_not_worked_on_at_once() -> None:
    names = [f"{number:03}" for number in range(5 * MOST_DOCUMENTS)]
    assert [part[0] for part in _parts(names, 2)] == ["000", "096", "032", "128", "064"]
    assert sorted(chain(*_parts(names, 2))) == names
    assert [part[0] for part in _parts(iter(names), 2)] == ["000", "032", "064", "096", "128"]
