"""The collector: asks when Prometheus does, and says which part couldn't be asked."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from threading import Lock

import psycopg
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ..database import Connection, Database
from ..exceptions import ThothStorageExceptionError
from ..graph import GraphDatabase
from ..settings import S3_ENDPOINT_URL, DatabaseSettings
from .backups import list_backups
from .graph import caches, connections, documents, pool, schema, tables
from .library import library
from .remembered import Remembered

_LOGGER = logging.getLogger(__name__)

Part = Callable[[], Iterable[Metric]]

# Counting documents reads whole tables, and backups are two requests each: neither changes from scrape to scrape.
_SECONDS_REMEMBERED = 300
_OF_DATABASE = {"schema": schema, "tables": tables, "connections": connections}


class GraphCollector(Collector):
    """Metrics of a knowledge graph, its backups, and the adapter's own pool and caches, gathered at each scrape.

    Each part is asked by itself. One that fails is ``thoth_storages_up{part="…"} 0`` and a warning in the log; the
    others are there. Documents and backups are asked every five minutes only.

    >>> registry = CollectorRegistry()
    >>> registry.register(GraphCollector(GraphDatabase()))
    """

    def __init__(self, graph: GraphDatabase) -> None:
        """Do no I/O. An adapter that isn't connected is, at the first scrape that finds its database."""
        self._graph = graph
        self._connecting = Lock()
        self._documents = Remembered(_SECONDS_REMEMBERED, documents)
        self._backups = Remembered(_SECONDS_REMEMBERED, list_backups)

    def describe(self) -> Iterable[Metric]:
        """Answer nothing: a registry would ask the database when the collector is registered otherwise."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Gather the metrics; never raises."""
        scrape = _Scrape()
        yield from scrape.part("library", library)
        yield from self._of_database(scrape)
        yield from scrape.part("adapter", self._of_adapter)
        if S3_ENDPOINT_URL.get():
            yield from scrape.part("backups", lambda: self._backups.get().metrics())
        yield from (scrape.up, scrape.seconds)

    def _of_database(self, scrape: _Scrape) -> Iterator[Metric]:
        found: list[Connection] = []
        yield from scrape.part("database", lambda: self._connect(found))
        if not found:
            # Each of them would wait for the server again, and the scraper waits no longer than 10 s in all.
            scrape.skip(*_OF_DATABASE, "documents")
            return
        with closing(found[0]) as connection:
            for name, ask in _OF_DATABASE.items():
                yield from scrape.part(name, lambda ask=ask: ask(connection))  # type: ignore[misc]
            yield from scrape.part("documents", lambda: self._documents.get(connection))

    def _connect(self, found: list[Connection]) -> Iterable[Metric]:
        """Connect beside the pool too: when all of its connections are in use, metrics matter most."""
        found.append(Database(DatabaseSettings.from_environment()).connect_to_existing())
        with self._connecting:
            if not self._graph.is_connected():
                self._graph.connect()
        return ()

    def _of_adapter(self) -> Iterator[Metric]:
        yield from caches(self._graph.stats())
        if self._graph.is_connected():
            yield from pool(self._graph.database.statistics())


class _Scrape:
    """What is said of the parts of one scrape."""

    def __init__(self) -> None:
        self.up = GaugeMetricFamily("thoth_storages_up", "Whether a part could be asked.", labels=["part"])
        self.seconds = GaugeMetricFamily(
            "thoth_storages_scrape_duration_seconds", "How long it took to ask a part.", labels=["part"]
        )

    def part(self, name: str, ask: Part) -> list[Metric]:
        started = time.perf_counter()
        try:
            metrics = list(ask())
        except (ThothStorageExceptionError, psycopg.Error, OSError, ValueError) as error:
            _LOGGER.warning("Metrics of the %s can't be had: %s", name, " ".join(str(error).split()))
            metrics = None
        except Exception:  # a mistake in one part mustn't hide the others from those who are paged
            _LOGGER.exception("Metrics of the %s can't be had", name)
            metrics = None
        self.seconds.add_metric([name], time.perf_counter() - started)
        self.up.add_metric([name], metrics is not None)
        return metrics or []

    def skip(self, *names: str) -> None:
        for name in names:
            self.up.add_metric([name], 0)


def metrics_text(collector: Collector) -> str:
    """Gather the metrics once, and write them in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(collector)
    return generate_latest(registry).decode()
