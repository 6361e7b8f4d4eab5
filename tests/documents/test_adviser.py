"""What documents of the adviser say, as rows."""

from __future__ import annotations

import copy
import datetime as dt
import logging
from typing import Any

import pytest

from tests.documents.making import PYPI, RHEL_8, Document, entity
from tests.documents.making_advisers import (
    ADVISER_ID,
    ENVIRONMENT,
    ORIGIN,
    adviser_document,
    kebechet_document,
    pipfile,
    pipfile_lock,
    product,
    unresolved_document,
)
from thoth_storages.documents.adviser import adviser_rows
from thoth_storages.documents.adviser_rows import AdviserRun, KebechetRun
from thoth_storages.documents.environment import Hardware, SoftwareEnvironment
from thoth_storages.documents.rows import Entity
from thoth_storages.documents.stack import ExternalStack, Requirement, Stack
from thoth_storages.exceptions import DocumentError, NoDocumentIdError

FLASK = frozenset({Requirement("flask", "*", False, None)})


def test_a_run_is_read_whole() -> None:
    asked = {"origin": ORIGIN, "source_type": "cli", "is_s2i": True, "re_run_adviser_id": "adviser-1", "other": {}}
    run = adviser_rows(adviser_document(asked=asked)).run
    assert run == AdviserRun(
        ADVISER_ID,
        dt.datetime(2022, 1, 31, 12, 34, 56, 789012),
        adviser_version="0.50.0",
        adviser_name="thoth-adviser",
        stack_count=1,
        limit=1000,
        origin=ORIGIN,
        source_type="CLI",
        is_s2i=True,
        debug=False,
        re_run_adviser_id="adviser-1",
        limit_latest_versions=-1,
        adviser_error=False,
        recommendation_type="LATEST",
        requirements_format="PIPENV",
        duration=8,
        advised_configuration_changes=False,
        additional_stack_info=False,
    )


def test_what_the_run_is_about_is_read_whole() -> None:
    rows = adviser_rows(
        adviser_document(product("flask", "six"), project={"requirements_locked": pipfile_lock("flask")})
    )
    assert rows.hardware == Hardware(cpu_family=6, cpu_model=94)
    assert rows.software_environment == SoftwareEnvironment("RUNTIME", "prod", "3.8", os_name="rhel", os_version="8")
    assert rows.user_stack == ExternalStack(FLASK, frozenset({entity("flask")}))
    pins = frozenset({entity("flask"), entity("six")})
    assert rows.advised_stacks == (Stack("ADVISED", None, 0.5, FLASK, pins, RHEL_8),)
    assert rows.unresolved == ()
    assert rows.kebechet_run is None


def test_the_document_stays_as_it_is() -> None:
    document = adviser_document(product("flask"), asked={"source_type": "kebechet", "origin": ORIGIN})
    before = copy.deepcopy(document)
    adviser_rows(document)
    assert document == before


def test_what_the_adviser_was_run_with_may_be_told_in_no_words() -> None:
    for arguments in (None, {}, {"thoth-adviser": None}, {"thoth-adviser": {"metadata": None}}):
        run = adviser_rows(adviser_document(arguments=arguments)).run
        assert (run.origin, run.source_type, run.is_s2i, run.debug, run.re_run_adviser_id) == (
            None,
            None,
            None,
            False,
            None,
        )


def test_debugging_is_being_verbose() -> None:
    assert adviser_rows(adviser_document(arguments={"thoth-adviser": {"verbose": True}})).run.debug is True


@pytest.mark.parametrize("name", ["advised_configuration", "stack_info"])
@pytest.mark.parametrize(
    ("value", "expected"), [([{"message": "x"}], True), ({"x": 1}, True), ([], False), (None, False)]
)
def test_there_is_more_where_a_member_holds_something(name: str, value: Any, expected: bool) -> None:
    run = adviser_rows(adviser_document(result={name: value})).run
    told = {"advised_configuration": run.advised_configuration_changes, "stack_info": run.additional_stack_info}
    assert told[name] is expected


@pytest.mark.parametrize("source_type", ["KEBECHET", "s2i", "Jupyter_Notebook", "github_app"])
def test_an_integration_may_be_written_in_any_case(source_type: str) -> None:
    run = adviser_rows(adviser_document(asked={"source_type": source_type})).run
    assert run.source_type == source_type.upper()


def test_an_unknown_integration_is_left_out_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    assert adviser_rows(adviser_document(asked={"source_type": "telepathy"})).run.source_type is None
    assert caplog.messages == [f"{ADVISER_ID}: the integration 'telepathy' isn't known: the run is stored without one"]


@pytest.mark.parametrize("report", [None, {}])
def test_a_run_may_end_without_a_report(report: Document | None) -> None:
    asked = {"re_run_adviser_id": "adviser-1", "source_type": "kebechet", "origin": ORIGIN}
    rows = adviser_rows(adviser_document(asked=asked, result={"error": True, "report": report}))
    assert rows.run.adviser_error is True
    assert (rows.advised_stacks, rows.unresolved, rows.kebechet_run) == ((), (), None)
    # It neither resolved what the other run left unresolved nor found it unresolved.
    assert rows.run.re_run_adviser_id is None


def test_a_report_may_be_missing() -> None:
    document = adviser_document()
    del document["result"]["report"]
    assert adviser_rows(document).advised_stacks == ()


def test_unresolved_packages_have_no_version_and_no_index() -> None:
    rows = adviser_rows(unresolved_document("Flask_SQLAlchemy", "six", "six"))
    assert rows.unresolved == (Entity("flask-sqlalchemy", None, None), Entity("six", None, None))
    assert rows.run.adviser_error is True


@pytest.mark.parametrize("details", [None, {}, {"unresolved": None}, {"unresolved": []}])
def test_an_error_may_leave_nothing_unresolved(details: Document | None) -> None:
    rows = adviser_rows(adviser_document(result={"error": True, "report": {"ERROR": "x", "_ERROR_DETAILS": details}}))
    assert rows.unresolved == ()


def test_a_run_that_failed_before_its_parameters_were_read_is_told_by_its_arguments() -> None:
    advise = {"recommendation_type": "stable", "requirements_format": "pipenv", "count": 2, "limit": 7}
    document = adviser_document(
        arguments={"advise": advise}, result={"error": True, "report": None, "parameters": None}
    )
    rows = adviser_rows(document)
    run = rows.run
    assert (run.recommendation_type, run.requirements_format) == ("STABLE", "PIPENV")
    assert (run.stack_count, run.limit, run.limit_latest_versions) == (2, 7, None)
    assert rows.user_stack is None
    assert rows.hardware == Hardware()
    assert rows.software_environment == SoftwareEnvironment("RUNTIME")


@pytest.mark.parametrize(
    ("project", "stack"),
    [
        ({"requirements": None}, None),
        ({"requirements": None, "requirements_locked": pipfile_lock("six")}, (None, {"six"})),
        ({"requirements": {}}, (set(), None)),
        ({"requirements": pipfile("flask", "six")}, ({"flask", "six"}, None)),
    ],
)
def test_either_file_of_the_user_may_be_missing(project: Document, stack: Any) -> None:
    found = adviser_rows(adviser_document(project=project)).user_stack
    names = found and (
        None if found.requirements is None else {line.name for line in found.requirements},
        None if found.locked is None else {pin.package_name for pin in found.locked},
    )
    assert names == stack


def test_what_is_locked_without_an_index_comes_from_the_default_one() -> None:
    lock = {"_meta": {"sources": []}, "default": {"six": {"version": "==1.0"}}}
    rows = adviser_rows(adviser_document(project={"requirements_locked": lock}))
    assert rows.user_stack is not None
    assert rows.user_stack.locked == frozenset({Entity("six", "1.0", PYPI)})


def test_a_runtime_environment_may_be_missing() -> None:
    rows = adviser_rows(adviser_document(project={"runtime_environment": None}))
    assert (rows.hardware, rows.software_environment) == (Hardware(), SoftwareEnvironment("RUNTIME"))


def advised_for(users: Document | None, products: Document | None) -> Document:
    advised = product("flask")
    advised["project"]["runtime_environment"] = products
    return adviser_document(advised, project={"runtime_environment": users})


@pytest.mark.parametrize("users", [None, {}, {"operating_system": {"name": "rhel"}, "python_version": "3.6"}])
def test_what_a_stack_was_resolved_for_counts_where_the_user_told_too_little(users: Document | None) -> None:
    (stack,) = adviser_rows(advised_for(users, ENVIRONMENT)).advised_stacks
    assert stack.environment == RHEL_8


def test_what_the_user_told_counts_before_what_a_stack_was_resolved_for() -> None:
    (stack,) = adviser_rows(advised_for(ENVIRONMENT, {**ENVIRONMENT, "python_version": "3.9"})).advised_stacks
    assert stack.environment == RHEL_8


def test_a_stack_for_an_unknown_environment_is_left_out_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    rows = adviser_rows(advised_for(None, {"operating_system": {"name": None, "version": None}}))
    assert rows.advised_stacks == ()
    assert caplog.messages == [
        f"{ADVISER_ID}: result.report.products[0] is advised for an unknown environment, not stored"
    ]


@pytest.mark.parametrize("project", [None, {}, {"requirements_locked": None}, {"requirements_locked": {}}])
def test_a_stack_without_locked_versions_is_left_out_with_a_warning(
    project: Document | None, caplog: pytest.LogCaptureFixture
) -> None:
    rows = adviser_rows(adviser_document(product("six"), product(project=project)))
    assert [{pin.package_name for pin in stack.locked} for stack in rows.advised_stacks] == [{"six"}]
    assert caplog.messages == [
        f"{ADVISER_ID}: result.report.products[1] is advised without locked versions, not stored"
    ]


@pytest.mark.parametrize("products", [None, []])
def test_a_report_may_advise_nothing(products: list[Document] | None) -> None:
    rows = adviser_rows(adviser_document(result={"report": {"products": products}}))
    assert rows.advised_stacks == ()


def test_the_performance_score_stands_among_the_justification(caplog: pytest.LogCaptureFixture) -> None:
    justification = [{"type": "INFO", "message": "x"}, {"performance_score": 0.25, "type": "INFO"}]
    (stack,) = adviser_rows(adviser_document(product("six", justification=justification))).advised_stacks
    assert (stack.performance_score, stack.overall_score) == (0.25, 0.5)
    assert not caplog.messages


def test_of_several_performance_scores_the_last_counts(caplog: pytest.LogCaptureFixture) -> None:
    justification = [{"performance_score": 0.25}, {"performance_score": 1}]
    (stack,) = adviser_rows(adviser_document(product("six", justification=justification))).advised_stacks
    assert stack.performance_score == 1.0
    assert caplog.messages == [
        f"{ADVISER_ID}: result.report.products[0] has several performance scores, the last is stored"
    ]


@pytest.mark.parametrize("missing", [{"justification": None}, {"score": None}])
def test_scores_and_their_justification_may_be_missing(missing: Document) -> None:
    (stack,) = adviser_rows(adviser_document(product("six", **missing))).advised_stacks
    assert stack.performance_score is None
    assert stack.overall_score == (None if "score" in missing else 0.5)


def test_stacks_stay_in_the_order_of_the_report_and_none_occurs_twice() -> None:
    rows = adviser_rows(adviser_document(product("six"), product("flask"), product("six")))
    assert [{pin.package_name for pin in stack.locked} for stack in rows.advised_stacks] == [{"six"}, {"flask"}]


@pytest.mark.parametrize(
    "origin",
    [
        "https://github.com/acme/app",
        "https://github.com/acme/app/",
        "https://github.com/acme/app.git",
        "git@github.com:acme/app.git",
        "ssh://git@github.com/acme/app",
        "acme/app",
    ],
)
def test_advice_for_kebechet_is_of_a_repository_and_environment(origin: str) -> None:
    rows = adviser_rows(kebechet_document("six", origin=origin))
    assert rows.kebechet_run == KebechetRun("acme/app", "prod")
    assert rows.run.origin == origin


@pytest.mark.parametrize("origin", [None, "", "app", "/"])
def test_without_a_repository_the_run_is_of_no_installation(
    origin: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    rows = adviser_rows(kebechet_document("six", document_id=ADVISER_ID, origin=origin))
    assert rows.kebechet_run is None
    assert rows.run.source_type == "KEBECHET"
    assert caplog.messages == [
        f"{ADVISER_ID}: the origin {origin or None!r} names no repository: no installation of Kebechet tells of the run"
    ]


def test_without_advice_the_run_is_of_no_installation(caplog: pytest.LogCaptureFixture) -> None:
    assert adviser_rows(kebechet_document()).kebechet_run is None
    assert not caplog.messages


def test_the_size_counts_all_rows() -> None:
    empty = adviser_rows(adviser_document(result={"parameters": None}, arguments=ARGUMENTS))
    document = adviser_document(product("six", "flask"), project={"requirements_locked": pipfile_lock("six")})
    # An advised stack of a line and two pins, and a user's line and pin.
    assert adviser_rows(document).size == empty.size + 4 + 2
    assert adviser_rows(unresolved_document("a", "b")).size == empty.size + 2 + 1


ARGUMENTS = {"advise": {"recommendation_type": "latest", "requirements_format": "pipenv"}}


def changed(path: str, value: Any) -> Document:
    """Make a document with a member replaced, or without it for an ellipsis."""
    *parents, name = (int(part) if part.isdigit() else part for part in path.split("."))
    document = adviser_document(product("six"))
    place: Any = document
    for parent in parents:
        place = place[parent]
    if value is ...:
        del place[name]
    else:
        place[name] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("result", None, "result: an object is needed, found null"),
        ("result", ..., "result: an object is needed, found nothing"),
        ("result.error", ..., "result.error: true or false is needed, found nothing"),
        ("result.error", "no", 'result.error: true or false is needed, found "no"'),
        ("result.report", "x", 'result.report: an object is needed, found "x"'),
        ("result.report.products", {}, "result.report.products: a list of objects is needed, found an object"),
        ("result.report.products.0", "x", 'result.report.products[0]: an object is needed, found "x"'),
        ("result.report.products.0.score", "x", 'result.report.products[0].score: a number is needed, found "x"'),
        ("result.report.products.0.score", float("nan"), "result.report.products[0].score: a number is needed"),
        (
            "result.report.products.0.justification",
            [{"performance_score": "x"}],
            "result.report.products[0].justification[0].performance_score: a number is needed",
        ),
        (
            "result.report.products.0.project.requirements_locked.default.six.version",
            ">1",
            "result.report.products[0].project.requirements_locked.default.six.version: a pinned version",
        ),
        (
            "result.report._ERROR_DETAILS",
            {"unresolved": [{}]},
            "result.report._ERROR_DETAILS.unresolved[0]: a text is needed, found an object",
        ),
        ("result.parameters.count", "1", "result.parameters.count: a number is needed"),
        ("result.parameters.limit", 2**31, "result.parameters.limit: a number up to 2147483647 is needed"),
        ("result.parameters.recommendation_type", ..., "result.parameters.recommendation_type: one of STABLE, TESTING"),
        ("result.parameters.recommendation_type", "best", 'PERFORMANCE, SECURITY is needed, found "best"'),
        ("result.parameters.recommendation_type", 1, "result.parameters.recommendation_type: a text is needed"),
        ("result.parameters.requirements_format", "pip", "requirements_format: one of PIPENV is needed"),
        ("result.parameters.project", [], "result.parameters.project: an object is needed, found a list"),
        (
            "result.parameters.project.requirements.packages.flask",
            {"git": "x"},
            "result.parameters.project.requirements.packages.flask.version: a version range",
        ),
        ("metadata.arguments.thoth-adviser.metadata", [1], "thoth-adviser.metadata: an object is needed"),
        ("metadata.arguments.thoth-adviser.metadata", {"is_s2i": 1}, "metadata.is_s2i: true or false is needed"),
        ("metadata.arguments.thoth-adviser.metadata", {"origin": 1}, "metadata.origin: a text is needed"),
        (
            "metadata.arguments.thoth-adviser.metadata",
            {"origin": "x" * 2_601},
            "metadata.origin: a text of at most 2,600 bytes is needed",
        ),
        ("metadata.analyzer_version", None, "metadata.analyzer_version: a text is needed"),
        ("metadata.datetime", "now", "metadata.datetime: a date and time"),
    ],
)
def test_what_is_refused_is_named_by_its_path(path: str, value: Any, message: str) -> None:
    with pytest.raises(DocumentError) as refused:
        adviser_rows(changed(path, value))
    assert str(refused.value).startswith(f"{ADVISER_ID}: ")
    assert message in str(refused.value)


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(DocumentError, match="an id that begins with 'adviser-' is needed"):
        adviser_rows(adviser_document(document_id="solver-rhel-8-py38-1-1"))
    with pytest.raises(NoDocumentIdError):
        adviser_rows(adviser_document(document_id=None))


def test_nothing_is_logged_about_a_document_that_is_stored_whole(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    adviser_rows(kebechet_document("six"))
    assert not caplog.messages
