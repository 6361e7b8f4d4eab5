"""What a document of the provenance checker says, as rows."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from tests.documents.making import PYPI, Document
from tests.documents.making_runs import (
    PIPFILE_LOCK,
    PROVENANCE_ID,
    PYTORCH,
    SOURCES,
    missing,
    provenance_document,
    renamed,
)
from tests.documents.test_dependency_monkey import put
from thoth_storages.documents.provenance_checker import ProvenanceCheckerRun, provenance_checker_rows
from thoth_storages.documents.rows import Entity
from thoth_storages.documents.stack import ExternalStack, Requirement
from thoth_storages.exceptions import DocumentError, NoDocumentIdError

RUN = ProvenanceCheckerRun(
    PROVENANCE_ID,
    dt.datetime(2022, 1, 31, 12, 34, 56, 789012),
    "0.50.0",
    "thoth-adviser",
    "https://github.com/acme/x",
    False,
    False,
    219,
)
STACK = ExternalStack(
    frozenset({Requirement("flask", ">=1.0", False, None), Requirement("torch", "*", False, PYTORCH)}),
    frozenset({Entity("flask", "1.0", PYPI), Entity("torch", "2.0", PYTORCH), Entity("werkzeug", "0.15", PYPI)}),
)


def missing_in(document: Document) -> set[Entity]:
    return set(provenance_checker_rows(document).missing)


def test_a_run_is_told_with_the_users_stack() -> None:
    rows = provenance_checker_rows(provenance_document())
    assert (rows.run, rows.user_stack, rows.missing) == (RUN, STACK, frozenset())


def test_what_is_not_told_of_a_run_is_unknown_or_no_error() -> None:
    document = provenance_document(error=None)
    document["metadata"] |= {"duration": None, "arguments": None}
    assert provenance_checker_rows(document).run == RUN._replace(origin=None, duration=None)


def test_a_run_that_found_something_has_an_error_as_the_checker_says() -> None:
    assert provenance_checker_rows(provenance_document(missing(), error=True)).run.provenance_checker_error
    assert not provenance_checker_rows(provenance_document(missing())).run.provenance_checker_error


@pytest.mark.parametrize("version", ["2.0", "==2.0", "===2.0", "== 2.0", "==2.0.0rc0"])
def test_a_missing_package_is_named_as_it_is_locked(version: str) -> None:
    normalised = "2.0.0rc0" if version.endswith("rc0") else "2.0"
    assert missing_in(provenance_document(missing("Torch_Vision", version))) == {
        Entity("torch-vision", normalised, PYTORCH)
    }


@pytest.mark.parametrize("source", [None, ..., {}, {"url": None}])
def test_a_missing_package_may_be_without_a_source(source: Any) -> None:
    entry = missing(source=source)
    if source is ...:
        del entry["source"]
    assert missing_in(provenance_document(entry)) == {Entity("torch", "2.0", None)}


@pytest.mark.parametrize("version", [None, "", "=="])
def test_a_missing_package_may_be_without_a_version(version: str | None) -> None:
    assert missing_in(provenance_document(missing(version=version))) == {Entity("torch", None, PYTORCH)}


def test_only_missing_packages_are_taken_from_the_report() -> None:
    error = {"type": "ERROR", "justification": "Connection refused (ConnectionError)"}
    other = missing("flask", id="INVALID-ARTIFACT-HASH")
    assert missing_in(provenance_document(error, other, missing(), missing())) == {Entity("torch", "2.0", PYTORCH)}


@pytest.mark.parametrize("report", [None, []])
def test_a_run_without_a_report_is_a_run(report: Any) -> None:
    document = provenance_document(error=True)
    document["result"]["report"] = report
    assert provenance_checker_rows(document).run == RUN._replace(provenance_checker_error=True)


@pytest.mark.parametrize("parameters", [None, {}, {"project": None}, {"project": {}}])
def test_a_run_that_failed_before_it_read_the_project_has_a_stack_without_files(parameters: Any) -> None:
    document = provenance_document(error=True)
    document["result"]["parameters"] = parameters
    assert provenance_checker_rows(document).user_stack == ExternalStack(None, None)


def test_a_lock_entry_without_an_index_comes_from_the_default_index() -> None:
    lock = {"default": {"flask": {"version": "==1.0"}}}
    stack = provenance_checker_rows(provenance_document(requirements_locked=lock)).user_stack
    assert stack.locked == frozenset({Entity("flask", "1.0", PYPI)})


@pytest.mark.parametrize(("name", "kept"), [("requirements", "locked"), ("requirements_locked", "requirements")])
def test_either_file_may_be_missing(name: str, kept: str) -> None:
    stack = provenance_checker_rows(provenance_document(**{name: None})).user_stack
    assert getattr(stack, kept) == getattr(STACK, kept)
    assert None in stack


def test_the_size_is_the_number_of_rows() -> None:
    document = provenance_document(missing(), requirements=None)
    assert provenance_checker_rows(document).size == 1 + 1 + len(PIPFILE_LOCK["default"])


def test_a_document_is_not_changed() -> None:
    document = provenance_document(missing())
    before = copy.deepcopy(document)
    provenance_checker_rows(document)
    assert document == before


REFUSED: list[tuple[str, Any, str]] = [
    ("metadata.analyzer", None, "a text is needed, found null"),
    ("metadata.arguments.thoth-adviser.metadata", "{}", 'an object is needed, found "{}"'),
    ("result", None, "an object is needed, found null"),
    ("result.error", 1, "true or false is needed, found 1"),
    ("result.report", {"ERROR": "x"}, "a list of objects is needed, found an object"),
    ("result.report[0]", None, "an object is needed, found null"),
    ("result.report[0].id", 7, "a text is needed, found 7"),
    ("result.report[0].package_name", None, "a text is needed, found null"),
    ("result.report[0].package_version", 2.0, "a text is needed, found 2.0"),
    ("result.report[0].source", "pypi", 'an object is needed, found "pypi"'),
    ("result.parameters.project", [], "an object is needed, found a list"),
    ("result.parameters.project.requirements_locked.default", ..., "an object is needed, found nothing"),
    ("result.parameters.project.requirements_locked.default.flask.version", ">1", "a pinned version, ==…, is needed"),
    ("result.parameters.project.requirements_locked.default.flask.index", "x", "the name of a source (pypi, pytorch)"),
]


@pytest.mark.parametrize(("path", "value", "message"), REFUSED)
def test_what_can_not_be_stored_is_refused_by_its_path(path: str, value: Any, message: str) -> None:
    assert [source["name"] for source in SOURCES] == ["pypi", "pytorch"]
    document = copy.deepcopy(provenance_document(missing()))
    put(document, path, value)
    with pytest.raises(DocumentError) as refused:
        provenance_checker_rows(document)
    assert str(refused.value).startswith(f"{PROVENANCE_ID}: {path}: {message}")


def test_a_document_of_another_kind_or_without_an_id_is_refused() -> None:
    with pytest.raises(DocumentError, match="begins with 'provenance-checker-' is needed"):
        provenance_checker_rows(renamed(provenance_document(), "adviser-1"))
    with pytest.raises(NoDocumentIdError):
        provenance_checker_rows(renamed(provenance_document(), ""))
