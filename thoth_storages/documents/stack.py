"""Software stacks, as documents hold them: a Pipfile, and a Pipfile.lock, each as the object that it is when parsed.

The format of both is Pipenv's: https://github.com/pypa/pipfile. Of the packages only those of the default group count;
what a stack needs for its development isn't part of what runs.
"""

from __future__ import annotations

from typing import NamedTuple

from ..normalize import normalize_index_url, normalize_package_name, normalize_package_version
from .fields import Section
from .rows import Entity
from .solver_name import Environment

DEFAULT_INDEX_URL = "https://pypi.org/simple"
"""Where Pipenv installs from when a Pipfile.lock doesn't say."""

_PIN = "=="


class Requirement(NamedTuple):
    """A line of a Pipfile."""

    name: str
    version_range: str
    develop: bool
    index_url: str | None


class ExternalStack(NamedTuple):
    """A user's stack, which is what its two files hold; either file may be missing."""

    requirements: frozenset[Requirement] | None
    locked: frozenset[Entity] | None


class Stack(NamedTuple):
    """A stack that was advised or inspected; its locked versions were solved in the environment."""

    software_stack_type: str
    performance_score: float | None
    overall_score: float | None
    requirements: frozenset[Requirement] | None
    locked: frozenset[Entity]
    environment: Environment | None


def read_requirements(pipfile: Section | None) -> frozenset[Requirement] | None:
    """Read the lines of a Pipfile; None where there is no file."""
    if pipfile is None:
        return None
    packages = pipfile.absent_section("packages")
    sources = _read_sources(pipfile, "source")
    names = [] if packages is None else packages.key_names()
    return frozenset(_read_requirement(packages, name, sources) for name in names if packages is not None)


def read_locked(pipfile_lock: Section | None) -> frozenset[Entity] | None:
    """Read the package versions that a Pipfile.lock pins; None where there is no file."""
    if pipfile_lock is None:
        return None
    packages = pipfile_lock.section("default")
    meta = pipfile_lock.absent_section("_meta")
    sources = {} if meta is None else _read_sources(meta, "sources")
    return frozenset(_read_pin(packages.section(name), name, sources) for name in packages.key_names())


def _read_sources(section: Section, name: str) -> dict[str, str]:
    if name not in section:
        return {}
    # Indexes are kept as solvers name them, without a slash at the end; people write one.
    return {
        source.text("name"): normalize_index_url(source.text("url").rstrip("/")) for source in section.sections(name)
    }


def _read_requirement(packages: Section, name: str, sources: dict[str, str]) -> Requirement:
    index_url = None
    if packages.holds_text(name):
        version_range = packages.long_text(name)
    else:
        entry = packages.section(name)
        version_range, index_url = entry.long_text("version"), _read_index_url(entry, sources)
        if version_range is None:
            raise entry.refusal("version", "a version range, as only packages of an index can be stored,")
    return Requirement(normalize_package_name(name), version_range or "*", False, index_url)


def _read_pin(entry: Section, name: str, sources: dict[str, str]) -> Entity:
    version = entry.text("version")
    if not version.startswith(_PIN):
        raise entry.refusal("version", f"a pinned version, {_PIN}…,")
    return Entity(
        normalize_package_name(name),
        normalize_package_version(version.removeprefix(_PIN).strip()),
        _read_index_url(entry, sources) or DEFAULT_INDEX_URL,
    )


def _read_index_url(entry: Section, sources: dict[str, str]) -> str | None:
    name = entry.optional_text("index")
    if name is None:
        return None
    if name not in sources:
        raise entry.refusal("index", f"the name of a source ({', '.join(sources) or 'there is none'})")
    return sources[name]
