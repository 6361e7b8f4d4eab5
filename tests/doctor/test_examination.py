"""How checks are run: all of them, whatever becomes of one."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from tests.fix_postgres import variables_of
from thoth_storages.doctor import Examination, Finding, Status, examination, examine, known_checks
from thoth_storages.exceptions import DatabaseError, DatabaseUnreachableError, SettingMissingError
from thoth_storages.settings import DatabaseSettings


@pytest.fixture
def examined(empty_database: str) -> Iterator[Examination]:
    with Examination(DatabaseSettings.from_environment(variables_of(empty_database))) as made:
        yield made


def raising(error: Exception) -> examination.Check:
    def check(examined: Examination) -> Finding:
        raise error

    return check


def well(examined: Examination) -> Finding:
    return Finding(Status.OK, "well")


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> dict[str, examination.Check]:
    """The checks that there are for a test."""
    checks: dict[str, examination.Check] = {}
    monkeypatch.setattr(examination, "known_checks", lambda: checks)
    return checks


def test_there_is_a_check_of_each_matter() -> None:
    assert list(known_checks()) == [
        "connection",
        "server-version",
        "schema",
        "pool",
        "missing-indexes",
        "invalid-indexes",
        "unused-indexes",
        "duplicate-indexes",
        "bloat",
        "amcheck",
        "free-space",
        "scratch-databases",
        "wraparound",
        "object-store",
        "database-clock",
        "object-store-clock",
    ]


def test_every_check_says_what_it_is_about() -> None:
    assert [name for name, check in known_checks().items() if not (check.__doc__ or "").startswith("Whether ")] == []


@pytest.mark.parametrize(
    ("error", "status", "said", "remedy"),
    [
        (DatabaseUnreachableError("gone"), Status.UNKNOWN, "there is no database to look at", "see the check"),
        (SettingMissingError("X isn't set"), Status.UNKNOWN, "X isn't set", ""),
        (DatabaseError("broken"), Status.FAIL, "broken", ""),
        (OSError("no disk"), Status.FAIL, "no disk", ""),
        (ValueError("no number"), Status.FAIL, "no number", ""),
        (errors.InsufficientPrivilege("not you"), Status.UNKNOWN, "not you", "pg_monitor"),
        (errors.UndefinedTable("no table"), Status.FAIL, "The database says: no table", ""),
        (psycopg.OperationalError("lost"), Status.UNKNOWN, "The database says: lost", ""),
    ],
)
def test_a_check_that_cannot_do_its_work_says_so_and_hides_no_other(
    only: dict[str, examination.Check],
    examined: Examination,
    error: Exception,
    status: Status,
    said: str,
    remedy: str,
) -> None:
    only |= {"broken": raising(error), "well": well}
    broken, sound = examine(examined)
    assert (broken.check, broken.status, broken.said) == ("broken", status, said)
    assert remedy in (broken.remedy or "")
    assert (sound.check, sound.status, sound.said, sound.remedy) == ("well", Status.OK, "well", None)


def test_only_those_that_are_named_run(only: dict[str, examination.Check], examined: Examination) -> None:
    only |= {"one": well, "two": well, "three": well}
    assert [result.check for result in examine(examined, ["three", "one"])] == ["three", "one"]


def test_a_connection_that_was_lost_is_made_anew(examined: Examination) -> None:
    first = examined.connection
    assert examined.connection is first
    with pytest.raises(psycopg.OperationalError):
        first.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert examined.connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_that_is_not_there_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = DatabaseSettings.from_environment({"KNOWLEDGE_GRAPH_HOST": "127.0.0.1", "KNOWLEDGE_GRAPH_PORT": "1"})
    with Examination(settings) as examined:
        results = {result.check: result for result in examine(examined)}
        monkeypatch.setattr("psycopg.connect", None)
        with pytest.raises(DatabaseUnreachableError):
            _ = examined.connection
    assert results["connection"].status is Status.FAIL
    assert "port 1" in results["connection"].said
    others = [
        result for name, result in results.items() if name not in ("connection", "object-store", "object-store-clock")
    ]
    assert {(result.status, result.said) for result in others} == {(Status.UNKNOWN, "there is no database to look at")}


def test_a_database_that_is_not_there_is_told(empty_database: str) -> None:
    settings = DatabaseSettings.from_environment(
        variables_of(empty_database) | {"KNOWLEDGE_GRAPH_DATABASE": "thoth_test_never"}
    )
    with Examination(settings) as examined:
        (result,) = examine(examined, ["connection"])
    assert result.status is Status.FAIL
    assert result.said.startswith("There is no database 'thoth_test_never' on host ")
    assert str(conninfo_to_dict(empty_database)["port"]) in result.said
