"""Metrics over HTTP."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from types import FrameType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.registry import Collector

Start = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]


class MetricsServer(ThreadingMixIn, WSGIServer):
    """Serves the metrics of a collector at ``/metrics``; ``/healthz`` says that the process is alive, and asks nothing.

    Port 0 is any free one: ``server_port`` tells which. An empty host means all IPv4 addresses of the machine.

    >>> with MetricsServer(GraphCollector(graph), "127.0.0.1", 9187) as server:
    ...     server.serve_until_told()
    """

    daemon_threads = True

    def __init__(self, collector: Collector, host: str, port: int) -> None:
        """Listen; raises OSError where that isn't possible."""
        self.address_family, _, _, _, address = _resolved(host, port)
        super().__init__(address[:2], _Quiet)
        registry = CollectorRegistry()
        registry.register(collector)
        self.set_app(_application(make_wsgi_app(registry)))

    def server_bind(self) -> None:
        """Listen without asking a name server for the machine's name, which may take seconds."""
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]
        self.setup_environ()

    def serve_until_told(self) -> None:
        """Serve until the process gets SIGTERM or SIGINT.

        As the first process of a container it wouldn't be ended by the former otherwise.
        """
        with _ending_signals(lambda: Thread(target=self.shutdown).start()):
            self.serve_forever()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name is the standard library's)
        """Say nothing: a scrape every 15 s isn't worth a line."""


def _resolved(host: str, port: int) -> Any:
    return socket.getaddrinfo(host or "0.0.0.0", port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]


def _application(metrics: Application) -> Application:
    def application(environment: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environment["PATH_INFO"]
        if path in ("/", "/metrics"):
            return metrics(environment, start)
        if path == "/healthz":
            return _say(start, "200 OK", "alive\n")
        return _say(start, "404 Not Found", "There are /metrics and /healthz.\n")

    return application


def _say(start: Start, status: str, text: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]


@contextmanager
def _ending_signals(end: Callable[[], None]) -> Iterator[None]:
    def handle(number: int, frame: FrameType | None) -> None:
        end()

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
