"""What a solver document says, as rows."""

from __future__ import annotations

import copy
import datetime as dt
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.making import (
    DOCUMENT_ID,
    PYPI,
    RHEL_8,
    Document,
    dependency,
    described,
    entity,
    failure,
    full_document,
    package,
    solver_document,
    version,
)
from tests.shared import shared_files
from thoth_storages.documents import solver_rows
from thoth_storages.documents.rows import (
    Artifact,
    Dependency,
    Description,
    ImportPackage,
    License,
    Metadata,
    MetadataValue,
    Solved,
    Solver,
)
from thoth_storages.exceptions import DocumentError, NoDocumentIdError, SolverNameParseError

MOMENT = dt.datetime(2022, 1, 31, 12, 34, 56, 789012)
SOLVER = Solver("solver-rhel-8-py38", "1.11.0", RHEL_8)
UNDETECTED = License("UNDETECTED", "UNDETECTED", "UNDETECTED")

Change = Callable[[Document], object]


def solved(version_: Any, **outcome: Any) -> Solved:
    return Solved(DOCUMENT_ID, MOMENT, 8, version_, SOLVER, **outcome)


def test_a_solved_package_is_a_version_with_its_entity_description_and_run() -> None:
    rows = solver_rows(solver_document(package()))
    metadata = Metadata(metadata_version="2.1", name="flask", version="1.0")
    mit = License("MIT License", "MIT", "1")
    assert rows.solvers == (SOLVER,)
    assert rows.entities == (entity(),)
    assert rows.versions == (version(),)
    assert rows.metadata == (metadata,)
    assert rows.licenses == (mit,)
    assert rows.descriptions == (Description(version(), metadata, mit, None, MOMENT, DOCUMENT_ID),)
    assert rows.solved == (solved(version()),)
    assert rows.size == 7


def test_a_document_without_packages_is_only_a_solver() -> None:
    assert solver_rows(solver_document()).size == 1


def test_names_versions_and_indexes_are_normalised() -> None:
    solved_package = package(
        "Flask_SQLAlchemy",
        "1.0-RC1",
        index_url="https://pypi.python.org/simple",
        dependencies=[dependency("Zope.Interface", "v2.0.post0")],
    )
    rows = solver_rows(solver_document(solved_package, document_id=DOCUMENT_ID.replace("rhel-8", "ubi-8.5")))
    assert rows.entities == (entity("flask-sqlalchemy", "1.0rc1"), entity("zope-interface", "2.0.post0", None))
    assert rows.solvers == (Solver("solver-ubi-8.5-py38", "1.11.0", RHEL_8),)


def test_a_version_that_pep_440_cannot_read_stays_as_it_is() -> None:
    assert solver_rows(solver_document(package(version="2004d"))).entities == (entity(version="2004d"),)


def test_a_package_without_an_index_has_none() -> None:
    assert solver_rows(solver_document(package(index_url=None))).versions == (version(index_url=None),)


def test_what_was_requested_is_the_version_that_counts() -> None:
    rows = solver_rows(solver_document(package(version="1.0", package_version="1.0.1")))
    assert rows.versions == (version(version="1.0"),)


def test_artifacts_and_importable_packages_are_tied_once() -> None:
    rows = solver_rows(solver_document(package(sha256=["ab", "cd", "ab"], packages=["flask", "flask.json", "flask"])))
    assert rows.artifacts == (Artifact(entity(), "ab"), Artifact(entity(), "cd"))
    assert rows.import_packages == (ImportPackage(version(), "flask"), ImportPackage(version(), "flask.json"))


def test_a_single_text_stands_for_a_list_of_one() -> None:
    rows = solver_rows(solver_document(package(sha256="ab", packages="flask")))
    assert rows.artifacts == (Artifact(entity(), "ab"),)
    assert rows.import_packages == (ImportPackage(version(), "flask"),)


def tied(
    name: str = "werkzeug",
    package_version: str = "0.15",
    version_range: str = ">=0.1",
    extra: str | None = None,
    marker: str | None = None,
    holds: bool = True,
) -> Dependency:
    return Dependency(version(), entity(name, package_version, None), version_range, extra, marker, holds)


@pytest.mark.parametrize(
    ("dependencies", "expected"),
    [
        ([dependency("werkzeug", "0.14", "0.15")], [tied(package_version="0.14"), tied(package_version="0.15")]),
        ([dependency(required_version=None)], [tied(version_range="*")]),
        ([dependency(required_version="")], [tied(version_range="*")]),
        (
            [dependency(marker="os_name == 'nt'", marker_evaluation_result=False)],
            [tied(marker="os_name == 'nt'", holds=False)],
        ),
        ([dependency(marker="?", marker_evaluation_result=None)], [tied(marker="?")]),
        ([dependency(extra=["dev"])], [tied(extra="dev")]),
        ([dependency(extra="dev")], [tied(extra="dev")]),
        ([dependency(extra=None)], [tied()]),
        ([dependency(extra=["dev", "test"])], [tied(extra="dev"), tied(extra="test")]),
        ([dependency(extra=["dev"]), dependency(extra=["test"])], [tied(extra="dev"), tied(extra="test")]),
        ([dependency(), dependency(marker="m")], [tied(), tied(marker="m")]),
        ([dependency(), dependency()], [tied()]),
        ([dependency(resolved_versions=[])], []),
        ([dependency(resolved_versions=[{"index": PYPI, "versions": "0.15"}])], [tied()]),
        (
            [dependency(resolved_versions=[{"versions": ["1"]}, {"versions": ["2"]}])],
            [tied(package_version="1"), tied(package_version="2")],
        ),
    ],
)
def test_dependencies_are_rows_of_their_own_under_each_extra_and_marker(
    dependencies: list[Document], expected: list[Dependency]
) -> None:
    assert list(solver_rows(solver_document(package(dependencies=dependencies))).dependencies) == expected


@pytest.mark.parametrize("member", ["marker", "required_version", "marker_evaluation_result", "extra"])
def test_older_documents_leave_members_of_dependencies_out(member: str) -> None:
    depends = {key: value for key, value in dependency().items() if key != member}
    expected = tied(version_range="*") if member == "required_version" else tied()
    assert solver_rows(solver_document(package(dependencies=[depends]))).dependencies == (expected,)


def test_core_metadata_are_rows_tied_to_the_whole_of_the_single_values() -> None:
    rows = solver_rows(solver_document(described(Summary="x", Classifier=["Typed"], Project_URL=["Home, https://x"])))
    metadata = Metadata(summary="x")
    assert rows.metadata == (metadata,)
    assert rows.metadata_values == (
        MetadataValue("classifier", metadata, ("Typed",)),
        MetadataValue("project_url", metadata, ("https://x", "Home")),
    )


def test_metadata_that_nobody_knows_are_logged_once_with_the_document(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    rows = solver_rows(
        solver_document(described(Odd=["x"], License_File=["x"], Summary="x"), described("b", New="y", Odd="z"))
    )
    assert caplog.messages == [f"{DOCUMENT_ID}: there is no column for the metadata New, Odd, not stored"]
    assert Metadata(summary="x") in rows.metadata


@pytest.mark.parametrize(
    ("found", "license_", "warning"),
    [
        (
            {"license": {"full_name": "X", "identifier_spdx": "Y"}, "license_version": "Z", "warning": True},
            License("X", "Y", "Z"),
            True,
        ),
        (
            {"license": {"full_name": "X"}, "license_version": "Z", "warning": None},
            License("X", "UNDETECTED", "Z"),
            None,
        ),
        ({"license": {"full_name": None, "identifier_spdx": None}, "license_version": None}, UNDETECTED, None),
        ({"license": {}, "license_version": ""}, UNDETECTED, None),
        ({"license": None, "license_version": None, "warning": False}, UNDETECTED, None),
        (None, UNDETECTED, None),
    ],
)
def test_a_license_that_was_not_detected_says_so(found: Document, license_: License, warning: bool | None) -> None:
    rows = solver_rows(solver_document(package(package_license=found)))
    assert rows.licenses == (license_,)
    assert rows.descriptions[0].license_warning is warning


@pytest.mark.parametrize(
    ("error", "version_"),
    [
        (failure(), version()),
        ({"package": "flask", "version": "1.0", "index": PYPI}, version()),
        (failure("Flask", is_provided_package_version=True), version()),
        (failure(version=None), version(version=None)),
        (failure(index_url=None), version(index_url=None)),
    ],
)
def test_an_error_of_a_provided_version_is_a_run_that_failed(error: Document, version_: Any) -> None:
    rows = solver_rows(solver_document(errors=[error]))
    assert rows.versions == (version_,)
    assert rows.entities == (version_.entity,)
    assert rows.solved == (solved(version_, error=True, is_provided=True),)
    assert rows.descriptions == ()


def test_errors_of_versions_that_are_not_provided_are_one_run_without_a_version() -> None:
    errors = [failure(name, is_provided_package_version=False) for name in ("a", "b")]
    rows = solver_rows(solver_document(errors=errors))
    assert rows.solved == (solved(None, error=True, is_provided=False),)
    assert rows.size == 2


def test_a_version_may_be_solved_and_fail_in_one_document() -> None:
    rows = solver_rows(solver_document(package(), errors=[failure(), failure()]))
    assert rows.versions == (version(),)
    assert rows.solved == (solved(version()), solved(version(), error=True, is_provided=True))


def unresolved(version_spec: str | None, **members: Any) -> Document:
    return {"package_name": "flask", "version_spec": version_spec, "index_url": PYPI, **members}


def test_an_unresolved_requirement_of_one_version_is_an_unsolvable_run() -> None:
    older = {"package_name": "flask", "version_spec": "===1.0", "index": PYPI}
    rows = solver_rows(solver_document(unresolved=[unresolved("===1.0"), older]))
    assert rows.solved == (solved(version(), error=True, error_unsolvable=True),)


@pytest.mark.parametrize("version_spec", [">=1", "==1.0", "", None, "==="])
def test_an_unresolved_requirement_of_no_single_version_is_logged_and_left_out(
    version_spec: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    rows = solver_rows(solver_document(unresolved=[unresolved(version_spec)]))
    assert rows.size == 1
    assert caplog.messages == [
        f"{DOCUMENT_ID}: unresolved 'flask{version_spec or ''}' names no single version, not stored"
    ]


@pytest.mark.parametrize(
    ("requirement", "name", "package_version"),
    [
        ("Flask===1.0", "flask", "1.0"),
        ("flask === 1.0", "flask", "1.0"),
        ("an odd name===0.1", "an odd name", "0.1"),
        ("a===b===1", "a===b", "1"),
    ],
)
def test_an_unparsed_requirement_of_one_version_is_an_unparseable_run_on_no_index(
    requirement: str, name: str, package_version: str
) -> None:
    rows = solver_rows(solver_document(unparsed=[{"requirement": requirement, "details": "?"}]))
    assert rows.versions == (version(name, package_version, None),)
    assert rows.solved == (solved(version(name, package_version, None), error=True, error_unparseable=True),)


@pytest.mark.parametrize("requirement", ["flask==1.0", "flask", "===1.0", "flask==="])
def test_an_unparsed_requirement_of_no_single_version_is_logged_and_left_out(
    requirement: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert solver_rows(solver_document(unparsed=[{"requirement": requirement}])).size == 1
    assert caplog.messages == [f"{DOCUMENT_ID}: unparsed {requirement!r} names no single version, not stored"]


@pytest.mark.parametrize(
    ("metadata", "column", "expected"),
    [
        ({"duration": None}, "duration", None),
        ({"duration": 7.5}, "duration", 8),
        ({"datetime": "2022-01-31T12:34:56.789012"}, "datetime", MOMENT),
        ({"datetime": "2022-01-31T13:34:56.789012+01:00"}, "datetime", MOMENT),
    ],
)
def test_the_run_keeps_when_it_was_and_how_long_it_took(metadata: Document, column: str, expected: object) -> None:
    (run,) = solver_rows(solver_document(package(), **metadata)).solved
    assert getattr(run, column) == expected


@pytest.mark.parametrize("platform", ["linux-aarch64", None, "none that anybody knows"])
def test_any_platform_is_accepted(platform: str | None) -> None:
    document = solver_document(package())
    document["result"]["platform"] = platform
    assert solver_rows(document) == solver_rows(solver_document(package()))


def test_of_a_package_listed_twice_the_later_description_counts() -> None:
    rows = solver_rows(solver_document(described(Summary="earlier"), described(Summary="later")))
    assert [each.summary for each in rows.metadata] == ["earlier", "later"]
    assert [each.metadata.summary for each in rows.descriptions] == ["later"]
    assert len(rows.solved) == 1


def test_what_cannot_be_stored_in_prose_is_dropped() -> None:
    assert solver_rows(solver_document(described(Description="a\0b"))).metadata == (Metadata(description="ab"),)


def test_the_document_is_not_changed() -> None:
    document = full_document()
    before = copy.deepcopy(document)
    solver_rows(document)
    assert document == before


@pytest.mark.parametrize("path", shared_files("documents/solver/*.json"), ids=lambda path: path.stem)
def test_a_real_document_is_read_and_not_changed(path: Any) -> None:
    document = json.loads(path.read_bytes())
    before = copy.deepcopy(document)
    rows = solver_rows(document)
    assert document == before
    assert len(rows.solved) >= len(document["result"]["tree"]) > 0
    assert {each.version for each in rows.descriptions} <= set(rows.versions)


def without(*path: Any) -> Change:
    """Make a change that takes a member away."""

    def change(document: Document) -> None:
        inner: Any = document
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return change


def with_(value: Any, *path: Any) -> Change:
    """Make a change that puts a value in a place."""

    def change(document: Document) -> None:
        inner: Any = document
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


TREE = ("result", "tree", 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without("metadata", "datetime"), "metadata.datetime: a date and time"),
        (
            with_("soon", "metadata", "datetime"),
            'metadata.datetime: a date and time such as 2022-01-31T12:34:56 is needed, found "soon"',
        ),
        (without("metadata", "analyzer_version"), "metadata.analyzer_version: a text"),
        (with_("8 s", "metadata", "duration"), "metadata.duration: a number"),
        (without("result"), "result: an object is needed, found nothing"),
        (with_(None, "result"), "result: an object is needed, found null"),
        (with_("failed", "result"), 'result: an object is needed, found "failed"'),
        (without("result", "tree"), "result.tree: a list of objects is needed, found nothing"),
        (without("result", "errors"), "result.errors: a list of objects"),
        (without("result", "unresolved"), "result.unresolved: a list of objects"),
        (with_({}, "result", "unparsed"), "result.unparsed: a list of objects is needed, found an object"),
        (with_(None, *TREE), "result.tree[0]: an object is needed, found null"),
        (without(*TREE, "package_name"), "result.tree[0].package_name: a text"),
        (with_("fla\0sk", *TREE, "package_name"), "result.tree[0].package_name: a text without NUL"),
        (
            with_(None, *TREE, "package_version_requested"),
            "result.tree[0].package_version_requested: a text is needed, found null",
        ),
        (
            with_(1.0, *TREE, "package_version_requested"),
            "result.tree[0].package_version_requested: a text is needed, found 1.0",
        ),
        (without(*TREE, "index_url"), "result.tree[0].index_url: a text or null"),
        (without(*TREE, "importlib_metadata"), "result.tree[0].importlib_metadata: an object"),
        (without(*TREE, "importlib_metadata", "metadata"), "result.tree[0].importlib_metadata.metadata: an object"),
        (
            with_(["MIT"], *TREE, "importlib_metadata", "metadata", "License"),
            "result.tree[0].importlib_metadata.metadata.License: a text",
        ),
        (
            with_([1], *TREE, "importlib_metadata", "metadata", "Classifier"),
            "result.tree[0].importlib_metadata.metadata.Classifier[0]: a text",
        ),
        (without(*TREE, "package_license"), "result.tree[0].package_license: an object"),
        (without(*TREE, "package_license", "license"), "result.tree[0].package_license.license: an object"),
        (
            without(*TREE, "package_license", "license_version"),
            "result.tree[0].package_license.license_version: a text or null",
        ),
        (with_("no", *TREE, "package_license", "warning"), "result.tree[0].package_license.warning: true or false"),
        (without(*TREE, "sha256"), "result.tree[0].sha256: a list of texts"),
        (with_([7], *TREE, "packages"), "result.tree[0].packages[0]: a text"),
        (without(*TREE, "dependencies"), "result.tree[0].dependencies: a list of objects"),
        (without(*TREE, "dependencies", 1, "package_name"), "result.tree[0].dependencies[1].package_name: a text"),
        (
            with_("yes", *TREE, "dependencies", 0, "marker_evaluation_result"),
            "result.tree[0].dependencies[0].marker_evaluation_result: true or false",
        ),
        (with_({}, *TREE, "dependencies", 0, "extra"), "result.tree[0].dependencies[0].extra: a list of texts"),
        (
            without(*TREE, "dependencies", 0, "resolved_versions"),
            "result.tree[0].dependencies[0].resolved_versions: a list of objects",
        ),
        (
            with_([1], *TREE, "dependencies", 0, "resolved_versions", 0, "versions"),
            "result.tree[0].dependencies[0].resolved_versions[0].versions[0]: a text is needed, found 1",
        ),
        (without("result", "errors", 1, "package_name"), "result.errors[1].package_name: a text"),
        (without("result", "errors", 0, "package_version"), "result.errors[0].package_version: a text or null"),
        (without("result", "errors", 0, "index_url"), "result.errors[0].index_url: a text or null"),
        (
            with_(0, "result", "errors", 0, "is_provided_package_version"),
            "result.errors[0].is_provided_package_version: true or false",
        ),
        (without("result", "unresolved", 0, "package_name"), "result.unresolved[0].package_name: a text"),
        (without("result", "unresolved", 0, "version_spec"), "result.unresolved[0].version_spec: a text or null"),
        (without("result", "unresolved", 0, "index_url"), "result.unresolved[0].index_url: a text or null"),
        (without("result", "unparsed", 0, "requirement"), "result.unparsed[0].requirement: a text"),
        (
            with_("adviser-220131123456-0123456789abcdef", "metadata", "document_id"),
            "metadata.document_id: the id of a solver document",
        ),
    ],
)
def test_a_document_that_lacks_something_is_refused_by_the_path(change: Change, message: str) -> None:
    document = full_document()
    change(document)
    with pytest.raises(DocumentError) as refused:
        solver_rows(document)
    assert str(refused.value).startswith(f"{document['metadata']['document_id']}: {message}")


@pytest.mark.parametrize(
    "change",
    [without("metadata", "document_id"), with_(None, "metadata", "document_id"), with_("", "metadata", "document_id")],
)
def test_a_document_without_an_id_is_refused(change: Change) -> None:
    document = full_document()
    change(document)
    with pytest.raises(
        NoDocumentIdError, match=r"^a document without an id: metadata.document_id: the document's id is needed"
    ):
        solver_rows(document)


@pytest.mark.parametrize("document", [None, [], "text", {}, {"metadata": []}])
def test_what_is_no_document_at_all_is_refused(document: Any) -> None:
    with pytest.raises(DocumentError, match=r"^a document without an id: (metadata: )?an object is needed"):
        solver_rows(document)


def test_an_id_that_does_not_name_its_solver_is_refused() -> None:
    old_id = "solver-fedora-31-py37-012b745d"
    with pytest.raises(SolverNameParseError, match=rf"^{old_id}: metadata\.document_id: .*, not '{old_id}'$"):
        solver_rows(solver_document(package(), document_id=old_id))
