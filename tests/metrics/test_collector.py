"""The collector as a whole: what fails in it is a metric, and no error."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from prometheus_client import CollectorRegistry
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tests.fix_postgres import PointTo
from tests.fix_rows import Rows
from tests.metrics.reading import Samples, labelled, read
from thoth_storages import GraphDatabase
from thoth_storages.ephemeral import Server
from thoth_storages.metrics import GraphCollector, collector, metrics_text

OF_DATABASE = ["database", "schema", "tables", "connections", "documents"]
ALL = ["library", *OF_DATABASE, "adapter"]


def up(samples: Samples) -> dict[str, float]:
    return labelled(samples, "up", "part")


@pytest.fixture
def scraped(database: str, point_to: PointTo) -> Iterator[GraphDatabase]:
    """An adapter that isn't connected yet, for a database that the environment names."""
    point_to(database)
    graph = GraphDatabase()
    yield graph
    if graph.is_connected():
        graph.disconnect()


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names a server that isn't there."""
    monkeypatch.setenv("KNOWLEDGE_GRAPH_HOST", "127.0.0.1")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PORT", "1")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PASSWORD", "s3cr3t")


def test_every_part_is_there(scraped: GraphDatabase, caplog: pytest.LogCaptureFixture) -> None:
    samples = read(metrics_text(GraphCollector(scraped)))
    assert up(samples) == dict.fromkeys(ALL, 1)
    assert set(labelled(samples, "scrape_duration_seconds", "part")) == set(ALL)
    for name in ("library_schema_version", "database_schema_version", "pool_connections_max", "database_size_bytes"):
        assert samples[name] > 0
    assert not caplog.records


def test_every_name_has_the_librarys_prefix(scraped: GraphDatabase) -> None:
    names = re.findall(r"^# TYPE (\S+)", metrics_text(GraphCollector(scraped)), re.MULTILINE)
    assert len(names) > 20
    assert [name for name in names if not name.startswith("thoth_storages_")] == []


def test_a_server_that_is_away_is_a_metric_and_a_warning_without_the_password(
    nowhere: None, caplog: pytest.LogCaptureFixture
) -> None:
    samples = read(metrics_text(GraphCollector(GraphDatabase())))
    assert up(samples) == {part: part not in OF_DATABASE for part in ALL}
    assert samples["library_schema_version"] > 0
    (record,) = caplog.records
    assert record.getMessage().startswith("Metrics of the database can't be had: Can't connect to ")
    assert "s3cr3t" not in caplog.text


def test_a_server_that_comes_back_is_seen(
    scraped: GraphDatabase, database: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PORT", "1")
    asked = GraphCollector(scraped)
    assert up(read(metrics_text(asked)))["database"] == 0
    point_to(database)
    assert up(read(metrics_text(asked))) == dict.fromkeys(ALL, 1)


def test_a_database_that_is_not_there_is_a_metric(
    scraped: GraphDatabase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_DATABASE", "thoth_test_no_such_database")
    assert up(read(metrics_text(GraphCollector(scraped))))["database"] == 0
    assert "'thoth-storages db migrate'" in caplog.text


def test_an_empty_database_has_a_state_though_it_has_no_documents(
    empty_database: str, point_to: PointTo, caplog: pytest.LogCaptureFixture
) -> None:
    point_to(empty_database)
    samples = read(metrics_text(GraphCollector(GraphDatabase())))
    assert up(samples) == {part: part != "documents" for part in ALL}
    assert samples['schema_state{state="empty"}'] == 1


def test_a_variable_that_cannot_be_read_is_a_metric(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PORT", "many")
    assert up(read(metrics_text(GraphCollector(GraphDatabase()))))["database"] == 0
    assert "KNOWLEDGE_GRAPH_PORT='many'" in caplog.text


def test_a_mistake_in_a_part_hides_no_other_and_is_logged_with_its_traceback(
    scraped: GraphDatabase, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def mistaken(connection: object) -> list[Any]:
        raise ZeroDivisionError

    monkeypatch.setitem(collector._OF_DATABASE, "tables", mistaken)
    assert up(read(metrics_text(GraphCollector(scraped)))) == {part: part != "tables" for part in ALL}
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info


def test_the_backups_are_a_part_where_a_store_is_named(nowhere: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOTH_S3_ENDPOINT_URL", "http://127.0.0.1:1")
    assert up(read(metrics_text(GraphCollector(GraphDatabase()))))["backups"] == 0


def test_documents_are_counted_every_few_minutes_only(scraped: GraphDatabase, rows: Rows) -> None:
    asked = GraphCollector(scraped)
    rows.adviser_run("adviser-1")
    first = read(metrics_text(asked))
    rows.adviser_run("adviser-2")
    again = read(metrics_text(asked))
    assert first['synced_documents{kind="adviser"}'] == again['synced_documents{kind="adviser"}'] == 1
    anew = read(metrics_text(GraphCollector(scraped)))
    assert anew['synced_documents{kind="adviser"}'] == 2


def test_metrics_are_there_when_the_pool_is_exhausted(scraped: GraphDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_POOL_SIZE", "1")
    scraped.connect()
    with scraped.database.connection():
        samples = read(metrics_text(GraphCollector(scraped)))
    assert up(samples) == dict.fromkeys(ALL, 1)
    assert (samples["pool_connections"], samples["pool_connections_idle"]) == (1, 0)


def test_scrapes_at_the_same_time_are_all_whole(scraped: GraphDatabase) -> None:
    asked = GraphCollector(scraped)
    with ThreadPoolExecutor(4) as threads:
        texts = list(threads.map(lambda _: metrics_text(asked), range(8)))
    assert [up(read(text)) for text in texts] == [dict.fromkeys(ALL, 1)] * 8


def test_a_scrape_leaves_no_connection_behind(scraped: GraphDatabase, database: str, postgres: Server) -> None:
    asked = GraphCollector(scraped)
    for _ in range(3):
        metrics_text(asked)
    with psycopg.connect(database) as connection:
        statement = sql.SQL("SELECT count(*) FROM pg_stat_activity WHERE datname = {}")
        name = sql.Literal(conninfo_to_dict(database)["dbname"])
        for _ in range(100):
            row = connection.execute(statement.format(name)).fetchone()
            if row == (1,):
                break
            connection.execute("SELECT pg_sleep(0.05)")
    assert row == (1,)


def test_registering_the_collector_asks_nothing(nowhere: None, caplog: pytest.LogCaptureFixture) -> None:
    CollectorRegistry(auto_describe=True).register(GraphCollector(GraphDatabase()))
    assert not caplog.records


def test_without_the_client_library_the_error_says_what_to_install() -> None:
    code = "import sys; sys.modules['prometheus_client'] = None; import thoth_storages.metrics"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.stderr.splitlines()[-1] == (
        "thoth_storages.exceptions.PackageMissingError: "
        "metrics need prometheus-client: pip install 'thoth-storages[metrics]'"
    )
