"""What inspection documents say, read into rows."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.making import PYPI, Document, entity
from tests.documents.making_inspections import (
    INSPECTION_ID,
    REPORTS,
    full_document,
    inspection_document,
    python_stack,
    report,
)
from tests.documents.test_inspection_files import read_folder
from tests.documents.test_original import documents as conformance_documents
from tests.shared import shared_file, shared_files
from thoth_storages.documents.environment import Hardware, SoftwareEnvironment
from thoth_storages.documents.inspection import InspectionRun, Requests, inspection_rows
from thoth_storages.documents.performance_indicators import INDICATORS
from thoth_storages.documents.solver_name import Environment
from thoth_storages.documents.stack import Requirement, Stack
from thoth_storages.exceptions import DocumentError, NoDocumentIdError, PerformanceIndicatorNotRegisteredError

Change = Callable[[Document], object]


def test_a_document_is_read_whole() -> None:
    rows = inspection_rows(full_document(number=3))
    assert rows.run == InspectionRun(
        INSPECTION_ID,
        3,
        dt.datetime(2022, 1, 31, 12, 34, 56, 789012),
        Requests(1.0, 1.0),
        Requests(2.0, 4.0),
        build_hardware=Hardware(cpu_family=6, cpu_model=13),
        run_hardware=Hardware(cpu_family=6, cpu_model=85),
        build_environment=SoftwareEnvironment("BUILDTIME", None, "3.8", os_name="rhel", os_version="8"),
        run_environment=SoftwareEnvironment("RUNTIME", None, "3.8", os_name="rhel", os_version="8"),
        stack=Stack(
            "INSPECTION",
            None,
            None,
            frozenset({Requirement("flask", "*", False, None), Requirement("six", "*", False, None)}),
            frozenset({entity("flask", "1.0", PYPI), entity("six", "1.16.0", PYPI)}),
            Environment("rhel", "8", "3.8"),
        ),
    )
    assert rows.measurement is not None
    assert rows.measurement.indicator == "PiMatmul"


def test_the_size_is_the_number_of_rows() -> None:
    run_hardware_and_environments = 5
    assert inspection_rows(inspection_document()).size == run_hardware_and_environments
    assert inspection_rows(inspection_document(REPORTS["PiMatmul"])).size == run_hardware_and_environments + 1
    stack_with_two_lines_and_two_pins = 5
    assert (
        inspection_rows(full_document()).size == run_hardware_and_environments + 1 + stack_with_two_lines_and_two_pins
    )


def without(*path: str) -> Change:
    """Take away a member, by its path."""

    def change(document: Document) -> None:
        for name in path[:-1]:
            document = document[name]
        del document[path[-1]]

    return change


def put(value: object, *path: str) -> Change:
    """Put a value in the place of a member, by its path."""

    def change(document: Document) -> None:
        for name in path[:-1]:
            document = document[name]
        document[path[-1]] = value

    return change


def changed(change: Change) -> Document:
    document = full_document()
    change(document)
    return document


@pytest.mark.parametrize("value", [None, ""])
def test_an_inspection_may_not_tell_when_it_was_created(value: object) -> None:
    assert inspection_rows(changed(put(value, "specification", "@created"))).run.datetime is None
    assert inspection_rows(changed(without("specification", "@created"))).run.datetime is None


@pytest.mark.parametrize("name", ["build", "run"])
@pytest.mark.parametrize("change", [without, lambda *path: put(None, *path), lambda *path: put({}, *path)])
def test_nothing_may_be_known_of_what_was_asked_of_the_cluster(name: str, change: Callable[..., Change]) -> None:
    for path in [("specification", name), ("specification", name, "requests")]:
        run = inspection_rows(changed(change(*path))).run
        assert getattr(run, f"{name}_requests") == Requests(None, None)
    assert inspection_rows(changed(change("specification", "build"))).run.build_hardware == Hardware()


@pytest.mark.parametrize("change", [without, lambda *path: put(None, *path)])
def test_the_hardware_of_the_build_may_be_unknown_as_amun_writes_it(change: Callable[..., Change]) -> None:
    run = inspection_rows(changed(change("specification", "build", "requests", "hardware"))).run
    assert (run.build_hardware, run.run_hardware) == (Hardware(), Hardware(cpu_family=6, cpu_model=85))


@pytest.mark.parametrize("change", [without, lambda *path: put(None, *path)])
def test_nothing_may_be_known_of_where_it_ran(change: Callable[..., Change]) -> None:
    run = inspection_rows(changed(change("result", "runtime_environment"))).run
    assert (run.run_hardware, run.run_environment) == (Hardware(), SoftwareEnvironment("RUNTIME"))
    assert run.build_environment == SoftwareEnvironment("BUILDTIME")
    assert run.stack is not None
    assert run.stack.environment is None


@pytest.mark.parametrize(
    "change",
    [without("specification", "python"), put(None, "specification", "python"), put({}, "specification", "python")],
)
def test_there_may_be_no_stack(change: Change) -> None:
    assert inspection_rows(changed(change)).run.stack is None


def test_a_stack_may_have_no_pipfile() -> None:
    stack = inspection_rows(changed(without("specification", "python", "requirements"))).run.stack
    assert stack is not None
    assert stack.requirements is None


@pytest.mark.parametrize(
    "change", [without("specification", "script"), *(put(value, "specification", "script") for value in (None, ""))]
)
def test_without_a_script_nothing_was_measured_whatever_was_printed(change: Change) -> None:
    assert inspection_rows(changed(change)).measurement is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without("result_number"), "result_number: the number of the result, from 0, is needed, found nothing"),
        (put(-1, "result_number"), "result_number: the number of the result, from 0, is needed, found -1"),
        (put("0", "result_number"), 'result_number: a number is needed, found "0"'),
        (put(2**31, "result_number"), "result_number: a number up to 2147483647 is needed, found 2147483648"),
        (without("specification"), "specification: an object is needed, found nothing"),
        (put([], "specification"), "specification: an object is needed, found a list"),
        (without("result"), "result: an object is needed, found nothing"),
        (
            put("May", "specification", "@created"),
            "specification.@created: a date and time such as 2022-01-31T12:34:56",
        ),
        (put(7, "specification", "@created"), "specification.@created: a date and time such as 2022-01-31T12:34:56"),
        (put("x", "specification", "build"), 'specification.build: an object is needed, found "x"'),
        (
            put("1Q", "specification", "build", "requests", "cpu"),
            'specification.build.requests.cpu: an amount of CPU such as 500m or 2 is needed, found "1Q"',
        ),
        (
            put("1Q", "specification", "run", "requests", "memory"),
            'specification.run.requests.memory: an amount of memory such as 512Mi or 4Gi is needed, found "1Q"',
        ),
        (
            put({"cpu_model": "x"}, "specification", "build", "requests", "hardware"),
            'specification.build.requests.hardware.cpu_model: a number is needed, found "x"',
        ),
        (
            put([], "result", "runtime_environment", "operating_system"),
            "result.runtime_environment.operating_system: an object is needed, found a list",
        ),
        (put([1], "specification", "python"), "specification.python: an object is needed, found a list"),
        (
            without("specification", "python", "requirements_locked"),
            "specification.python.requirements_locked: an object is needed, found nothing",
        ),
        (
            put({"version": ">1"}, "specification", "python", "requirements_locked", "default", "flask"),
            "specification.python.requirements_locked.default.flask.version: a pinned version, ==…, is needed",
        ),
        (put(7, "specification", "script"), "specification.script: a text is needed, found 7"),
    ],
)
def test_what_cannot_be_stored_is_refused_by_its_path(change: Change, message: str) -> None:
    with pytest.raises(DocumentError, match=f"^{INSPECTION_ID}: {re.escape(message)}"):
        inspection_rows(changed(change))


@pytest.mark.parametrize("change", [without("document_id"), put(None, "document_id"), put("", "document_id")])
def test_a_document_without_an_id_is_refused(change: Change) -> None:
    with pytest.raises(NoDocumentIdError, match=r"^a document without an id: document_id: the document's id is needed"):
        inspection_rows(changed(change))


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^adviser-1: document_id: an id that begins with 'inspection-' is needed"):
        inspection_rows(full_document(document_id="adviser-1"))
    with pytest.raises(DocumentError, match=r"^a document without an id: an object is needed, found a list"):
        inspection_rows([])  # type: ignore[arg-type]


@pytest.mark.parametrize("stdout", [None, "", {}, []])
def test_a_script_that_reported_nothing_is_refused(stdout: object) -> None:
    message = f"^{INSPECTION_ID}: result.stdout: what the specification's script reported is needed, found"
    with pytest.raises(DocumentError, match=message):
        inspection_rows(changed(put(stdout, "result", "stdout")))
    beside = inspection_document(REPORTS["PiMatmul"], **REPORTS["PiMatmul"])
    put(stdout, "result", "stdout")(beside)
    with pytest.raises(DocumentError, match=message):
        inspection_rows(beside)


def test_a_script_that_printed_no_report_is_refused() -> None:
    with pytest.raises(DocumentError, match=r'result\.stdout: an object is needed, found "Segmentation fault"'):
        inspection_rows(inspection_document("Segmentation fault"))


def test_an_indicator_that_is_not_registered_is_refused_with_those_that_are() -> None:
    message = (
        f"{INSPECTION_ID}: result.stdout.name: a registered performance indicator "
        f'({", ".join(INDICATORS)}) is needed, found "PiUnknown"'
    )
    with pytest.raises(PerformanceIndicatorNotRegisteredError, match=f"^{re.escape(message)}$"):
        inspection_rows(inspection_document(report("PiUnknown", {})))


def test_reading_changes_nothing() -> None:
    document = full_document()
    before = copy.deepcopy(document)
    inspection_rows(document)
    assert document == before


@pytest.mark.parametrize("path", shared_files("documents/inspection/*.json"), ids=lambda path: path.name)
def test_the_real_documents_are_read(path: Any) -> None:
    document = json.loads(path.read_bytes())
    rows = inspection_rows(document)
    assert path.name == f"{rows.run.document_id}.{rows.run.result_number}.json"
    assert rows.run.stack is not None
    assert len(rows.run.stack.locked) == len(document["specification"]["python"]["requirements_locked"]["default"])
    assert rows.measurement is not None
    assert dict(rows.measurement.columns)["elapsed"] == document["result"]["stdout"]["@result"]["elapsed"]


def test_documents_as_amun_writes_them_say_what_those_say_that_were_adapted_for_the_original() -> None:
    for folder in sorted(shared_file("documents/inspection-unmodified").iterdir()):
        for document in read_folder(folder):
            name = f"documents/inspection/{document['document_id']}.{document['result_number']}.json"
            adapted, rows = inspection_rows(json.loads(shared_file(name).read_bytes())), inspection_rows(document)
            assert rows.run == adapted.run._replace(build_hardware=Hardware())
            assert rows.measurement is not None
            assert adapted.measurement is not None
            columns, expected = dict(rows.measurement.columns), dict(adapted.measurement.columns)
            if rows.measurement.indicator == "PiConv2D":
                expected |= {"padding": None, "padding_mode": "SAME"}
            assert columns == expected


def test_the_documents_of_the_conformance_suite_are_read() -> None:
    documents = conformance_documents("inspection")
    measured = [inspection_rows(document).measurement for document in documents]
    assert {measurement and measurement.indicator for measurement in measured} == {*REPORTS, None}


def test_a_stack_is_of_the_packages_that_are_locked() -> None:
    document = inspection_document(specification={"python": python_stack(Flask_Login="1.0-RC1")})
    stack = inspection_rows(document).run.stack
    assert stack is not None
    assert stack.locked == {entity("flask-login", "1.0rc1", PYPI)}
