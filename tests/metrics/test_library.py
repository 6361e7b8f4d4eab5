"""Metrics of what is installed."""

from __future__ import annotations

import pytest

import thoth_storages
from tests.metrics.reading import samples_of
from thoth_storages.metrics.library import library, schema_version
from thoth_storages.sql import migrating


def test_the_version_and_the_newest_migration_are_told() -> None:
    head = migrating.head()
    assert samples_of(library()) == {
        f'info{{migration="{head}",version="{thoth_storages.__version__}"}}': 1,
        "library_schema_version": int(head.split(".")[0]),
    }


@pytest.mark.parametrize(("migration", "number"), [("0036.adviser-indexes", 36), ("0100.x", 100), ("of-another", 0)])
def test_the_number_of_a_migration_is_what_its_name_begins_with(migration: str, number: int) -> None:
    assert samples_of([schema_version("database", "said", migration)]) == {"database_schema_version": number}
