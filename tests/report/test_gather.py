"""A report with all its parts, also where some can't be had."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages.report import Report, gather
from thoth_storages.report.model import Tone

Connection = psycopg.Connection[Any]

PARTS = [
    "Over time",
    "Synced documents",
    "Sizes",
    "Bloat",
    "Slow queries",
    "Index use",
    "Schema",
    "Backups",
]


def problems(report: Report) -> dict[str, str]:
    return {section.title: section.problem for section in report.sections if section.problem}


@pytest.fixture
def filled(connection: Connection, rows: Rows) -> Connection:
    rows.solved(rows.version("flask", "1.0"), datetime=dt.datetime(2022, 1, 1))
    return connection


def test_it_has_every_part_and_what_matters_most_at_the_top(filled: Connection) -> None:
    report = gather(filled, title="The state", now=dt.datetime(2022, 1, 2, 3, 4, tzinfo=dt.UTC))
    assert [section.title for section in report.sections] == PARTS
    assert report.made.startswith("Made on 2022-01-02 at 03:04 UTC by thoth-storages ")
    assert [fact.label for fact in report.facts] == [
        "Schema",
        "Packages",
        "Package versions",
        "Errors of solvers",
        "Newest document",
        "Database",
        "Bloat, estimated",
        "Newest backup",
    ]
    assert problems(report).keys() == {"Slow queries", "Backups"}


def test_an_empty_database_is_reported_with_what_to_do(empty_database: str) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        report = gather(connection, title="The state")
    said = problems(report)
    assert said.keys() == {"Over time", "Synced documents", "Slow queries", "Backups"}
    assert said["Over time"] == (
        "This can't be told: the database lacks relation \"solved\", which 'thoth-storages db migrate' makes."
    )
    assert report.facts[0].value == "there is none"


@pytest.mark.parametrize(("stage", "said", "tone"), [("pre", "newer", Tone.WARNING), ("post", "too new", Tone.BAD)])
def test_a_newer_schema_is_told(filled: Connection, stage: str, said: str, tone: Tone) -> None:
    filled.execute("INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '9999.later')")
    filled.execute("INSERT INTO _yoyo_checksum (migration_id, sha256, stage) VALUES ('9999.later', '', %s)", (stage,))
    (fact,) = (fact for fact in gather(filled, title="The state").facts if fact.label == "Schema")
    assert (fact.value, fact.tone) == (said, tone)


def test_a_role_that_may_not_read_gets_the_parts_that_it_may(filled: Connection) -> None:
    filled.execute("SET ROLE pg_read_all_stats")
    said = problems(gather(filled, title="The state"))
    assert said["Over time"] == "This can't be told: permission denied for table solved."
    assert not said.keys() & {"Sizes", "Index use"}


def test_a_store_that_cannot_be_reached_leaves_the_rest(filled: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KEY_ID", "SECRET_KEY", "BUCKET", "BUCKET_PREFIX"):
        monkeypatch.setenv(f"THOTH_CEPH_{name}", "secret-value")
    monkeypatch.setenv("THOTH_DEPLOYMENT_NAME", "test")
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("THOTH_S3_RETRIES", "0")
    said = problems(gather(filled, title="The state"))
    assert said.keys() == {"Slow queries", "Backups"}
    assert "127.0.0.1:1" in said["Backups"]
    assert "secret-value" not in said["Backups"].replace("secret-value/", "")


def test_a_connection_that_is_lost_on_the_way_makes_a_report_that_says_so(filled: Connection) -> None:
    filled.close()
    report = gather(filled, title="The state")
    assert [section.title for section in report.sections] == PARTS
    assert problems(report)["Sizes"] == "This can't be told: the connection is closed."
