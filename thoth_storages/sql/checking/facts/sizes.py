"""How large the tables are where the queries run: ``table_sizes.toml``, which DBAs edit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ....exceptions import QueryError

SIZES = Path(__file__).parents[1] / "table_sizes.toml"
"""The sizes that come with the package."""

_KEYS = ("large", "others", "rows", "distinct")


@dataclass(frozen=True)
class Sizes:
    """How many rows each table has, and how many different values some of its columns hold."""

    large: int
    """From how many rows on a table isn't to be read as a whole."""
    others: int
    """The rows of a table that isn't listed."""
    rows: Mapping[str, int]
    distinct: Mapping[str, int]
    """The different values of a column, written as ``table.column``."""

    def of(self, table: str) -> int:
        """Answer how many rows a table has."""
        return self.rows.get(table, self.others)

    def is_large(self, table: str) -> bool:
        """Whether a table isn't to be read as a whole."""
        return self.of(table) >= self.large


def read_sizes(path: Path = SIZES) -> Sizes:
    """Read the sizes of a file; raises QueryError, which names it, for what it can't mean."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise QueryError(f"{path}: this isn't TOML: {error}") from error
    if unknown := [key for key in found if key not in _KEYS]:
        raise QueryError(f"{path}: unknown key {unknown[0]!r}; keys are {', '.join(_KEYS)}")
    return Sizes(
        _number(path, found, "large"),
        _number(path, found, "others"),
        {name: _number(path, found.get("rows", {}), name) for name in found.get("rows", {})},
        {name: _number(path, found.get("distinct", {}), name) for name in found.get("distinct", {})},
    )


def _number(path: Path, values: Mapping[str, Any], key: str) -> int:
    value = values.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise QueryError(f"{path}: {key} takes a number of rows, 1 or more, not {value!r}")
    return value
