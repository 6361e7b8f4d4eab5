"""Fixtures for the checks of queries: databases to prove them on, and runs of checks on a few lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_postgresql.executors import NoopExecutor

from tests.fix_postgres import fresh
from thoth_storages.ephemeral import Server
from thoth_storages.sql.checking.reading import packaged_files, read
from thoth_storages.sql.checking.session import Connection, Session
from thoth_storages.sql.checking.subject import Checked

SHOP = """\
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE FUNCTION digest(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT md5($1)';
CREATE TABLE maker (id serial PRIMARY KEY, name text NOT NULL UNIQUE, country text);
CREATE TABLE ware (
  id serial PRIMARY KEY,
  maker_id integer REFERENCES maker ON DELETE CASCADE,
  name text NOT NULL,
  size text,
  colour colour NOT NULL,
  is_sold boolean NOT NULL,
  digest text GENERATED ALWAYS AS (digest(name)) STORED,
  UNIQUE (name, size)
);
CREATE TABLE price (ware_id integer NOT NULL REFERENCES ware, amount integer NOT NULL, note text);
CREATE UNIQUE INDEX price_key ON price (ware_id, note) NULLS NOT DISTINCT;
CREATE INDEX price_amount_idx ON price (amount);
CREATE INDEX ware_maker_idx ON ware (maker_id);
"""

CheckGraph = Callable[..., Checked]
CheckText = Callable[[str], Checked]


def connected(conninfo: str) -> Connection:
    """Connect as a check does."""
    return psycopg.connect(conninfo, autocommit=True, prepare_threshold=None)


@pytest.fixture(scope="session")
def shop(postgres: Server) -> Iterator[Connection]:
    """A connection to a small database with empty tables, which all tests share: they undo what they do."""
    for conninfo in fresh(postgres):
        with connected(conninfo) as connection:
            connection.execute(SHOP.encode())
            yield connection


@pytest.fixture(scope="session")
def migrated(postgres: Server, migrated_template: NoopExecutor) -> Iterator[Connection]:
    """A connection to a database with this library's schema, which all tests share: they undo what they do."""
    for conninfo in fresh(postgres, migrated_template.template_dbname):
        with connected(conninfo) as connection:
            yield connection


@pytest.fixture(scope="session")
def package(migrated: Connection) -> Checked:
    """All queries of the package, under examination."""
    return read(packaged_files(), Session(lambda: migrated))


@pytest.fixture
def check(shop: Connection, tmp_path: Path) -> CheckText:
    """A function that puts a text of queries under examination, on the database ``shop``."""

    def check(text: str) -> Checked:
        path = tmp_path / "queries.sql"
        path.write_text(text, encoding="utf-8")
        return read([path], Session(lambda: shop))

    return check


@pytest.fixture
def examine_graph(migrated: Connection, tmp_path: Path) -> CheckGraph:
    """A function that puts a text of queries under examination, on this library's schema, and its contract with it."""

    def examine_graph(text: str, contract: str | None = None) -> Checked:
        path = tmp_path / "some.sql"
        path.write_text(text, encoding="utf-8")
        if contract is not None:
            path.with_suffix(".toml").write_text(contract, encoding="utf-8")
        return read([path], Session(lambda: migrated))

    return examine_graph
