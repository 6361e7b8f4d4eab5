"""What documents of all kinds say of themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from thoth_storages.documents.document import Run, read_document_id, read_run
from thoth_storages.exceptions import DocumentError, NoDocumentIdError

ID = "adviser-220131123456-0123456789abcdef"
METADATA: dict[str, Any] = {
    "document_id": ID,
    "datetime": "2022-01-31T12:34:56+01:00",
    "duration": 8.4,
    "analyzer": "thoth-adviser",
    "analyzer_version": "0.50.0",
}


def document(**metadata: Any) -> dict[str, Any]:
    return {"metadata": {**METADATA, **metadata}}


def test_a_run_is_dated_in_utc_and_lasts_whole_seconds() -> None:
    moment = dt.datetime(2022, 1, 31, 11, 34, 56)
    assert read_run(document(), "adviser-") == Run(ID, moment, 8, "thoth-adviser", "0.50.0")


def test_a_duration_may_be_unknown() -> None:
    assert read_run(document(duration=None), "adviser-").duration is None


@pytest.mark.parametrize("document_id", [None, ""])
def test_a_document_without_an_id_is_refused(document_id: str | None) -> None:
    with pytest.raises(NoDocumentIdError, match=r"metadata\.document_id: the document's id is needed"):
        read_document_id(document(document_id=document_id), "adviser-")


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(DocumentError, match=rf"{ID}: metadata\.document_id: an id that begins with 'revsolver-'"):
        read_document_id(document(), "revsolver-")


@pytest.mark.parametrize("name", ["datetime", "analyzer", "analyzer_version"])
def test_a_missing_field_is_named_by_its_path(name: str) -> None:
    with pytest.raises(DocumentError, match=rf"{ID}: metadata\.{name}: .* found null"):
        read_run(document(**{name: None}), "adviser-")


@pytest.mark.parametrize("text", ["", "a document", None, []])
def test_what_is_no_object_is_refused(text: Any) -> None:
    with pytest.raises(DocumentError, match="an object is needed"):
        read_run(text, "adviser-")
