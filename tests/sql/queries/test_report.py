"""What a report shows of a deployment."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import queries
from thoth_storages.sql.migrating.files import created

Connection = psycopg.Connection[Any]

MONDAY, TUESDAY = dt.datetime(2022, 3, 7, 23, 59, 59), dt.datetime(2022, 3, 8)


@pytest.fixture
def solved(rows: Rows) -> Rows:
    """Three results of two documents on Monday, one on Tuesday of what was solved already."""
    flask, other = rows.version("flask", "2.0"), rows.version("flask", "2.1")
    unparseable = rows.version("django", "0", index_url=None)
    rows.solved(flask, "solver-1", datetime=MONDAY)
    rows.solved(other, "solver-1", datetime=MONDAY, error=True, error_unsolvable=True)
    rows.solved(unparseable, "solver-2", datetime=MONDAY, error=True, error_unparseable=True)
    rows.solved(flask, "solver-3", datetime=TUESDAY)
    return rows


class TestDocumentsByDay:
    def test_a_solver_document_is_counted_once_for_all_its_results(self, connection: Connection, solved: Rows) -> None:
        common = {"kind": "solver"}
        assert queries._get_documents_by_day(connection) == [
            {**common, "day": MONDAY.date(), "documents": 2, "errors": 2, "newest": MONDAY},
            {**common, "day": TUESDAY.date(), "documents": 1, "errors": 0, "newest": TUESDAY},
        ]

    def test_there_are_all_kinds_that_have_runs(self, connection: Connection, solved: Rows) -> None:
        solved.image_analysis(datetime=MONDAY, package_extract_error=True)
        solved.adviser_run(datetime=MONDAY, adviser_error=True)
        solved.security_indicators(solved.version("flask", "2.0"), datetime=MONDAY, error=True)
        solved.inspection(datetime=MONDAY)
        solved.add(
            "provenance_checker_run",
            provenance_checker_document_id="provenance-checker-1",
            datetime=MONDAY,
            provenance_checker_version="1.0",
            provenance_checker_name="checker",
            debug=False,
            provenance_checker_error=True,
            user_software_stack_id=solved.user_stack(),
        )
        solved.add(
            "dependency_monkey_run",
            dependency_monkey_document_id="dependency-monkey-1",
            datetime=MONDAY,
            dependency_monkey_name="monkey",
            dependency_monkey_version="1.0",
            decision="all",
            dependency_monkey_error=True,
        )
        found = {
            row["kind"]: (row["documents"], row["errors"])
            for row in queries._get_documents_by_day(connection)
            if row["day"] == MONDAY.date()
        }
        assert found == {
            "adviser": (1, 1),
            "dependency-monkey": (1, 1),
            "inspection": (1, 0),
            "package-extract": (1, 1),
            "provenance-checker": (1, 1),
            "security-indicators": (1, 1),
            "solver": (2, 2),
        }

    def test_inspections_that_were_only_asked_for_are_not_counted(self, connection: Connection, rows: Rows) -> None:
        rows.inspection(datetime=None)
        assert queries._get_documents_by_day(connection) == []


def test_results_of_solvers_by_day(connection: Connection, solved: Rows) -> None:
    assert queries._get_solver_results_by_day(connection) == [
        {"day": MONDAY.date(), "results": 3, "errors": 2, "unsolvable": 1, "unparseable": 1},
        {"day": TUESDAY.date(), "results": 1, "errors": 0, "unsolvable": 0, "unparseable": 0},
    ]


def test_a_package_is_new_once(connection: Connection, solved: Rows) -> None:
    later = solved.version("flask", "3.0")
    solved.solved(later, "solver-4", datetime=TUESDAY)
    # the same version in another environment
    solved.solved(solved.version("flask", "2.0", os_version="36"), "solver-5", datetime=TUESDAY)
    assert queries._get_new_packages_by_day(connection) == [
        {"day": MONDAY.date(), "packages": 2, "package_versions": 3},
        {"day": TUESDAY.date(), "packages": 0, "package_versions": 1},
    ]


def test_an_empty_graph_has_no_days(connection: Connection) -> None:
    assert queries._get_documents_by_day(connection) == []
    assert queries._get_solver_results_by_day(connection) == []
    assert queries._get_new_packages_by_day(connection) == []


def test_sizes_are_those_that_the_server_tells(connection: Connection, solved: Rows) -> None:
    connection.execute("VACUUM (ANALYZE) solved")
    found = {row["table_name"]: row for row in queries._get_table_sizes(connection)}
    assert set(created("TABLE")) <= set(found)
    statement = "SELECT pg_table_size('solved'), pg_indexes_size('solved')"
    assert connection.execute(statement).fetchone() == (
        found["solved"]["table_bytes"],
        found["solved"]["index_bytes"],
    )
    assert found["solved"]["rows"] == 4
    assert found["solved"]["vacuumed"] is not None
    assert found["solved"]["analyzed"] is not None
    assert found["cve"]["vacuumed"] is None


def test_the_largest_table_comes_first(connection: Connection) -> None:
    sizes = [row["table_bytes"] + row["index_bytes"] for row in queries._get_table_sizes(connection)]
    assert sizes == sorted(sizes, reverse=True)


def test_every_index_is_told_with_its_use(connection: Connection, solved: Rows) -> None:
    connection.execute("SET enable_seqscan = off")
    connection.execute("SELECT FROM python_package_index WHERE id = 1")
    connection.execute("SELECT pg_stat_force_next_flush()")
    connection.execute("SELECT pg_stat_clear_snapshot()")
    found = {row["index_name"]: row for row in queries._get_index_usage(connection)}
    key = found["python_package_index_pkey"]
    assert (key["table_name"], key["is_unique"], key["scans"] > 0) == ("python_package_index", True, True)
    assert found["depends_on_entity_id_idx"]["is_unique"] is False
    statement = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"
    assert connection.execute(statement).fetchone() == (len(found),)


def test_the_server_tells_its_version_and_since_when_it_runs(connection: Connection) -> None:
    found = queries._get_server(connection)
    assert found["version"].startswith(str(connection.info.server_version // 10_000))
    assert found["started"] < dt.datetime.now(dt.UTC)
    connection.execute("SELECT pg_stat_reset()")
    assert queries._get_server(connection)["counted_since"] is not None


def test_pg_stat_statements_is_looked_for_where_it_is(connection: Connection) -> None:
    assert queries._get_pg_stat_statements_schema(connection) is None
    connection.execute("CREATE SCHEMA tools")
    try:
        connection.execute("CREATE EXTENSION pg_stat_statements SCHEMA tools")
    except psycopg.errors.FeatureNotSupported as error:
        pytest.skip(f"needs the contrib modules of PostgreSQL: {error}")
    assert queries._get_pg_stat_statements_schema(connection) == "tools"
