"""Folders of migrations to try, and a database that isn't there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fix_postgres import PREFIX
from thoth_storages.ephemeral import Server
from thoth_storages.sql.migrating import read_migrations

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    """A function that writes migrations into one folder, ``name="sql"`` each, and answers the folder."""

    def write(**files: str) -> Path:
        for name, text in files.items():
            header = "" if text.startswith("-- stage") or name.endswith("_rollback") else "-- stage: pre\n"
            path = tmp_path / f"{name[1:5]}.{name[6:].replace('_rollback', '.rollback').replace('_', '-')}.sql"
            path.write_text(header + text, encoding="utf-8")
        read_migrations.cache_clear()
        return tmp_path

    return write


@pytest.fixture
def two(folder: Write) -> Path:
    """A folder with two migrations, each with its rollback."""
    return folder(
        m0001_apples="CREATE TABLE apple (id integer);",
        m0001_apples_rollback="DROP TABLE apple;",
        m0002_pears="CREATE TABLE pear (id integer);\nCREATE INDEX pear_idx ON pear (id);",
        m0002_pears_rollback="DROP INDEX pear_idx;\nDROP TABLE pear;",
    )


@pytest.fixture
def missing_database(postgres: Server) -> Iterator[str]:
    """The connection string of a database that doesn't exist."""
    name = f"{PREFIX}{os.getpid()}_missing"
    yield postgres.conninfo(name)
    postgres.drop_database(name)
