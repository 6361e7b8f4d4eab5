"""A private, throw-away server that speaks S3."""

from __future__ import annotations

import abc
import atexit
import contextlib
import io
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import urllib3
from minio import Minio
from minio.error import MinioException

from ..exceptions import ObjectStoreError
from ..settings import S3_BUCKET, S3_ENDPOINT_URL, S3_KEY_ID, S3_SECRET_KEY
from .account import Account
from .daemon import Daemon, PortTakenError
from .places import roomy_place
from .programs import program_environment
from .watchdog import STOP_DAEMONS, Watchdog

REGION = "us-east-1"
_START_SECONDS = 60.0
_POLL_SECONDS = 0.05
_PORT_ATTEMPTS = 5
_READY = "thoth-storages-ready"
_MISLEADING = ("CEPH_", "PYTHON", "WEED_", "THOTH_", "AWS_")


class S3Server(abc.ABC):
    """A server of this process alone, with nothing in it: a context manager, or ``start()`` and ``close()``.

    It listens on ports of 127.0.0.1 that are free, lets in who has its key and its secret, and lies in memory where
    that has room. When this process ends, however it ends, it is stopped and its files are removed.

    Attributes:
        port: the port to which S3 is spoken, over HTTP.
        key_id: the access key of a user that may do everything.
        secret_key: that user's secret, made for this server.
        directory: where its files are, from ``start()`` to ``close()``.
    """

    name: ClassVar[str]
    """What kind of server it is."""
    gateway_name: ClassVar[str]
    """The daemon that speaks S3."""

    def __init__(self) -> None:
        self.port = 0
        self.key_id = f"thoth-{secrets.token_hex(4)}"
        self.secret_key = secrets.token_hex(20)
        self.directory = Path()
        self.daemons: dict[str, Daemon] = {}
        self._owner = os.getpid()
        self._watchdog: Watchdog | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def endpoint_url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def gateway(self) -> Daemon:
        """The daemon that speaks S3; raises KeyError while it doesn't run."""
        return self.daemons[self.gateway_name]

    def environment(self, bucket: str) -> dict[str, str]:
        """The variables that lead a store to one of its buckets."""
        return {
            S3_ENDPOINT_URL.name: self.endpoint_url,
            S3_KEY_ID.name: self.key_id,
            S3_SECRET_KEY.name: self.secret_key,
            S3_BUCKET.name: bucket,
        }

    @contextlib.contextmanager
    def client(self) -> Iterator[Minio]:
        """A bare client of it, which waits 10 s for an answer and tries nothing twice."""
        with urllib3.PoolManager(timeout=10, retries=False) as pool:
            yield Minio(
                f"127.0.0.1:{self.port}",
                access_key=self.key_id,
                secret_key=self.secret_key,
                secure=False,
                region=REGION,
                http_client=pool,
            )

    def make_bucket(self, name: str) -> None:
        """Make an empty bucket; one that is there already stays as it is."""
        with self.client() as client:
            if not client.bucket_exists(name):
                client.make_bucket(name)

    def start(self) -> None:
        """Start what of it doesn't run, and wait until an object can be put and got; the first time, make it as well.

        Raises:
            ObjectStoreError: it doesn't start; the message holds what it logged.
        """
        if self._watchdog is not None:
            self._start()
            return
        for _ in range(_PORT_ATTEMPTS - 1):
            with contextlib.suppress(PortTakenError):
                self._make_and_start()
                return
            self.close()
        self._make_and_start()

    def stop(self) -> None:
        """Stop it in order; what is written durably stays for the next ``start()``."""
        while self.daemons:
            self.daemons.popitem()[1].stop()

    def kill(self) -> None:
        """End the daemon that speaks S3 as a crash would, by ``kill -9``; ``start()`` brings it back."""
        self.daemons.pop(self.gateway_name).kill()

    def close(self) -> None:
        """Stop it and remove everything that there is of it."""
        if self._owner != os.getpid() or self._watchdog is None:
            return
        atexit.unregister(self.close)
        while self.daemons:
            self.daemons.popitem()[1].kill()
        shutil.rmtree(self.directory)
        self._watchdog.dismiss()
        self._watchdog = None

    @abc.abstractmethod
    def _make(self) -> None:
        """Choose ports, and write what the daemons need."""

    @abc.abstractmethod
    def _start_daemons(self) -> None:
        """Start the daemons that don't run, in order."""

    def _run_daemon(self, name: str, *command: str | Path) -> bool:
        """Start a daemon unless it runs; answers whether that was needed."""
        if name in self.daemons:
            return False
        self.daemons[name] = Daemon(name, command, self.directory, environment())
        return True

    def _make_and_start(self) -> None:
        account = Account(None)
        self.directory = Path(tempfile.mkdtemp(prefix=f"thoth-{self.name}-", dir=roomy_place(account)))
        self._watchdog = Watchdog.start(STOP_DAEMONS, account, self.directory)
        atexit.register(self.close)
        self._make()
        self._start()

    def _start(self) -> None:
        self._start_daemons()
        self._wait_until("an object can be put and got", self._is_usable)

    def _is_usable(self) -> bool:
        sent = secrets.token_bytes(16)
        try:
            self.make_bucket(_READY)
            with self.client() as client:
                client.put_object(_READY, "object", io.BytesIO(sent), len(sent))
                return bytes(client.get_object(_READY, "object").data) == sent
        except (MinioException, urllib3.exceptions.HTTPError):
            return False

    def _wait_until(self, what: str, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not condition():
            for daemon in self.daemons.values():
                daemon.check()
            if time.monotonic() > deadline:
                logged = "\n".join(f"{daemon.name}: {daemon.logged()}" for daemon in self.daemons.values())
                raise ObjectStoreError(f"{self.name} wasn't so far within {_START_SECONDS:.0f} s that {what}: {logged}")
            time.sleep(_POLL_SECONDS)


def environment() -> dict[str, str]:
    """The environment of the daemons: nothing of the caller's that could lead them, or their tools, somewhere else."""
    clean = {name: value for name, value in program_environment().items() if not name.startswith(_MISLEADING)}
    return clean | {"PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin", "GOMEMLIMIT": "300MiB"}
