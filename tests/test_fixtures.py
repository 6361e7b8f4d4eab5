"""The fixtures: what each test gets, and that tests meet neither each other nor anybody's database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.fix_postgres import DSN_VARIABLE, PREFIX, PointTo
from thoth_storages import GraphDatabase
from thoth_storages.ephemeral import BINDIR_VARIABLE, Cluster, Server
from thoth_storages.sql.migrating import SchemaState, head, schema_state

ROOT = Path(__file__).resolve().parents[1]


def _names(server: Server) -> set[str]:
    with psycopg.connect(server.conninfo(server.maintenance_dbname)) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


class TestADatabase:
    def test_that_is_empty_has_no_table(self, empty_database: str) -> None:
        with psycopg.connect(empty_database) as connection:
            assert schema_state(connection) is SchemaState.EMPTY

    def test_has_the_current_schema(self, connection: psycopg.Connection) -> None:
        assert schema_state(connection) is SchemaState.CURRENT

    @pytest.mark.parametrize("_", range(2))
    def test_is_new_for_each_test(self, connection: psycopg.Connection, _: int) -> None:
        statement = (
            "INSERT INTO python_package_index (url, verify_ssl, enabled) VALUES ('https://example.com', TRUE, TRUE)"
        )
        assert connection.execute("SELECT count(*) FROM python_package_index").fetchone() == (0,)
        assert connection.execute(statement).rowcount == 1

    def test_of_the_original_holds_its_rows_in_the_current_schema(self, original_database: str) -> None:
        with psycopg.connect(original_database) as connection:
            assert schema_state(connection) is SchemaState.CURRENT
            assert connection.execute("SELECT count(*) > 1000 FROM depends_on").fetchone() == (True,)

    def test_carries_the_reserved_prefix(self, postgres: Server, database: str, empty_database: str) -> None:
        for conninfo in (database, empty_database):
            assert psycopg.conninfo.conninfo_to_dict(conninfo)["dbname"].startswith(PREFIX)  # type: ignore[union-attr]
        usual = {"postgres", "template0", "template1"}
        ours = {name for name in _names(postgres) - usual if f"_{os.getpid()}_" in name}
        assert len(ours) >= 3


class TestTheGraph:
    def test_is_connected_to_a_new_database(self, graph: GraphDatabase) -> None:
        assert graph.is_connected()
        assert graph.is_schema_up2date()
        assert graph.get_table_alembic_version_head() == head()

    def test_variables_can_name_another_database(self, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        assert os.environ["KNOWLEDGE_GRAPH_DATABASE"].startswith(PREFIX)
        assert os.environ["KNOWLEDGE_GRAPH_HOST"]


class TestTheEnvironment:
    def test_names_nobodys_servers_and_repositories(self) -> None:
        strange = [name for name in os.environ if name.startswith(("KNOWLEDGE_GRAPH_", "THOTH_", "PG", "GIT_"))]
        assert set(strange) <= {BINDIR_VARIABLE}


def _run_tests(*tests: str, **variables: str) -> str:
    """The last line of a pytest that runs some tests of this module, which all must pass."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *(f"{__file__}::{test}" for test in tests),
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(command, cwd=ROOT, env=environment | variables, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()[-1]


class TestANamedServer:
    def test_is_used_and_left_as_it_was(self, cluster: Cluster, tmp_path: Path) -> None:
        cluster.create_database("precious")
        before = _names(cluster)
        # With no programs there can be no other server than the one that is named.
        variables = {DSN_VARIABLE: cluster.conninfo("postgres"), BINDIR_VARIABLE: str(tmp_path)}
        tests = ("TestADatabase::test_has_the_current_schema", "TestADatabase::test_is_new_for_each_test")
        assert _run_tests(*tests, **variables).startswith("3 passed")
        assert _names(cluster) == before

    def test_is_not_taken_from_variables_of_others(self) -> None:
        astray = {"PGHOSTADDR": "192.0.2.1", "PGPORT": "1", "KNOWLEDGE_GRAPH_HOST": "192.0.2.1", "GIT_DIR": "precious"}
        tests = ("TestTheEnvironment", "TestADatabase::test_has_the_current_schema")
        assert _run_tests(*tests, **astray).startswith("2 passed")
