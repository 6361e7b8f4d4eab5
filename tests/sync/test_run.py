"""Syncing files of documents: which are read, which are skipped, and what becomes of the ones that can't be synced."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.contents import contents, row_counts
from tests.documents.made_kinds import MADE
from tests.documents.made_kinds import write as write_documents
from tests.documents.making import DOCUMENT_ID, Document, full_document, package, solver_document
from tests.documents.writing import select_column
from tests.fix_postgres import PointTo
from tests.shared import shared_files
from tests.waiting import wait_until
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import (
    DatabaseNotInitializedError,
    DocumentError,
    NotConnectedError,
    SolverNameParseError,
)
from thoth_storages.sync import (
    HANDLERS_MAPPING,
    Counts,
    Outcome,
    Progress,
    batches,
    sync_documents,
    sync_inspection_documents,
    sync_solver_documents,
)
from thoth_storages.sync.kinds import SYNCED, Synced
from thoth_storages.sync.source import Files, Listed

Connection = psycopg.Connection[Any]
Store = Callable[..., str]

# Both take the same arguments; the answer of the one is an entry in the other's.
ENTRY_POINTS = [sync_solver_documents, lambda *args, **kwargs: sync_documents(*args, **kwargs)["solver"]]
both = pytest.mark.parametrize("sync_files", ENTRY_POINTS, ids=["sync_solver_documents", "sync_documents"])


def document_id(number: int) -> str:
    return f"{DOCUMENT_ID[:-2]}{number:02}"


def numbered(number: int, **members: Any) -> Document:
    return solver_document(package(f"package-{number}", **members), document_id=document_id(number))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A function that writes a document, or a text, to a file and answers its path."""

    def store_document(document: Document | str, name: str | None = None) -> str:
        if name is None:
            assert isinstance(document, dict)
            name = f"{document['metadata']['document_id']}.json"
        path = tmp_path / "some-folder" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return str(path)

    return store_document


def filled(counts: dict[str, Counts]) -> dict[str, Counts]:
    """Answer the counts of the kinds of which there were documents."""
    return {name: numbers for name, numbers in counts.items() if numbers.processed}


def synced_ids(connection: Connection) -> list[str]:
    return select_column(connection, "SELECT DISTINCT document_id FROM solved ORDER BY 1")


@both
def test_files_are_synced_whole(graph: GraphDatabase, connection: Connection, store: Store, sync_files: Any) -> None:
    paths = [store(numbered(1)), store(full_document())]
    assert sync_files(paths, graph=graph, is_local=True) == (2, 2, 0, 0)
    assert synced_ids(connection) == [document_id(1), DOCUMENT_ID]
    assert row_counts(connection)["depends_on"] == 3


def test_a_method_syncs_one_document(graph: GraphDatabase, connection: Connection) -> None:
    document = full_document()
    before = json.dumps(document)
    graph.sync_solver_result(document)
    assert synced_ids(connection) == [DOCUMENT_ID]
    assert json.dumps(document) == before


@pytest.mark.parametrize("force", [False, True])
def test_a_method_that_syncs_again_changes_nothing(graph: GraphDatabase, connection: Connection, force: bool) -> None:
    graph.sync_solver_result(full_document())
    before = contents(connection)
    graph.sync_solver_result(full_document(), force=force)
    assert contents(connection) == before


@both
def test_what_was_synced_is_skipped_unless_it_is_forced(
    graph: GraphDatabase, connection: Connection, store: Store, sync_files: Any
) -> None:
    old, new = store(numbered(1)), store(numbered(2))
    sync_files([old], graph=graph, is_local=True)
    assert sync_files([old, new], graph=graph, is_local=True) == (2, 1, 1, 0)
    before = contents(connection)
    assert sync_files([old, new], force=True, graph=graph, is_local=True) == (2, 2, 0, 0)
    assert contents(connection) == before


def test_a_document_that_is_listed_twice_is_synced_once(graph: GraphDatabase, store: Store) -> None:
    path = store(numbered(1))
    assert sync_solver_documents([path, path], graph=graph, is_local=True) == (2, 1, 1, 0)


@both
@pytest.mark.parametrize("name", ["01-document.json", f"01-{DOCUMENT_ID}.json", "anything", f"{DOCUMENT_ID}"])
def test_a_file_may_have_any_name(graph: GraphDatabase, store: Store, sync_files: Any, name: str) -> None:
    path = store(full_document(), name)
    assert sync_files([path], graph=graph, is_local=True) == (1, 1, 0, 0)
    assert sync_files([path], graph=graph, is_local=True) == (1, 0, 1, 0)


def test_a_path_may_be_given_without_its_suffix(graph: GraphDatabase, store: Store) -> None:
    path = store(full_document()).removesuffix(".json")
    assert filled(sync_documents([path], graph=graph, is_local=True)) == {"solver": (1, 1, 0, 0)}


def test_what_was_synced_is_skipped_without_a_look_at_its_file(graph: GraphDatabase, store: Store) -> None:
    graph.sync_solver_result(full_document())
    path = store("no JSON at all", f"{DOCUMENT_ID}.json")
    assert sync_solver_documents([path], graph=graph, is_local=True) == (1, 0, 1, 0)


@pytest.fixture
def bad(store: Store, tmp_path: Path) -> dict[str, str]:
    """Paths of files that can't be synced."""
    lacking = numbered(90)
    del lacking["result"]["tree"][0]["index_url"]
    return {
        "lacking": store(lacking),
        "no json": store("{", f"{document_id(91)}.json"),
        "no text": store("[" * 100_000, f"{document_id(92)}.json"),
        "no document": store("[]", f"{document_id(93)}.json"),
        "wrong id": store(solver_document(document_id="solver-rhel-8-py38-1")),
        "wrong kind": store(solver_document(document_id="solver-x"), "solver-x.json"),
        "missing": str(tmp_path / f"{document_id(94)}.json"),
        "folder": str(tmp_path),
    }


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("lacking", DocumentError, rf"^{document_id(90)}: result\.tree\[0\]\.index_url: a text or null is needed"),
        ("no json", DocumentError, rf"{document_id(91)}\.json: the file holds no JSON: Expecting property name"),
        ("no text", DocumentError, rf"{document_id(92)}\.json: the file holds no JSON: .*recursion"),
        ("no document", DocumentError, r"^a document without an id: an object is needed, found a list"),
        ("wrong id", SolverNameParseError, r"not 'solver-rhel-8-py38-1'"),
        ("wrong kind", SolverNameParseError, r"not 'solver-x'"),
        ("missing", DocumentError, rf"{document_id(94)}\.json: the file can't be read: No such file or directory"),
        ("folder", DocumentError, r"the file can't be read: Is a directory"),
    ],
)
def test_a_file_that_cannot_be_synced_ends_the_sync_with_what_came_before_it(
    graph: GraphDatabase,
    connection: Connection,
    store: Store,
    bad: dict[str, str],
    name: str,
    kind: type[Exception],
    message: str,
) -> None:
    paths = [store(numbered(1)), store(numbered(2)), bad[name], store(numbered(3))]
    with pytest.raises(kind, match=message) as failed:
        sync_solver_documents(paths, graph=graph, is_local=True)
    assert failed.value.__notes__ == [f"while {bad[name]} was synced"]
    assert synced_ids(connection) == [document_id(1), document_id(2)]


def test_with_graceful_the_others_are_synced_and_the_failures_logged(
    graph: GraphDatabase, connection: Connection, store: Store, bad: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    good = [store(numbered(number)) for number in range(3)]
    paths = [good[0], *list(bad.values())[:4], good[1], *list(bad.values())[4:], good[2]]
    assert sync_solver_documents(paths, graceful=True, graph=graph, is_local=True) == (11, 3, 0, 8)
    assert synced_ids(connection) == [document_id(number) for number in range(3)]
    logged = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(logged) == len(bad)
    assert f"{bad['lacking']} isn't synced: {document_id(90)}: result.tree[0].index_url: a text or null" in logged[0]


def refuse(connection: Connection, package_name: str) -> None:
    """Have the server refuse a version of a package, as a document's own fault would."""
    connection.execute(
        psycopg.sql.SQL("ALTER TABLE python_package_version ADD CHECK (package_name <> {})").format(package_name)
    )


@pytest.mark.parametrize("graceful", [True, False])
def test_a_document_that_the_database_refuses_takes_no_neighbour_with_it(
    graph: GraphDatabase, connection: Connection, store: Store, caplog: pytest.LogCaptureFixture, graceful: bool
) -> None:
    refuse(connection, "package-2")
    paths = [store(numbered(number)) for number in range(1, 5)]
    if graceful:
        assert sync_solver_documents(paths, graceful=True, graph=graph, is_local=True) == (4, 3, 0, 1)
        assert synced_ids(connection) == [document_id(number) for number in (1, 3, 4)]
        assert "CheckViolation" in caplog.text
    else:
        with pytest.raises(psycopg.errors.CheckViolation) as failed:
            sync_solver_documents(paths, graph=graph, is_local=True)
        assert failed.value.__notes__[-1] == f"while {paths[1]} was synced"
        assert synced_ids(connection) == [document_id(1)]


@pytest.mark.parametrize(("number", "batches"), [(1, 1), (32, 1), (33, 2)])
def test_documents_share_transactions(
    graph: GraphDatabase, connection: Connection, store: Store, number: int, batches: int
) -> None:
    paths = [store(numbered(each)) for each in range(number)]
    assert sync_solver_documents(paths, graph=graph, is_local=True) == (number, number, 0, 0)
    assert select_column(connection, "SELECT count(DISTINCT xmin::text) FROM solved") == [batches]


def test_large_documents_share_none(
    graph: GraphDatabase, connection: Connection, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_ROWS", 5)
    sync_solver_documents([store(numbered(each)) for each in range(3)], graph=graph, is_local=True)
    assert select_column(connection, "SELECT count(DISTINCT xmin::text) FROM solved") == [3]


def test_each_document_is_reported_when_it_is_done(
    graph: GraphDatabase, connection: Connection, store: Store, bad: dict[str, str]
) -> None:
    graph.sync_solver_result(numbered(1))
    refuse(connection, "package-3")
    paths = [store(numbered(1)), store(numbered(2)), store(numbered(3)), bad["lacking"], store(numbered(4))]
    reported: list[Progress] = []
    counts = sync_documents(paths, graceful=True, graph=graph, is_local=True, on_progress=reported.append)
    assert filled(counts) == {"solver": (5, 2, 1, 2)}
    assert [(each.document_id, each.outcome) for each in reported] == [
        (paths[0], Outcome.SKIPPED),
        (paths[1], Outcome.SYNCED),
        (paths[2], Outcome.FAILED),
        (paths[3], Outcome.FAILED),
        (paths[4], Outcome.SYNCED),
    ]
    assert [type(each.error) for each in reported if each.error] == [psycopg.errors.CheckViolation, DocumentError]


@both
@pytest.mark.parametrize("document_ids", [None, [], ()])
def test_files_are_not_guessed(sync_files: Any, document_ids: Any) -> None:
    with pytest.raises(ValueError, match=r"is_local=True .* needs document_ids"):
        sync_files(document_ids, is_local=True)


def test_paths_may_come_from_a_generator(graph: GraphDatabase, store: Store) -> None:
    paths = (store(numbered(number)) for number in range(3))
    assert filled(sync_documents(paths, graph=graph, is_local=True)) == {"solver": (3, 3, 0, 0)}


def test_every_kind_has_counts() -> None:
    assert list(HANDLERS_MAPPING) == [
        "adviser",
        "dependency",
        "inspection",
        "package",
        "provenance",
        "solver",
        "revsolver",
        "security",
    ]
    assert HANDLERS_MAPPING["solver"] is sync_solver_documents


@pytest.mark.parametrize("name", ["recipe-220131123456-0123456789abcdef.json", "unknown", "missing.json"])
def test_a_document_of_no_known_kind_is_refused_before_anything_is_synced(
    graph: GraphDatabase, connection: Connection, store: Store, name: str
) -> None:
    stranger = store(json.dumps({"metadata": {"document_id": name}}), name)
    with pytest.raises(ValueError, match=rf"No handler for the document '.*{name}': ids begin with one of adviser, "):
        sync_documents([store(numbered(1)), stranger], graph=graph, is_local=True)
    assert synced_ids(connection) == []


def test_with_graceful_a_document_of_no_known_kind_is_logged(
    graph: GraphDatabase, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = str(tmp_path / "nothing.json")
    counts = sync_documents([stranger, store(numbered(1))], graceful=True, graph=graph, is_local=True)
    assert filled(counts) == {"solver": (1, 1, 0, 0)}
    assert caplog.messages == [
        f"No handler for the document {stranger!r}: ids begin with one of {', '.join(HANDLERS_MAPPING)}"
    ]


@both
def test_without_an_adapter_one_is_connected_for_the_while(
    database: str, connection: Connection, point_to: PointTo, store: Store, sync_files: Any
) -> None:
    point_to(database)
    assert sync_files([store(numbered(1))], is_local=True) == (1, 1, 0, 0)
    sessions = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    wait_until(lambda: select_column(connection, sessions) == [0], "the end of its sessions")


@pytest.mark.parametrize("graceful", [True, False])
def test_an_adapter_that_is_not_connected_ends_the_sync(store: Store, graceful: bool) -> None:
    with pytest.raises(NotConnectedError):
        sync_solver_documents([store(numbered(1))], graceful=graceful, graph=GraphDatabase(), is_local=True)


@pytest.mark.parametrize("force", [True, False])
def test_a_database_without_a_schema_ends_the_sync(
    empty_database: str, point_to: PointTo, store: Store, force: bool
) -> None:
    point_to(empty_database)
    with pytest.raises(DatabaseNotInitializedError):
        sync_solver_documents([store(numbered(1))], force=force, graceful=True, is_local=True)


def test_the_listing_can_be_shuffled(graph: GraphDatabase, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOTH_STORAGES_RANDOMIZE_LISTING", "1")
    paths = [store(numbered(number)) for number in range(40)]
    reported: list[Progress] = []
    sync_solver_documents(paths, graph=graph, is_local=True, on_progress=reported.append)
    order = [each.document_id for each in reported]
    assert order != paths
    assert sorted(order) == sorted(paths)


def test_the_real_documents_are_synced(graph: GraphDatabase, connection: Connection, tmp_path: Path) -> None:
    paths = shared_files("documents/solver/*.json")
    if not paths:
        pytest.skip("needs the folder of real documents beside the checkout")
    copies = [str(shutil.copy(path, tmp_path)) for path in paths]
    assert filled(sync_documents(copies, graph=graph, is_local=True)) == {"solver": (len(paths), len(paths), 0, 0)}
    before = contents(connection)
    assert filled(sync_documents(copies, graph=graph, is_local=True)) == {"solver": (len(paths), 0, len(paths), 0)}
    assert filled(sync_documents(copies, force=True, graph=graph, is_local=True)) == {
        "solver": (len(paths), len(paths), 0, 0)
    }
    assert contents(connection) == before


def test_what_came_before_a_name_that_stands_for_nothing_is_synced(
    graph: GraphDatabase, connection: Connection, tmp_path: Path, store: Store
) -> None:
    documents = MADE["inspection"]
    write_documents(connection, MADE["solver"].synced.kind, documents.solved())
    paths = [store(document, f"inspection-{number}.json") for number, document in enumerate(documents.documents()[:2])]
    empty = tmp_path / "inspection-empty"
    empty.mkdir()
    with pytest.raises(DocumentError, match="the folder of an inspection is needed"):
        sync_inspection_documents([*paths, str(empty), paths[0]], graph=graph, is_local=True)
    assert select_column(connection, "SELECT count(*) FROM inspection_run") == [2]


def test_each_document_is_looked_for_once(graph: GraphDatabase, store: Store) -> None:
    asked: list[str] = []

    def exists(graph: GraphDatabase, listed: Listed) -> bool:
        asked.append(listed.document_id)
        return SYNCED["solver"].exists(graph, listed)

    synced = Synced(SYNCED["solver"].kind, exists)
    paths = [store(numbered(number)) for number in range(50)]
    batches.Batches(synced, graph, batches.Options(), lambda progress: None).sync(paths, Files(), lambda: False)
    assert asked == [document_id(number) for number in range(50)]


@pytest.mark.parametrize("between", [0, 1, 8, 31, 40, 60])
def test_a_document_that_is_listed_again_is_skipped_wherever_it_is(
    graph: GraphDatabase, store: Store, between: int
) -> None:
    first = store(numbered(0))
    others = [store(numbered(number)) for number in range(1, between + 1)]
    counts = sync_solver_documents([first, *others, first], graph=graph, is_local=True)
    assert counts == (between + 2, between + 1, 1, 0)
