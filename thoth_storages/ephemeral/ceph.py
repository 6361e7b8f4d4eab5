"""A private Ceph: one monitor, one store of objects, and the gateway that speaks S3."""

from __future__ import annotations

import shutil
import subprocess
import uuid
from pathlib import Path
from typing import ClassVar

from ..exceptions import ObjectStoreError, ObjectStoreProgramsNotFoundError
from .daemon import free_ports
from .s3_server import S3Server, environment

_PROGRAMS = ("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
_MONITOR, _STORE, _GATEWAY = "ceph-mon", "ceph-osd", "radosgw"
_COMMAND_SECONDS = 60
_USER = "thoth"

_CONFIGURATION = """
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{monitor_port}/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind msgr1 = false
# Who gets as far as the loopback is let in; who speaks S3 needs the secret all the same.
auth cluster required = none
auth service required = none
auth client required = none
# By default the gateway asks for encryption, for which it would need a key: it would try again and again.
ms mon client mode = crc
run dir = {directory}
admin socket =
pid file =
log file = {directory}/$name.details
mon cluster log file = {directory}/cluster.details
crash dir = {directory}/crash
keyring = {directory}/keyring
# One copy, as there is one store.
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
# Otherwise each change of a map waits for a second.
paxos propose interval = 0.02
paxos min wait = 0.01
# What they would keep for a report of a crash takes a third of the time in which a small object is got.
debug rgw = 0/0
debug osd = 0/0
debug ms = 0/0
debug objecter = 0/0
debug mon = 0/0
# A disk that is nearly full stops the monitor at 5 % by default, though a few MiB are all that it needs.
mon data avail crit = 1

[mon]
mon data = {directory}/monitor

[osd]
osd data = {directory}/store
osd objectstore = {backend}
memstore device bytes = {size}
bluestore block size = {size}
osd memory target = 939524096
osd crush initial weight = 1
osd class update on start = false
# For half a minute others would wait for a gateway that was killed, when they change what it watched.
osd client watch timeout = 5

[client]
# Whoever watches says so at each tick, which is every 5 s otherwise.
objecter tick interval = 1
# Without nodelay a small answer takes 44 ms.
rgw frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw thread pool size = 64
rgw rados pool pg num min = 8
rgw run sync thread = false
rgw lc max worker = 1
# Quotas are looked at anew with each object, not every ten minutes; with an interval of 0 a thread would never rest.
rgw user quota bucket sync interval = 1
rgw bucket quota ttl = 0
"""


class Ceph(S3Server):
    """A Ceph cluster on this machine, with a RADOS gateway; ready in 3 to 6 s, and as root or not.

    ``kill()`` ends the gateway only, which holds nothing itself: what it acknowledged stays.

    Args:
        durable: whether objects survive ``stop()``; a little slower. Otherwise they lie in the store's memory.
        size: of the store, in bytes. A full one takes the whole cluster down: set a quota instead.
    """

    name: ClassVar[str] = "ceph"
    gateway_name: ClassVar[str] = _GATEWAY

    def __init__(self, *, durable: bool = False, size: int = 4 << 30) -> None:
        super().__init__()
        if missing := missing_programs():
            raise ObjectStoreProgramsNotFoundError(
                f"no Ceph on this machine ({', '.join(missing)} missing): "
                "install it with `apt-get install --no-install-recommends ceph-mon ceph-osd radosgw`"
            )
        self._backend = "bluestore" if durable else "memstore"
        self._size = size
        self._store_id = str(uuid.uuid4())

    def administer(self, *command: str) -> str:
        """Run a command of ``radosgw-admin``, and answer what it prints."""
        return self._run("radosgw-admin", *command)

    def _make(self) -> None:
        monitor_port, self.port = free_ports(2)
        fsid = str(uuid.uuid4())
        for folder in ("monitor", "store", "crash"):
            (self.directory / folder).mkdir()
        (self.directory / "keyring").touch()
        self._configuration.write_text(
            _CONFIGURATION.format(
                fsid=fsid,
                monitor_port=monitor_port,
                port=self.port,
                directory=self.directory,
                backend=self._backend,
                size=self._size,
            )
        )
        address = f"[v2:127.0.0.1:{monitor_port}/0]"
        self._run("monmaptool", "--create", "--fsid", fsid, "--addv", "a", address, "monmap")
        self._run("ceph-mon", "--id=a", "--mkfs", "--monmap=monmap")
        self._start_monitor()
        self._wait_until("the monitor answers", lambda: self._succeeds("ceph", "osd", "new", self._store_id, "0"))
        self._run("ceph-osd", "--id=0", "--mkfs", f"--osd-uuid={self._store_id}")
        self._start_store()
        # The first one makes the zone and its pools: the gateway must not do that at the same time.
        keys = (f"--access-key={self.key_id}", f"--secret-key={self.secret_key}")
        self.administer("user", "create", f"--uid={_USER}", f"--display-name={_USER}", *keys)

    def _start_daemons(self) -> None:
        self._start_monitor()
        self._start_store()
        self._run_daemon(_GATEWAY, "radosgw", *self._options, "--name=client.rgw", "--foreground")

    def _start_monitor(self) -> None:
        self._run_daemon(_MONITOR, "ceph-mon", *self._options, "--id=a", "--foreground")

    def _start_store(self) -> None:
        if self._run_daemon(_STORE, "ceph-osd", *self._options, "--id=0", "--foreground"):
            # A client that asks before the store is up may sleep for 5 s.
            self._wait_until("its store is up", lambda: "1 up" in self._run("ceph", "osd", "stat"))

    @property
    def _configuration(self) -> Path:
        return self.directory / "ceph.conf"

    @property
    def _options(self) -> tuple[str, ...]:
        return (f"--conf={self._configuration}",)

    def _succeeds(self, *command: str) -> bool:
        try:
            self._run(*command)
        except ObjectStoreError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> str:
        options = () if program == "monmaptool" else self._options
        done = subprocess.run(
            [program, *options, *arguments],
            cwd=self.directory,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
        )
        if done.returncode != 0:
            raise ObjectStoreError(f"{program} {arguments[0]} failed: {done.stderr.strip()}")
        return done.stdout


def missing_programs() -> list[str]:
    """The programs of Ceph that this machine lacks."""
    return [program for program in _PROGRAMS if shutil.which(program, path=environment()["PATH"]) is None]
