"""How many rows the tables hold, and what performance indicators measured."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import queries
from thoth_storages.documents.performance_indicators import INDICATORS
from thoth_storages.sql.migrating.files import created

Connection = psycopg.Connection[Any]

# Tables that the original counts among neither the things nor the relations.
UNCOUNTED = {
    "advised",
    "adviser_run",
    "external_python_requirements",
    "inspection_run",
    "provenance_checker_run",
    "python_package_version_entity_rule",
    "python_package_version_entity_rules_association",
    "python_requirements",
    "python_requirements_lock",
    "python_software_stack",
}


class TestTables:
    def test_an_empty_graph_has_zeros(self, connection: Connection) -> None:
        assert set(queries.get_main_table_count(connection).values()) == {0}
        assert set(queries.get_relation_table_count(connection).values()) == {0}
        assert set(queries.get_performance_table_count(connection).values()) == {0}

    def test_the_kinds_of_tables_share_none(self, connection: Connection) -> None:
        kinds = [
            set(queries.get_main_table_count(connection)),
            set(queries.get_relation_table_count(connection)),
            set(queries.get_performance_table_count(connection)),
        ]
        assert set.union(*kinds) | UNCOUNTED == set(created("TABLE")), "count a new table in table_count.sql"
        assert sum(map(len, kinds)) + len(UNCOUNTED) == len(created("TABLE"))

    def test_each_number_is_its_own_tables(self, connection: Connection, rows: Rows) -> None:
        rows.depends_on(rows.version("flask"), "click")
        rows.depends_on(rows.version("flask"), "jinja2")
        rows.found_rpm(rows.image_analysis(), "bash")
        things = {name: number for name, number in queries.get_main_table_count(connection).items() if number}
        assert things == {
            "package_extract_run": 1,
            "python_package_index": 1,
            "python_package_version": 1,
            "python_package_version_entity": 3,
            "rpm_package_version": 1,
        }
        relations = {name: number for name, number in queries.get_relation_table_count(connection).items() if number}
        assert relations == {"depends_on": 2, "found_rpm": 1}

    @pytest.mark.parametrize("name", ["get_main_table_count", "get_relation_table_count"])
    def test_a_name_stands_for_the_table_that_was_counted(self, original_database: str, name: str) -> None:
        with psycopg.connect(original_database) as original:
            counts = getattr(queries, name)(original)
            expected = {
                table: original.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # type: ignore[index]
                for table in counts
            }
        assert counts == expected
        assert all(counts.values())


class TestPerformanceIndicators:
    @pytest.fixture(autouse=True)
    def measured(self, rows: Rows) -> None:
        """Two components that were measured, and PyBench, which measures Python itself."""
        run = rows.inspection()
        rows.performance_indicator("pi_matmul", run, "tensorflow", elapsed=1.0)
        rows.performance_indicator("pi_matmul", run, "tensorflow", elapsed=2.0)
        rows.performance_indicator("pi_matmul", run, "pytorch")
        rows.performance_indicator("pi_conv2d", run, "tensorflow")
        rows.performance_indicator("pi_pybench", run, "python")

    @pytest.mark.parametrize(
        ("component", "counts"),
        [
            ("tensorflow", {"pi_conv1d": 0, "pi_conv2d": 1, "pi_matmul": 2}),
            ("pytorch", {"pi_conv1d": 0, "pi_conv2d": 0, "pi_matmul": 1}),
            ("python", {"pi_conv1d": 0, "pi_conv2d": 0, "pi_matmul": 0}),
            ("", {"pi_conv1d": 0, "pi_conv2d": 0, "pi_matmul": 0}),
        ],
    )
    def test_measurements_of_a_component_are_counted_by_indicator(
        self, connection: Connection, component: str, counts: dict[str, int]
    ) -> None:
        assert queries.get_pi_count(connection, component) == counts

    def test_a_component_is_named_once(self, connection: Connection) -> None:
        assert queries.get_pi_component_all(connection) == ["pytorch", "tensorflow"]

    def test_every_indicator_is_counted(self, connection: Connection) -> None:
        measured = {"pi_conv2d": 1, "pi_matmul": 3, "pi_pybench": 1}
        counts = {f"pi_{name.removeprefix('Pi').lower()}": 0 for name in INDICATORS}
        assert queries.get_performance_table_count(connection) == counts | measured
