"""What a document of Dependency Monkey says, as rows."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.documents.making import Document
from tests.documents.making_runs import MONKEY_ID, PYTORCH, RUNTIME_ENVIRONMENT, monkey_document, renamed
from tests.shared import shared_files
from thoth_storages.documents.dependency_monkey import (
    MOST_RESULTS,
    DependencyMonkeyRun,
    RequestedInspection,
    dependency_monkey_rows,
)
from thoth_storages.documents.environment import Hardware, SoftwareEnvironment
from thoth_storages.documents.stack import Requirement
from thoth_storages.exceptions import DocumentError, NoDocumentIdError

Change = Callable[[Document], object]

RUN = DependencyMonkeyRun(
    MONKEY_ID,
    dt.datetime(2022, 1, 31, 12, 34, 56, 789012),
    "thoth-adviser",
    "0.50.0",
    42,
    "random",
    2,
    -1,
    True,
    False,
    219,
)


def result_counts(document: Document) -> dict[str, int]:
    return dict(dependency_monkey_rows(document).inspections)


def test_a_run_is_told_with_its_parameters() -> None:
    assert dependency_monkey_rows(monkey_document()).run == RUN


def test_a_run_is_for_an_environment_to_build_in_and_one_to_run_in() -> None:
    rows = dependency_monkey_rows(monkey_document())
    assert rows.hardware == Hardware(cpu_family=6, cpu_model=94)
    environments = [
        SoftwareEnvironment(kind, python_version="3.8", os_name="rhel", os_version="8", cuda_version="11.2")
        for kind in ("RUNTIME", "BUILDTIME")
    ]
    assert [rows.run_environment, rows.build_environment] == environments


def test_stacks_are_made_for_the_lines_of_a_pipfile() -> None:
    lines = {Requirement("flask", ">=1.0", False, None), Requirement("torch", "*", False, PYTORCH)}
    assert dependency_monkey_rows(monkey_document()).requirements == lines


def test_each_inspection_has_as_many_results_as_the_count_says() -> None:
    document = monkey_document("inspection-b", "inspection-a", "inspection-b", count=3)
    inspections = (RequestedInspection("inspection-b", 3), RequestedInspection("inspection-a", 3))
    assert dependency_monkey_rows(document).inspections == inspections


@pytest.mark.parametrize(("count", "result_count"), [(0, 0), (1, 1), (None, 1)])
def test_without_a_count_one_result_is_to_be_expected(count: int | None, result_count: int) -> None:
    document = monkey_document("inspection-a", count=count)
    assert result_counts(document) == {"inspection-a": result_count}
    assert dependency_monkey_rows(document).run.stack_count == count


@pytest.mark.parametrize("project", [None, {}, {"requirements": None, "runtime_environment": None}])
def test_a_run_for_no_known_project_is_a_run(project: Any) -> None:
    rows = dependency_monkey_rows(monkey_document("inspection-a", project=project))
    assert (rows.run, rows.requirements, rows.hardware) == (RUN, frozenset(), Hardware())
    assert rows.run_environment == SoftwareEnvironment("RUNTIME")
    assert rows.build_environment == SoftwareEnvironment("BUILDTIME")


def test_what_is_not_told_of_a_run_is_unknown() -> None:
    document = monkey_document(error=None, seed=None, limit_latest_versions=None)
    document["metadata"] |= {"duration": None, "arguments": {}}
    unknown: dict[str, Any] = dict.fromkeys(["seed", "limit_latest_versions", "duration", "debug"])
    assert dependency_monkey_rows(document).run == RUN._replace(**unknown)


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (None, "without a report"),
        ({"ERROR": "out of memory"}, "out of memory"),
        ({"ERROR": "\0", "responses": [{"response": "inspection-a"}]}, "without a report"),
        ({"ERROR": None}, "without a report"),
    ],
)
@pytest.mark.parametrize("error", [False, True, None])
def test_a_run_that_failed_is_stored_with_its_error_and_logged(
    caplog: pytest.LogCaptureFixture, report: Any, reason: str, error: bool | None
) -> None:
    rows = dependency_monkey_rows(monkey_document("inspection-a", report=report, error=error))
    assert (rows.run, rows.inspections) == (RUN._replace(dependency_monkey_error=True), ())
    assert caplog.messages == [f"{MONKEY_ID}: the run failed ({reason}), no inspections are stored"]


def test_a_run_may_end_with_an_error_after_it_asked_for_inspections(caplog: pytest.LogCaptureFixture) -> None:
    rows = dependency_monkey_rows(monkey_document("inspection-a", error=True))
    assert rows.run.dependency_monkey_error
    assert len(rows.inspections) == 1
    assert not caplog.messages


def test_stacks_that_were_not_inspected_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    document = monkey_document(None, "inspection-a", None)
    del document["result"]["report"]["responses"][2]["response"]
    assert result_counts(document) == {"inspection-a": 2}
    assert caplog.messages == [f"{MONKEY_ID}: 2 stacks weren't inspected, not stored"]


def test_the_size_grows_with_the_results_and_with_the_locks() -> None:
    sizes = [
        dependency_monkey_rows(monkey_document(*inspections, count=count)).size
        for inspections, count in [((), 9), (("a",), 1), (("a",), 30), (("a", "b"), 30)]
    ]
    assert sizes == [3, 23, 33, 63]


def test_a_document_is_not_changed() -> None:
    document = monkey_document("inspection-a", None)
    before = copy.deepcopy(document)
    dependency_monkey_rows(document)
    assert document == before


REFUSED: list[tuple[str, Any, str]] = [
    ("metadata.datetime", None, "a date and time such as 2022-01-31T12:34:56 is needed, found null"),
    ("result", ..., "an object is needed, found nothing"),
    ("result.error", "no", 'true or false is needed, found "no"'),
    ("result.report", [], "an object is needed, found a list"),
    ("result.report.responses", ..., "a list of objects is needed, found nothing"),
    ("result.report.responses[0]", "inspection-a", 'an object is needed, found "inspection-a"'),
    ("result.report.responses[0].response", {}, "a text is needed, found an object"),
    ("result.report.responses[0].response", "x" * 513, "a text of at most 512 characters is needed, found "),
    ("result.parameters", None, "an object is needed, found null"),
    ("result.parameters.decision_type", None, "a text is needed, found null"),
    ("result.parameters.seed", 2**31, "a number up to 2147483647 is needed, found 2147483648"),
    ("result.parameters.count", -1, "a number from 0, or null, is needed, found -1"),
    ("result.parameters.count", MOST_RESULTS, "a number that gives the inspections at most 1000000 results is needed"),
    ("result.parameters.project.requirements.packages.Flask", {"git": "x"}, "an object is needed"),
    ("result.parameters.project.runtime_environment.hardware.cpu_model", "94", 'a number is needed, found "94"'),
]


def put(document: Document, path: str, value: Any) -> None:
    """Replace what is at a path, or remove it."""
    *above, last = (
        int(part) if part.isdigit() else part for part in path.replace("[", ".").replace("]", "").split(".")
    )
    place: Any = document
    for part in above:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value


@pytest.mark.parametrize(("path", "value", "message"), REFUSED)
def test_what_can_not_be_stored_is_refused_by_its_path(path: str, value: Any, message: str) -> None:
    document = copy.deepcopy(monkey_document("inspection-a", "inspection-b"))
    put(document, path, value)
    if path.endswith("Flask"):
        path, message = f"{path}.version", "a version range, as only packages of an index can be stored, is needed"
    with pytest.raises(DocumentError) as refused:
        dependency_monkey_rows(document)
    assert str(refused.value).startswith(f"{MONKEY_ID}: {path}: {message}")


def test_a_document_of_another_kind_or_without_an_id_is_refused() -> None:
    with pytest.raises(DocumentError, match="begins with 'dependency-monkey-' is needed"):
        dependency_monkey_rows(renamed(monkey_document(), "adviser-1"))
    with pytest.raises(NoDocumentIdError):
        dependency_monkey_rows(renamed(monkey_document(), ""))


@pytest.mark.parametrize("path", shared_files("documents/dependency-monkey/*.json"), ids=lambda path: path.stem)
def test_real_documents_are_read(path: Path) -> None:
    document = json.loads(path.read_bytes())
    rows = dependency_monkey_rows(document)
    assert len(rows.inspections) == len(document["result"]["report"]["responses"]) > 10
    assert {inspection.result_count for inspection in rows.inspections} == {rows.run.stack_count}
    assert {line.name for line in rows.requirements} == {"tensorflow"}
    assert (rows.run_environment.os_name, rows.run_environment.os_version) == ("rhel", "8")


def test_the_environment_of_the_documents_made_here_is_like_the_real_ones() -> None:
    paths = shared_files("documents/dependency-monkey/*.json")
    if not paths:
        pytest.skip("no real documents on this machine")
    real = json.loads(paths[0].read_bytes())["result"]["parameters"]["project"]["runtime_environment"]
    assert RUNTIME_ENVIRONMENT.keys() <= real.keys()
