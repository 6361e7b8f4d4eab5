"""Texts that are too long for an index that a migration builds."""

from __future__ import annotations

import random

import psycopg
import pytest

from tests.databases import catalog
from tests.fix_rows import Rows
from tests.sql.migrating.conftest import Write
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import migrate, plan


def noise(length: int) -> str:
    """A text that can't be compressed."""
    return "".join(random.Random(length).choices("".join(map(chr, range(33, 127))), k=length))


def add(conninfo: str, statement: str, *values: object) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statement.encode(), values)


def test_an_origin_that_no_index_holds_is_refused_before_anything_is_changed(alembic_database: str) -> None:
    with psycopg.connect(alembic_database, autocommit=True) as connection:
        for name, origin in (("adviser-1", noise(3_000)), ("adviser-2", "x" * 100_000), ("adviser-3", noise(5_000))):
            Rows(connection).adviser_run(name, origin=origin)
    before = catalog(alembic_database)
    for act in (plan, migrate):
        with pytest.raises(
            MigrationError,
            match=r"^adviser_run\.origin is too long for the index adviser_run_origin_idx, which holds texts of 2,688 "
            r"bytes at most, compressed: 5,000 bytes in the row of adviser-3, id 3, 3,000 bytes in the row of "
            r"adviser-1, id 1\. Nothing was changed; shorten it there, and migrate again$",
        ):
            act(alembic_database)
        assert catalog(alembic_database) == before
    add(alembic_database, "UPDATE adviser_run SET origin = left(origin, 2000) WHERE id IN (1, 3)")
    migrate(alembic_database)


@pytest.mark.parametrize(
    "index",
    [
        "CREATE INDEX apple_idx ON apple (name)",
        "CREATE UNIQUE INDEX apple_idx ON apple (name, tree_id)",
        "-- transactional: false\nCREATE INDEX CONCURRENTLY IF NOT EXISTS apple_idx\n  ON apple (tree_id, name)",
    ],
)
def test_what_is_refused_would_not_fit_and_what_is_not_fits(empty_database: str, folder: Write, index: str) -> None:
    directory = folder(m0001_apples="CREATE TABLE apple (id serial, tree_id bigint, name text);")
    migrate(empty_database, directory=directory)
    folder(m0002_index=f"-- stage: pre\n{index};")
    for length in range(2_600, 2_720, 4):
        add(empty_database, "TRUNCATE apple")
        add(empty_database, "INSERT INTO apple (tree_id, name) VALUES (%s, %s)", length % 8 or None, noise(length))
        try:
            plan(empty_database, directory=directory)
        except MigrationError:
            break
    else:
        pytest.fail("nothing is refused")
    assert 2_660 < length < 2_705
    add(empty_database, "TRUNCATE apple")
    for tree_id in (None, 7):
        add(empty_database, "INSERT INTO apple (tree_id, name) VALUES (%s, %s)", tree_id, noise(length - 4))
    assert migrate(empty_database, directory=directory) == ["0002.index"]


def test_texts_of_which_an_index_holds_a_digest_are_no_matter(empty_database: str, folder: Write) -> None:
    directory = folder(
        m0001_apples="CREATE TABLE apple (id integer, name text, note text);",
        m0002_index="CREATE UNIQUE INDEX apple_key ON apple (md5(note), id);",
    )
    migrate(empty_database, to="0001.apples", directory=directory)
    add(empty_database, "INSERT INTO apple VALUES (1, %s, %s)", noise(9_000), noise(9_001))
    assert migrate(empty_database, directory=directory) == ["0002.index"]
