"""Solver documents made by hand: as small as a test needs them, complete as the reader wants them."""

from __future__ import annotations

import copy
from typing import Any

from thoth_storages.documents.rows import Entity, Version
from thoth_storages.documents.solver_name import Environment

PYPI = "https://pypi.org/simple"
DOCUMENT_ID = "solver-rhel-8-py38-220131123456-0123456789abcdef"
RHEL_8 = Environment("rhel", "8", "3.8")
MIT = {"license": {"full_name": "MIT License", "identifier_spdx": "MIT"}, "license_version": "1", "warning": False}

Document = dict[str, Any]


def solver_document(
    *tree: Document,
    errors: list[Document] | None = None,
    unresolved: list[Document] | None = None,
    unparsed: list[Document] | None = None,
    **metadata: Any,
) -> Document:
    """Make a document of solved packages; ``metadata`` replace members of the document's own metadata."""
    return {
        "metadata": {
            "analyzer": "thoth-solver",
            "analyzer_version": "1.11.0",
            "datetime": "2022-01-31T12:34:56.789012",
            "document_id": DOCUMENT_ID,
            "duration": 8,
            **metadata,
        },
        "result": {
            "platform": "linux-x86_64",
            "tree": list(tree),
            "errors": errors or [],
            "unresolved": unresolved or [],
            "unparsed": unparsed or [],
        },
    }


def package(name: str = "flask", version: str = "1.0", **members: Any) -> Document:
    """Make a solved package of a document's tree."""
    return {
        "package_name": name,
        "package_version": version,
        "package_version_requested": version,
        "index_url": PYPI,
        "dependencies": [],
        "importlib_metadata": {"metadata": {"Metadata-Version": "2.1", "Name": name, "Version": version}},
        "package_license": copy.deepcopy(MIT),
        "packages": [],
        "sha256": [],
        **members,
    }


def described(name: str = "flask", version: str = "1.0", **metadata: Any) -> Document:
    """Make a solved package with core metadata; in the names of keys ``_`` stands for ``-``."""
    keys = {key.replace("_", "-"): value for key, value in metadata.items()}
    return package(name, version, importlib_metadata={"metadata": keys})


def dependency(name: str = "werkzeug", *versions: str, **members: Any) -> Document:
    """Make a dependency of a package, resolved to versions."""
    return {
        "package_name": name,
        "required_version": ">=0.1",
        "marker": None,
        "marker_evaluation_result": True,
        "extra": [],
        "resolved_versions": [{"index": PYPI, "versions": list(versions or ("0.15",))}],
        **members,
    }


def failure(name: str = "flask", version: str | None = "1.0", **members: Any) -> Document:
    """Make a solver's error."""
    return {"package_name": name, "package_version": version, "index_url": PYPI, "type": "command_error", **members}


def full_document(**metadata: Any) -> Document:
    """Make a document that puts a row into every table that solver documents fill."""
    keys = {
        "Metadata-Version": "2.1",
        "Name": "Flask",
        "Version": "1.0",
        "Summary": "A microframework",
        "Classifier": ["Framework :: Flask", "Programming Language :: Python"],
        "Platform": ["any"],
        "Supported-Platform": ["RedHat 8.3"],
        "Requires-External": ["libpng (>=1.5)"],
        "Project-URL": ["Source, https://github.com/pallets/flask"],
        "Provides-Extra": ["dotenv"],
        "Requires-Dist": ["Werkzeug (>=0.14)"],
        "Provides-Dist": ["flask-core"],
        "Obsoletes-Dist": ["flask-old"],
    }
    solved = package(
        importlib_metadata={"metadata": keys},
        sha256=["11" * 32, "22" * 32],
        packages=["flask", "flask.json"],
        dependencies=[
            dependency("Werkzeug", "0.14", "0.15"),
            dependency("python-dotenv", "0.19", extra=["dotenv"], marker="extra == 'dotenv'"),
        ],
    )
    return solver_document(
        solved,
        errors=[failure("broken", "2.0"), failure("gone", "9.0", is_provided_package_version=False)],
        unresolved=[{"package_name": "lost", "version_spec": "===3.0", "index_url": PYPI}],
        unparsed=[{"requirement": "odd name===0.1", "details": "Invalid requirement"}],
        **metadata,
    )


def entity(name: str = "flask", version: str | None = "1.0", index_url: str | None = PYPI) -> Entity:
    return Entity(name, version, index_url)


def version(name: str = "flask", version: str | None = "1.0", index_url: str | None = PYPI) -> Version:
    return Version(entity(name, version, index_url), RHEL_8)
