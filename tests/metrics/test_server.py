"""Metrics over HTTP."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse

import pytest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from thoth_storages.metrics import MetricsServer


class Counting(Collector):
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        self.asked += 1
        yield GaugeMetricFamily("asked", "How often.", value=self.asked)


@contextmanager
def serving(collector: Collector, host: str = "127.0.0.1") -> Iterator[MetricsServer]:
    with MetricsServer(collector, host, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def get(server: MetricsServer, path: str, host: str = "127.0.0.1") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(host, server.server_port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


@pytest.mark.parametrize("path", ["/metrics", "/"])
def test_each_scrape_asks_anew(path: str) -> None:
    with serving(Counting()) as server:
        texts = [get(server, path)[1] for _ in range(2)]
        kind = get(server, path)[0].getheader("Content-Type", "")
    assert [text.splitlines()[-1] for text in texts] == ["asked 1.0", "asked 2.0"]
    assert kind.startswith("text/plain; version=")


def test_the_health_check_asks_nothing() -> None:
    collector = Counting()
    with serving(collector) as server:
        response, text = get(server, "/healthz")
    assert (response.status, text, collector.asked) == (200, "alive\n", 0)


def test_another_path_is_not_found() -> None:
    with serving(Counting()) as server:
        response, text = get(server, "/secret")
    assert (response.status, text) == (404, "There are /metrics and /healthz.\n")


def test_a_port_that_is_taken_is_an_error() -> None:
    with serving(Counting()) as server, pytest.raises(OSError, match="Address already in use"):
        MetricsServer(Counting(), "127.0.0.1", server.server_port)


@pytest.mark.parametrize("host", ["", "localhost"])
def test_it_listens_where_it_is_told(host: str) -> None:
    with serving(Counting(), host) as server:
        assert get(server, "/healthz", host or "127.0.0.1")[0].status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_its_handlers_go(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with MetricsServer(Counting(), "127.0.0.1", 0) as server:
        threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
        server.serve_until_told()
    assert signal.getsignal(number) is before
