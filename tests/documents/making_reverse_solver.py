"""Documents of the reverse solver made by hand."""

from __future__ import annotations

from typing import Any

from tests.documents.making import PYPI, Document

REVERSE_ID = "revsolver-220106144326-0123456789abcdef"


def reverse_document(
    *entries: Document, name: str = "werkzeug", version: str = "2.0", document_id: str | None = REVERSE_ID
) -> Document:
    """Make a document about a release, and the versions that depend on it."""
    return {
        "metadata": {
            "analyzer": "thoth-revsolver",
            "analyzer_version": "0.2.12",
            "arguments": {"app.py": {"package_name": name, "package_version": version}},
            "datetime": "2022-01-06T14:43:26.387214",
            "document_id": document_id,
        },
        "result": list(entries),
    }


def dependent(name: str = "flask", version: str = "1.0", **members: Any) -> Document:
    """Make the entry of a version that depends on the release."""
    return {
        "solver_name": "solver-rhel-8-py38",
        "os_name": "rhel",
        "os_version": "8",
        "python_version": "3.8",
        "package_name": name,
        "package_version": version,
        "index_url": PYPI,
        "version_range": ">=0.1",
        "marker": None,
        "extra": None,
        "marker_evaluation_result": True,
        **members,
    }
