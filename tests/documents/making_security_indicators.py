"""Documents of security indicators made by hand."""

from __future__ import annotations

from typing import Any

from tests.documents.making import PYPI, Document
from thoth_storages.documents.security_indicators import SecurityCounts

INDICATORS_ID = "security-indicator-211124154025-0123456789abcdef"

MEMBERS = {
    "severity_high_confidence_high": "SEVERITY.HIGH__CONFIDENCE.HIGH",
    "severity_high_confidence_low": "SEVERITY.HIGH__CONFIDENCE.LOW",
    "severity_high_confidence_medium": "SEVERITY.HIGH__CONFIDENCE.MEDIUM",
    "severity_high_confidence_undefined": "SEVERITY.HIGH__CONFIDENCE.UNDEFINED",
    "severity_low_confidence_high": "SEVERITY.LOW__CONFIDENCE.HIGH",
    "severity_low_confidence_low": "SEVERITY.LOW__CONFIDENCE.LOW",
    "severity_low_confidence_medium": "SEVERITY.LOW__CONFIDENCE.MEDIUM",
    "severity_low_confidence_undefined": "SEVERITY.LOW__CONFIDENCE.UNDEFINED",
    "severity_medium_confidence_high": "SEVERITY.MEDIUM__CONFIDENCE.HIGH",
    "severity_medium_confidence_low": "SEVERITY.MEDIUM__CONFIDENCE.LOW",
    "severity_medium_confidence_medium": "SEVERITY.MEDIUM__CONFIDENCE.MEDIUM",
    "severity_medium_confidence_undefined": "SEVERITY.MEDIUM__CONFIDENCE.UNDEFINED",
    "number_of_analyzed_files": "number_of_analyzed_files",
    "number_of_files_total": "number_of_files_total",
    "number_of_files_with_severities": "number_of_files_with_severities",
    "number_of_filtered_files": "number_of_filtered_files",
    "number_of_python_files": "Python.nFiles",
    "number_of_lines_with_comments_in_python_files": "Python.comment",
    "number_of_blank_lines_in_python_files": "Python.blank",
    "number_of_lines_with_code_in_python_files": "Python.code",
    "total_number_of_files": "SUM.nFiles",
    "total_number_of_lines": "SUM.n_lines",
    "total_number_of_lines_with_comments": "SUM.comment",
    "total_number_of_blank_lines": "SUM.blank",
    "total_number_of_lines_with_code": "SUM.code",
}
COUNTS = SecurityCounts(**{column: number for number, column in enumerate(MEMBERS, 1)})
"""What a document made here counted: another number everywhere."""


def indicators_document(
    name: str = "flask", version: str = "1.0", index_url: str = PYPI, *, first: int = 1, **metadata: Any
) -> Document:
    """Make a document whose counts go up from ``first``; ``metadata`` replace members of its metadata."""
    return {
        "metadata": {
            "analyzer": "si-aggregator",
            "analyzer_version": "0.2.0",
            "arguments": {"app.py": {"package_name": name, "package_version": version, "package_index": index_url}},
            "datetime": "2021-11-24T16:41:27.222462",
            "document_id": INDICATORS_ID,
            **metadata,
        },
        "error": False,
        "result": {member: number for number, member in enumerate(MEMBERS.values(), first)},
    }


def numbered_document(number: int, name: str = "flask", version: str = "1.0", **metadata: Any) -> Document:
    """Make a document with an id and counts of its own."""
    document_id = f"security-indicator-211124154025-{number:016x}"
    return indicators_document(name, version, first=number, document_id=document_id, **metadata)
