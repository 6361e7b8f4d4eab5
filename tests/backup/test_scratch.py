"""Databases that are made aside: whose maker was killed, they are dropped by the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.backup.making import TABLES
from tests.backup.restoring import fingerprints, name_of, restore, scratch_databases
from tests.backup.test_dump import programs_with
from tests.waiting import wait_until
from thoth_storages.backup import DumpFormat
from thoth_storages.backup.scratch import scratch_database
from thoth_storages.ephemeral import BINDIR_VARIABLE, Cluster


def sessions_of(conninfo: str, name: str) -> list[int]:
    with psycopg.connect(make_conninfo(conninfo, dbname="postgres")) as connection:
        return [pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", (name,))]


def test_what_a_killed_restore_left_behind_is_dropped_by_the_next(
    dumps: dict[DumpFormat, Path],
    filled_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dump = dumps[DumpFormat.PLAIN]
    program = (
        "import sys; from pathlib import Path; from thoth_storages.backup import BackupFolder, restore_backup;"
        "restore_backup(sys.argv[1], BackupFolder(Path(sys.argv[2])), sys.argv[3], replace=True)"
    )
    command = [sys.executable, "-c", program, filled_database, str(dump.parent), dump.name]
    programs = programs_with(tmp_path / "bin", "psql", "kill -9 $PPID")
    before = fingerprints(filled_database)
    killed = subprocess.run(command, env={**os.environ, BINDIR_VARIABLE: programs}, cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    assert fingerprints(filled_database) == before
    (left,) = scratch_databases(filled_database)
    wait_until(lambda: not sessions_of(filled_database, left), "its sessions are gone")
    restore(dump, filled_database, replace=True)
    assert scratch_databases(filled_database) == []
    assert f"dropped the database {left}, which an interrupted restore had left behind" in caplog.text
    assert {table: each.rows for table, each in fingerprints(filled_database).items()} == TABLES


def test_the_scratch_database_of_another_restore_is_left_alone(
    dumps: dict[DumpFormat, Path], filled_database: str, missing_database: str
) -> None:
    with scratch_database(filled_database, name_of(filled_database)) as scratch:
        restore(dumps[DumpFormat.CUSTOM], missing_database)
        assert scratch_databases(filled_database) == [scratch]
    assert scratch_databases(filled_database) == []


def test_a_server_that_is_gone_hides_nothing_that_was_said_before(caplog: pytest.LogCaptureFixture) -> None:
    with Cluster() as cluster:
        conninfo = cluster.create_database("graph")
        aside = scratch_database(conninfo, "graph")
        scratch = aside.__enter__()
        cluster.stop()
        error = LookupError("why it failed")
        assert not aside.__exit__(LookupError, error, None)
        assert f"the database {scratch} couldn't be dropped, which the next restore does: Can't connect" in caplog.text
        cluster.start()
        with scratch_database(conninfo, "graph") as next_one:
            assert scratch_databases(conninfo) == [next_one]
