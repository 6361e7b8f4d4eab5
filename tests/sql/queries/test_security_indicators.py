"""Which package versions the security indicators have analysed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, YESTERDAY, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

OTHER = "https://index.example.com/simple"
RHEL: dict[str, Any] = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}


class TestAnalyzed:
    """get_si_analyzed_python_package_versions_all and its number."""

    @pytest.fixture
    def analyzed(self, rows: Rows) -> None:
        """Two runs on flask in one environment, one in another, one on numpy that failed, and a version without any."""
        flask = rows.version("flask", "1.0")
        rows.security_indicators(flask, "security-indicator-1")
        rows.security_indicators(flask, "security-indicator-2")
        rows.security_indicators(rows.version("flask", "1.0", **RHEL), "security-indicator-3")
        rows.security_indicators(rows.version("numpy", "1.0", index_url=OTHER), "security-indicator-4", error=True)
        rows.version("pytest", "1.0")

    @pytest.mark.usefixtures("analyzed")
    def test_a_version_stands_there_for_every_environment_that_was_analysed(
        self, connection: psycopg.Connection
    ) -> None:
        expected = [("flask", "1.0", PYPI), ("flask", "1.0", PYPI), ("numpy", "1.0", OTHER)]
        assert queries.get_si_analyzed_python_package_versions_all(connection) == expected
        assert queries.get_si_analyzed_python_package_versions_count_all(connection) == 3

    @pytest.mark.usefixtures("analyzed")
    def test_distinct_leaves_one_of_each(self, connection: psycopg.Connection) -> None:
        expected = [("flask", "1.0", PYPI), ("numpy", "1.0", OTHER)]
        assert queries.get_si_analyzed_python_package_versions_all(connection, distinct=True) == expected
        assert queries.get_si_analyzed_python_package_versions_count_all(connection, distinct=True) == 2

    def test_without_runs_there_is_nothing(self, connection: psycopg.Connection, rows: Rows) -> None:
        rows.version("flask", "1.0")
        assert queries.get_si_analyzed_python_package_versions_all(connection) == []
        assert queries.get_si_analyzed_python_package_versions_count_all(connection) == 0


class TestUnanalyzed:
    """get_si_unanalyzed_python_package_versions_all and its number."""

    @pytest.fixture
    def versions(self, rows: Rows) -> None:
        """Versions with and without runs, sources, an enabled index."""
        rows.version("new", "1.0")
        rows.version("new", "1.0", **RHEL)
        rows.version("new", "1.0", index_url=OTHER)
        rows.version("wheel-only", "1.0", provides_source_distro=False)
        rows.security_indicators(rows.version("fine", "1.0"), "security-indicator-1")
        failed = rows.version("failed", "1.0")
        rows.security_indicators(failed, "security-indicator-2", error=True)
        rows.security_indicators(failed, "security-indicator-3", error=True)
        repeated = rows.version("repeated", "1.0")
        rows.security_indicators(repeated, "security-indicator-4", error=True)
        rows.security_indicators(repeated, "security-indicator-5")
        rows.index("https://disabled.example.com/simple", enabled=False)
        rows.version("new", "1.0", index_url="https://disabled.example.com/simple")
        rows.version("new", "1.0", index_url=None)

    @pytest.mark.usefixtures("versions")
    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({}, [("new", "1.0", OTHER), ("new", "1.0", PYPI)]),
            ({"distinct": False}, [("new", "1.0", OTHER), ("new", "1.0", PYPI), ("new", "1.0", PYPI)]),
            ({"provides_source_distro": False}, [("wheel-only", "1.0", PYPI)]),
            ({"si_error": True}, [("failed", "1.0", PYPI)]),
            ({"si_error": True, "provides_source_distro": False}, []),
        ],
        ids=str,
    )
    def test_versions_without_a_run_are_unanalysed_or_with_failed_runs_only(
        self, connection: psycopg.Connection, filters: dict[str, Any], expected: list[tuple[str, str, str]]
    ) -> None:
        assert queries.get_si_unanalyzed_python_package_versions_all(connection, randomize=False, **filters) == expected
        filters = {"distinct": True, **filters}
        assert queries.get_si_unanalyzed_python_package_versions_count_all(connection, **filters) == len(expected)

    @pytest.mark.usefixtures("versions")
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            (None, 3),
            (PYPI, 2),
            ("https://pypi.python.org/simple", 2),
            (OTHER, 1),
            ("https://disabled.example.com/simple", 0),
            ("https://unknown.example.com/simple", 0),
        ],
    )
    def test_the_number_may_be_that_of_one_index(
        self, connection: psycopg.Connection, url: str | None, expected: int
    ) -> None:
        assert queries.get_si_unanalyzed_python_package_versions_count_all(connection, url) == expected

    def test_a_run_on_one_environment_analyses_the_version_in_all(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        rows.version("flask", "1.0", **RHEL)
        rows.security_indicators(rows.version("flask", "1.0"))
        assert queries.get_si_unanalyzed_python_package_versions_all(connection) == []
        assert queries.get_si_unanalyzed_python_package_versions_count_all(connection) == 0

    def test_before_the_first_run_every_version_is_unanalysed(self, connection: psycopg.Connection, rows: Rows) -> None:
        rows.version("flask", "1.0")
        assert queries.get_si_unanalyzed_python_package_versions_all(connection) == [("flask", "1.0", PYPI)]
        assert queries.get_si_unanalyzed_python_package_versions_all(connection, si_error=True) == []

    @pytest.mark.usefixtures("versions")
    @pytest.mark.parametrize("filters", [{}, {"si_error": True}, {"provides_source_distro": False}], ids=str)
    def test_random_pages_are_drawn_from_what_fits_and_leave_nothing_out(
        self, connection: psycopg.Connection, filters: dict[str, Any]
    ) -> None:
        fitting = queries.get_si_unanalyzed_python_package_versions_all(connection, randomize=False, **filters)
        drawn = [
            queries.get_si_unanalyzed_python_package_versions_all(connection, count=1, **filters) for _ in range(60)
        ]
        # one of two is never drawn once in 10^17 runs
        assert {package for (package,) in drawn} == set(fitting)

    def test_a_random_page_holds_a_version_once_whatever_its_environments(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        for environment in ({}, RHEL):
            for number in range(20):
                rows.version("zict", f"{number}.0", **environment)
        page = queries.get_si_unanalyzed_python_package_versions_all(connection, start_offset=5, count=10)
        assert len(set(page)) == len(page) == 10
        assert queries.get_si_unanalyzed_python_package_versions_all(connection, start_offset=20) == []
        last = queries.get_si_unanalyzed_python_package_versions_all(connection, start_offset=18, count=10)
        assert len(set(last)) == len(last) == 2

    @pytest.mark.parametrize("distinct", [False, True])
    def test_the_order_is_random_unless_told_otherwise(
        self, connection: psycopg.Connection, rows: Rows, distinct: bool
    ) -> None:
        for number in range(25):
            rows.version("zict", f"{number}.0")
        answers = [
            queries.get_si_unanalyzed_python_package_versions_all(connection, distinct=distinct) for _ in range(3)
        ]
        assert sorted(answers[0]) == sorted(answers[1]) == sorted(answers[2])
        # three of 25! orders are equal once in 10^50 runs
        assert not answers[0] == answers[1] == answers[2]


class TestAggregated:
    """si_aggregated_document_id_exists, si_aggregated_python_package_version_exists and what was counted."""

    @pytest.fixture(autouse=True)
    def runs(self, rows: Rows) -> None:
        """Two runs on flask of PyPI in two environments, the older one stored last; one on each of its neighbours."""
        first, last = YESTERDAY, YESTERDAY + dt.timedelta(days=1)
        later = rows.version("flask", "1.0", **RHEL)
        rows.security_indicators(later, "si-flask-later", datetime=last, severity_high_confidence_low=2)
        rows.security_indicators(rows.version("flask", "1.0"), "si-flask", datetime=first, number_of_python_files=7)
        newest = {"datetime": last + dt.timedelta(days=1)}
        rows.security_indicators(rows.version("flask", "1.1"), "si-version", total_number_of_lines=3, **newest)
        elsewhere = rows.version("flask", "1.0", index_url=OTHER)
        rows.security_indicators(elsewhere, "si-index", total_number_of_lines=4, error=True, **newest)
        rows.version("click", "1.0")

    @pytest.mark.parametrize(("document_id", "exists"), [("si-flask", True), ("si-", False), ("", False)])
    def test_a_document_exists_when_it_was_synced(
        self, connection: psycopg.Connection, document_id: str, exists: bool
    ) -> None:
        assert queries.si_aggregated_document_id_exists(connection, document_id) is exists

    @pytest.mark.parametrize(
        ("version", "counts"),
        [
            (("Flask", "01.0", "https://pypi.python.org/simple"), {"severity_high_confidence_low": 2}),
            (("flask", "1.1", PYPI), {"total_number_of_lines": 3}),
            (("flask", "1.0", OTHER), {"total_number_of_lines": 4, "error": True}),
        ],
    )
    def test_the_latest_run_on_that_very_version_is_answered(
        self, connection: psycopg.Connection, version: tuple[str, str, str], counts: dict[str, int]
    ) -> None:
        answer = queries.get_si_aggregated_python_package_version(connection, *version)
        assert {name: value for name, value in answer.items() if value} == counts
        assert queries.si_aggregated_python_package_version_exists(connection, *version) is True

    def test_every_count_is_answered_and_whether_the_run_failed(self, connection: psycopg.Connection) -> None:
        columns = connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'si_aggregated_run'::regclass AND attnum > 0"
        )
        expected = {name for (name,) in columns} - {"id", "datetime", "si_aggregated_run_document_id"}
        assert set(queries.get_si_aggregated_python_package_version(connection, "flask", "1.0", PYPI)) == expected

    @pytest.mark.parametrize(
        "version",
        [
            ("click", "1.0", PYPI),
            ("flask", "2.0", PYPI),
            ("flask", "1.1", OTHER),
            ("flask", "1.0", "https://no.example.com"),
        ],
    )
    def test_a_version_without_a_run_is_not_found(
        self, connection: psycopg.Connection, version: tuple[str, str, str]
    ) -> None:
        assert queries.si_aggregated_python_package_version_exists(connection, *version) is False
        with pytest.raises(NotFoundError):
            queries.get_si_aggregated_python_package_version(connection, *version)

    def test_of_runs_at_the_same_moment_the_one_stored_last_counts(
        self, connection: psycopg.Connection, rows: Rows
    ) -> None:
        click = rows.version("click", "1.0")
        for number in (1, 2, 3):
            rows.security_indicators(click, f"si-click-{number}", total_number_of_files=number)
        answer = queries.get_si_aggregated_python_package_version(connection, "click", "1.0", PYPI)
        assert answer["total_number_of_files"] == 3
