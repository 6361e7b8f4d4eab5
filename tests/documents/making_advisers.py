"""Documents of the adviser made by hand: as small as a test needs them, complete as the reader wants them."""

from __future__ import annotations

from typing import Any

from tests.documents.making import PYPI, Document
from tests.documents.writing import Connection
from tests.fix_rows import Rows
from thoth_storages.documents.adviser import adviser_rows
from thoth_storages.documents.adviser_writer import write_adviser_results

ADVISER_ID = "adviser-220131123456-0123456789abcdef"
ORIGIN = "https://github.com/acme/app"
ENVIRONMENT: Document = {
    "name": "prod",
    "operating_system": {"name": "ubi", "version": "8.5"},
    "python_version": "3.8",
    "cuda_version": None,
    "hardware": {"cpu_family": 6, "cpu_model": 94},
}
SOURCES = [{"name": "pypi", "url": PYPI, "verify_ssl": True}]
PACKAGES = ("flask", "six", "werkzeug")
"""Those that ``have_solved`` has solved, in version 1.0."""


def adviser_document(
    *products: Document,
    asked: Document | None = None,
    project: Document | None = None,
    parameters: Document | None = None,
    result: Document | None = None,
    **metadata: Any,
) -> Document:
    """Make a document of a run that advised stacks.

    ``asked`` is what the integration said, ``project`` what the user has; ``parameters``, ``result`` and ``metadata``
    replace members of the document's own.
    """
    return {
        "metadata": {
            "analyzer": "thoth-adviser",
            "analyzer_version": "0.50.0",
            "arguments": {"advise": {}, "thoth-adviser": {"verbose": False, "metadata": asked or {}}},
            "datetime": "2022-01-31T12:34:56.789012",
            "document_id": ADVISER_ID,
            "duration": 8,
            **metadata,
        },
        "result": {
            "error": False,
            "error_msg": None,
            "parameters": {
                "count": 1,
                "limit": 1000,
                "limit_latest_versions": -1,
                "recommendation_type": "latest",
                "requirements_format": "pipenv",
                "project": {
                    "requirements": pipfile("flask"),
                    "requirements_locked": None,
                    "runtime_environment": ENVIRONMENT,
                    **(project or {}),
                },
                **(parameters or {}),
            },
            "report": {"products": list(products)},
            **(result or {}),
        },
    }


def unresolved_document(*names: str, document_id: str = ADVISER_ID, **others: Any) -> Document:
    """Make a document of a run that failed as no solver had seen some packages."""
    report = {"ERROR": "No dependencies found", "_ERROR_DETAILS": {"unresolved": list(names)}}
    return adviser_document(result={"error": True, "report": report}, document_id=document_id, **others)


def product(*names: str, score: float | None = 0.5, **members: Any) -> Document:
    """Make an advised stack, in which packages are locked in version 1.0."""
    project = {"requirements": pipfile("flask"), "requirements_locked": pipfile_lock(*names)}
    return {"score": score, "justification": [], "project": project, **members}


def pipfile(*names: str) -> Document:
    """Make a Pipfile that asks for any version of packages."""
    return {"packages": dict.fromkeys(names, "*"), "dev-packages": {}, "source": SOURCES}


def pipfile_lock(*names: str) -> Document:
    """Make a Pipfile.lock that pins packages to version 1.0."""
    pins = {name: {"version": "==1.0", "index": "pypi", "hashes": []} for name in names}
    return {"_meta": {"sources": SOURCES}, "default": pins, "develop": {}}


def kebechet_document(
    *names: str,
    day: int = 1,
    environment: str | None = "prod",
    document_id: str | None = None,
    origin: str | None = ORIGIN,
    **others: Any,
) -> Document:
    """Make a document of a run that Kebechet started on a day, with advice where ``names`` are locked."""
    return adviser_document(
        *([product(*names)] if names else []),
        asked={"source_type": "kebechet", "origin": origin},
        project={"runtime_environment": {**ENVIRONMENT, "name": environment}},
        document_id=document_id or f"adviser-2201{day:02}000000-{'-'.join(names)}",
        datetime=f"2022-01-{day:02}T00:00:00",
        **others,
    )


def have_solved(rows: Rows) -> None:
    """Have the packages of advised stacks solved in the environment of the documents."""
    for name in PACKAGES:
        rows.version(name, "1.0", os_name="rhel", os_version="8", python_version="3.8")


def write_advisers(connection: Connection, *documents: Document) -> None:
    """Write documents of the adviser in one transaction."""
    with connection.transaction():
        write_adviser_results(connection, [adviser_rows(document) for document in documents])
