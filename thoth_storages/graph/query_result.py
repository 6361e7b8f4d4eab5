"""The answer of a query that tells how many rows there are besides the page that was asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PythonQueryResult:
    """A page of numbers of versions by package name, and how many packages there are on all pages.

    >>> graph.get_python_package_versions_all_count(count=1)
    PythonQueryResult(result={'flask': 12}, count=4000)
    """

    result: dict[str, int]
    count: int
