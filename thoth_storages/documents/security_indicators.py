"""What a document of aggregated security indicators says, as rows: a pure function from the document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..normalize import normalize_index_url, normalize_package_name, normalize_package_version
from .document import read_document_id
from .fields import Section
from .rows import Entity


class SecurityCounts(NamedTuple):
    """What the static analysis of a package version's sources counted, in the order of the table's columns."""

    severity_high_confidence_high: int = 0
    severity_high_confidence_low: int = 0
    severity_high_confidence_medium: int = 0
    severity_high_confidence_undefined: int = 0
    severity_low_confidence_high: int = 0
    severity_low_confidence_low: int = 0
    severity_low_confidence_medium: int = 0
    severity_low_confidence_undefined: int = 0
    severity_medium_confidence_high: int = 0
    severity_medium_confidence_low: int = 0
    severity_medium_confidence_medium: int = 0
    severity_medium_confidence_undefined: int = 0
    number_of_analyzed_files: int = 0
    number_of_files_total: int = 0
    number_of_files_with_severities: int = 0
    number_of_filtered_files: int = 0
    number_of_python_files: int = 0
    number_of_lines_with_comments_in_python_files: int = 0
    number_of_blank_lines_in_python_files: int = 0
    number_of_lines_with_code_in_python_files: int = 0
    total_number_of_files: int = 0
    total_number_of_lines: int = 0
    total_number_of_lines_with_comments: int = 0
    total_number_of_blank_lines: int = 0
    total_number_of_lines_with_code: int = 0


class SecurityIndicatorsRun(NamedTuple):
    """A run of the security indicators, as its document describes it."""

    document_id: str
    datetime: dt.datetime
    error: bool
    counts: SecurityCounts


@dataclass(frozen=True, slots=True)
class SecurityIndicatorsRows:
    """The rows of one document: a run, and the package version whose sources it analysed."""

    run: SecurityIndicatorsRun
    package: Entity

    @property
    def size(self) -> int:
        """The number of rows: that of the run, and the one that ties it to a version."""
        return 2


# The line counter names the languages that it found, so a package without Python has no counts of it, and the scanner
# leaves out, or writes null for, what it found nothing of.
_OPTIONAL_MEMBERS = {
    **{
        f"severity_{severity}_confidence_{confidence}": f"SEVERITY.{severity.upper()}__CONFIDENCE.{confidence.upper()}"
        for severity in ("high", "low", "medium")
        for confidence in ("high", "low", "medium", "undefined")
    },
    "number_of_python_files": "Python.nFiles",
    "number_of_lines_with_comments_in_python_files": "Python.comment",
    "number_of_blank_lines_in_python_files": "Python.blank",
    "number_of_lines_with_code_in_python_files": "Python.code",
}
_NEEDED_MEMBERS = {
    "number_of_analyzed_files": "number_of_analyzed_files",
    "number_of_files_total": "number_of_files_total",
    "number_of_files_with_severities": "number_of_files_with_severities",
    "number_of_filtered_files": "number_of_filtered_files",
    "total_number_of_files": "SUM.nFiles",
    "total_number_of_lines": "SUM.n_lines",
    "total_number_of_lines_with_comments": "SUM.comment",
    "total_number_of_blank_lines": "SUM.blank",
    "total_number_of_lines_with_code": "SUM.code",
}


def security_indicators_rows(document: Mapping[str, Any]) -> SecurityIndicatorsRows:
    """Answer the rows that a document of aggregated security indicators stands for.

    Of a run that failed any count may be missing, or the whole result: it is 0 then, as the columns take no NULL.

    Raises DocumentError, which names the document and the path of the field, for what isn't such a document or lacks a
    needed field; NoDocumentIdError when it is the id that is missing.
    """
    document_id = read_document_id(document, "security-indicator-")
    whole = Section(document, document_id)
    metadata = whole.section("metadata")
    arguments = metadata.section("arguments").section("app.py")
    package = Entity(
        normalize_package_name(arguments.text("package_name")),
        normalize_package_version(arguments.text("package_version")),
        normalize_index_url(arguments.text("package_index")),
    )
    run = SecurityIndicatorsRun(document_id, metadata.moment("datetime"), *_read_result(whole))
    return SecurityIndicatorsRows(run, package)


def _read_result(whole: Section) -> tuple[bool, SecurityCounts]:
    """Read whether the run failed, which the aggregator says inside the result, and what it counted."""
    result = whole.absent_section("result")
    failed = whole.flag("error") or (result is not None and result.flag("error")) or False
    if result is None and failed:
        return True, SecurityCounts()
    result = whole.section("result")
    counts = {column: result.optional_integer(member) or 0 for column, member in _OPTIONAL_MEMBERS.items()}
    for column, member in _NEEDED_MEMBERS.items():
        count = result.optional_integer(member)
        if count is None and not failed:
            raise result.refusal(member, "a number")
        counts[column] = count or 0
    return failed, SecurityCounts(**counts)
