"""Fixtures of the tests of documents."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from thoth_storages.ephemeral import Server


@pytest.fixture
def other_connection(postgres: Server, migrated_template: NoopExecutor) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a second new database with the current schema, to compare the one of ``connection`` with."""
    name = f"thoth_test_{os.getpid()}_other"
    conninfo = postgres.create_database(name, migrated_template.template_dbname)
    with psycopg.connect(conninfo, autocommit=True) as connected:
        yield connected
    postgres.drop_database(name)
