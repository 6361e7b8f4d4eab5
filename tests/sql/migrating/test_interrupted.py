"""Adopting a database that is interrupted by ``kill -9`` again and again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.databases import catalog, contents, distinct, plant_copies, tables
from thoth_storages.sql.migrating import Stage, applied, migrate, read_migrations

KILLER = """
import itertools, json, os, signal, sys
import psycopg
from thoth_storages.sql.migrating import backend, migrate, read_migrations

conninfo, stride = sys.argv[1], int(sys.argv[2])
SURVIVED = 7


def migrate_until(wanted, number):
    # Killed before the client says its `number`-th thing to the server in the migration `wanted`; what comes before the
    # first migration counts as "".
    said = {"in": "", "number": 0}

    def on_progress(progress):
        if progress.migration != said["in"]:
            said.update({"in": progress.migration, "number": 0})

    def wait(self, generator, *arguments, **options):
        said["number"] += 1
        if said["in"] > wanted:
            os._exit(SURVIVED)
        if (said["in"], said["number"]) == (wanted, number):
            os.kill(os.getpid(), signal.SIGKILL)
        return ordinary(self, generator, *arguments, **options)

    ordinary, psycopg.Connection.wait = psycopg.Connection.wait, wait
    migrate(conninfo, on_progress=on_progress)
    os._exit(SURVIVED)


killed = {}
for wanted in ["", *(migration.id for migration in read_migrations())]:
    for number in itertools.count(stride // 10 + 1, stride if wanted else 4 * stride):
        if not (child := os.fork()):
            migrate_until(wanted, number)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended == SURVIVED:
            break
        assert ended == -signal.SIGKILL
        killed[wanted] = killed.get(wanted, 0) + 1
print(json.dumps(killed))
"""


@pytest.mark.parametrize(
    "stride", [pytest.param(40, id="now-and-then"), pytest.param(1, id="everywhere", marks=pytest.mark.long)]
)
def test_adopting_that_is_killed_again_and_again_comes_to_its_end(
    filled_database: str, database: str, stride: int
) -> None:
    with psycopg.connect(filled_database, autocommit=True) as connection:
        columns, before = tables(connection), distinct(contents(connection))
        plant_copies(connection)
        command = [sys.executable, "-c", KILLER, filled_database, str(stride)]
        run = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[3])
        killed = json.loads(run.stdout)
        assert killed.pop("") > 2
        assert list(killed) == [each.id for each in read_migrations() if each.stage is not Stage.BASELINE]
        migrate(filled_database)
        assert distinct(contents(connection, columns=columns)) == before
        assert applied(connection) == [migration.id for migration in read_migrations()]
    assert catalog(filled_database, "--exclude-table=alembic_version") == catalog(database)
