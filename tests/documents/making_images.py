"""Analyses of container images made by hand."""

from __future__ import annotations

from typing import Any

from tests.documents.making import Document
from tests.documents.writing import Connection
from thoth_storages.documents.image_analysis import image_analysis_rows
from thoth_storages.documents.image_analysis_writer import write_image_analysis_results

ANALYSIS_ID = "package-extract-220106085041-0123456789abcdef"
IMAGE = "quay.io/thoth-station/s2i-thoth-ubi8-py310:v1.0.0"
SITE = "/opt/app-root/lib/python3.10/site-packages"
EMPTY_FILE = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
PACKAGE_EXTRACT = "thoth-package-extract"
LONG = "x" * 10_000


def analysis_document(
    result: Document | None = None,
    *,
    image: str = IMAGE,
    arguments: Document | None = None,
    verbose: bool = False,
    **metadata: Any,
) -> Document:
    """Make an analysis of an image of the service's own, RHEL with nothing in it.

    ``result`` replaces members of the result, ``arguments`` those of the metadata that the analyser was called with,
    and ``metadata`` those of the document's own.
    """
    called_with = {"environment_type": "runtime", "is_external": False, "origin": None} | (arguments or {})
    return {
        "metadata": {
            "analyzer": PACKAGE_EXTRACT,
            "analyzer_version": "1.3.0",
            "arguments": {
                "extract-image": {"image": image, "timeout": None},
                PACKAGE_EXTRACT: {"verbose": verbose, "metadata": called_with},
            },
            "datetime": "2022-01-06T11:21:26.759528",
            "document_id": ANALYSIS_ID,
            "duration": 62,
            **metadata,
        },
        "result": {
            "operating-system": {"id": "rhel", "version_id": "8.5"},
            "layers": ["11" * 32, "22" * 32],
            **(result or {}),
        },
    }


def rpm_package(name: str = "zlib", *dependencies: str, **members: Any) -> Document:
    """Make an RPM package."""
    return {
        "name": name,
        "version": "1.2.11",
        "release": "13.el8",
        "epoch": None,
        "arch": "x86_64",
        "src": False,
        "package_identifier": f"{name}-1.2.11-13.el8.x86_64",
        "dependencies": list(dependencies),
        **members,
    }


def debian_package(name: str = "libc6", **members: Any) -> Document:
    """Make a Debian package; relations are given as lists of ``named(…)``, ``pre_depends`` for ``pre-depends``."""
    relations = {key.replace("_", "-"): value for key, value in members.items()}
    lists: Document = {"pre-depends": [], "depends": [], "replaces": []}
    return {"name": name, "version": "2.31-1", "epoch": None, "arch": "amd64", **lists, **relations}


def named(name: str, version: str | None = None) -> Document:
    """Make what a Debian package says of another."""
    return {"name": name, "version": version}


def python_package(name: str = "flask", version: str | None = "1.0", location: str = SITE) -> Document:
    """Make an installed Python package."""
    return {"package_name": name, "package_version": version, "location": location}


def full_analysis(**options: Any) -> Document:
    """Make an analysis that puts a row into every table that analyses fill; ``options`` as for analysis_document."""
    return analysis_document(
        {
            "cuda-version": {"nvcc_version": "11.2", "/usr/local/cuda/version.txt": "11.2"},
            "image_size": 6_000_000_000,
            "skopeo-inspect": {
                "Env": [
                    "PATH=/usr/bin",
                    "THOTH_S2I_NAME=quay.io/thoth-station/s2i-thoth-ubi8-py310",
                    "THOTH_S2I_VERSION=1.0.0",
                    "IMAGE_NAME=s2i-thoth-ubi8-py310",
                    "IMAGE_TAG=v1.0.0",
                ]
            },
            "rpm-dependencies": [rpm_package("zlib", "libc.so.6", "rpmlib(X) <= 4"), rpm_package("glibc", "bash")],
            "deb-dependencies": [
                debian_package(
                    "libc6",
                    pre_depends=[named("dpkg", ">= 1.0")],
                    depends=[named("libgcc-s1"), named("libcrypt1", ">= 1:4.4")],
                    replaces=[named("libc6-amd64", "<< 2.0"), named("libc6-i386")],
                ),
                debian_package("bash", depends=[named("libgcc-s1")]),
            ],
            "python-packages": [python_package("Flask"), python_package("click", "8.0")],
            "python-files": [
                {"filepath": f"{SITE}/flask/__init__.py", "sha256": EMPTY_FILE},
                {"filepath": f"{SITE}/click/__init__.py", "sha256": EMPTY_FILE},
                {"filepath": f"{SITE}/click/api.py", "sha256": "ab" * 32},
            ],
            "python-interpreters": [
                {"path": "/usr/bin/python3.10", "link": "/usr/bin/python3", "version": "Python 3.10.1"},
                {"path": "/usr/bin/python", "link": None, "version": None},
            ],
            "system-symbols": {"/lib64/libc.so.6": ["GLIBC_2.2.5", "GLIBC_2.17"], "/lib64/libz.so.1": ["ZLIB_1.2"]},
        },
        **options,
    )


def numbered_analysis(number: int, **options: Any) -> Document:
    """Make a full analysis with an id of its own, and with some contents of its own beside those that all have."""
    document = full_analysis(
        document_id=f"package-extract-220106085041-{number:016x}",
        image=f"quay.io/acme/app-{number % 5}-py38:v{number}",
        arguments={"is_external": number % 2 == 0},
        **options,
    )
    result = document["result"]
    result["rpm-dependencies"].append(rpm_package(f"rpm-{99 - number}", "bash", f"needs-{99 - number}"))
    result["deb-dependencies"].append(
        debian_package(f"deb-{99 - number}", **{kind: [named(f"d-{99 - number}")] for kind in _RELATIONS})
    )
    result["python-packages"].append(python_package(f"package-{99 - number}"))
    result["python-files"].append({"filepath": f"/{number}.py", "sha256": f"{99 - number:064x}"})
    result["python-interpreters"].append({"path": f"/usr/bin/python-{99 - number}"})
    result["system-symbols"][f"/lib64/lib{99 - number}.so"] = ["ONE_1.0", f"ONE_{number}.0"]
    return document


_RELATIONS = ("pre-depends", "depends", "replaces")


def write(connection: Connection, *documents: Document) -> None:
    """Write analyses in one transaction."""
    with connection.transaction():
        write_image_analysis_results(connection, [image_analysis_rows(document) for document in documents])
