"""A proxy between a client and a server, which does to their connections what networks do."""

from __future__ import annotations

import contextlib
import re
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

_REQUEST = re.compile(rb"((?:DELETE|GET|HEAD|POST|PUT) \S+) HTTP/1\.1\r\n")
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


@dataclass
class Proxy:
    """Hands on what comes; its attributes may be changed while it runs."""

    port: int
    delay: float = 0.0
    """Seconds that each piece from the server waits."""
    is_deaf: bool = False
    """Whether it swallows what the client sends."""
    cut_after: int | None = None
    """After how many bytes from the server a connection is cut, once for each connection."""
    cut_requests_after: int | None = None
    """The same with bytes from the client."""
    cuts_left: int = 1_000_000
    """How often something is cut."""
    loses: str | None = None
    """A pattern of requests, such as ``PUT /bucket/key``; their answers are lost, and the connections with them."""
    loses_requests: bool = False
    """Whether these requests are lost, too, before the server sees them."""
    instead: bytes | None = b""
    """What the client gets in the place of an answer that is lost; with None it waits, connected."""
    requests: list[str] = field(default_factory=list)
    """The requests of HTTP that the server saw."""
    connections: int = 0
    """How many connections came."""

    @property
    def endpoint_url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def proxy_to(server_port: int, tls: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """Run a proxy to a port of this machine, until the end of the block; with ``tls`` clients speak that to it."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        proxy = Proxy(listener.getsockname()[1])
        stop = threading.Event()
        threads: list[threading.Thread] = []

        def accept() -> None:
            listener.settimeout(0.05)
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    client, _ = listener.accept()
                    proxy.connections += 1
                    threads.append(threading.Thread(target=_serve, args=(proxy, client, tls, server_port, stop)))
                    threads[-1].start()

        acceptor = threading.Thread(target=accept)
        acceptor.start()
        try:
            yield proxy
        finally:
            stop.set()
            acceptor.join()
            for thread in threads:
                thread.join()


def _serve(
    proxy: Proxy, client: socket.socket, tls: ssl.SSLContext | None, server_port: int, stop: threading.Event
) -> None:
    with client, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server_port)) as server:
        if tls is None:
            _pump(proxy, client, server, stop)
            return
        with tls.wrap_socket(client, server_side=True) as decrypted:
            _pump(proxy, decrypted, server, stop)


@dataclass
class _Passing:
    """What passes through one connection."""

    client: int = 0
    server: int = 0
    is_lost: bool = False
    """Whether the answer to the request that came last is to be lost."""
    swallowed: int = 0
    """How much of a request is still to come that the server doesn't get."""


def _pump(proxy: Proxy, client: socket.socket, server: socket.socket, stop: threading.Event) -> None:
    passing = _Passing()
    with selectors.DefaultSelector() as selector:
        selector.register(client, selectors.EVENT_READ, (_from_client, server))
        selector.register(server, selectors.EVENT_READ, (_from_server, client))
        while not stop.is_set():
            for key, _ in selector.select(0.05):
                hand_on, other = key.data
                piece = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if isinstance(key.fileobj, ssl.SSLSocket):
                    # The selector sees nothing of what is decrypted already.
                    piece += key.fileobj.recv(key.fileobj.pending()) if key.fileobj.pending() else b""
                if not piece or not hand_on(proxy, passing, piece, client, other):
                    return


def _from_client(proxy: Proxy, passing: _Passing, piece: bytes, client: socket.socket, server: socket.socket) -> bool:
    """Answers whether the connection stays."""
    passing.client += len(piece)
    if request := _REQUEST.match(piece):
        _begin(proxy, passing, piece, request[1].decode())
    if passing.swallowed:
        passing.swallowed -= len(piece)
        if passing.swallowed == 0:
            client.sendall(proxy.instead or b"")
        return passing.swallowed > 0 or proxy.instead is None
    if _is_cut(proxy, proxy.cut_requests_after, passing.client, piece, server):
        return False
    if not proxy.is_deaf:
        server.sendall(piece)
    return True


def _begin(proxy: Proxy, passing: _Passing, head: bytes, request: str) -> None:
    passing.is_lost = bool(proxy.loses and proxy.cuts_left and re.search(proxy.loses, request))
    if passing.is_lost:
        proxy.cuts_left -= 1
    if passing.is_lost and proxy.loses_requests:
        length = _LENGTH.search(head)
        passing.swallowed = head.index(b"\r\n\r\n") + 4 + (int(length[1]) if length else 0)
    else:
        proxy.requests.append(request)


def _from_server(proxy: Proxy, passing: _Passing, piece: bytes, client: socket.socket, _: socket.socket) -> bool:
    """Answers whether the connection stays."""
    passing.server += len(piece)
    if passing.is_lost:
        client.sendall(proxy.instead or b"")
        return proxy.instead is None
    if _is_cut(proxy, proxy.cut_after, passing.server, piece, client):
        return False
    if proxy.delay:
        time.sleep(proxy.delay)
    client.sendall(piece)
    return True


def _is_cut(proxy: Proxy, limit: int | None, passed: int, piece: bytes, other: socket.socket) -> bool:
    if limit is None or passed <= limit or proxy.cuts_left <= 0:
        return False
    proxy.cuts_left -= 1
    other.sendall(piece[: max(0, len(piece) - (passed - limit))])
    return True
