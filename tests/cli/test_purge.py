"""``thoth-storages purge``: documents move in a real object store, and their rows go in a real database."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest

from tests.cli.calling import call, start, succeed
from tests.cli.terminal import open_terminal
from tests.cli.test_documents_change import answered
from tests.documents.making import Document
from tests.documents.making_advisers import adviser_document
from tests.documents.making_images import numbered_analysis
from tests.documents.writing import Connection, select_column
from tests.fix_s3 import S3
from tests.graph.test_purges import fill, ids, purged, solvers
from thoth_storages import GraphDatabase
from thoth_storages.documents import kinds
from thoth_storages.objectstore import (
    AdvisersResultsStore,
    AnalysisResultsStore,
    ResultStorageBase,
    SolverResultsStore,
)

RHEL = ("--os-name", "ubi", "--os-version", "8.4", "--python-version", "3.8")


@pytest.fixture
def stored(s3: S3, graph: GraphDatabase) -> ResultStorageBase:
    """Three documents of one solver, and two of another one, two runs each."""
    return fill(graph, SolverResultsStore, kinds.SOLVER, [*solvers(3), *solvers(2, "fedora-35-py310")])


def left(stored: ResultStorageBase) -> list[str]:
    return sorted(stored.get_document_listing())


def test_documents_move_and_their_rows_go(s3: S3, stored: ResultStorageBase, connection: Connection) -> None:
    result = call("purge", "solver", *RHEL, "--yes")
    assert (result.exit_code, result.stdout) == (0, "3 documents of solver purged, 6 runs deleted\n")
    assert re.fullmatch(rf"The copies are in {s3.root}/solver-purge-\d{{12}}/\n", result.stderr)
    assert purged(s3, "solver") == ids(solvers(3))
    assert left(stored) == ids(solvers(2, "fedora-35-py310"))
    assert select_column(connection, "SELECT DISTINCT document_id FROM solved ORDER BY 1") == left(stored)
    assert call("purge", "solver", *RHEL, "--yes").stdout == "0 documents of solver purged, 0 runs deleted\n"


def test_all_are_purged_when_that_is_said(s3: S3, stored: ResultStorageBase, connection: Connection) -> None:
    told = json.loads(succeed("purge", "solver", "--all", "--yes", "--output", "json"))
    assert (told["kind"], told["dry_run"], told["documents"], told["runs"]) == ("solver", False, 5, 10)
    assert re.fullmatch(rf"{s3.root}/solver-purge-\d{{12}}/", told["place"])
    assert left(stored) == []
    assert select_column(connection, "SELECT count(*) FROM solved") == [0]


def test_a_dry_run_says_what_would_go_and_changes_nothing(
    s3: S3, stored: ResultStorageBase, connection: Connection
) -> None:
    before = s3.listing()
    assert succeed("purge", "solver", *RHEL, "--dry-run") == "3 documents of solver would be purged\n"
    told = json.loads(succeed("purge", "solver", "--all", "--dry-run", "--output", "json"))
    assert told == {"kind": "solver", "dry_run": True, "documents": 5}
    assert s3.listing() == before
    assert select_column(connection, "SELECT count(*) FROM solved") == [10]


@pytest.mark.parametrize("arguments", [(), (*RHEL, "--all")])
def test_what_is_meant_has_to_be_said(arguments: Sequence[str]) -> None:
    result = call("purge", "solver", *arguments, "--yes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Say which documents are meant, or --all; not both." in result.stderr


def test_where_nobody_can_be_asked_yes_is_needed(stored: ResultStorageBase, connection: Connection) -> None:
    result = call("purge", "solver", *RHEL)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Purge 3 documents of solver? There is no terminal to ask on: --yes" in result.stderr
    assert len(left(stored)) == 5
    assert select_column(connection, "SELECT count(*) FROM solved") == [10]


@pytest.mark.parametrize(("answer", "number"), [("n", 5), ("y", 2)])
def test_on_a_terminal_the_user_is_asked(stored: ResultStorageBase, answer: str, number: int) -> None:
    assert answered(answer, "purge", "solver", *RHEL).startswith("Purge 3 documents of solver? [y/N]: ")
    assert len(left(stored)) == number


def _advisers() -> list[Document]:
    return [adviser_document(document_id=f"adviser-{day}", datetime=f"2022-01-0{day}T12:00:00") for day in range(1, 5)]


@pytest.mark.parametrize(
    ("options", "gone"),
    [
        (("--end-datetime", "2022-01-03"), ["adviser-1", "adviser-2"]),
        # in UTC it is 13:00
        (("--end-datetime", "2022-01-02T15:00+02:00"), ["adviser-1", "adviser-2"]),
        (("--end-datetime", "2022-01-02T13:00+02:00"), ["adviser-1"]),
        (("--adviser-version", "0.0.0"), []),
        (("--end-datetime", "2022-01-03", "--adviser-version", "0.0.0"), []),
    ],
    ids=str,
)
def test_advisers_are_chosen_by_moment_and_version(
    ceph_s3: S3, graph: GraphDatabase, options: Sequence[str], gone: list[str]
) -> None:
    fill(graph, AdvisersResultsStore, kinds.ADVISER, _advisers())
    succeed("purge", "adviser", *options, "--yes")
    assert purged(ceph_s3, "adviser") == gone


def test_analyses_are_chosen_by_version(ceph_s3: S3, graph: GraphDatabase) -> None:
    analyses = [numbered_analysis(number) for number in range(3)]
    fill(graph, AnalysisResultsStore, kinds.IMAGE_ANALYSIS, analyses)
    version = analyses[0]["metadata"]["analyzer_version"]
    assert succeed("purge", "package-extract", "--package-extract-version", version, "--yes").startswith("3 documents ")
    assert purged(ceph_s3, "package-extract") == ids(analyses)


def test_what_is_no_moment_is_a_wrong_call() -> None:
    result = call("purge", "adviser", "--end-datetime", "yesterday", "--yes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'yesterday' isn't a moment in UTC like 2024-02-29T12:30." in result.stderr


def test_an_outage_is_an_error_and_deletes_no_rows(
    ceph_s3: S3, graph: GraphDatabase, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(graph, SolverResultsStore, kinds.SOLVER, solvers(1))
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    result = call("purge", "solver", "--all", "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: Can't connect to the object store at http://127\.0\.0\.1:9: .*\n", result.stderr)
    assert select_column(connection, "SELECT count(*) FROM solved") == [2]


def test_without_an_object_store_the_variable_that_is_missing_is_named(
    graph: GraphDatabase, connection: Connection
) -> None:
    graph.write(lambda each: kinds.SOLVER.write(each, [kinds.SOLVER.rows(document) for document in solvers(1)]))
    result = call("purge", "solver", "--all", "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: THOTH_\w+ isn't set: .*\n", result.stderr)


def test_progress_is_on_the_terminal(ceph_s3: S3, graph: GraphDatabase) -> None:
    fill(graph, SolverResultsStore, kinds.SOLVER, solvers(3))
    with open_terminal() as terminal:
        ended = start("purge", "solver", "--all", "--yes", stderr=terminal.descriptor)
    assert ended.stdout == "3 documents of solver purged, 6 runs deleted\n"
    assert "3 documents" in terminal.screen
    assert "100%" in terminal.screen
