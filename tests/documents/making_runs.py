"""Documents of the adviser's other commands made by hand: of Dependency Monkey, and of the provenance checker."""

from __future__ import annotations

from typing import Any

from tests.documents.making import PYPI, Document

MONKEY_ID = "dependency-monkey-220131123456-0123456789abcdef"
PROVENANCE_ID = "provenance-checker-220131123456-0123456789abcdef"
PYTORCH = "https://download.pytorch.org/whl/cpu"

SOURCES = [{"name": "pypi", "url": PYPI, "verify_ssl": True}, {"name": "pytorch", "url": PYTORCH, "verify_ssl": True}]
PIPFILE = {
    "packages": {"Flask": ">=1.0", "torch": {"version": "*", "index": "pytorch"}},
    "dev-packages": {"pytest": "*"},
    "requires": {"python_version": "3.8"},
    "source": SOURCES,
}
PIPFILE_LOCK = {
    "_meta": {"hash": {"sha256": "ab"}, "pipfile-spec": 6, "requires": {"python_version": "3.8"}, "sources": SOURCES},
    "default": {
        "flask": {"version": "==1.0", "index": "pypi", "hashes": ["sha256:cd"]},
        "torch": {"version": "==2.0", "index": "pytorch"},
        "werkzeug": {"version": "==0.15"},
    },
    "develop": {},
}
RUNTIME_ENVIRONMENT = {
    "name": None,
    "python_version": "3.8",
    "cuda_version": "11.2",
    "operating_system": {"name": "ubi", "version": "8.4"},
    "hardware": {"cpu_family": 6, "cpu_model": 94},
}


def monkey_document(
    *inspections: str | None, report: Any = ..., error: bool | None = False, project: Any = ..., **parameters: Any
) -> Document:
    """Make a document of Dependency Monkey, of a run that asked for inspections; parameters replace the usual ones."""
    responses = [{"product": {"score": 0.0}, "response": inspection} for inspection in inspections]
    whole_project = {
        "requirements": PIPFILE,
        "requirements_locked": None,
        "runtime_environment": RUNTIME_ENVIRONMENT,
    }
    return {
        "metadata": _metadata(
            MONKEY_ID, {"dependency-monkey": {}, "thoth-adviser": {"verbose": True, "metadata": None}}
        ),
        "result": {
            "error": error,
            "error_msg": None,
            "parameters": {
                "seed": 42,
                "decision_type": "random",
                "count": 2,
                "limit_latest_versions": -1,
                "project": whole_project if project is ... else project,
                **parameters,
            },
            "report": {"skipped": 0, "responses": responses} if report is ... else report,
        },
    }


def provenance_document(
    *report: Document, error: bool | None = False, origin: str | None = "https://github.com/acme/x", **project: Any
) -> Document:
    """Make a document of the provenance checker; ``project`` replaces members of the project."""
    context = {"origin": origin}
    arguments = {"provenance": {}, "thoth-adviser": {"verbose": False, "metadata": context}}
    whole_project = {"requirements": PIPFILE, "requirements_locked": PIPFILE_LOCK, "runtime_environment": None}
    return {
        "metadata": _metadata(PROVENANCE_ID, arguments),
        "result": {
            "error": error,
            "parameters": {"whitelisted_indexes": [], "project": {**whole_project, **project}},
            "report": list(report),
        },
    }


def missing(name: str = "Torch", version: str | None = "==2.0", **members: Any) -> Document:
    """Make what the provenance checker reports of a package that its index doesn't have."""
    source = {"name": "pytorch", "url": PYTORCH, "verify_ssl": True, "warehouse": False, "warehouse_api_url": None}
    return {
        "type": "ERROR",
        "id": "MISSING-PACKAGE",
        "justification": "…",
        "source": source,
        "package_name": name,
        "package_version": version,
        **members,
    }


def renamed(document: Document, document_id: str, **metadata: Any) -> Document:
    """Make a document that says the same under another id."""
    return {**document, "metadata": {**document["metadata"], "document_id": document_id, **metadata}}


def _metadata(document_id: str, arguments: Document) -> Document:
    return {
        "analyzer": "thoth-adviser",
        "analyzer_version": "0.50.0",
        "arguments": arguments,
        "datetime": "2022-01-31T12:34:56.789012",
        "document_id": document_id,
        "duration": 219,
    }
