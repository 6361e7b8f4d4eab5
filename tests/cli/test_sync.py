"""``thoth-storages sync``: files into the graph, and what is told of them."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.calling import call, spawn, start, succeed
from tests.cli.terminal import open_terminal
from tests.documents.making import package, solver_document
from tests.fix_postgres import PointTo
from tests.waiting import wait_until

Connection = psycopg.Connection[Any]


def document_id(number: int) -> str:
    return f"solver-rhel-8-py38-220131123456-{number:016x}"


@pytest.fixture
def write(tmp_path: Path, database: str, point_to: PointTo) -> Any:
    """A function that writes a solver document to a file, for the database that the environment names."""
    point_to(database)

    def write(number: int, **members: Any) -> str:
        document = solver_document(package(f"package-{number}"), document_id=document_id(number))
        path = tmp_path / f"{document_id(number)}.json"
        path.write_text(json.dumps({**document, **members}))
        return str(path)

    return write


def stored(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT package_name FROM python_package_version ORDER BY 1")]


def test_files_are_synced_and_counted(write: Any, connection: Connection) -> None:
    result = call("sync", "--local", write(1), write(2))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "solver: 2 processed, 2 synced, 0 skipped, 0 failed\n"
    assert stored(connection) == ["package-1", "package-2"]


def test_counts_for_programs(write: Any) -> None:
    counted = json.loads(succeed("sync", "--local", write(1), "--output", "json"))
    assert counted["solver"] == {"processed": 1, "synced": 1, "skipped": 0, "failed": 0}
    assert counted["adviser"] == dict.fromkeys(counted["solver"], 0)


def test_known_documents_are_skipped_unless_forced(write: Any) -> None:
    path = write(1)
    succeed("sync", "--local", path)
    assert succeed("sync", "--local", path) == "solver: 1 processed, 0 synced, 1 skipped, 0 failed\n"
    assert succeed("sync", "--local", "--force", path) == "solver: 1 processed, 1 synced, 0 skipped, 0 failed\n"


def test_a_document_that_cannot_be_stored_is_an_error(write: Any, connection: Connection) -> None:
    bad = write(1, result={"tree": 7})
    ended = start("sync", "--local", bad)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(rf"Error: {document_id(1)}: result\..*; while {re.escape(bad)} was synced\n", ended.stderr)
    assert stored(connection) == []


def test_gracefully_the_others_are_synced(write: Any, connection: Connection) -> None:
    result = call("sync", "--local", "--graceful", write(1), write(2, result={"tree": 7}), write(3))
    assert (result.exit_code, result.stdout) == (1, "solver: 3 processed, 2 synced, 0 skipped, 1 failed\n")
    assert re.match(rf"ERROR: .*{document_id(2)}", result.stderr)
    assert stored(connection) == ["package-1", "package-3"]


@pytest.mark.parametrize("content", [None, "no JSON", "[]"])
def test_what_is_no_document_is_an_error_that_names_the_file(write: Any, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "solver-none.json"
    if content is not None:
        path.write_text(content)
    ended = start("sync", "--local", str(path))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(rf"Error: .*{re.escape(str(path))}.*\n", ended.stderr)


@pytest.mark.parametrize("graceful", [[], ["--graceful"]], ids=["at once", "gracefully"])
def test_a_document_of_no_kind_fails_the_command(write: Any, tmp_path: Path, graceful: list[str]) -> None:
    path = tmp_path / "recipe-1.json"
    path.write_text("{}")
    result = call("sync", "--local", *graceful, write(1), str(path))
    assert result.exit_code == 1
    assert result.stdout == ("solver: 1 processed, 1 synced, 0 skipped, 0 failed\n" if graceful else "")
    assert re.match(rf"(Error|ERROR): No handler for the document '{re.escape(str(path))}'", result.stderr)


def test_failures_are_reported_and_synced_again(write: Any, connection: Connection, tmp_path: Path) -> None:
    report = str(tmp_path / "failures.jsonl")
    bad = write(2, result={"tree": 7})
    result = call("sync", "--local", "--graceful", "--report", report, write(1), bad)
    assert result.exit_code == 1
    (failure,) = map(json.loads, Path(report).read_text().splitlines())
    assert (failure["document_id"], failure["kind"], failure["is_local"]) == (bad, "solver", True)
    assert failure["reason"].startswith(f"{document_id(2)}: result.tree: a list of objects is needed")
    write(2)
    assert succeed("sync", "--from-report", report) == "solver: 1 processed, 1 synced, 0 skipped, 0 failed\n"
    assert stored(connection) == ["package-1", "package-2"]


@pytest.mark.parametrize(("form", "said"), [("text", "There was nothing to sync.\n"), ("json", "{}\n"), ("ndjson", "")])
def test_a_report_without_failures_is_nothing_to_sync_rather_than_everything(
    tmp_path: Path, form: str, said: str
) -> None:
    (tmp_path / "failures.jsonl").touch()
    assert succeed("sync", "--from-report", str(tmp_path / "failures.jsonl"), "--output", form) == said


def test_what_is_no_report_is_an_error(tmp_path: Path) -> None:
    report = tmp_path / "failures.jsonl"
    report.write_text("no JSON")
    ended = start("sync", "--from-report", str(report))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(r"Error: .*failures\.jsonl:1: a line of a report of failures is needed: .*\n", ended.stderr)


def test_files_and_documents_of_the_store_are_not_mixed(write: Any, tmp_path: Path) -> None:
    report = tmp_path / "failures.jsonl"
    failure = {"document_id": "solver-1", "kind": "solver", "reason": "none", "is_local": False}
    report.write_text(json.dumps(failure) + "\n")
    result = call("sync", "--local", "--from-report", str(report), write(1))
    assert result.exit_code == 2
    assert "names documents of the object store and files" in result.stderr


def test_several_processes_sync(write: Any, connection: Connection) -> None:
    paths = [write(number) for number in range(40)]
    told = succeed("sync", "--local", "--jobs", "2", *paths)
    assert told == "solver: 40 processed, 40 synced, 0 skipped, 0 failed\n"
    assert len(stored(connection)) == 40


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_after_the_batch_and_says_what_is_done(write: Any, connection: Connection, jobs: str) -> None:
    paths = [write(number) for number in range(1_000)]
    running = spawn("sync", "--local", "--jobs", jobs, *paths)
    wait_until(lambda: len(stored(connection)) > 0, "the first batch")
    running.send_signal(signal.SIGINT)
    stdout, stderr = running.communicate(timeout=60)
    told = re.fullmatch(r"solver: (\d+) processed, \1 synced, 0 skipped, 0 failed\n", stdout)
    assert told
    processed = int(told[1])
    assert running.returncode == 130
    assert 0 < processed < len(paths)
    assert len(stored(connection)) == processed
    assert "Ending after the current batch; press Ctrl-C again to end at once." in stderr
    assert f"Interrupted, {processed} documents are done: the same command goes on with the rest." in stderr


def test_files_need_paths() -> None:
    result = call("sync", "--local")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--local takes the paths of documents" in result.stderr


@pytest.mark.parametrize("documents", [[], [document_id(1)]], ids=["all", "one"])
@pytest.mark.usefixtures("write")
def test_without_an_object_store_the_variable_that_is_missing_is_named(documents: list[str]) -> None:
    result = call("sync", *documents)
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: THOTH_\w+ isn't set: .*\n", result.stderr)


def test_a_database_without_schema_fails_the_command_gracefully_or_not(
    write: Any, empty_database: str, point_to: PointTo
) -> None:
    path = write(1)
    point_to(empty_database)
    for options in ([], ["--graceful"]):
        ended = start("sync", "--local", *options, path)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert re.match(r"Error: The database holds no schema: run 'thoth-storages db migrate'", ended.stderr)
        assert len(ended.stderr.splitlines()) == 1


def test_progress_and_failures_share_a_terminal(write: Any) -> None:
    paths = [write(1), write(2, result={"tree": 7}), write(3)]
    with open_terminal() as terminal:
        ended = start("sync", "--local", "--graceful", *paths, stderr=terminal.descriptor)
    assert ended.stdout == "solver: 3 processed, 2 synced, 0 skipped, 1 failed\n"
    assert re.search(r"\[#+\] +100%", terminal.screen)
    assert re.search(rf"\r\x1b\[KERROR: .*{document_id(2)}", terminal.screen)


def test_nothing_to_sync_is_said(write: Any, tmp_path: Path) -> None:
    stranger = tmp_path / "recipe-1.json"
    stranger.write_text("{}")
    assert call("sync", "--local", "--graceful", str(stranger)).stdout == "There was nothing to sync.\n"
