"""A PostgreSQL for the tests: one server a test process, databases copied from templates that are made once.

By default each process starts a server of its own. ``THOTH_STORAGES_TEST_DSN`` names one to use instead; there only
databases whose names begin with ``thoth_test_`` are touched. pytest-postgresql keeps the templates.
"""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pytest_postgresql.executors import NoopExecutor
from pytest_postgresql.factories import postgresql_noproc

from tests.shared import shared_file
from thoth_storages import GraphDatabase
from thoth_storages.ephemeral import BINDIR_VARIABLE, Cluster, Server, embedded_programs, find_programs
from thoth_storages.exceptions import PostgreSQLProgramsNotFoundError
from thoth_storages.sql.migrating import migrate

DSN_VARIABLE = "THOTH_STORAGES_TEST_DSN"
PREFIX = "thoth_test_"

# Read once, before the fixture ``environment`` takes it away from the tests.
_DSN = os.environ.get(DSN_VARIABLE)
_STEM = f"{PREFIX}{os.getpid()}_"
_numbers = itertools.count()

PointTo = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that chooses a server."""
    parser.addoption(
        "--postgres",
        metavar="machine|embedded|DIRECTORY",
        default="machine",
        help="the PostgreSQL to test with: the machine's (default), the wheel's, or the programs in a directory",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name the chosen server in the environment, so that programs that a test starts use the same one."""
    chosen = config.getoption("--postgres")
    if chosen == "embedded":
        chosen = embedded_programs()
        if chosen is None:
            raise pytest.UsageError("--postgres=embedded needs the wheel: pip install 'thoth-storages[embedded]'")
    if chosen != "machine":
        os.environ[BINDIR_VARIABLE] = str(chosen)
    if not _DSN:
        try:
            find_programs()
        except PostgreSQLProgramsNotFoundError as error:
            raise pytest.UsageError(str(error)) from None


def pytest_report_header() -> str:
    """Say with which server the tests run."""
    return f"postgres: {'the one that ' + DSN_VARIABLE + ' names' if _DSN else find_programs()}"


@pytest.fixture(autouse=True, scope="session")
def environment() -> Iterator[None]:
    """Nothing of the caller's environment that could lead a test to what somebody needs.

    That is a database, a store, and the repository that git names to its hooks.
    """
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in list(os.environ):
            if name.startswith(("KNOWLEDGE_GRAPH_", "THOTH_", "PG", "GIT_")) and name != BINDIR_VARIABLE:
                monkeypatch.delenv(name)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL server, of this test process alone unless a variable names one."""
    if _DSN:
        yield Server(_DSN, database_prefix=PREFIX)
        return
    # Compiling a statement takes longer than running it on what a test stores.
    with Cluster(settings={"jit": "off"}) as cluster:
        yield cluster


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A running PostgreSQL server of this test alone, to be stopped, restarted and killed; its commits are durable."""
    with Cluster(durable=True) as own:
        yield own


def _load_schema(*, host: str, port: int, user: str, dbname: str, password: str | None, **_: Any) -> None:
    migrate(make_conninfo(host=host, port=port, user=user, dbname=dbname, password=password))


def restore(dump: Path, conninfo: str) -> None:
    """Fill an empty database with what a dump holds, without its owners and their rights."""
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--dbname", conninfo]
    command = [find_programs() / "pg_restore", *options, dump]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)


def _load_original(**parameters: Any) -> None:
    parameters.pop("autocommit")
    conninfo = make_conninfo(**parameters)
    restore(shared_file("conformance/original.dump"), conninfo)
    _load_schema(**parameters)
    # A restored database has no statistics, and here no autovacuum that would gather them: walks over its dependencies
    # took PostgreSQL 18 four times as long.
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("ANALYZE")


migrated_template = postgresql_noproc(depends_on="postgres", dbname=f"{_STEM}migrated", load=[_load_schema])
original_template = postgresql_noproc(depends_on="postgres", dbname=f"{_STEM}original", load=[_load_original])


def fresh(server: Server, template: str | None = None) -> Iterator[str]:
    """Yield the connection string of a new database, empty or a copy of ``template``, and drop it afterwards."""
    name = f"{_STEM}{next(_numbers)}"
    yield server.create_database(name, template)
    server.drop_database(name)


@pytest.fixture
def empty_database(postgres: Server) -> Iterator[str]:
    """The connection string of a new database without any table."""
    yield from fresh(postgres)


@pytest.fixture
def database(postgres: Server, migrated_template: NoopExecutor) -> Iterator[str]:
    """The connection string of a new database with the current schema and no row."""
    yield from fresh(postgres, migrated_template.template_dbname)


@pytest.fixture
def original_database(postgres: Server, original_template: NoopExecutor) -> Iterator[str]:
    """The connection string of a new database that the original library filled and this one migrated."""
    yield from fresh(postgres, original_template.template_dbname)


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    """A connection to ``database`` that commits each statement by itself."""
    with psycopg.connect(database, autocommit=True) as connected:
        yield connected


def variables_of(conninfo: str) -> dict[str, str]:
    """The ``KNOWLEDGE_GRAPH_*`` variables that name the database of a connection string."""
    parameters = conninfo_to_dict(conninfo)
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "DATABASE": "dbname"}
    named = {variable: parameters.get(parameter) for variable, parameter in names.items()}
    variables = {f"KNOWLEDGE_GRAPH_{variable}": str(value) for variable, value in named.items() if value is not None}
    return variables | {"KNOWLEDGE_GRAPH_SSL_DISABLED": "1"}


@pytest.fixture
def point_to(monkeypatch: pytest.MonkeyPatch) -> PointTo:
    """A function that makes the ``KNOWLEDGE_GRAPH_*`` variables name the database of a connection string."""

    def point(conninfo: str) -> None:
        for variable, value in variables_of(conninfo).items():
            monkeypatch.setenv(variable, value)

    return point


@pytest.fixture
def graph(database: str, point_to: PointTo) -> Iterator[GraphDatabase]:
    """The adapter as a service has it, connected to ``database``."""
    point_to(database)
    adapter = GraphDatabase()
    adapter.connect()
    yield adapter
    adapter.disconnect()


@pytest.fixture
def other_connection(postgres: Server, migrated_template: NoopExecutor) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a second new database with the current schema, to compare the one of ``connection`` with."""
    name = f"thoth_test_{os.getpid()}_other"
    conninfo = postgres.create_database(name, migrated_template.template_dbname)
    with psycopg.connect(conninfo, autocommit=True) as connected:
        yield connected
    postgres.drop_database(name)
