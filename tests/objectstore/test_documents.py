"""Documents as bytes: as the original library writes them, and back."""

from __future__ import annotations

import pytest

from thoth_storages.exceptions import DocumentError
from thoth_storages.objectstore.documents import document_blob, read_document


def test_a_document_is_sorted_and_indented_by_two() -> None:
    assert document_blob({"b": [1, {"z": None, "a": True}], "a": "x"}) == (
        b'{\n  "a": "x",\n  "b": [\n    1,\n    {\n      "a": true,\n      "z": null\n    }\n  ]\n}'
    )


def test_letters_beyond_ascii_are_escaped() -> None:
    assert document_blob({"a": "é😀"}) == b'{\n  "a": "\\u00e9\\ud83d\\ude00"\n}'


@pytest.mark.parametrize("document", [{}, {"a": 1.5e300}, {"a": "\u2028"}, {"a": "\ud800"}, {"": [[], {}]}])
def test_what_is_written_is_read_again(document: dict[str, object]) -> None:
    assert read_document(document_blob(document), "key") == document


@pytest.mark.parametrize("document", [{"a": object()}, {"a": {1, 2}}, {"a": 1, 2: 3}, {(1,): 1}])
def test_what_json_cannot_hold_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(DocumentError, match="can't be written as JSON"):
        document_blob(document)


@pytest.mark.parametrize("blob", [b"", b"{", b"\xff", b"[" * 100_000, b"{'a': 1}"])
def test_an_object_that_is_no_json_is_named(blob: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^adviser-1: the object holds no JSON"):
        read_document(blob, "adviser-1")
