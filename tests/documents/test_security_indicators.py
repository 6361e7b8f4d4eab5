"""What a document of security indicators says, as rows."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.making import Document, entity
from tests.documents.making_security_indicators import COUNTS, INDICATORS_ID, MEMBERS, indicators_document
from tests.shared import shared_file
from thoth_storages.documents.security_indicators import (
    SecurityCounts,
    SecurityIndicatorsRun,
    security_indicators_rows,
)
from thoth_storages.exceptions import DocumentError, NoDocumentIdError

MOMENT = dt.datetime(2021, 11, 24, 16, 41, 27, 222462)
SEVERITIES = [member for member in MEMBERS.values() if member.startswith("SEVERITY.")]
OF_PYTHON = [member for member in MEMBERS.values() if member.startswith("Python.")]
NEEDED = [member for member in MEMBERS.values() if member not in (*SEVERITIES, *OF_PYTHON)]

Change = Callable[[Document], object]


def test_a_document_is_a_run_and_the_package_version_that_it_analysed() -> None:
    rows = security_indicators_rows(indicators_document())
    assert rows.run == SecurityIndicatorsRun(INDICATORS_ID, MOMENT, False, COUNTS)
    assert rows.package == entity()
    assert rows.size == 2


def test_every_count_has_a_member_of_its_own() -> None:
    assert tuple(MEMBERS) == SecurityCounts._fields
    assert len({*SEVERITIES, *OF_PYTHON, *NEEDED}) == 25


def test_names_versions_and_indexes_are_normalised() -> None:
    document = indicators_document("Flask_SQLAlchemy", "1.0-RC1", "https://pypi.python.org/simple")
    assert security_indicators_rows(document).package == entity("flask-sqlalchemy", "1.0rc1")


def test_a_moment_with_a_time_zone_is_in_utc() -> None:
    document = indicators_document(datetime="2021-11-24T17:41:27.222462+01:00")
    assert security_indicators_rows(document).run.datetime == MOMENT


@pytest.mark.parametrize("member", [*SEVERITIES, *OF_PYTHON])
def test_what_nothing_was_found_of_is_counted_as_none(member: str) -> None:
    absent, null = indicators_document(), indicators_document()
    del absent["result"][member]
    null["result"][member] = None
    column = next(name for name, each in MEMBERS.items() if each == member)
    for document in (absent, null):
        assert security_indicators_rows(document).run.counts == COUNTS._replace(**{column: 0})


@pytest.mark.parametrize("member", NEEDED)
@pytest.mark.parametrize("null", [True, False])
def test_what_is_always_counted_is_needed_unless_the_run_failed(member: str, null: bool) -> None:
    document = indicators_document()
    del document["result"][member]
    if null:
        document["result"][member] = None
    found = "null" if null else "nothing"
    with pytest.raises(DocumentError) as raised:
        security_indicators_rows(document)
    assert str(raised.value) == f"{INDICATORS_ID}: result.{member}: a number is needed, found {found}"
    column = next(name for name, each in MEMBERS.items() if each == member)
    failed = security_indicators_rows(document | {"error": True}).run
    assert failed == SecurityIndicatorsRun(INDICATORS_ID, MOMENT, True, COUNTS._replace(**{column: 0}))


@pytest.mark.parametrize(
    "members",
    [
        {"error": True, "result": None},
        {"error": True, "result": {}},
        {"error": True, "result": {"error": True, "error_messages": {"si_bandit": [], "si_cloc": ["x"]}}},
        # The aggregator says so only inside the result.
        {"error": False, "result": {"error": True}},
        {"error": None, "result": {"error": True}},
    ],
)
def test_of_a_run_that_failed_nothing_need_be_counted(members: Document) -> None:
    run = security_indicators_rows(indicators_document() | members).run
    assert run == SecurityIndicatorsRun(INDICATORS_ID, MOMENT, True, SecurityCounts())


def test_a_run_that_failed_may_have_no_result_at_all() -> None:
    document = indicators_document() | {"error": True}
    del document["result"]
    assert security_indicators_rows(document).run.error


@pytest.mark.parametrize("error", [False, None])
def test_without_an_error_there_is_a_result(error: bool | None) -> None:
    with pytest.raises(DocumentError, match=f"{INDICATORS_ID}: result: an object is needed, found null"):
        security_indicators_rows(indicators_document() | {"error": error, "result": None})


def test_what_counted_a_fraction_is_rounded() -> None:
    document = indicators_document()
    document["result"]["SUM.code"] = 24.0
    assert security_indicators_rows(document).run.counts.total_number_of_lines_with_code == 24


def test_a_document_is_not_changed() -> None:
    document = indicators_document()
    before = copy.deepcopy(document)
    security_indicators_rows(document)
    assert document == before


REFUSED: list[tuple[Change, str]] = [
    (lambda d: d.pop("metadata"), "metadata: an object is needed, found nothing"),
    (lambda d: d["metadata"].pop("arguments"), "metadata.arguments: an object is needed, found nothing"),
    (lambda d: d["metadata"]["arguments"].pop("app.py"), "metadata.arguments.app.py: an object is needed"),
    (lambda d: d["metadata"].update(datetime="yesterday"), "metadata.datetime: a date and time"),
    (lambda d: d["metadata"].update(document_id="solver-1"), "metadata.document_id: an id that begins with"),
    (lambda d: d.update(error="no"), "error: true or false is needed"),
    (lambda d: d.update(result=[]), "result: an object is needed, found a list"),
    (lambda d: d["result"].update(error=1), "result.error: true or false is needed"),
    (lambda d: d["result"].update({"SUM.code": "12"}), "result.SUM.code: a number is needed"),
    (lambda d: d["result"].update({"SUM.code": float("nan")}), "result.SUM.code: a number is needed"),
    (lambda d: d["result"].update({"SUM.code": 2**31}), "result.SUM.code: a number up to 2147483647 is needed"),
    *(
        (lambda d, name=name, value=value: d["metadata"]["arguments"]["app.py"].update({name: value}), message)
        for name in ("package_name", "package_version", "package_index")
        for value in (None, "", 1)
        for message in [f"metadata.arguments.app.py.{name}: a text is needed, found"]
    ),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_what_cannot_be_stored_is_refused_by_its_path(change: Change, message: str) -> None:
    document = indicators_document()
    change(document)
    with pytest.raises(DocumentError) as raised:
        security_indicators_rows(document)
    assert message in str(raised.value)


def test_a_document_without_an_id_is_refused() -> None:
    with pytest.raises(NoDocumentIdError, match=r"metadata\.document_id"):
        security_indicators_rows(indicators_document(document_id=None))


def test_a_real_document_is_read() -> None:
    path = shared_file("documents/security-indicators/security-indicator-211124154025-de8d82a3227adc99.json")
    document: dict[str, Any] = json.loads(path.read_bytes())
    rows = security_indicators_rows(document)
    assert rows.package == entity("filedepot", "0.7.1")
    assert rows.run.counts == SecurityCounts(
        severity_high_confidence_low=7,
        number_of_analyzed_files=24,
        number_of_files_total=24,
        number_of_files_with_severities=5,
        number_of_python_files=20,
        number_of_lines_with_comments_in_python_files=410,
        number_of_blank_lines_in_python_files=511,
        number_of_lines_with_code_in_python_files=1457,
        total_number_of_files=22,
        total_number_of_lines=2602,
        total_number_of_lines_with_comments=417,
        total_number_of_blank_lines=585,
        total_number_of_lines_with_code=1600,
    )
