"""A dumped database, made once for all tests of backups, and copies of its dumps to be damaged."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.backup.making import FORMATS, fill
from tests.fix_postgres import PREFIX
from thoth_storages.backup import BackupFolder, DumpFormat, create_backup
from thoth_storages.ephemeral import Server

_numbers = itertools.count()

CopyDump = Callable[[DumpFormat], Path]


@pytest.fixture(scope="session")
def small_database(postgres: Server) -> Iterator[str]:
    """The connection string of a small database that no test changes."""
    name = f"{PREFIX}{os.getpid()}_small"
    conninfo = postgres.create_database(name)
    fill(conninfo)
    yield conninfo
    postgres.drop_database(name)


@pytest.fixture(scope="session")
def dumps(small_database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[DumpFormat, Path]:
    """A backup of the small database in each format, each in a folder of its own; not to be changed."""
    made = {}
    for dump_format in FORMATS:
        folder = tmp_path_factory.mktemp(dump_format.value)
        made[dump_format] = folder / create_backup(small_database, BackupFolder(folder), dump_format)
    return made


@pytest.fixture
def copy_dump(dumps: dict[DumpFormat, Path], tmp_path: Path) -> CopyDump:
    """A function that copies a backup of the small database, with its manifest, for a test to damage it."""

    def copy(dump_format: DumpFormat) -> Path:
        folder = tmp_path / dump_format.value
        shutil.copytree(dumps[dump_format].parent, folder)
        return folder / dumps[dump_format].name

    return copy


@pytest.fixture
def filled_database(postgres: Server, empty_database: str) -> str:
    """A database that holds something else."""
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("CREATE TABLE precious AS SELECT 7 AS value")
    return empty_database


@pytest.fixture
def missing_database(postgres: Server) -> Iterator[str]:
    """The connection string of a database that isn't there; one that is made meanwhile is dropped."""
    name = f"{PREFIX}{os.getpid()}_missing_{next(_numbers)}"
    yield postgres.conninfo(name)
    postgres.drop_database(name)
