"""``thoth-storages sql explain``: the plans of prepared statements."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest

from tests.cli.calling import call, succeed
from tests.cli.samples import sample_values
from tests.fix_postgres import PointTo
from tests.fix_rows import PYPI, Rows
from thoth_storages.cli.parameters import bound
from thoth_storages.cli.plans import explain
from thoth_storages.exceptions import QueryError
from thoth_storages.sql.checking.contract import read_all_contracts
from thoth_storages.sql.named import catalog
from thoth_storages.sql.query import Query
from thoth_storages.sql.source import read_text

Connection = psycopg.Connection[Any]

DEPENDS_ON = catalog["get_depends_on"]
INSERT = catalog["sync.insert_entities"]
NEW = {"package_names": ["new"], "package_versions": ["1.0"], "index_urls": [PYPI]}


def query_of(text: str) -> Query:
    return Query("get_it", read_text(text)[0], lambda connection, **parameters: [])


def entities(connection: Connection) -> int:
    row = connection.execute("SELECT COUNT(*) FROM python_package_version_entity").fetchone()
    assert row is not None
    return int(row[0])


def prepared(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM pg_prepared_statements WHERE from_sql")]


def test_a_custom_plan_knows_the_values(connection: Connection) -> None:
    plan = "\n".join(explain(connection, DEPENDS_ON, bound(DEPENDS_ON, {"package_name": "Flask"})))
    assert "(package_name = 'flask'::text)" in plan
    assert "$1" not in plan


def test_a_generic_plan_knows_none(connection: Connection) -> None:
    plan = "\n".join(explain(connection, DEPENDS_ON, bound(DEPENDS_ON, {"package_name": "Flask"}), generic=True))
    assert "(package_name = $1)" in plan
    assert "flask" not in plan


def test_only_lines_that_the_parameters_choose_are_planned(connection: Connection) -> None:
    few, many = (
        "\n".join(explain(connection, DEPENDS_ON, bound(DEPENDS_ON, {"package_name": "flask", **more})))
        for more in ({}, {"os_name": "rhel", "extras": frozenset({None, "it's"}), "is_missing": False})
    )
    for part in ("os_name = 'rhel'", "{NULL,it''s}", "NOT "):
        assert part not in few
        assert part in many


def test_analyzing_tells_what_was_read(connection: Connection) -> None:
    parameters = bound(DEPENDS_ON, {"package_name": "flask"})
    assert "actual time" in "\n".join(explain(connection, DEPENDS_ON, parameters, analyze=True))
    assert "actual time" not in "\n".join(explain(connection, DEPENDS_ON, parameters))


@pytest.mark.parametrize("generic", [False, True])
def test_what_a_query_writes_is_undone(connection: Connection, rows: Rows, generic: bool) -> None:
    rows.index(PYPI)
    before = entities(connection)
    plan = explain(connection, INSERT, bound(INSERT, NEW), generic=generic, analyze=True)
    assert "Insert on python_package_version_entity" in plan[0]
    assert "actual time" in plan[0]
    assert entities(connection) == before


def test_nothing_is_left_on_the_connection(connection: Connection) -> None:
    show = "SHOW plan_cache_mode"
    before = connection.execute(show).fetchone()
    explain(connection, DEPENDS_ON, bound(DEPENDS_ON, {"package_name": "flask"}), generic=True)
    assert prepared(connection) == []
    assert connection.execute(show).fetchone() == before
    assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_nothing_is_left_after_an_error_either(connection: Connection) -> None:
    query = query_of("-- name: get_it$\n-- params: number\n-- returns: it\nSELECT 1 / :number::int AS it;\n")
    with pytest.raises(psycopg.errors.DivisionByZero):
        explain(connection, query, {"number": 0}, generic=True, analyze=True)
    assert prepared(connection) == []
    assert connection.execute("SELECT 1").fetchone() == (1,)


def test_signs_of_percent_are_taken_as_they_are(connection: Connection) -> None:
    query = query_of("-- name: get_it$\n-- returns: it\nSELECT 7 % 4 || '%s %(it)s' AS it WHERE random() < 2;\n")
    assert explain(connection, query, {})[0].startswith("Result")


@pytest.mark.parametrize("is_full", [False, True], ids=["required", "everything"])
def test_every_query_that_has_a_plan_is_planned(connection: Connection, is_full: bool) -> None:
    refused = {}
    for name, query in catalog.items():
        try:
            plan = explain(connection, query, sample_values(query, is_full=is_full), as_json=True)
            assert plan[0]["Plan"]["Node Type"]
        except psycopg.DataError:
            continue  # the sample value is none of its type, an enum say
        except (psycopg.Error, QueryError) as error:
            refused[name] = str(error)
    assert {name: said for name, said in refused.items() if "has no plan" not in said} == {}


def test_a_statement_that_has_no_plan_is_refused_before_it_runs(database: str, point_to: PointTo) -> None:
    query = query_of("-- name: get_it!\nLOCK TABLE solved;\n")
    with psycopg.connect(database) as connection, pytest.raises(QueryError) as caught:
        explain(connection, query, {}, analyze=True)
    assert str(caught.value).startswith("get_it: LOCK has no plan")


def test_the_command_names_the_query_and_its_lines(database: str, point_to: PointTo) -> None:
    point_to(database)
    given = ["-p", "package_name=flask", "-p", "extras=null,gpu", "-p", "is_missing=no"]
    result = call("sql", "explain", "get_depends_on", *given)
    assert result.exit_code == 0
    assert result.stdout.startswith("get_depends_on: custom plan, with the lines of extras, is_missing\nUnique  (cost=")
    assert result.stderr.splitlines()[0].endswith("depends_on.sql:1")


def test_the_command_names_a_generic_plan(database: str, point_to: PointTo) -> None:
    point_to(database)
    shown = succeed("sql", "explain", "get_depends_on", "-p", "package_name=flask", "--generic", "--analyze")
    assert shown.startswith("get_depends_on: generic plan\nUnique  (cost=")
    assert "Execution Time: " in shown


def test_the_command_tells_programs(database: str, point_to: PointTo) -> None:
    point_to(database)
    given = ["-p", "package_name=flask", "-p", "os_name=rhel", "--output", "json"]
    shown = json.loads(succeed("sql", "explain", "get_depends_on", *given))
    assert (shown["name"], shown["with"]) == ("get_depends_on", ["os_name"])
    plan = shown["plan"][0]["Plan"]
    assert plan["Node Type"] == "Unique"
    assert shown["facts"]["cost"] == plan["Total Cost"]
    assert shown["contract"] == read_all_contracts()["get_depends_on"]


def test_the_command_shows_the_contract_below_the_plan(database: str, point_to: PointTo) -> None:
    point_to(database)
    plan, contract = succeed("sql", "explain", "get_depends_on", "-p", "package_name=flask").split("\n\n")
    assert plan.startswith("get_depends_on: custom plan\nUnique ")
    agreed = read_all_contracts()["get_depends_on"]
    for said in (f"at most {agreed['cost']} ", *agreed["indexes"], "package_version text null", "cardinality "):
        assert said in contract


@pytest.mark.parametrize(
    ("off", "said"),
    [
        (["seqscan"], ""),
        (
            ["indexscan", "bitmapscan"],
            "read whole, which the contract foresees for small tables only: "
            "depends_on, python_package_version, python_package_version_entity\n",
        ),
    ],
)
def test_the_command_says_which_large_tables_are_read_whole(
    database: str, point_to: PointTo, connection: Connection, off: list[str], said: str
) -> None:
    point_to(database)
    for kind in off:
        setting = f'ALTER DATABASE "{connection.info.dbname}" SET enable_{kind} = off'
        connection.execute(setting.encode())
    result = call("sql", "explain", "get_depends_on", "-p", "package_name=flask", "-p", f"index_url={PYPI}")
    assert result.stderr.partition("\n")[2] == said


def test_the_command_reaches_queries_of_a_folder(database: str, point_to: PointTo, connection: Connection) -> None:
    point_to(database)
    given = ["-p", "package_names=new,newer", "-p", "package_versions=1,null", "-p", "index_urls=null,null"]
    shown = succeed("sql", "explain", "sync.insert_entities", *given, "--analyze")
    assert shown.startswith("sync.insert_entities: custom plan\nInsert on python_package_version_entity")
    assert entities(connection) == 0


def test_behind_pgbouncer_no_statement_stays_behind(
    pgbouncer: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_to(pgbouncer)
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PREPARED_STATEMENTS", "0")
    for _ in range(3):
        assert succeed("sql", "explain", "get_depends_on", "-p", "package_name=flask")
        assert call("sql", "explain", "get_index_url_from_id", "-p", "package_index_id=-1", "--analyze").exit_code == 0
