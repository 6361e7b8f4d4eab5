"""Known vulnerabilities of Python packages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import queries

OTHER_INDEX = "https://index.example.com/simple"

Connection = psycopg.Connection[Any]


def cve_ids(connection: Connection, *asked: str) -> list[str]:
    return [record["cve_id"] for record in queries.get_python_cve_records_all(connection, *asked)]


def test_a_vulnerability_is_described(connection: Connection, rows: Rows) -> None:
    moment = dt.datetime(2022, 1, 2, 3, 4, 5, 60)
    link = "https://example.com/1"
    rows.vulnerability(rows.entity("flask"), "CVE-2022-1", aggregated_at=moment, details="bad", link=link)
    assert queries.get_python_cve_records_all(connection, "Flask", "1.0.0") == []
    assert queries.get_python_cve_records_all(connection, "Flask", "01.0") == [
        {"aggregated_at": "2022-01-02 03:04:05.000060", "cve_id": "CVE-2022-1", "details": "bad", "link": link}
    ]


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(2022, 1, 2),
        dt.datetime(2022, 1, 2, 3, 4, 5, 100),
        dt.datetime(2022, 12, 31, 23, 59, 59, 999999),
        None,
    ],
)
def test_the_moment_is_the_text_that_python_makes_of_it(
    connection: Connection, rows: Rows, moment: dt.datetime | None
) -> None:
    rows.vulnerability(rows.entity("flask"), "CVE-2022-1", aggregated_at=moment)
    record = queries.get_python_cve_records_all(connection, "flask")[0]
    assert record["aggregated_at"] == (None if moment is None else str(moment))


def test_a_vulnerability_of_several_versions_stands_once(connection: Connection, rows: Rows) -> None:
    for version, index_url in (("1.0", OTHER_INDEX), ("1.0", None), ("1.1", None)):
        rows.vulnerability(rows.entity("flask", version, index_url=index_url), "CVE-2022-1")
    rows.vulnerability(rows.entity("flask", "1.1"), "CVE-2021-9")
    rows.vulnerability(rows.entity("click", "1.0"), "CVE-2020-1")
    assert cve_ids(connection, "flask") == ["CVE-2021-9", "CVE-2022-1"]
    assert cve_ids(connection, "flask", "1.0") == ["CVE-2022-1"]


@pytest.mark.parametrize("asked", [("unheard-of",), ("flask", "9.9")])
def test_without_vulnerabilities_the_list_is_empty(connection: Connection, rows: Rows, asked: tuple[str, ...]) -> None:
    rows.vulnerability(rows.entity("flask"), "CVE-2022-1")
    assert cve_ids(connection, *asked) == []


def test_all_vulnerabilities_are_counted(connection: Connection, rows: Rows) -> None:
    assert queries.get_python_cve_records_count(connection) == 0
    for package_name in ("flask", "click"):
        for cve_id in ("CVE-2022-1", "CVE-2022-2"):
            rows.vulnerability(rows.entity(package_name), cve_id)
    assert queries.get_python_cve_records_count(connection) == 2


def test_the_timestamp_is_none_before_the_first_update(connection: Connection) -> None:
    assert queries.get_cve_timestamp(connection) is None


def test_the_timestamp_is_naive(connection: Connection, rows: Rows) -> None:
    moment = dt.datetime(2022, 1, 2, 3, 4, 5, 6)
    rows.insert("cve_timestamp", timestamp=moment)
    assert queries.get_cve_timestamp(connection) == moment


class TestSettingTheTimestamp:
    @pytest.mark.parametrize("moments", [[1], [1, 2], [2, 1], [1, 1]])
    def test_the_last_one_that_was_set_counts(self, connection: Connection, moments: list[int]) -> None:
        for month in moments:
            queries.set_cve_timestamp(connection, dt.datetime(2022, month, 1))
        assert queries.get_cve_timestamp(connection) == dt.datetime(2022, moments[-1], 1)
        assert connection.execute("SELECT count(*) FROM cve_timestamp").fetchone() == (1,)

    def test_the_row_of_another_writer_is_changed(self, connection: Connection, rows: Rows) -> None:
        number = rows.add("cve_timestamp", id=7, timestamp=dt.datetime(2022, 1, 1))
        queries.set_cve_timestamp(connection, dt.datetime(2022, 2, 1))
        assert connection.execute("SELECT id, timestamp FROM cve_timestamp").fetchall() == [
            (number, dt.datetime(2022, 2, 1))
        ]

    def test_of_two_rows_the_later_one_is_changed(self, connection: Connection, rows: Rows) -> None:
        for month in (3, 2):
            rows.add("cve_timestamp", timestamp=dt.datetime(2022, month, 1))
        queries.set_cve_timestamp(connection, dt.datetime(2022, 4, 1))
        assert queries.get_cve_timestamp(connection) == dt.datetime(2022, 4, 1)

    @pytest.mark.parametrize("moment", ["yesterday", dt.date(2022, 2, 1), 5])
    def test_what_is_no_moment_is_refused_and_nothing_is_set(self, connection: Connection, moment: Any) -> None:
        with pytest.raises(ValueError, match="timestamp: a datetime is needed"):
            queries.set_cve_timestamp(connection, moment)
        assert queries.get_cve_timestamp(connection) is None
