"""Metrics of what is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric

from .. import __version__
from ..sql import migrating


def library() -> Iterator[Metric]:
    """Tell the library's version, and the newest migration that it knows."""
    yield InfoMetricFamily(
        "thoth_storages",
        "The library, and the newest migration that it knows.",
        value={"version": __version__, "migration": migrating.head()},
    )
    yield schema_version("library", "The number of the newest migration that the library knows.", migrating.head())


def schema_version(of: str, description: str, migration: str) -> Metric:
    """Write the number of a migration: what its name begins with, or 0 where that is none."""
    digits = re.match(r"\d+", migration)
    number = int(digits.group()) if digits else 0
    return GaugeMetricFamily(f"thoth_storages_{of}_schema_version", description, value=number)
