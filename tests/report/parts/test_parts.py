"""The parts of a report that a database tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import queries
from thoth_storages.report import Section, Unit
from thoth_storages.report.model import Table, Tone
from thoth_storages.report.parts.growth import growth
from thoth_storages.report.parts.indexes import indexes
from thoth_storages.report.parts.schema import schema
from thoth_storages.report.parts.sizes import bloat, sizes
from thoth_storages.report.parts.syncs import syncs
from thoth_storages.sql import migrating

Connection = psycopg.Connection[Any]

NOW = dt.datetime(2022, 4, 1, tzinfo=dt.UTC)


def facts(section: Section) -> dict[str, str]:
    return {fact.label: fact.value for fact in section.facts}


def written(table: Table) -> list[list[str]]:
    return [[column.write(value) for column, value in zip(table.columns, row, strict=True)] for row in table.rows]


@pytest.fixture
def year(rows: Rows) -> Rows:
    """Two packages solved in January, one of them with an error in March, and an analysis of an image in February."""
    flask, django = rows.version("flask", "1.0"), rows.version("django", "1.0")
    rows.solved(flask, "solver-1", datetime=dt.datetime(2022, 1, 1))
    rows.solved(django, "solver-2", datetime=dt.datetime(2022, 1, 31))
    failed = {"error": True, "error_unsolvable": True}
    rows.solved(rows.version("flask", "2.0"), "solver-3", datetime=dt.datetime(2022, 3, 31, 12), **failed)
    rows.image_analysis(datetime=dt.datetime(2022, 2, 2))
    return rows


class TestGrowth:
    def test_shows_the_graph_over_time(self, connection: Connection, year: Rows) -> None:
        section = growth(connection, queries._get_documents_by_day(connection), Unit.MONTH)
        charts = {chart.title: chart for chart in section.charts}
        packages, results, images = charts.values()
        assert [images.title, results.title] == ["Image analyses", "Results of solvers"]
        assert list(packages.labels) == ["2022-01", "2022-02", "2022-03"]
        assert {series.name: list(series.values) for series in packages.series} == {
            "Package versions": [2, 2, 3],
            "Packages": [2, 2, 2],
        }
        assert {series.name: list(series.values) for series in results.series} == {
            "solved": [2, 0, 0],
            "errors": [0, 0, 1],
        }
        assert {series.name: list(series.values) for series in images.series} == {"succeeded": [0, 1, 0]}

    def test_says_what_each_chart_counts(self, connection: Connection, year: Rows) -> None:
        section = growth(connection, queries._get_documents_by_day(connection), Unit.MONTH)
        assert [chart.unit for chart in section.charts] == ["in all", "results a month", "documents a month"]

    def test_has_the_numbers_of_each_chart_the_newest_first(self, connection: Connection, year: Rows) -> None:
        results = growth(connection, queries._get_documents_by_day(connection), Unit.MONTH).charts[1]
        assert [column.name for column in results.table.columns] == [
            "Month",
            "Results",
            "Errors",
            "unsolvable",
            "unparseable",
        ]
        assert written(results.table)[0] == ["2022-03", "1", "1", "1", "0"]

    def test_says_how_much_there_is(self, connection: Connection, year: Rows) -> None:
        assert facts(growth(connection, queries._get_documents_by_day(connection))) == {
            "Packages": "2",
            "Package versions": "3",
            "Results of solvers": "3",
            "of them errors": "1",
            "Image analyses": "1",
        }

    def test_chooses_weeks_for_a_quarter_and_says_when_they_begin(self, connection: Connection, year: Rows) -> None:
        section = growth(connection, queries._get_documents_by_day(connection))
        assert section.notes[0].startswith("Each step is a week; a week is named by its Monday.")

    def test_says_that_an_empty_graph_is(self, connection: Connection) -> None:
        section = growth(connection, queries._get_documents_by_day(connection))
        assert (section.charts, section.notes) == (
            (),
            ["No document was synced yet: 'thoth-storages sync' brings documents in."],
        )


class TestSyncs:
    def test_counts_documents_by_kind(self, connection: Connection, year: Rows) -> None:
        section = syncs(queries._get_documents_by_day(connection), NOW)
        solver, images, adviser, *_ = written(section.tables[0])
        assert solver == ["Solver", "3", "1", "33.3 %", "2022-03-31 12:00", "12 hours ago"]
        assert images == ["Image analyses", "1", "0", "0.0 %", "2022-02-02 00:00", "58 days ago"]
        assert adviser == ["Adviser", "0", "0", "-", "-", "-"]
        assert facts(section) == {"Documents": "4", "Newest document": "12 hours ago"}

    def test_of_an_empty_graph_are_none(self, connection: Connection) -> None:
        documents, newest = syncs(queries._get_documents_by_day(connection), NOW).facts
        assert (documents.value, newest.value) == ("0", "none")
        assert newest.remark == "'thoth-storages sync' brings documents in"


def test_sizes_add_up(connection: Connection, year: Rows) -> None:
    section = sizes(connection, NOW)
    (table,) = section.tables
    assert all(row[1] == row[3] + row[4] for row in table.rows)
    assert set(facts(section)) == {"Database", "Tables", "Indexes"}


def test_sizes_of_nothing_have_no_shares(empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        assert [fact.remark for fact in sizes(connection, NOW).facts] == ["", "0 tables", ""]


class TestBloat:
    def test_of_what_was_never_analysed_is_unknown(self, connection: Connection) -> None:
        section = bloat(connection)
        (fact,) = section.facts
        assert (fact.value, fact.tone) == ("unknown", Tone.PLAIN)
        assert fact.remark == "no table was analysed yet: ANALYZE does it"
        assert section.tables == ()

    def test_of_rows_that_lie_close_is_none(self, connection: Connection, rows: Rows) -> None:
        rows.index()
        connection.execute("ANALYZE python_package_index")
        (fact,) = bloat(connection).facts
        assert (fact.value, fact.tone) == ("0 bytes", Tone.GOOD)

    def test_is_a_warning_when_it_is_much(self, connection: Connection) -> None:
        connection.execute("CREATE TABLE notes AS SELECT repeat('x', 1000) AS note FROM generate_series(1, 20000)")
        connection.execute("DELETE FROM notes WHERE random() < 0.95")
        connection.execute("ANALYZE notes")
        section = bloat(connection)
        assert section.facts[0].tone == Tone.WARNING
        assert written(section.tables[0])[0][0] == "notes"


class TestIndexes:
    def test_are_told_by_use(self, connection: Connection) -> None:
        section = indexes(connection)
        used, idle = section.tables
        assert len(used.rows) + len(idle.rows) <= int(facts(section)["Indexes"].replace(",", ""))
        assert all(row[1] == 0 for row in idle.rows)
        assert all(row[1] > 0 for row in used.rows)

    def test_that_guard_rows_are_not_called_useless(self, connection: Connection) -> None:
        _, idle = indexes(connection).tables
        assert not [row for row in idle.rows if row[0].endswith("_pkey")]

    def test_are_counted_since_the_reset(self, connection: Connection) -> None:
        assert "since the counters began" in indexes(connection).notes[0]
        connection.execute("SELECT pg_stat_reset()")
        assert f"since {dt.datetime.now(dt.UTC):%Y-%m-%d}" in indexes(connection).notes[0]


class TestSchema:
    def test_up_to_date_is_good(self, connection: Connection) -> None:
        section = schema(connection, NOW)
        fact = section.facts[0]
        assert (fact.value, fact.tone, fact.remark) == ("up to date", Tone.GOOD, migrating.head())
        assert section.tables[0].rows[0][0] == migrating.head()
        for of_migration in section.facts[1:3]:
            assert f"{of_migration.value}.{of_migration.remark}" == migrating.head()
        assert len(section.tables[0].rows) == len(migrating.read_migrations())

    def test_too_old_is_bad_and_what_is_missing_is_shown(self, connection: Connection, database: str) -> None:
        migrating.rollback(database)
        section = schema(connection, NOW)
        assert (section.facts[0].value, section.facts[0].tone) == ("too old", Tone.BAD)
        assert list(section.tables[0].rows[0]) == [migrating.head(), "not applied", ""]

    def test_newer_is_a_warning(self, connection: Connection) -> None:
        connection.execute(
            "INSERT INTO _yoyo_migration (migration_hash, migration_id, applied_at_utc)"
            " VALUES ('x', '9999.from-the-future', now())"
        )
        section = schema(connection, NOW)
        assert (section.facts[0].value, section.facts[0].tone) == ("newer", Tone.WARNING)
        assert section.tables[0].rows[0][2] == "unknown to this library"

    def test_edited_migrations_are_marked(self, connection: Connection) -> None:
        connection.execute("UPDATE _yoyo_checksum SET sha256 = 'x' WHERE migration_id = %s", (migrating.head(),))
        assert schema(connection, NOW).tables[0].rows[0][2] == "its file was changed since"

    def test_of_an_empty_database_is_none(self, empty_database: str) -> None:
        with psycopg.connect(empty_database, autocommit=True) as connection:
            section = schema(connection, NOW)
        assert (section.facts[0].value, section.facts[1].value) == ("there is none", "none")
