"""The form of results: what any distribution writes is taken, and a refusal names the field."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import pytest

from tests.objectstore.making import result_document
from tests.shared import shared_files
from thoth_storages import RESULT_SCHEMA
from thoth_storages.exceptions import SchemaError
from thoth_storages.objectstore import METADATA_SCHEMA
from thoth_storages.objectstore.schema import Schema

REAL = [
    path
    for kind in ("adviser", "adviser-unresolved", "dependency-monkey", "package-extract")
    for path in shared_files(f"documents/{kind}/*.json")
]
DELETED = object()


def _with(path: str, value: Any) -> dict[str, Any]:
    """A sound document with another value at a path."""
    document = result_document()
    *parents, field = path.split(".")
    place = document
    for parent in parents:
        place = place[parent]
    if value is DELETED:
        del place[field]
    else:
        place[field] = value
    return document


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_document_has_the_form(path: Path) -> None:
    document = json.loads(path.read_text())
    assert RESULT_SCHEMA(document) is document


@pytest.mark.parametrize(
    "os_release",
    [
        {"id": "arch", "name": "Arch Linux", "build_id": "rolling"},
        {"id": "debian", "name": "Debian GNU/Linux", "pretty_name": "Debian GNU/Linux forky/sid"},
        {"id": "rhel", "name": "Red Hat Enterprise Linux", "platform_id": "platform:el8", "version_id": "8.4"},
        {"id": "fedora", "name": "Fedora", "variant_id": "container", "redhat_support_product": "Fedora"},
    ],
    ids=lambda os_release: os_release["id"],
)
def test_a_document_made_on_any_distribution_has_the_form(os_release: dict[str, str]) -> None:
    RESULT_SCHEMA(_with("metadata.os_release", os_release))


@pytest.mark.parametrize("result", [None, [], {}, "text", {"error": True}])
def test_a_result_may_be_anything(result: Any) -> None:
    RESULT_SCHEMA(_with("result", result))


@pytest.mark.parametrize("field", ["duration", "thoth_deployment_name"])
def test_what_an_analyser_may_not_know_may_be_null(field: str) -> None:
    RESULT_SCHEMA(_with(f"metadata.{field}", None))


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("metadata", DELETED, "the field is missing"),
        ("result", DELETED, "the field is missing"),
        ("metadata", None, "an object is needed, not None"),
        ("metadata", [], r"an object is needed, not \[\]"),
        ("metadata.analyzer", 1, "a text is needed, not 1"),
        ("metadata.analyzer", DELETED, "the field is missing"),
        ("metadata.arguments", "x", "an object is needed, not 'x'"),
        ("metadata.timestamp", "1", "a whole number is needed, not '1'"),
        ("metadata.timestamp", True, "a whole number is needed, not True"),
        ("metadata.duration", 1.5, "a whole number is needed, not 1.5"),
        ("metadata.datetime", "yesterday", "a moment like 2022-01-31T05:09:13.123456 is needed, not 'yesterday'"),
        ("metadata.datetime", None, "a moment like"),
        ("metadata.os_release", None, "an object is needed"),
        ("metadata.os_release.id", DELETED, "the field is missing"),
        ("metadata.os_release.anything", 1, "a text is needed"),
        ("metadata.python.minor", None, "a whole number is needed"),
        ("metadata.distribution.version_parts.major", 12, "a text is needed, not 12"),
        ("metadata.distribution.version_parts.minor", DELETED, "the field is missing"),
        ("metadata.documentid", "x", "there is no such field; there are analyzer, analyzer_version"),
        ("results", {}, "there is no such field; there are metadata, result"),
        ("metadata.hostname", ["x" * 1000], "a text is needed, not .{80}…$"),
    ],
)
def test_a_refusal_names_the_path_of_the_field(path: str, value: Any, reason: str) -> None:
    with pytest.raises(SchemaError, match=rf"^{path}: {reason}"):
        RESULT_SCHEMA(_with(path, value))


@pytest.mark.parametrize("schema", [RESULT_SCHEMA, METADATA_SCHEMA])
@pytest.mark.parametrize("document", [None, [], "text", 1])
def test_what_is_no_object_is_no_document(schema: Any, document: Any) -> None:
    with pytest.raises(SchemaError, match=r"^the document: an object is needed"):
        schema(document)


def test_the_example_is_true() -> None:
    examples = doctest.DocTestFinder().find(Schema, globs={"RESULT_SCHEMA": RESULT_SCHEMA})
    results = [doctest.DocTestRunner().run(each) for each in examples]
    assert [each.attempted for each in results if each.attempted] == [1]
    assert not any(each.failed for each in results)
