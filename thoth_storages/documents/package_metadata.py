"""The core metadata of a Python package, as a solver's document holds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .fields import Section
from .rows import Metadata

Columns = tuple[str, ...]


class PackageMetadata(NamedTuple):
    """What a document says of a package, told apart by where it is stored."""

    columns: Metadata
    values: tuple[tuple[str, Columns], ...]
    """``(kind, value)`` for each value of the keys that may have several, see MetadataValue."""
    unknown: tuple[str, ...]
    """The keys that aren't of the core metadata, for which there is no place."""


def read_package_metadata(section: Section) -> PackageMetadata:
    """Read all metadata of a package.

    Keys are taken in any case and with hyphens or underscores; where two spellings of one key meet, the first text and
    all listed values are kept. Since core metadata 2.4 the license is an expression under a key of its own; it is read
    as the license where that is absent.
    """
    columns: dict[str, str] = {}
    values: dict[tuple[str, Columns], None] = {}
    unknown: list[str] = []
    for key in section.names():
        name = key.lower().replace("-", "_")
        if name in _SEVERAL:
            kind, split = _SEVERAL[name]
            values.update(((kind, split(text)), None) for text in section.prose_list(key))
        elif name in _SINGLE:
            if (text := section.prose(key)) is not None:
                columns.setdefault(name, text)
        elif name not in _LEFT_OUT:
            unknown.append(key)
    if (expression := columns.pop(_LICENSE_EXPRESSION, None)) is not None:
        columns.setdefault("license", expression)
    return PackageMetadata(Metadata(**columns), tuple(values), tuple(unknown))


_LICENSE_EXPRESSION = "license_expression"
_SINGLE = (*Metadata._fields, _LICENSE_EXPRESSION)
# What core metadata knows up to version 2.5, and the graph has never had: there is nothing to tell a user about it.
# https://packaging.python.org/en/latest/specifications/core-metadata/
_LEFT_OUT = (
    "dynamic",
    "import_name",
    "import_namespace",
    "license_file",
    "obsoletes",
    "provides",
    "requires",
)


def _one_column(text: str) -> Columns:
    return (text,)


def _url_and_label(text: str) -> Columns:
    """Split ``label, url``; a text without a comma is all URL, with an empty label, so that nothing is lost."""
    label, comma, url = text.partition(",")
    return (url.strip(), label.strip()) if comma else (text.strip(), "")


def _distribution(relation: str) -> Callable[[str], Columns]:
    return lambda text: (text, relation)


_SEVERAL: dict[str, tuple[str, Callable[[str], Columns]]] = {
    "classifier": ("classifier", _one_column),
    "platform": ("platform", _one_column),
    "supported_platform": ("supported_platform", _one_column),
    "requires_external": ("requires_external", _one_column),
    "project_url": ("project_url", _url_and_label),
    "provides_extra": ("provides_extra", _one_column),
    "requires_dist": ("distutils", _distribution("REQUIRED")),
    "provides_dist": ("distutils", _distribution("PROVIDED")),
    "obsoletes_dist": ("distutils", _distribution("OBSOLETE")),
}
