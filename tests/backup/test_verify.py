"""Proving backups of a knowledge graph."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from tests.backup.conftest import CopyDump
from tests.backup.making import FORMATS, flip_a_byte
from tests.backup.restoring import scratch_databases
from tests.fix_postgres import fresh
from tests.shared import shared_file
from thoth_storages.backup import BackupFolder, DumpFormat, create_backup, verify_backup
from thoth_storages.backup.verify import ask_queries
from thoth_storages.ephemeral import Server
from thoth_storages.exceptions import BackupError, NotFoundError
from thoth_storages.sql.migrating import SchemaState
from thoth_storages.sql.named import catalog


@pytest.fixture(scope="module")
def filled_graph(postgres: Server, original_template: NoopExecutor) -> Iterator[str]:
    """A knowledge graph that the original filled and this library migrated; no test changes it."""
    yield from fresh(postgres, original_template.template_dbname)


@pytest.fixture(scope="module")
def graph_dump(filled_graph: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it, not to be changed."""
    folder = tmp_path_factory.mktemp("graph")
    return folder / create_backup(filled_graph, BackupFolder(folder))


@pytest.mark.parametrize("is_beside", [False, True], ids=["throw-away server", "same server"])
def test_a_good_backup_is_proven(graph_dump: Path, filled_graph: str, is_beside: bool) -> None:
    conninfo = filled_graph if is_beside else None
    proof = verify_backup(BackupFolder(graph_dump.parent), graph_dump.name, conninfo=conninfo)
    with psycopg.connect(filled_graph) as connection:
        (solvers,) = connection.execute("SELECT count(*) FROM python_package_version").fetchone() or (0,)
    assert (proof.name, proof.is_compared, proof.state) == (graph_dump.name, True, SchemaState.CURRENT)
    assert proof.rows > solvers > 1000
    assert proof.tables > 80
    assert proof.queries == len(catalog)
    assert scratch_databases(filled_graph) == []


def test_a_dump_of_the_original_is_migrated_and_asked(filled_graph: str) -> None:
    dump = shared_file("conformance/original.dump")
    proof = verify_backup(BackupFolder(dump.parent), dump.name, conninfo=filled_graph)
    assert (proof.is_compared, proof.state) == (False, SchemaState.UNMANAGED)
    assert proof.queries == len(catalog)


def test_one_other_byte_is_found_before_anything_is_restored(graph_dump: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(graph_dump.parent, tmp_path / "copy")) / graph_dump.name
    flip_a_byte(copy, 0.5)
    with pytest.raises(BackupError, match=r"^.* isn't what was dumped: it has the right size, but other bytes in it$"):
        verify_backup(BackupFolder(copy.parent), copy.name)


@pytest.mark.parametrize("dump_format", FORMATS)
def test_a_database_that_is_no_graph_is_not_proven(
    dump_format: DumpFormat, dumps: dict[DumpFormat, Path], small_database: str
) -> None:
    dump = dumps[dump_format]
    with pytest.raises(
        BackupError, match=r"^The query \S+ doesn't run on what was restored: relation .* does not exist"
    ):
        verify_backup(BackupFolder(dump.parent), dump.name, conninfo=small_database)
    assert scratch_databases(small_database) == []


def test_a_backup_of_a_newer_server_than_there_is_here_says_which_to_install(
    copy_dump: CopyDump,
) -> None:
    dump = copy_dump(DumpFormat.CUSTOM)
    path = Path(f"{dump}.manifest.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"server_version": "99.1 (Debian 99.1-1)"}))
    with pytest.raises(
        BackupError,
        match=rf"^{dump.name} was dumped from PostgreSQL 99, and only \S+ is here to restore it: "
        "install postgresql-99$",
    ):
        verify_backup(BackupFolder(dump.parent), dump.name)


def test_a_backup_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        verify_backup(BackupFolder(tmp_path), "pg_dump-20-01-01-00-00-00")


def test_asking_the_queries_changes_nothing_and_finds_the_one_that_fails(original_database: str) -> None:
    with psycopg.connect(original_database, autocommit=True) as connection:
        assert ask_queries(connection) == len(catalog)
        assert connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        connection.execute("ALTER TABLE cve_timestamp RENAME COLUMN timestamp TO moment")
        with pytest.raises(
            BackupError, match=r"^The query \S*cve_timestamp\S* doesn't run on what was restored: column"
        ):
            ask_queries(connection)
