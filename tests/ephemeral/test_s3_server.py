"""The private object stores: that they are usable when they are ready, and that nothing of them is left."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from minio.error import S3Error

from tests import fix_s3
from tests.fix_s3 import S3, StartServer, new_server
from tests.forking import status_of_child
from tests.waiting import is_running, wait_until
from thoth_storages.ephemeral import Ceph, S3Server, SeaweedFS, s3_server, seaweed
from thoth_storages.exceptions import ObjectStoreError, ObjectStoreProgramsNotFoundError

BUCKET = "kept"
EVERYWHERE = ("00000000", "0" * 32)


def _put(server: S3Server, key: str) -> None:
    server.make_bucket(BUCKET)
    with server.client() as client:
        client.put_object(BUCKET, key, io.BytesIO(key.encode()), len(key))


def _get(server: S3Server, key: str) -> bytes:
    with server.client() as client:
        return bytes(client.get_object(BUCKET, key).data)


def _listening_addresses(pid: int) -> set[str]:
    """The hexadecimal addresses on which a process listens for TCP."""
    inodes = {path.readlink().name for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()}
    addresses = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                addresses.add(fields[1].partition(":")[0])
    return addresses


class TestARunningServer:
    def test_takes_and_gives_objects_at_once(self, s3: S3) -> None:
        _put(s3.server, "a")
        assert _get(s3.server, "a") == b"a"

    def test_checks_the_secret(self, s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(s3.server, "secret_key", "guessed")
        with pytest.raises(S3Error, match="SignatureDoesNotMatch"):
            _get(s3.server, "a")

    def test_has_a_secret_of_its_own(self, s3: S3) -> None:
        assert s3.server.secret_key not in (Ceph().secret_key, SeaweedFS().secret_key)

    def test_listens_on_this_machine_only(self, s3: S3) -> None:
        for each in s3.server.daemons.values():
            addresses = _listening_addresses(each.pid)
            assert addresses
            assert addresses.isdisjoint(EVERYWHERE)

    def test_starting_it_again_changes_nothing(self, s3: S3) -> None:
        before = s3.server.gateway.pid
        s3.server.start()
        assert s3.server.gateway.pid == before

    def test_killed_comes_back_at_its_place_with_its_objects(self, s3: S3) -> None:
        _put(s3.server, "before the crash")
        before = s3.server.gateway.pid, s3.server.endpoint_url
        s3.server.kill()
        assert not is_running(before[0])
        s3.server.start()
        assert s3.server.gateway.pid != before[0]
        assert s3.server.endpoint_url == before[1]
        assert _get(s3.server, "before the crash") == b"before the crash"

    def test_cannot_be_closed_by_a_fork(self, s3: S3) -> None:
        assert status_of_child(s3.server.close) == 0
        assert all(each.is_running for each in s3.server.daemons.values())

    def test_bars_what_could_lead_it_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CEPH_ARGS", "--conf=/etc/ceph/production.conf")
        monkeypatch.setenv("PYTHONPATH", "/elsewhere")
        assert s3_server.environment().keys().isdisjoint(("CEPH_ARGS", "PYTHONPATH"))

    def test_of_seaweedfs_tells_nobody_about_itself(self, start_s3_server: StartServer) -> None:
        command = Path(f"/proc/{start_s3_server('seaweed').gateway.pid}/cmdline").read_text().split("\0")
        assert "-master.telemetry=false" in command


class TestAnotherServer:
    def test_takes_other_ports_when_somebody_was_faster(self, tmp_path: Path) -> None:
        new_server("seaweed")
        late = tmp_path / "weed"
        # Once it finds the port taken; weed itself looks at one for 10 s before it says so.
        late.write_text(f"""#!/bin/sh
            echo "$@" >>{tmp_path}/started
            [ $(wc -l <{tmp_path}/started) -gt 1 ] && exec {seaweed.find_weed()} "$@"
            echo 'listen tcp 127.0.0.1:15000: bind: address already in use'
            exit 1
        """)
        late.chmod(0o755)
        with SeaweedFS(program=late) as server:
            _put(server, "a")
        first, second = (tmp_path / "started").read_text().splitlines()
        assert first != second

    @pytest.mark.parametrize("name", ["ceph", "seaweed"])
    def test_closed_leaves_nothing_and_can_be_closed_twice(self, name: str) -> None:
        with new_server(name) as ended:
            pids, directory = [each.pid for each in ended.daemons.values()], ended.directory
        ended.close()
        assert not any(map(is_running, pids))
        assert not directory.exists()

    def test_that_does_not_start_says_why_and_leaves_nothing(self, tmp_path: Path) -> None:
        broken = tmp_path / "weed"
        broken.write_text("#!/bin/sh\necho no luck today\nexit 3\n")
        broken.chmod(0o755)
        server = SeaweedFS(program=broken)
        with pytest.raises(ObjectStoreError, match="weed ended with status 3: no luck today"), server:
            pytest.fail("it started")
        assert not server.directory.exists()

    @pytest.mark.long
    def test_that_is_durable_keeps_objects_while_it_is_stopped(self) -> None:
        with Ceph(durable=True) as server:
            _put(server, "a")
            server.stop()
            server.start()
            assert _get(server, "a") == b"a"


class TestMissingPrograms:
    @pytest.fixture(autouse=True)
    def _bare_machine(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("shutil.which", lambda *_, **__: None)
        monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))

    @pytest.mark.parametrize("name", ["ceph", "seaweed"])
    @pytest.mark.parametrize(("required", "outcome"), [(False, "Skipped"), (True, "Failed")])
    def test_skip_a_test_that_needs_them_or_fail_it_where_they_are_required(
        self, name: str, required: bool, outcome: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fix_s3, "_REQUIRED", required)
        with pytest.raises((pytest.fail.Exception, pytest.skip.Exception), match="install") as ended:
            new_server(name)
        assert ended.typename == outcome

    def test_of_ceph_are_named_with_the_command_that_helps(self) -> None:
        with pytest.raises(ObjectStoreProgramsNotFoundError, match=r"ceph-mon.*radosgw.* missing.*apt-get install"):
            Ceph()

    def test_of_seaweedfs_too(self) -> None:
        with pytest.raises(ObjectStoreProgramsNotFoundError, match=r"pip install 'thoth-storages\[embedded\]'"):
            SeaweedFS()


_OWNER = """
import sys
from thoth_storages.ephemeral import Ceph, SeaweedFS
server = {"ceph": Ceph, "seaweed": SeaweedFS}[sys.argv[1]]()
server.start()
print(server.directory, *(daemon.pid for daemon in server.daemons.values()), flush=True)
sys.stdin.readline()
"""


class TestTheEndOfItsProcess:
    # Each of the two ways with another server: together they take as long as all tests of one.
    @pytest.mark.parametrize(("name", "how"), [("ceph", signal.SIGKILL), ("seaweed", None)])
    def test_ends_the_server_and_removes_its_files(self, name: str, how: signal.Signals | None) -> None:
        new_server(name)
        command = [sys.executable, "-c", _OWNER, name]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
            assert owner.stdout is not None
            directory, *pids = owner.stdout.readline().split()
            assert all(is_running(int(pid)) for pid in pids)
            if how is None:
                owner.communicate("go on\n")
            else:
                owner.send_signal(how)
        wait_until(lambda: not any(is_running(int(pid)) for pid in pids), "the daemons end")
        wait_until(lambda: not Path(directory).exists(), "the files go")
