"""A proxy between a client and a server, which does to their connections what networks do."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass


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


def _pump(proxy: Proxy, client: socket.socket, server: socket.socket, stop: threading.Event) -> None:
    passed = {"client": 0, "server": 0}
    with selectors.DefaultSelector() as selector:
        selector.register(client, selectors.EVENT_READ, ("client", server))
        selector.register(server, selectors.EVENT_READ, ("server", client))
        while not stop.is_set():
            for key, _ in selector.select(0.05):
                side, other = key.data
                piece = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if isinstance(key.fileobj, ssl.SSLSocket):
                    # The selector sees nothing of what is decrypted already.
                    piece += key.fileobj.recv(key.fileobj.pending()) if key.fileobj.pending() else b""
                passed[side] += len(piece)
                if not piece or not _hand_on(proxy, side, piece, other, passed[side]):
                    return


def _hand_on(proxy: Proxy, side: str, piece: bytes, other: socket.socket, passed: int) -> bool:
    """Answers whether the connection stays."""
    limit = proxy.cut_after if side == "server" else proxy.cut_requests_after
    if limit is not None and passed > limit and proxy.cuts_left > 0:
        proxy.cuts_left -= 1
        other.sendall(piece[: max(0, len(piece) - (passed - limit))])
        return False
    if side == "client" and proxy.is_deaf:
        return True
    if side == "server" and proxy.delay:
        time.sleep(proxy.delay)
    other.sendall(piece)
    return True
