"""``thoth-storages db``: migrating, and saying how far a database is."""

from __future__ import annotations

import json
import re
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.cli.calling import call, start, succeed
from tests.cli.terminal import open_terminal
from tests.fix_postgres import PointTo
from thoth_storages.ephemeral import Server
from thoth_storages.sql import migrating

KNOWN = [migration.id for migration in migrating.read_migrations()]


def name_of(conninfo: str) -> str:
    return str(conninfo_to_dict(conninfo)["dbname"])


def state() -> str:
    return str(json.loads(succeed("db", "status", "--output", "json"))["state"])


def test_migrating_names_what_it_applied(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    first, second = call("db", "migrate"), call("db", "migrate")
    assert (first.exit_code, first.stdout.split()) == (0, KNOWN)
    assert first.stderr == f"{len(KNOWN)} migrations applied to database {name_of(empty_database)!r}\n"
    assert (second.exit_code, second.stdout) == (0, "")
    assert second.stderr == f"0 migrations applied to database {name_of(empty_database)!r}\n"
    assert state() == "current"


def test_migrating_tells_programs_what_it_applied(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    assert json.loads(succeed("db", "migrate", "--output", "json")) == {"applied": KNOWN}
    assert json.loads(succeed("db", "migrate", "--output", "json")) == {"applied": []}


def test_migrating_creates_a_missing_database(postgres: Server, empty_database: str, point_to: PointTo) -> None:
    postgres.drop_database(name_of(empty_database))
    point_to(empty_database)
    assert state() == "missing"
    assert succeed("db", "migrate").split() == KNOWN
    assert state() == "current"


def test_a_failing_migration_is_shown_and_nothing_is_left(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("CREATE TABLE python_package_index (id integer PRIMARY KEY)")
    result = call("db", "migrate")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert "python_package_index" in result.stderr
    assert state() == "unmanaged"


def test_the_status_of_a_current_database_has_every_migration_with_its_time(database: str, point_to: PointTo) -> None:
    point_to(database)
    title, blank, columns, rule, *rows = succeed("db", "status").splitlines()
    parameters = conninfo_to_dict(database)
    assert (
        title == f"Database {parameters['dbname']!r} on {parameters['host']!r}, port {parameters['port']}: up to date"
    )
    assert (blank, columns.split("  ")[0], set(rule)) == ("", "MIGRATION", {"-", " "})
    assert [row.split()[0] for row in rows] == KNOWN
    assert all(re.fullmatch(r"\S+ +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row) for row in rows)


def test_the_status_for_programs(database: str, point_to: PointTo) -> None:
    point_to(database)
    status: dict[str, Any] = json.loads(succeed("db", "status", "--output", "json"))
    parameters = conninfo_to_dict(database)
    assert {key: status[key] for key in ("host", "port", "database", "state")} == {
        "host": parameters["host"],
        "port": str(parameters["port"]),
        "database": parameters["dbname"],
        "state": "current",
    }
    assert [each["id"] for each in status["migrations"]] == KNOWN
    assert all(re.match(r"\d{4}-\d\d-\d\dT", each["applied_at"]) for each in status["migrations"])
    assert all(each["known"] and each["checksum_matches"] for each in status["migrations"])


def test_an_empty_database_lacks_every_migration(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    result = call("db", "status")
    assert result.exit_code == 0
    assert ": empty, it holds no schema\n" in result.stdout
    assert result.stdout.count("not applied") == len(KNOWN)
    assert result.stderr == "'thoth-storages db migrate' brings the database to this library's schema\n"


@pytest.mark.parametrize(
    ("change", "said", "note"),
    [
        ("DELETE FROM _yoyo_migration WHERE migration_id = %(last)s", "older than this library needs", "not applied"),
        (
            "INSERT INTO _yoyo_migration (migration_hash, migration_id, applied_at_utc)"
            " VALUES ('x', '9999.later', now())",
            "newer than this library knows",
            "unknown to this library",
        ),
        (
            "WITH later AS (INSERT INTO _yoyo_checksum (migration_id, sha256, stage) VALUES ('9999.later', '', 'post'))"
            " INSERT INTO _yoyo_migration (migration_hash, migration_id, applied_at_utc)"
            " VALUES ('x', '9999.later', now())",
            "newer than this library can work with",
            "unknown to this library",
        ),
        (
            "UPDATE _yoyo_checksum SET sha256 = 'other' WHERE migration_id = %(last)s",
            "up to date",
            "its file was changed afterwards",
        ),
    ],
    ids=["older", "newer", "too new", "edited"],
)
def test_what_is_odd_about_a_migration_is_noted(
    database: str, point_to: PointTo, connection: psycopg.Connection[Any], change: str, said: str, note: str
) -> None:
    connection.execute(change.encode(), {"last": KNOWN[-1]})
    point_to(database)
    shown = succeed("db", "status")
    assert shown.splitlines()[0].endswith(f": {said}")
    assert shown.splitlines()[-1].endswith(note)


def test_a_missing_database_has_a_status_too(empty_database: str, point_to: PointTo) -> None:
    point_to(make_conninfo(empty_database, dbname="thoth_test_never_made"))
    shown = succeed("db", "status")
    assert shown.startswith("Database 'thoth_test_never_made' on ")
    assert ": there is no such database\n" in shown
    assert shown.count("not applied") == len(KNOWN)


def test_progress_is_drawn_on_a_terminal_only(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    with open_terminal() as terminal:
        ended = start("db", "migrate", stderr=terminal.descriptor)
    assert (ended.returncode, ended.stdout.split()) == (0, KNOWN)
    assert re.search(rf"{KNOWN[-1]} +\[#+\] +100%", terminal.screen)
    assert terminal.screen.endswith(f"{len(KNOWN)} migrations applied to database {name_of(empty_database)!r}\r\n")
