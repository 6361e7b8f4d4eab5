"""``thoth-storages documents check``: a real object store compared with a real graph."""

from __future__ import annotations

import json
import re
import signal
from typing import Any

import pytest

from tests.cli.calling import call, start, succeed
from tests.cli.terminal import open_terminal
from tests.documents.made_kinds import MADE, write
from tests.documents.writing import Connection, select_column
from tests.fix_postgres import PointTo
from tests.fix_s3 import S3
from tests.sync.test_stored import put, solver_documents
from thoth_storages.cli import documents_check
from thoth_storages.objectstore import CephStore, SolverResultsStore
from thoth_storages.sync.comparison import compare_documents


@pytest.fixture(autouse=True)
def _graph(database: str, point_to: PointTo) -> None:
    point_to(database)


def solver_ids(number: int) -> list[str]:
    return [document["metadata"]["document_id"] for document in solver_documents(number)]


def remove(document_id: str) -> None:
    store = SolverResultsStore()
    store.connect()
    store.delete(document_id)


def checked(*arguments: str) -> tuple[int, Any]:
    """The exit code, and what programs are told of solvers."""
    result = call("documents", "check", "solver", *arguments, "--output", "json")
    return result.exit_code, json.loads(result.stdout)["solver"]


def solver(**members: Any) -> dict[str, Any]:
    return {"stored": 0, "in_graph": 0, "synced_now": 0, "never_synced": [], "document_gone": [], **members}


@pytest.mark.usefixtures("ceph_s3")
def test_two_that_are_empty_are_equal() -> None:
    assert checked() == (0, solver())
    result = call("documents", "check", "solver")
    assert (result.exit_code, result.stderr) == (0, "")
    header, _, row = result.stdout.splitlines()
    assert re.split("  +", header) == ["KIND", "STORED", "IN GRAPH", "NEVER SYNCED", "DOCUMENT GONE", "SYNCED NOW"]
    assert row.split() == ["solver", "0", "0", "0", "0", "0"]


def test_documents_that_were_never_synced_and_that_are_gone_are_told(s3: S3, connection: Connection) -> None:
    ids = solver_ids(6)
    put(s3, "solver", solver_documents(6))
    write(connection, MADE["solver"].synced.kind, solver_documents(4))
    assert checked() == (3, solver(stored=6, in_graph=4, never_synced=ids[4:]))
    remove(ids[0])
    remove(ids[2])
    assert checked() == (
        3,
        solver(stored=4, in_graph=4, never_synced=ids[4:], document_gone=[ids[0], ids[2]]),
    )
    result = call("documents", "check", "solver")
    assert result.exit_code == 3
    assert result.stdout.splitlines()[:5] == [
        f"never synced: {ids[4]}",
        f"never synced: {ids[5]}",
        f"document gone: {ids[0]}",
        f"document gone: {ids[2]}",
        "",
    ]
    assert result.stdout.splitlines()[-1].split() == ["solver", "4", "4", "2", "2", "0"]


def test_what_is_missing_is_synced(s3: S3, connection: Connection) -> None:
    ids = solver_ids(5)
    put(s3, "solver", solver_documents(5))
    write(connection, MADE["solver"].synced.kind, solver_documents(2))
    assert checked("--sync") == (0, solver(stored=5, in_graph=2, synced_now=3, never_synced=ids[2:]))
    assert select_column(connection, "SELECT document_id FROM solved ORDER BY 1") == ids
    assert checked("--sync") == (0, solver(stored=5, in_graph=5))


def test_what_cannot_be_synced_and_what_is_gone_remain(ceph_s3: S3, connection: Connection) -> None:
    ids = solver_ids(4)
    bad = {**solver_documents(3)[2], "result": {"tree": 7}}
    put(ceph_s3, "solver", [*solver_documents(2), bad])
    write(connection, MADE["solver"].synced.kind, solver_documents(4)[3:])
    result = call("documents", "check", "solver", "--sync", "--output", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["solver"] == solver(
        stored=3, in_graph=1, synced_now=2, never_synced=ids[:3], document_gone=ids[3:]
    )
    assert re.match(rf"ERROR: .*{ids[2]}.*result\.tree", result.stderr)
    remove(ids[2])
    assert checked("--sync")[0] == 3


@pytest.mark.usefixtures("ceph_s3")
def test_differences_are_rows_for_other_programs(ceph_s3: S3, connection: Connection) -> None:
    never_synced, gone = solver_ids(2)
    put(ceph_s3, "solver", solver_documents(1))
    write(connection, MADE["solver"].synced.kind, solver_documents(2)[1:])
    lines = call("documents", "check", "solver", "--output", "ndjson").stdout.splitlines()
    assert [tuple(json.loads(line).values()) for line in lines] == [
        ("solver", "never_synced", never_synced, None),
        ("solver", "document_gone", gone, None),
    ]
    assert call("documents", "check", "solver", "--output", "csv").stdout.splitlines() == [
        "kind,difference,document_id,result_number",
        f"solver,never_synced,{never_synced},",
        f"solver,document_gone,{gone},",
    ]


@pytest.mark.parametrize("name", [name for name in MADE if MADE[name].remembers])
def test_every_kind_that_the_graph_remembers_is_compared(s3: S3, connection: Connection, name: str) -> None:
    made = MADE[name]
    if solved := made.solved():
        write(connection, MADE["solver"].synced.kind, solved)
    documents = made.documents()
    put(s3, name, documents)
    first = call("documents", "check", name, "--output", "json")
    assert first.exit_code == 3
    (members,) = json.loads(first.stdout).values()
    assert members["stored"] == len(members["never_synced"]) == len(documents)
    assert call("documents", "check", name, "--sync").exit_code == 0
    again = json.loads(succeed("documents", "check", name, "--output", "json"))
    assert list(again.values()) == [solver(stored=len(documents), in_graph=len(documents))]


def test_results_of_inspections_are_told_apart_by_their_numbers(ceph_s3: S3, connection: Connection) -> None:
    made = MADE["inspection"]
    write(connection, MADE["solver"].synced.kind, made.solved())
    documents = made.documents()[:3]
    put(ceph_s3, "inspection", documents)
    write(connection, made.synced.kind, documents[:2])
    result = call("documents", "check", "inspection", "--output", "json")
    assert json.loads(result.stdout)["inspection"]["never_synced"] == [
        {"document_id": "inspection-0", "result_number": 2}
    ]
    assert "never synced: inspection-0, result 2\n" in call("documents", "check", "inspection").stdout


def test_names_that_begin_alike_are_compared_on_any_server_and_in_any_collation(s3: S3, connection: Connection) -> None:
    # As a folder, inspection-1/ comes after inspection-1-a/ on some servers, and before it on others.
    made = MADE["inspection"]
    write(connection, MADE["solver"].synced.kind, made.solved())
    names = ["inspection-1", "inspection-1-a", "inspection-10", "inspection-B", "inspection-a", "inspection-é"]
    documents = [{**made.documents()[0], "document_id": name} for name in names]
    put(s3, "inspection", documents)
    assert call("documents", "check", "inspection", "--sync").exit_code == 0
    assert json.loads(succeed("documents", "check", "inspection", "--output", "json"))["inspection"]["stored"] == 6


@pytest.mark.usefixtures("ceph_s3")
def test_all_kinds_are_compared_but_the_one_of_which_no_ids_are_kept() -> None:
    kinds = json.loads(succeed("documents", "check", "--output", "json"))
    assert list(kinds) == [
        "solver",
        "package-extract",
        "dependency-monkey",
        "provenance-checker",
        "inspection",
        "adviser",
        "security-indicators",
    ]
    result = call("documents", "check", "revsolver")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no kind 'revsolver' here: solver, " in result.stderr


def test_several_processes_sync_with_a_bar_on_the_terminal(ceph_s3: S3, connection: Connection) -> None:
    put(ceph_s3, "solver", solver_documents(40))
    with open_terminal() as terminal:
        ended = start("documents", "check", "solver", "--sync", "--jobs", "2", stderr=terminal.descriptor)
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1].split() == ["solver", "40", "0", "40", "0", "40"]
    assert "40 documents" in terminal.screen
    assert "100%" in terminal.screen


@pytest.mark.usefixtures("ceph_s3")
def test_an_outage_is_an_error_and_no_difference(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    write(connection, MADE["solver"].synced.kind, solver_documents(1))
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    result = call("documents", "check", "solver")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: Can't connect to the object store at http://127\.0\.0\.1:9: .*\n", result.stderr)


@pytest.mark.usefixtures("ceph_s3")
def test_a_database_without_schema_is_an_error(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    result = call("documents", "check", "solver")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Error: The database holds no schema: run 'thoth-storages db migrate'" in result.stderr


@pytest.mark.usefixtures("ceph_s3")
def test_a_server_that_lists_in_no_order_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CephStore, "get_document_listing", lambda *_, **__: iter(["solver-2", "solver-1"]))
    result = call("documents", "check", "solver")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "lists 'solver-1' after 'solver-2': S3 lists keys in order" in result.stderr


def test_ctrl_c_ends_after_the_batch_and_is_told(ceph_s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ceph_s3, "solver", solver_documents(1))
    compare = compare_documents

    def interrupted(*arguments: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return compare(*arguments)

    monkeypatch.setattr(documents_check, "compare_documents", interrupted)
    result = call("documents", "check", "solver", "adviser", "--sync", "--output", "json")
    assert result.exit_code == 130
    assert json.loads(result.stdout).keys() == {"solver"}
    assert "Ending after the current batch" in result.stderr
    assert "Interrupted: the same command goes on with the rest." in result.stderr
