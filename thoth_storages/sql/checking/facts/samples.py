"""One value of each type, for parameters of queries and for columns of rows: where both are equal, they match."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import psycopg

_TYPE = """
SELECT
  type.typcategory::text,
  type.typelem::bigint,
  pg_catalog.format_type(type.oid, NULL),
  (SELECT array_agg(label.enumlabel::text ORDER BY label.enumsortorder)
   FROM pg_catalog.pg_enum AS label
   WHERE label.enumtypid = type.oid)
FROM pg_catalog.pg_type AS type
WHERE type.oid = %s
"""
# pg_type.typcategory → what the type reads as a value
_VALUES = {"N": "1", "S": "x", "B": "true", "D": "2020-01-01", "T": "1 day", "U": "{}"}


@dataclass(frozen=True)
class Values:
    """Which of a type's few values is meant, where it has few."""

    is_true: bool = True
    label: int = 0
    """Which label of an enumeration, from 0; it begins again after the last."""


class Samples:
    """Writes values of a type as SQL, each type's always the same."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        """Use a connection, of whose catalog the types are asked."""
        self._connection = connection
        self._type = lru_cache(maxsize=None)(self._read_type)

    def name(self, type_oid: int) -> str:
        """Name a type as SQL does, ``integer[]``."""
        return self._type(type_oid)[2]

    def value(self, type_oid: int, values: Values = Values()) -> str:
        """Write the value of a type, cast to it."""
        category, element, name, labels = self._type(type_oid)
        if category == "A" and element:
            return f"ARRAY[{self.value(element, values)}]::{name}"
        if category == "B":
            return str(values.is_true).lower()
        text = labels[values.label % len(labels)] if labels else _VALUES.get(category, "x")
        return f"'{text}'::{name}"

    def null(self, type_oid: int) -> str:
        """Write what stands for nothing: NULL, or a list of it."""
        category, element, name, _ = self._type(type_oid)
        return f"ARRAY[NULL]::{name}" if category == "A" and element else f"NULL::{name}"

    def number_of_values(self, type_oid: int) -> int | None:
        """Answer how many values a boolean or an enumeration has, None for other types."""
        category, _, _, labels = self._type(type_oid)
        return 2 if category == "B" else len(labels) if labels else None

    def is_enumeration(self, type_oid: int) -> bool:
        """Whether a type is an enumeration, or a list of one."""
        _, element, _, labels = self._type(type_oid)
        return bool(labels) or (bool(element) and self.is_enumeration(element))

    def _read_type(self, type_oid: int) -> tuple[str, int, str, list[str] | None]:
        row = self._connection.execute(_TYPE, (type_oid,)).fetchone()
        assert row is not None
        category, element, name, labels = row
        return category, element, name, labels
