"""The files of repositories in which Kebechet is installed, made by hand."""

from __future__ import annotations

from typing import Any

from tests.documents.making import PYPI, Document

SLUG = "acme/app"


def pipfile(**packages: Any) -> Document:
    """Make a Pipfile with these packages."""
    return {
        "packages": packages,
        "dev-packages": {},
        "requires": {"python_version": "3.8"},
        "source": [{"name": "pypi", "url": PYPI, "verify_ssl": True}],
    }


def pipfile_lock(**versions: str) -> Document:
    """Make a Pipfile.lock that pins these versions."""
    return {
        "_meta": {"sources": [{"name": "pypi", "url": PYPI, "verify_ssl": True}]},
        "default": {name: {"version": f"=={version}", "index": "pypi"} for name, version in versions.items()},
        "develop": {},
    }


def environment(name: str | None = "prod", **members: Any) -> Document:
    """Make a runtime environment of a configuration."""
    return {
        "name": name,
        "operating_system": {"name": "rhel", "version": "8"},
        "python_version": "3.8",
        "cuda_version": "11.2",
        **members,
    }


def configuration(*environments: Document, managers: tuple[str, ...] = ()) -> Document:
    """Make a configuration with these runtime environments and managers."""
    return {
        "host": "khemenu.thoth-station.ninja",
        "managers": [{"name": name, "configuration": {}} for name in managers],
        "runtime_environments": list(environments),
    }


def files(**others: Any) -> Document:
    """Make the arguments for a repository with all files; ``others`` replace some of them."""
    return {
        "slug": SLUG,
        "installation_id": "236796147",
        "requirements": pipfile(flask=">=1.0"),
        "requirements_lock": pipfile_lock(flask="1.0"),
        "thoth_config": configuration(environment(), environment("test", cuda_version=None), managers=("info",)),
        "runtime_environment_name": "prod",
        "private": False,
        **others,
    }
