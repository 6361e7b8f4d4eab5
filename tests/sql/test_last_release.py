"""The last release on this schema: services are updated one by one, and the schema before the first of them."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from psycopg import pq

from tests.fix_postgres import variables_of
from thoth_storages.sql.catalog import Catalog
from thoth_storages.sql.checking.variants import Variant, variants_of
from thoth_storages.sql.migrating import Stage, migrate, read_migrations

ROOT = Path(__file__).parents[2]


def git(*arguments: str) -> bytes | None:
    """What git says in this checkout; None where this is none, or git refuses."""
    try:
        return subprocess.run(["git", "-C", str(ROOT), *arguments], check=True, capture_output=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as the newest tag has it."""
    if not (tag := git("describe", "--tags", "--abbrev=0")):
        pytest.skip("there is no tag to compare with, or this isn't a checkout")
    archive = git("archive", "--format=zip", tag.decode().strip(), "thoth_storages")
    assert archive is not None
    folder = tmp_path_factory.mktemp("release")
    with ZipFile(BytesIO(archive)) as files:
        files.extractall(folder)
    return folder


@pytest.fixture
def rolled_out(release: Path, empty_database: str) -> str:
    """A database with this schema as it is while the release is still running: before the first ``post``."""
    known = {path.stem for path in (release / "thoth_storages/sql/migrations").glob("*.sql")}
    ids = []
    for migration in read_migrations():
        if migration.stage is Stage.POST and migration.id not in known:
            break
        ids.append(migration.id)
    migrate(empty_database, to=ids[-1])
    return empty_database


def failure(connection: psycopg.Connection, variant: Variant) -> str | None:
    """What the server says against a variant of a query, which is run with NULLs when it only reads."""
    with connection.transaction(force_rollback=True):
        text = variant.text.encode()
        if variant.source.statement.writes:
            answer = connection.pgconn.prepare(b"", text)
        else:
            answer = connection.pgconn.exec_params(text, [None] * len(variant.names))
    if answer.status in (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK):
        return None
    return f"{variant.source.name} {variant.words}: {answer.error_message.decode()}"


def test_its_queries_run(release: Path, rolled_out: str) -> None:
    catalog = Catalog(release / "thoth_storages/sql/queries")
    assert len(catalog) > 100
    with psycopg.connect(rolled_out, autocommit=True) as connection:
        failures = [
            said
            for query in catalog.values()
            for variant in variants_of(query.source)
            if (said := failure(connection, variant))
        ]
    assert failures == []


def test_it_works_on_the_schema_as_its_own_code_sees_it(release: Path, rolled_out: str) -> None:
    program = (
        "from thoth_storages import GraphDatabase; graph = GraphDatabase(); graph.connect();"
        "graph.register_python_package_index('https://pypi.org/simple');"
        "print(graph.get_python_package_index_urls_all())"
    )
    environment = {**os.environ, **variables_of(rolled_out), "PYTHONPATH": str(release)}
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment, cwd=release
    )
    assert "https://pypi.org/simple" in run.stdout
