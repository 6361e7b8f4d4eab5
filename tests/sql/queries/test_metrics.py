"""What monitoring asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg

from tests.fix_rows import YESTERDAY, Rows
from thoth_storages import queries
from thoth_storages.sql.migrating.files import created

Connection = psycopg.Connection[Any]

MADE_AT = YESTERDAY.replace(tzinfo=dt.UTC).timestamp()
KINDS = [
    "adviser",
    "dependency-monkey",
    "inspection",
    "package-extract",
    "provenance-checker",
    "security-indicators",
    "solver",
]


def documents(connection: Connection) -> dict[str, tuple[int, float | None]]:
    return {kind: (number, newest) for kind, number, newest in queries._get_synced_document_counts(connection)}


class TestRows:
    def test_every_table_is_there(self, connection: Connection) -> None:
        assert set(queries._get_estimated_row_counts(connection)) >= set(created("TABLE"))

    def test_a_table_that_was_analyzed_has_the_rows_that_were_found(self, connection: Connection, rows: Rows) -> None:
        for number in range(30):
            rows.index(f"https://{number}.example.com")
        connection.execute("ANALYZE python_package_index")
        assert queries._get_estimated_row_counts(connection)["python_package_index"] == 30

    def test_a_table_that_never_was_has_those_that_were_counted(self, connection: Connection, rows: Rows) -> None:
        for number in range(30):
            rows.index(f"https://{number}.example.com")
        # else the server counts when the session is idle for a while
        connection.execute("SELECT pg_stat_force_next_flush()")
        assert queries._get_estimated_row_counts(connection)["python_package_index"] == 30
        assert queries._get_estimated_row_counts(connection)["solved"] == 0


class TestConnections:
    def test_are_counted_by_application_and_by_what_they_do(self, database: str, connection: Connection) -> None:
        with (
            psycopg.connect(database, application_name="adviser") as idle,
            psycopg.connect(database, application_name="adviser") as other,
        ):
            idle.execute("SELECT 1")
            other.execute("SELECT 1")
            counts = queries._get_connection_counts(connection)
        assert counts["adviser", "idle in transaction"] == 2
        assert counts["", "active"] == 1

    def test_of_other_databases_are_left_out(self, connection: Connection, other_connection: Connection) -> None:
        assert sum(queries._get_connection_counts(connection).values()) == 1


class TestDocuments:
    def test_of_every_kind_are_counted_where_there_are_none(self, connection: Connection) -> None:
        assert documents(connection) == dict.fromkeys(KINDS, (0, None))

    def test_of_solvers_count_once_whatever_they_solved(self, connection: Connection, rows: Rows) -> None:
        for name in ("flask", "werkzeug"):
            rows.solved(rows.version(name), "solver-1")
        later = YESTERDAY + dt.timedelta(days=1)
        rows.solved(rows.version("click"), "solver-2", datetime=later)
        assert documents(connection)["solver"] == (2, MADE_AT + 86400)

    def test_of_inspections_count_by_result_once_they_are_synced(self, connection: Connection, rows: Rows) -> None:
        rows.inspection("inspection-1", 0)
        rows.inspection("inspection-1", 1)
        rows.inspection("inspection-2", 0, inspection_sync_state="PENDING", datetime=None)
        assert documents(connection)["inspection"] == (2, MADE_AT)

    def test_of_the_other_kinds_are_told_apart(self, connection: Connection, rows: Rows) -> None:
        rows.adviser_run("adviser-1")
        rows.adviser_run("adviser-2")
        rows.image_analysis("package-extract-1")
        rows.security_indicators(rows.version("flask"))
        found = documents(connection)
        assert {kind: number for kind, (number, _) in found.items() if number} == {
            "adviser": 2,
            "package-extract": 1,
            "security-indicators": 1,
        }
        assert found["adviser"][1] == found["package-extract"][1] == MADE_AT
