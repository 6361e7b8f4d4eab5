"""Fixtures for the machine of named queries: catalogs of a few lines, and databases, bare or migrated, to run on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

from thoth_storages.sql.catalog import Catalog

# The same examples in every run: a test that fails can be run again; and a slow machine is no failure.
hypothesis.settings.register_profile("project", database=None, deadline=None, derandomize=True)
hypothesis.settings.load_profile("project")

Load = Callable[..., Catalog]
Connection = psycopg.Connection[Any]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A function that writes files of queries and loads them: a text as ``queries.sql``, or several by their names."""

    def load(text: str | None = None, **files: str) -> Catalog:
        if text is not None:
            files["queries"] = text
        for name, content in files.items():
            path = tmp_path.joinpath(*name.split("__")).with_suffix(".sql")
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return Catalog(tmp_path)

    return load


@pytest.fixture
def bare(empty_database: str) -> Iterator[Connection]:
    """A connection to a database without any table, which commits each statement by itself."""
    with psycopg.connect(empty_database, autocommit=True) as connected:
        yield connected


@pytest.fixture
def connected(database: str) -> Iterator[Connection]:
    """A connection to a migrated database, which commits each statement by itself."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection
