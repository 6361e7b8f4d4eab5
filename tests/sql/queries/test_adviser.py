"""Runs of the adviser: their origins, integrations and documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.enums import SourceTypeEnum

OTHER_INDEX = "https://index.example.com/simple"
ADVISER = "https://github.com/thoth-station/adviser"
STORAGES = "https://github.com/thoth-station/storages"

Connection = psycopg.Connection[Any]


class TestOrigins:
    @pytest.fixture(autouse=True)
    def runs(self, rows: Rows) -> None:
        """Two runs of storages and one of adviser without a stack; and two that name no origin."""
        for number, origin in enumerate([STORAGES, ADVISER, STORAGES, None, ""]):
            rows.adviser_run(f"adviser-{number}", origin=origin)

    def test_an_origin_stands_once_for_each_run(self, connection: Connection) -> None:
        assert queries.get_adviser_run_origins_all(connection) == [ADVISER, STORAGES, STORAGES]

    def test_distinct_leaves_one_of_each(self, connection: Connection) -> None:
        assert queries.get_adviser_run_origins_all(connection, distinct=True) == [ADVISER, STORAGES]

    @pytest.mark.parametrize(
        ("page", "origins"),
        [
            ({"count": 2}, [ADVISER, STORAGES]),
            ({"start_offset": 2}, [STORAGES]),
            ({"start_offset": 1, "distinct": True}, [STORAGES]),
            ({"start_offset": 2, "distinct": True}, []),
        ],
        ids=str,
    )
    def test_a_page_is_cut_from_those_that_have_an_origin(
        self, connection: Connection, rows: Rows, page: dict[str, Any], origins: list[str]
    ) -> None:
        rows.adviser_run("adviser-first", origin="")
        assert queries.get_adviser_run_origins_all(connection, **page) == origins

    def test_the_latest_run_of_an_origin_does_not_hide_the_others(self, connection: Connection, rows: Rows) -> None:
        rows.adviser_run("adviser-later", origin=ADVISER, datetime=dt.datetime(2022, 6, 1))
        assert queries.get_adviser_run_origins_all(connection) == [ADVISER, ADVISER, STORAGES, STORAGES]


class TestOriginsByPackage:
    @pytest.fixture(autouse=True)
    def runs(self, rows: Rows) -> None:
        """Runs whose origin says what the user's Pipfile.lock pins, and one that pins nothing.

        There is a solved version of each as well, whose ids are others than those of the versions known by name.
        """
        rows.entity("unsolved")
        pins: dict[str, list[tuple[str, str, str | None]]] = {
            "flask 1.0": [("flask", "1.0", PYPI)],
            "flask 1.0 elsewhere": [("flask", "1.0", OTHER_INDEX)],
            "flask 1.1 and click": [("flask", "1.1", PYPI), ("click", "8.0", PYPI)],
            "flask without an index": [("flask", "1.0", None)],
            "nothing": [],
        }
        for origin, packages in pins.items():
            for name, version, index_url in packages:
                rows.version(name, version, index_url=index_url)
            pinned = [rows.entity(name, version, index_url=index_url) for name, version, index_url in packages]
            rows.adviser_run(f"adviser of {origin}", origin=origin, user_software_stack_id=rows.user_stack(*pinned))
        rows.adviser_run("adviser without a stack", origin="no stack")

    @pytest.mark.parametrize(
        ("asked", "origins"),
        [
            (
                {"package_name": "flask"},
                ["flask 1.0", "flask 1.0 elsewhere", "flask 1.1 and click", "flask without an index"],
            ),
            (
                {"package_name": "Flask", "package_version": "01.0"},
                ["flask 1.0", "flask 1.0 elsewhere", "flask without an index"],
            ),
            (
                {"package_name": "flask", "package_version": "1.0", "index_url": "https://pypi.python.org/simple"},
                ["flask 1.0"],
            ),
            ({"package_name": "flask", "index_url": OTHER_INDEX}, ["flask 1.0 elsewhere"]),
            ({"package_version": "8.0"}, ["flask 1.1 and click"]),
            ({"index_url": PYPI}, ["flask 1.0", "flask 1.1 and click"]),
            ({"package_name": "click", "package_version": "1.1"}, []),
            ({"package_name": "unsolved"}, []),
            ({"package_name": "unheard-of"}, []),
            ({"package_name": "flask", "start_offset": 1, "count": 2}, ["flask 1.0 elsewhere", "flask 1.1 and click"]),
        ],
        ids=str,
    )
    def test_runs_are_found_by_what_the_user_s_lock_pins(
        self, connection: Connection, asked: dict[str, Any], origins: list[str]
    ) -> None:
        assert queries.get_adviser_run_origins_all(connection, **asked) == origins

    def test_a_run_stands_once_however_many_of_its_pins_fit(self, connection: Connection) -> None:
        answer = queries.get_adviser_run_origins_all(connection, index_url=PYPI)
        assert answer.count("flask 1.1 and click") == 1

    def test_what_was_advised_is_not_what_the_user_has(self, connection: Connection, rows: Rows) -> None:
        version_id = rows.version("numpy")
        lock_id = rows.add("python_requirements_lock", requirements_lock_hash="pins numpy")
        rows.insert(
            "has_python_requirement_lock", python_requirements_lock_id=lock_id, python_package_version_id=version_id
        )
        stack_id = rows.add("python_software_stack", software_stack_type="ADVISED", python_requirements_lock_id=lock_id)
        run_id = rows.adviser_run(
            "adviser of numpy", origin="advised", user_software_stack_id=rows.user_stack(rows.entity("scipy"))
        )
        rows.insert("advised", adviser_run_id=run_id, python_software_stack_id=stack_id)
        assert queries.get_adviser_run_origins_all(connection, "numpy") == []

    def test_runs_on_one_stack_each_have_their_origin(self, connection: Connection, rows: Rows) -> None:
        stack_id = rows.user_stack(rows.entity("numpy"))
        for number in range(2):
            rows.adviser_run(f"adviser-{number}", origin="numpy", user_software_stack_id=stack_id)
        assert queries.get_adviser_run_origins_all(connection, "numpy") == ["numpy", "numpy"]
        assert queries.get_adviser_run_origins_all(connection, "numpy", distinct=True) == ["numpy"]


class TestIntegrations:
    """get_adviser_run_count_per_source_type, get_origin_count_per_source_type."""

    @pytest.fixture
    def runs(self, rows: Rows) -> None:
        """Three runs of the command line from two origins, one of each other integration, and one of an unknown one."""
        for number, origin in enumerate([STORAGES, STORAGES, ADVISER]):
            rows.adviser_run(f"adviser-cli-{number}", source_type="CLI", origin=origin)
        for source_type in ("KEBECHET", "JUPYTER_NOTEBOOK", "GITHUB_APP"):
            rows.adviser_run(f"adviser-{source_type}", source_type=source_type, origin=STORAGES)
        rows.adviser_run("adviser-s2i", source_type="S2I")
        rows.adviser_run("adviser-unknown", origin=STORAGES)

    @pytest.mark.usefixtures("runs")
    def test_runs_are_counted_by_the_name_of_the_integration(self, connection: Connection) -> None:
        counts = {"CLI": 3, "KEBECHET": 1, "S2I": 1, "JUPYTER_NOTEBOOK": 1, "GITHUB_APP": 1}
        assert queries.get_adviser_run_count_per_source_type(connection) == counts
        assert set(counts) == {each.value for each in SourceTypeEnum}

    @pytest.mark.usefixtures("runs")
    @pytest.mark.parametrize(("distinct", "of_cli"), [(False, 3), (True, 2)])
    def test_origins_are_counted_by_the_name_of_the_integration(
        self, connection: Connection, distinct: bool, of_cli: int
    ) -> None:
        assert queries.get_origin_count_per_source_type(connection, distinct=distinct) == {
            "CLI": of_cli,
            "KEBECHET": 1,
            "S2I": 0,
            "JUPYTER_NOTEBOOK": 1,
            "GITHUB_APP": 1,
        }

    def test_without_runs_there_is_nothing_to_count(self, connection: Connection, rows: Rows) -> None:
        rows.adviser_run("adviser-unknown", origin=STORAGES)
        assert queries.get_adviser_run_count_per_source_type(connection) == {}
        assert queries.get_origin_count_per_source_type(connection) == {}


class TestDocuments:
    @pytest.fixture(autouse=True)
    def runs(self, rows: Rows) -> None:
        """Runs at midnights of 2022, stored in another order than they took place."""
        rows.adviser_run("adviser-3", datetime=dt.datetime(2022, 3, 1), source_type="GITHUB_APP")
        rows.adviser_run("adviser-1", datetime=dt.datetime(2022, 1, 31), source_type="CLI")
        rows.adviser_run("adviser-4", datetime=dt.datetime(2022, 4, 1), source_type="CLI")
        rows.adviser_run("adviser-2", datetime=dt.datetime(2022, 2, 1))

    @pytest.mark.parametrize(
        ("asked", "numbers"),
        [
            ({}, "1234"),
            ({"initial_date": "31-01-2022"}, "234"),
            ({"initial_date": "30-01-2022"}, "1234"),
            ({"final_date": "01-02-2022"}, "1"),
            ({"initial_date": "01-02-2022", "final_date": "01-04-2022"}, "3"),
            ({"initial_date": "01-04-2022"}, ""),
            ({"source_type": "CLI"}, "14"),
            ({"source_type": SourceTypeEnum.GITHUB_APP}, "3"),
            ({"source_type": "KEBECHET"}, ""),
            ({"source_type": "CLI", "initial_date": "01-02-2022"}, "4"),
            ({"start_offset": 1, "count": 2}, "23"),
            ({"start_offset": 1, "count": None}, "234"),
            ({"source_type": "CLI", "start_offset": 1}, "4"),
            ({"count": 0}, ""),
        ],
        ids=str,
    )
    def test_filters_choose_documents_from_the_oldest(
        self, connection: Connection, asked: dict[str, Any], numbers: str
    ) -> None:
        answer = queries.get_adviser_run_document_ids_all(connection, **asked)
        assert answer == [f"adviser-{number}" for number in numbers]

    def test_a_page_holds_a_hundred_documents(self, connection: Connection, rows: Rows) -> None:
        for number in range(100):
            rows.adviser_run(f"adviser-more-{number}", datetime=dt.datetime(2022, 5, 1))
        assert len(queries.get_adviser_run_document_ids_all(connection)) == 100
        assert len(queries.get_adviser_run_document_ids_all(connection, count=None)) == 104

    @pytest.mark.parametrize("date", ["2022-01-31", "31.01.2022", "31-02-2022", "yesterday", ""])
    @pytest.mark.parametrize("name", ["initial_date", "final_date"])
    def test_another_form_of_a_date_is_refused(self, connection: Connection, name: str, date: str) -> None:
        asked: dict[str, Any] = {name: date}
        with pytest.raises(ValueError, match=f"{name}.*DD-MM-YYYY"):
            queries.get_adviser_run_document_ids_all(connection, **asked)

    @pytest.mark.parametrize("source_type", ["BOGUS", "cli", ""])
    def test_an_unknown_integration_is_refused_with_those_that_there_are(
        self, connection: Connection, source_type: str
    ) -> None:
        with pytest.raises(ValueError, match=r"source_type.*one of CLI, KEBECHET, S2I, JUPYTER_NOTEBOOK, GITHUB_APP"):
            queries.get_adviser_run_document_ids_all(connection, source_type=source_type)
