"""What documents of all kinds say of themselves, in their metadata."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..exceptions import DocumentError, NoDocumentIdError
from .fields import Section


class Run(NamedTuple):
    """One run of an analyser, of which a document tells."""

    document_id: str
    datetime: dt.datetime
    duration: int | None
    """In seconds."""
    analyzer: str
    analyzer_version: str


def read_document_id(document: Mapping[str, Any], prefix: str) -> str:
    """Answer the id of a document whose kind's ids begin with ``prefix``.

    Raises NoDocumentIdError where there is none, and DocumentError for that of another kind.
    """
    metadata = Section(document, "a document without an id").section("metadata")
    document_id = metadata.optional_text("document_id")
    if document_id is None:
        raise NoDocumentIdError(str(metadata.refusal("document_id", "the document's id")))
    if not document_id.startswith(prefix):
        raise DocumentError(f"{document_id}: metadata.document_id: an id that begins with {prefix!r} is needed")
    return document_id


def read_run(document: Mapping[str, Any], prefix: str) -> Run:
    """Answer which run a document tells of; raises DocumentError for a missing field, and as ``read_document_id``."""
    document_id = read_document_id(document, prefix)
    metadata = Section(document, document_id).section("metadata")
    return Run(
        document_id,
        metadata.moment("datetime"),
        metadata.optional_integer("duration"),
        metadata.text("analyzer"),
        metadata.text("analyzer_version"),
    )
