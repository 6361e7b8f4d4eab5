"""Analyses that others made: what the original left of them is left here, and what troubled it is stored or refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import psycopg

from tests.contents import contents, row_counts
from tests.documents.making_images import write
from tests.documents.test_original import documents as conformance_documents
from tests.documents.test_original import troublesome
from thoth_storages.exceptions import ThothStorageExceptionError

Connection = psycopg.Connection[Any]

ONLY_ANALYSES = [
    "package_extract_run",
    "identified",
    "rpm_package_version",
    "found_rpm",
    "rpm_requirement",
    "rpm_requires",
    "deb_package_version",
    "found_deb",
    "deb_dependency",
    "deb_pre_depends",
    "deb_depends",
    "found_python_file",
    "python_interpreter",
    "found_python_interpreter",
    "has_symbol",
    "detected_symbol",
]
"""Tables into which nothing else writes; the original never came as far as deb_replaces."""


# One more analysis is in the dump, and rows put in by hand.
ANOTHER_ANALYSIS = """
DELETE FROM software_environment AS environment
USING package_extract_run AS run
WHERE run.software_environment_id = environment.id AND run.analysis_document_id <> ALL (%s)
"""
AS_THE_DOCUMENTS_LEAVE_IT = """
DELETE FROM rpm_package_version WHERE id NOT IN (SELECT rpm_package_version_id FROM found_rpm);
DELETE FROM rpm_requirement WHERE id NOT IN (SELECT rpm_requirement_id FROM rpm_requires);
DELETE FROM deb_package_version WHERE id NOT IN (SELECT deb_package_version_id FROM found_deb);
DELETE FROM deb_dependency
WHERE id NOT IN (SELECT deb_dependency_id FROM deb_depends UNION SELECT deb_dependency_id FROM deb_pre_depends);
DELETE FROM python_interpreter WHERE id NOT IN (SELECT python_interpreter_id FROM found_python_interpreter);
-- The original reads no version of Python with two digits behind the dot.
UPDATE software_environment SET python_version = '3.10' WHERE image_name ~ '-py310$';
"""


def test_the_documents_leave_what_the_original_leaves(connection: Connection, original_database: str) -> None:
    documents = conformance_documents("package-extract")
    write(connection, *documents)
    document_ids = [document["metadata"]["document_id"] for document in documents]
    with psycopg.connect(original_database) as other:
        other.execute(ANOTHER_ANALYSIS, (document_ids,))
        other.execute(AS_THE_DOCUMENTS_LEAVE_IT)
        original = contents(other, ONLY_ANALYSES)
    here = contents(connection, ONLY_ANALYSES)
    for table in ONLY_ANALYSES:
        assert here[table] - original[table] == Counter(), f"only here: {table}"
        assert original[table] - here[table] == Counter(), f"only in the original: {table}"
    assert here["detected_symbol"].total() > 300


def test_what_troubles_the_original_is_stored_or_refused_by_the_path(connection: Connection, tmp_path: Path) -> None:
    documents = troublesome(tmp_path, "package-extract")
    refused: dict[str, str] = {}
    for name, document in documents.items():
        try:
            write(connection, document)
        except ThothStorageExceptionError as error:
            refused[name] = str(error)
    assert len(documents) == 8
    assert list(refused) == ["package-extract-cuda-mismatch"]
    assert ": result.cuda-version: " in refused["package-extract-cuda-mismatch"]
    assert row_counts(connection)["package_extract_run"] == 7
    assert row_counts(connection)["deb_replaces"] == 1
