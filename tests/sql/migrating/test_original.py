"""The original library goes on with a database that this one adopted: services move one by one."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.databases import contents, distinct
from tests.fix_original import make_original_schema
from tests.fix_original_library import RunOriginal
from tests.fix_postgres import fresh
from tests.shared import shared_file
from thoth_storages.ephemeral import Server
from thoth_storages.sql.migrating import migrate

MOST_OF_A_KIND = 3
"""How many documents of a kind are synced: the original takes a third of a second for each."""


@pytest.fixture
def other_database(postgres: Server) -> Iterator[str]:
    """The connection string of a second new database with the original's schema."""
    for conninfo in fresh(postgres):
        make_original_schema(conninfo)
        yield conninfo


def stream() -> list[dict[str, Any]]:
    """The first documents of each kind, and all calls of methods."""
    seen: Counter[str] = Counter()
    chosen = []
    with gzip.open(shared_file("conformance/documents.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for item in map(json.loads, lines):
            seen[item["kind"]] += 1
            if item["kind"] == "api" or seen[item["kind"]] <= MOST_OF_A_KIND:
                chosen.append(item)
    return chosen


def questions() -> list[dict[str, Any]]:
    """A recorded call of each method that reads, with all that it answers and plain arguments."""
    calls = {}
    with gzip.open(shared_file("conformance/calls.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for call in map(json.loads, lines):
            is_plain = '"__' not in json.dumps([call["args"], call["kwargs"]])
            if is_plain and call.get("result") and not (call["args"] or call.get("limited") or call.get("random")):
                calls[call["method"]] = {"method": call["method"], "kwargs": call["kwargs"]}
    return [{"kind": "api", "document": call} for call in calls.values()]


def said(conninfo: str) -> dict[str, set[str]]:
    """What the rows say, but for the dates that the original takes from the clock."""
    with psycopg.connect(conninfo) as connection:
        connection.execute("UPDATE cve SET aggregated_at = NULL")
        connection.execute("UPDATE kebechet_github_installations SET last_run = '2022-01-01'")
        return distinct(contents(connection))


def test_it_syncs_into_an_adopted_database_what_it_syncs_into_its_own(
    alembic_database: str, other_database: str, run_original: RunOriginal
) -> None:
    items = stream()
    migrate(alembic_database)
    assert run_original(alembic_database, items) == run_original(other_database, items)
    assert said(alembic_database) == said(other_database)


def test_it_reads_from_an_adopted_database_what_it_reads_from_its_own(
    unadopted_database: str, postgres: Server, unadopted_template: str, run_original: RunOriginal
) -> None:
    asked = questions()
    assert len(asked) > 50
    migrate(unadopted_database)
    for own in fresh(postgres, unadopted_template):
        assert run_original(unadopted_database, asked) == run_original(own, asked)
