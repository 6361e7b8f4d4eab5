"""``thoth-storages doctor``."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest

from tests.cli.calling import call, succeed
from tests.fix_postgres import PointTo
from thoth_storages.doctor import known_checks


def test_every_check_has_a_line(database: str, connection: psycopg.Connection[Any], point_to: PointTo) -> None:
    connection.execute("ANALYZE")
    point_to(database)
    lines = succeed("doctor").splitlines()
    assert [line.split()[1] for line in lines] == list(known_checks())
    assert {line.split()[0] for line in lines} <= {"OK", "UNKNOWN"}


def test_a_failure_ends_it_with_3_and_says_what_helps(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    result = call("doctor", "connection", "schema")
    connection, schema, remedy = result.stdout.splitlines()
    assert result.exit_code == 3
    assert connection.startswith("OK       connection  database ")
    assert schema == "FAIL     schema      the database holds no schema"
    assert remedy == "                     → run 'thoth-storages db migrate'"


def test_a_warning_is_no_failure(database: str, connection: psycopg.Connection[Any], point_to: PointTo) -> None:
    for name in ("once_idx", "again_idx"):
        connection.execute(f"CREATE INDEX {name} ON adviser_run (datetime)".encode())
    point_to(database)
    assert succeed("doctor", "duplicate-indexes").startswith("WARN ")


def test_programs_get_json(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    result = call("doctor", "schema", "invalid-indexes", "--output", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout) == [
        {
            "check": "schema",
            "status": "FAIL",
            "said": "the database holds no schema",
            "remedy": "run 'thoth-storages db migrate'",
        },
        {"check": "invalid-indexes", "status": "OK", "said": "none", "remedy": None},
    ]


def test_a_database_that_is_not_there_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_HOST", "127.0.0.1")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PORT", "1")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PASSWORD", "s3cr3t")
    result = call("doctor", "--output", "json")
    assert result.exit_code == 3
    assert [each["check"] for each in json.loads(result.stdout)] == list(known_checks())
    assert "s3cr3t" not in result.output


def test_a_check_that_there_is_not_is_a_wrong_call() -> None:
    result = call("doctor", "weather")
    assert result.exit_code == 2
    assert "there is no check 'weather'; there are connection, server-version, " in " ".join(result.stderr.split())


def test_the_help_names_every_check() -> None:
    text = " ".join(succeed("doctor", "--help").split())
    assert [name for name in known_checks() if name not in text] == []
    assert "The exit code is 3 when one of them is FAIL." in text
