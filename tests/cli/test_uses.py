"""``sql uses`` and ``sql grants``: what the queries depend on, told without a server."""

from __future__ import annotations

import json

import psycopg
import pytest

from tests.cli.calling import call, succeed
from thoth_storages.sql.checking.contract import read_all_contracts
from thoth_storages.sql.checking.grants import grants


def test_the_queries_that_touch_a_table_are_listed_with_what_they_do() -> None:
    lines = succeed("sql", "uses", "cve").splitlines()
    assert lines[0].split() == ["query", "does"]
    assert "_insert_cve                   reads, inserts" in lines
    assert "get_python_cve_records_count  reads" in lines


def test_the_queries_that_touch_a_column_are_fewer() -> None:
    of_table = json.loads(succeed("sql", "uses", "depends_on", "--output", "json"))
    of_column = json.loads(succeed("sql", "uses", "depends_on.marker", "--output", "json"))
    assert {"name": "get_python_environment_marker", "does": ["reads"]} in of_column
    assert {each["name"] for each in of_column} < {each["name"] for each in of_table}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("depends_no", "no query touches depends_no; did you mean depends_on?"),
        ("depends_on.makrer", "no query touches depends_on.makrer; did you mean depends_on.marker?"),
        ("depend_on.marker", "no query touches depend_on.marker; did you mean depends_on?"),
        ("zzz", "no query touches zzz"),
    ],
)
def test_nothing_found_is_said_with_what_may_be_meant(name: str, said: str) -> None:
    result = call("sql", "uses", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{said}\n")


def test_nothing_found_is_an_empty_list_in_json() -> None:
    assert json.loads(call("sql", "uses", "zzz", "--output", "json").stdout) == []


def test_the_grants_are_a_script(connection: psycopg.Connection) -> None:
    script = succeed("sql", "grants", "--role", "some role")
    assert script == grants(read_all_contracts(), "some role") + "\n"
    with pytest.raises(psycopg.errors.UndefinedObject, match='role "some role" does not exist'):
        connection.execute(script.encode())


def test_the_grants_are_for_a_role() -> None:
    result = call("sql", "grants")
    assert result.exit_code == 2
    assert "Missing option '--role'" in result.stderr


def test_a_role_without_a_name_is_a_wrong_call() -> None:
    result = call("sql", "grants", "--role", "")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "a role has a name" in result.stderr
