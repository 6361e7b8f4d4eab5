"""The least privileges of a role: with them it runs every query, and each of them is needed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import psycopg
import pytest

from tests.sql.checking.proving import run_everything
from thoth_storages.sql.checking.contract import read_all_contracts
from thoth_storages.sql.checking.facts.prepared import is_utility
from thoth_storages.sql.checking.grants import grants
from thoth_storages.sql.checking.subject import Checked, Subject
from thoth_storages.sql.checking.uses import uses

ROLE = f"thoth_test_{os.getpid()}_reader"
CONTRACTS = read_all_contracts()
WAYS = {"SELECT": "reads", "INSERT": "inserts", "UPDATE": "updates", "DELETE": "deletes"}
GRANT = re.compile(r'GRANT (SELECT|INSERT|UPDATE|DELETE)(?: \((.*)\))? ON "(\w+)" TO')


@pytest.fixture(scope="module")
def granted(package: Checked) -> Iterator[Checked]:
    """The package's queries, on a database with a role that has what the script grants."""
    connection = package.session.connection
    connection.execute(f'CREATE ROLE "{ROLE}"')
    connection.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")
    connection.execute(grants(CONTRACTS, ROLE))
    yield package
    connection.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO PUBLIC")
    connection.execute(f'DROP OWNED BY "{ROLE}"; DROP ROLE "{ROLE}"')


def test_the_role_can_run_every_query(granted: Checked) -> None:
    assert sum(1 for _ in run_everything(granted, ROLE)) > 500


def privileges() -> list[tuple[str, str, str | None]]:
    """What the script grants on tables: privilege, table, and column where it is granted column by column."""
    found = []
    for privilege, columns, table in GRANT.findall(grants(CONTRACTS, ROLE)):
        names = re.findall(r'"(\w+)"', columns) or [None]
        found += [(privilege, table, name) for name in names if table != "_yoyo_migration"]
    return found


def users(package: Checked, privilege: str, table: str, column: str | None) -> Iterator[Subject]:
    """The queries that touch a table: first those that say to need just this privilege, then the others."""
    contracts, way = CONTRACTS, WAYS[privilege]
    queries = {query.qualified_name: query for query in package.queries}
    first = [name for name, ways in uses(contracts, table, column).items() if way in ways]
    yield from (queries[name] for name in dict.fromkeys([*first, *uses(contracts, table)]))


def test_without_any_of_the_privileges_a_query_fails(granted: Checked) -> None:
    """A plan is refused like the query: the server looks at privileges when it begins to run a plan, or to show it."""
    connection = granted.session.connection
    connection.execute("SET plan_cache_mode = force_generic_plan")
    names = {query: f"thoth_test_{number}" for number, query in enumerate(granted.queries)}
    for query, name in names.items():
        if not is_utility(query.variants[0].text):
            connection.execute(f"PREPARE {name} AS {query.variants[0].text}")
    try:
        needless = [each for each in privileges() if not _is_needed(granted, names, *each)]
    finally:
        for query, name in names.items():
            if not is_utility(query.variants[0].text):
                connection.execute(f"DEALLOCATE {name}")
        connection.execute("RESET plan_cache_mode")
    assert needless == []


def _is_needed(granted: Checked, names: dict[Subject, str], privilege: str, table: str, column: str | None) -> bool:
    connection = granted.session.connection
    what = f'{privilege} ("{column}")' if column else privilege
    with connection.transaction(force_rollback=True):
        connection.execute(f'REVOKE {what} ON "{table}" FROM "{ROLE}"; SET LOCAL ROLE "{ROLE}"')
        return any(_fails(granted, query, names[query]) for query in users(granted, privilege, table, column))


def _fails(granted: Checked, query: Subject, name: str) -> bool:
    text = query.variants[0].text
    nulls = ", ".join(["NULL"] * len(query.variants[0].names))
    connection = granted.session.connection
    try:
        with connection.transaction():
            connection.execute(text if is_utility(text) else f"EXPLAIN EXECUTE {name}{f'({nulls})' if nulls else ''}")
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def test_the_script_takes_away_what_the_role_had_before(granted: Checked) -> None:
    connection = granted.session.connection
    with connection.transaction(force_rollback=True):
        connection.execute(f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{ROLE}"')
        connection.execute(re.sub(r"^(BEGIN|COMMIT);", "", grants(CONTRACTS, ROLE), flags=re.MULTILINE))
        rows = connection.execute("SELECT has_table_privilege(%s, 'cve', 'TRUNCATE')", (ROLE,)).fetchall()
    assert rows == [(False,)]


def test_the_schema_of_the_database_can_be_told_by_the_role(granted: Checked) -> None:
    connection = granted.session.connection
    with connection.transaction(force_rollback=True):
        connection.execute(f'SET LOCAL ROLE "{ROLE}"')
        assert connection.execute("SELECT migration_id FROM _yoyo_migration ORDER BY applied_at_utc").fetchall()


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        ({"reads": {"a": ["y", "x"]}}, ['GRANT SELECT ("x", "y") ON "a"']),
        ({"reads": {"other.a": ["x"]}}, ['GRANT SELECT ("x") ON "other"."a"']),
        ({"reads": {"a": []}}, ['GRANT SELECT ON "a"']),
        ({"reads": {"a": ["x"]}, "updates": {"a": []}}, ['GRANT SELECT ("x") ON "a"', 'GRANT UPDATE ("x") ON "a"']),
        ({"deletes": ["a"]}, ['GRANT DELETE ON "a"']),
        ({"locks": {"a": "SHARE"}}, ['GRANT UPDATE ON "a"']),
        ({"deletes": ["a"], "locks": {"a": "SHARE"}}, ['GRANT DELETE ON "a"']),
        ({"locks": {"a": "ROW SHARE"}}, []),
        ({"locks": {"pg_advisory_xact_lock": "ADVISORY"}}, []),
        ({"sequences": ["a_id_seq"]}, ["GRANT USAGE ON SEQUENCE a_id_seq"]),
        ({"functions": ["f(text)"]}, ["GRANT EXECUTE ON FUNCTION f(text)"]),
    ],
)
def test_each_need_is_a_grant(contract: dict[str, object], expected: list[str]) -> None:
    lines = grants({"get": contract}, 'the "role"').split("\n")
    found = [line for line in lines if line.startswith("GRANT") and "_yoyo" not in line and "SCHEMA" not in line]
    assert found == [f'{line} TO "the ""role""";' for line in expected]
