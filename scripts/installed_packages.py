"""What is installed in this Python environment, as the documents that Thoth's solver would have written about it.

The solver installs one package version in a fresh environment and notes what it finds there: this reads the same from
an environment that exists already. What is needed of the machine is in ``Surroundings``, so that the rest is pure.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, distributions, packages_distributions
from pathlib import Path
from typing import Any

from packaging.markers import Marker, default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

INDEX_URL = "https://pypi.org/simple"

Document = dict[str, Any]

_UNDETECTED = "UNDETECTED"
_LONGEST_LICENSE = 100  # characters; some put the whole text of the license there
_SEVERAL = frozenset(
    {
        "Classifier",
        "Obsoletes-Dist",
        "Platform",
        "Project-URL",
        "Provides-Dist",
        "Provides-Extra",
        "Requires-Dist",
        "Requires-External",
        "Supported-Platform",
    }
)
_EXTRA = re.compile(r"""extra == "([^"]+)"|"([^"]+)" == extra""")


@dataclass(frozen=True)
class Surroundings:
    """What of a machine the documents depend on.

    Attributes:
        solver_name: ``solver-<os_name>-<os_version>-py<digits>``.
        platform: the operating system and the processor, say ``linux-x86_64``.
        metadata: what the metadata of a document says of the machine and of its Python.
        marker_environment: the values of the variables in environment markers, by name.
        installed: the installed versions by normalised package name.
        import_names: what can be imported, by normalised package name.
    """

    solver_name: str
    platform: str
    metadata: Document
    marker_environment: Mapping[str, str]
    installed: Mapping[str, str]
    import_names: Mapping[str, Sequence[str]]


def surroundings() -> Surroundings:
    """Look at this machine and this Python environment."""
    import_names: dict[str, list[str]] = {}
    for import_name, package_names in packages_distributions().items():
        for package_name in dict.fromkeys(map(canonicalize_name, package_names)):
            import_names.setdefault(package_name, []).append(import_name)
    return Surroundings(
        solver_name=solver_name(),
        platform=f"{sys.platform}-{platform.machine()}",
        metadata=machine_metadata(),
        marker_environment={name: str(value) for name, value in default_environment().items()},
        installed={canonicalize_name(found.name): found.version for found in installed_distributions()},
        import_names=import_names,
    )


def solver_name() -> str:
    """The name of a solver for this operating system and this Python, say ``solver-debian-12-py311``."""
    release = os_release()
    named = (release["id"].lower(), release.get("version_id", "rolling").lower())
    parts = (re.sub(r"[^a-z0-9._]", "_", part) for part in named)
    return f"solver-{'-'.join(parts)}-py{sys.version_info.major}{sys.version_info.minor}"


def os_release() -> dict[str, str]:
    """What the operating system says of itself, by the variables of ``os-release`` in small letters."""
    try:
        return {name.lower(): value for name, value in platform.freedesktop_os_release().items()}
    except OSError:  # not Linux
        return {"id": platform.system().lower(), "name": platform.system(), "version_id": platform.release()}


def machine_metadata() -> Document:
    """What the metadata of each document says of this machine and this Python."""
    release, python = os_release(), sys.version_info
    version = release.get("version_id", "")
    major, _, minor = version.partition(".")
    return {
        "distribution": {
            "codename": release.get("version_codename", ""),
            "id": release["id"],
            "like": release.get("id_like", ""),
            "version": version,
            "version_parts": {"build_number": "", "major": major, "minor": minor},
        },
        "hostname": platform.node(),
        "os_release": release,
        "python": {
            "api_version": sys.api_version,
            "implementation_name": sys.implementation.name,
            "major": python.major,
            "micro": python.micro,
            "minor": python.minor,
            "releaselevel": python.releaselevel,
            "serial": python.serial,
        },
    }


def installed_distributions() -> list[Distribution]:
    """The installed packages by name; of two versions of one package, that which is imported."""
    found: dict[str, Distribution] = {}
    for distribution in distributions():
        if {"Name", "Version"} <= set(distribution.metadata):  # what an interrupted installation leaves has neither
            found.setdefault(canonicalize_name(distribution.name), distribution)
    return [found[name] for name in sorted(found)]


def write_solver_documents(folder: Path, now: dt.datetime) -> list[Path]:
    """Write a document about each installed package as ``<document id>.json``.

    Args:
        folder: an existing folder.
        now: when that is said to have been found, in UTC.

    Returns:
        The files, by package name.
    """
    around = surroundings()
    written = []
    for distribution in installed_distributions():
        document = solver_document(distribution, around, now)
        path = folder / f"{document['metadata']['document_id']}.json"
        path.write_text(json.dumps(document, indent=2, sort_keys=True))
        written.append(path)
    return written


def solver_document(distribution: Distribution, around: Surroundings, now: dt.datetime) -> Document:
    """The document that says all that is known of an installed package."""
    pin = f"{distribution.name}==={distribution.version}"
    digest = hashlib.sha256(pin.encode()).hexdigest()[:16]
    requirements, unparsed = _read_requirements(distribution.requires or [])
    return {
        "metadata": {
            "analyzer": "thoth-solver",
            "analyzer_version": "1.11.0",
            "arguments": {"python": {"index": INDEX_URL, "no_transitive": True, "requirements": pin}},
            "datetime": now.isoformat(),
            "document_id": f"{around.solver_name}-{now:%y%m%d%H%M%S}-{digest}",
            "duration": 0,
            "thoth_deployment_name": None,
            "timestamp": int(now.replace(tzinfo=dt.UTC).timestamp()),
            **around.metadata,
        },
        "result": {
            "environment": dict(around.marker_environment),
            "environment_packages": [],
            "errors": [],
            "platform": around.platform,
            "tree": [_package(distribution, requirements, around)],
            "unparsed": unparsed,
            "unresolved": [],
        },
    }


def _read_requirements(lines: Iterable[str]) -> tuple[list[Requirement], list[Document]]:
    requirements, unparsed = [], []
    for line in lines:
        try:
            requirements.append(Requirement(line))
        except InvalidRequirement as error:
            unparsed.append({"requirement": line, "details": str(error)})
    return requirements, unparsed


def _package(distribution: Distribution, requirements: Iterable[Requirement], around: Surroundings) -> Document:
    record = distribution.read_text("RECORD")
    return {
        "package_name": distribution.name,
        "package_version": distribution.version,
        "package_version_requested": distribution.version,
        "index_url": INDEX_URL,
        "dependencies": [found for requirement in requirements for found in _dependencies(requirement, around)],
        "importlib_metadata": {"metadata": _core_metadata(distribution.metadata), "version": distribution.version},
        "package_license": _license(distribution.metadata),
        "packages": sorted(around.import_names.get(canonicalize_name(distribution.name), ())),
        # The archive that it came from is gone; RECORD, which holds the hash of each file, stands in for it.
        "sha256": [hashlib.sha256(record.encode()).hexdigest()] if record else [],
    }


def _dependencies(requirement: Requirement, around: Surroundings) -> Iterator[Document]:
    """What a requirement asks for, once for each extra that its marker names."""
    marker = requirement.marker
    extras = [left or right for left, right in _EXTRA.findall(str(marker))] if marker else []
    for extra in dict.fromkeys(extras) or [None]:
        yield {
            "package_name": requirement.name,
            "normalized_package_name": canonicalize_name(requirement.name),
            "required_version": str(requirement.specifier) or None,
            "extras": sorted(requirement.extras),
            "extra": [extra] if extra else [],
            "marker": str(marker) if marker else None,
            "marker_evaluation_result": _holds(marker, extra, around.marker_environment),
            "resolved_versions": [{"index": INDEX_URL, "versions": _resolve(requirement, around.installed)}],
        }


def _holds(marker: Marker | None, extra: str | None, environment: Mapping[str, str]) -> bool:
    return marker is None or marker.evaluate({**environment, "extra": extra or ""})


def _resolve(requirement: Requirement, installed: Mapping[str, str]) -> list[str]:
    version = installed.get(canonicalize_name(requirement.name))
    if version is None or not requirement.specifier.contains(version, prereleases=True):
        return []
    return [version]


def _core_metadata(metadata: PackageMetadata) -> Document:
    """The core metadata as the solver writes it: keys that may come several times hold lists."""
    return {key: metadata.get_all(key) if key in _SEVERAL else metadata[key] for key in dict.fromkeys(metadata)}


def _license(metadata: PackageMetadata) -> Document:
    expressions = metadata.get_all("License-Expression") or []
    classifiers = [text for text in metadata.get_all("Classifier") or [] if text.startswith("License :: ")]
    names = [*expressions, *(metadata.get_all("License") or []), *classifiers]
    fitting = (name.rpartition(" :: ")[2] for name in names if 0 < len(name) <= _LONGEST_LICENSE)
    return {
        "license": {
            "full_name": next(fitting, _UNDETECTED),
            "identifier_spdx": next(iter(expressions), _UNDETECTED),
            "identifier": expressions,
        },
        "license_version": _UNDETECTED,
        "warning": False,
    }
