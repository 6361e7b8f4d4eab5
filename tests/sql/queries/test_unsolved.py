"""Package versions that are known, yet that no solver has seen."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries

OTHER = "https://index.example.com/simple"
FEDORA: dict[str, Any] = {"os_name": "fedora", "os_version": "35", "python_version": "3.10"}
UNSOLVED = [("flask", "2.0", PYPI), ("flask", "3.0", OTHER), ("flask", "3.0", PYPI), ("numpy", "1.0", PYPI)]
NEW_IN_RHEL = ("flask", "1.0", PYPI)

FILTERS: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({}, UNSOLVED),
    ({"package_name": "Flask"}, UNSOLVED[:3]),
    ({"package_version": "3.0"}, UNSOLVED[1:3]),
    ({"package_name": "flask", "package_version": "3.0", "index_url": PYPI}, UNSOLVED[2:3]),
    ({"index_url": OTHER}, UNSOLVED[1:2]),
    ({"index_url": "https://pypi.python.org/simple"}, [UNSOLVED[0], *UNSOLVED[2:]]),
    ({"index_url": "https://disabled.example.com/simple"}, []),
    ({"package_name": "unknown"}, []),
    (FEDORA, UNSOLVED),
    ({"os_name": "rhel"}, [NEW_IN_RHEL, *UNSOLVED]),
    ({"os_version": "8"}, [NEW_IN_RHEL, *UNSOLVED]),
    ({"python_version": "3.8"}, [NEW_IN_RHEL, *UNSOLVED]),
    ({"os_name": "ubi", "os_version": "8.5", "python_version": "3.10"}, [NEW_IN_RHEL, *UNSOLVED]),
    ({"package_name": "flask", "package_version": "1.0", "os_name": "rhel"}, [NEW_IN_RHEL]),
]


@pytest.fixture
def unsolved(rows: Rows) -> None:
    """Put the versions of ``UNSOLVED`` into the graph, and one of each kind that no solver is sent to."""
    for package_name, package_version, index_url in reversed(UNSOLVED):
        rows.entity(package_name, package_version, index_url=index_url)
    rows.version("flask", "1.0")
    rows.index("https://disabled.example.com/simple", enabled=False)
    rows.index("https://undecided.example.com/simple", enabled=None)
    rows.entity("flask", "4.0", index_url="https://disabled.example.com/simple")
    rows.entity("flask", "4.0", index_url="https://undecided.example.com/simple")
    rows.entity("flask", "4.0", index_url=None)
    rows.entity("flask", None)
    kept_off = rows.entity("flask", "5.0")
    rows.rule("flask", entity_ids=(kept_off,))
    rows.rule("flask", version_range=">=5.0", entity_ids=(kept_off,))


@pytest.mark.usefixtures("unsolved")
class TestVersions:
    """get_unsolved_python_package_versions_all and its number."""

    @pytest.mark.parametrize("distinct", [False, True])
    @pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
    def test_a_filter_leaves_what_fits_in_order_when_not_randomized(
        self,
        connection: psycopg.Connection,
        filters: dict[str, Any],
        expected: list[tuple[str, str, str]],
        distinct: bool,
    ) -> None:
        filters = {**filters, "distinct": distinct}
        assert queries.get_unsolved_python_package_versions_all(connection, **filters, randomize=False) == expected
        assert queries.get_unsolved_python_package_versions_count_all(connection, **filters) == len(expected)

    @pytest.mark.parametrize("distinct", [False, True])
    def test_the_order_is_random_unless_told_otherwise(
        self, connection: psycopg.Connection, rows: Rows, distinct: bool
    ) -> None:
        for number in range(20):
            rows.entity("zict", f"{number}.0")
        answers = [queries.get_unsolved_python_package_versions_all(connection, distinct=distinct) for _ in range(3)]
        assert sorted(answers[0]) == sorted(answers[1]) == sorted(answers[2])
        # three of 24! orders are equal once in 10^47 runs
        assert not answers[0] == answers[1] == answers[2]

    def test_a_random_page_holds_as_many_as_asked(self, connection: psycopg.Connection) -> None:
        page = queries.get_unsolved_python_package_versions_all(connection, start_offset=1, count=2)
        assert len(page) == 2
        assert set(page) < set(UNSOLVED)

    @pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
    def test_random_pages_are_drawn_from_what_fits_and_leave_nothing_out(
        self, connection: psycopg.Connection, filters: dict[str, Any], expected: list[tuple[str, str, str]]
    ) -> None:
        drawn = [queries.get_unsolved_python_package_versions_all(connection, count=1, **filters) for _ in range(120)]
        # one of five is never drawn once in 10^10 runs
        assert {package for page in drawn for package in page} == set(expected)
        assert all(len(page) == bool(expected) for page in drawn)

    def test_random_pages_end_where_the_versions_do(self, connection: psycopg.Connection) -> None:
        assert len(queries.get_unsolved_python_package_versions_all(connection, start_offset=3, count=2)) == 1
        assert queries.get_unsolved_python_package_versions_all(connection, start_offset=4, count=1) == []
        assert queries.get_unsolved_python_package_versions_all(connection, count=0) == []

    def test_a_version_seen_in_one_environment_is_solved_unless_another_is_asked_for(
        self, connection: psycopg.Connection
    ) -> None:
        asked = ("flask", "1.0", PYPI)
        assert queries.get_unsolved_python_package_versions_all(connection, *asked) == []
        assert queries.get_unsolved_python_package_versions_all(connection, *asked, **FEDORA) == []
        assert queries.get_unsolved_python_package_versions_all(connection, *asked, os_version="36") == [asked]


@pytest.mark.usefixtures("unsolved")
class TestPackages:
    """Names with indexes, and versions grouped by name."""

    def test_a_package_stands_there_for_every_unsolved_version(self, connection: psycopg.Connection) -> None:
        answer = queries.get_unsolved_python_packages_all(connection)
        assert answer == [("flask", OTHER), ("flask", PYPI), ("flask", PYPI), ("numpy", PYPI)]

    def test_distinct_leaves_one_of_each_on_an_index(self, connection: psycopg.Connection) -> None:
        answer = queries.get_unsolved_python_packages_all(connection, distinct=True)
        assert answer == [("flask", OTHER), ("flask", PYPI), ("numpy", PYPI)]

    @pytest.mark.parametrize("distinct", [False, True])
    def test_versions_are_grouped_by_name(self, connection: psycopg.Connection, distinct: bool) -> None:
        assert queries.get_unsolved_python_packages_all_versions(connection, distinct=distinct) == {
            "flask": [("2.0", PYPI), ("3.0", OTHER), ("3.0", PYPI)],
            "numpy": [("1.0", PYPI)],
        }

    @pytest.mark.parametrize(
        "environment",
        [{"os_name": "rhel"}, {"os_version": "8"}, {"python_version": "3.8"}, {"os_name": "ubi", "os_version": "8.5"}],
        ids=str,
    )
    def test_in_another_environment_there_is_more_to_solve(
        self, connection: psycopg.Connection, environment: dict[str, Any]
    ) -> None:
        packages = queries.get_unsolved_python_packages_all(connection, **environment)
        assert packages == [("flask", OTHER), *[("flask", PYPI)] * 3, ("numpy", PYPI)]
        versions = queries.get_unsolved_python_packages_all_versions(connection, **environment)
        assert versions["flask"] == [("1.0", PYPI), ("2.0", PYPI), ("3.0", OTHER), ("3.0", PYPI)]

    def test_a_page_is_a_number_of_versions_not_of_names(self, connection: psycopg.Connection) -> None:
        page = queries.get_unsolved_python_packages_all_versions(connection, start_offset=2, count=2)
        assert page == {"flask": [("3.0", PYPI)], "numpy": [("1.0", PYPI)]}


@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        ("get_unsolved_python_packages_all", []),
        ("get_unsolved_python_packages_all_versions", {}),
        ("get_unsolved_python_package_versions_all", []),
        ("get_unsolved_python_package_versions_count_all", 0),
    ],
)
def test_an_empty_graph_answers_nothing(connection: psycopg.Connection, name: str, nothing: Any) -> None:
    assert getattr(queries, name)(connection) == nothing


class TestAdviserRuns:
    """get_unsolved_python_packages_all_per_adviser_run."""

    @pytest.fixture
    def runs(self, rows: Rows) -> None:
        """Two runs of Kebechet to be repeated, and one of each kind that is left out."""
        flask, newer_flask, numpy = rows.entity("flask", "1.0"), rows.entity("flask", "2.0"), rows.entity("numpy", None)
        again: dict[str, Any] = {"source_type": "KEBECHET", "need_re_run": True}
        rows.adviser_run("adviser-2", unresolved=(numpy, flask, newer_flask), **again)
        rows.adviser_run("adviser-1", unresolved=(numpy,), **again)
        rows.adviser_run("adviser-resolved", **again)
        rows.adviser_run("adviser-repeated", unresolved=(flask,), re_run_adviser_id="adviser-3", **again)
        rows.adviser_run("adviser-fine", unresolved=(flask,), **{**again, "need_re_run": False})
        rows.adviser_run("adviser-old", unresolved=(flask,), **{**again, "need_re_run": None})
        rows.adviser_run("adviser-cli", unresolved=(flask,), **{**again, "source_type": "CLI"})
        rows.adviser_run("adviser-unknown", unresolved=(flask,), **{**again, "source_type": None})

    @pytest.mark.usefixtures("runs")
    def test_a_run_to_be_repeated_has_the_names_that_it_missed(self, connection: psycopg.Connection) -> None:
        assert queries.get_unsolved_python_packages_all_per_adviser_run(connection, source_type="KEBECHET") == {
            "adviser-1": ["numpy"],
            "adviser-2": ["flask", "flask", "numpy"],
        }

    @pytest.mark.usefixtures("runs")
    def test_an_integration_without_such_a_run_has_nothing(self, connection: psycopg.Connection) -> None:
        assert queries.get_unsolved_python_packages_all_per_adviser_run(connection, "S2I") == {}

    def test_an_unknown_integration_is_refused_with_those_that_there_are(self, connection: psycopg.Connection) -> None:
        with pytest.raises(ValueError, match="BOGUS") as refusal:
            queries.get_unsolved_python_packages_all_per_adviser_run(connection, "BOGUS")
        assert "KEBECHET" in str(refusal.value)
