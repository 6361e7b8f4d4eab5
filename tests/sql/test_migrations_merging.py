"""What the migrations merge, and what they keep; and the function that merges copies of a row."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg import errors, sql

from tests.databases import Connection, catalog
from thoth_storages.sql.migrating import migrate


def test_an_artifact_that_was_found_missing_once_is_missing(alembic_database: str) -> None:
    with psycopg.connect(alembic_database, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO python_artifact (artifact_hash_sha256, artifact_name, present) "
            "VALUES ('a', NULL, TRUE), ('a', NULL, FALSE), ('a', NULL, TRUE), ('a', 'a.whl', TRUE), ('b', NULL, TRUE)"
        )
        migrate(alembic_database)
        found = connection.execute(
            "SELECT artifact_hash_sha256, artifact_name, present FROM python_artifact ORDER BY id"
        )
        assert found.fetchall() == [("a", None, False), ("a", "a.whl", True), ("b", None, True)]


def test_runs_of_one_document_that_differ_are_all_kept(alembic_database: str) -> None:
    insert = sql.SQL(
        "INSERT INTO adviser_run (adviser_document_id, datetime, adviser_version, adviser_name, debug, need_re_run, "
        "adviser_error, recommendation_type, requirements_format, advised_configuration_changes, "
        "additional_stack_info) "
        "VALUES ('adviser-1', '2026-01-01', '1', 'adviser', FALSE, %s, FALSE, 'LATEST', 'PIPENV', FALSE, FALSE)"
    )
    with psycopg.connect(alembic_database, autocommit=True) as connection:
        for need_re_run in (True, False, None, True, None):
            connection.execute(insert, (need_re_run,))
        migrate(alembic_database)
        kept = connection.execute("SELECT need_re_run FROM adviser_run ORDER BY id").fetchall()
    assert kept == [(True,), (False,), (None,)]


class TestMergeDuplicates:
    """The function, on tables of its own."""

    @pytest.fixture
    def family(self, connected: Connection) -> Connection:
        """A parent with copies, a child with an id, and relations with a primary key, with a column more, and bare."""
        connected.execute(
            """
            CREATE TABLE parent (id integer PRIMARY KEY, name text, "Odd column" real);
            CREATE TABLE child (
              id serial PRIMARY KEY,
              mother integer REFERENCES parent,
              father integer REFERENCES parent
            );
            CREATE TABLE keyed (
              parent_id integer REFERENCES parent ON DELETE CASCADE,
              x integer,
              PRIMARY KEY (parent_id, x)
            );
            CREATE TABLE noted (
              x integer,
              parent_id integer REFERENCES parent ON DELETE CASCADE,
              note text,
              UNIQUE (x, parent_id)
            );
            CREATE TABLE bare (parent_id integer REFERENCES parent ON DELETE CASCADE, x integer);
            INSERT INTO parent
            VALUES (1, 'a', 1), (2, 'b', 1), (3, 'a', 1), (4, 'a', 2), (5, NULL, NULL), (6, NULL, NULL), (7, 'a', 1);
            INSERT INTO child (mother, father) VALUES (3, 7), (1, 2), (6, NULL);
            INSERT INTO keyed VALUES (1, 1), (3, 1), (7, 1), (3, 2), (7, 2), (4, 1), (6, 9);
            INSERT INTO noted VALUES (1, 3, 'n'), (1, 7, 'n'), (2, 1, 'n'), (2, 3, 'n');
            INSERT INTO bare VALUES (1, 1), (3, 1), (7, 2), (7, 2), (2, 1);
            """
        )
        return connected

    def merge(self, connection: Connection, table: str) -> int:
        row = connection.execute("SELECT merge_duplicates(%s)", (table,)).fetchone()
        assert row is not None
        return int(row[0])

    def rows(self, connection: Connection, table: str) -> list[tuple[Any, ...]]:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2".encode()).fetchall()

    def test_copies_go_and_references_move_to_the_oldest(self, family: Connection) -> None:
        assert self.merge(family, "parent") == 3
        assert self.rows(family, "parent") == [(1, "a", 1), (2, "b", 1), (4, "a", 2), (5, None, None)]
        assert self.rows(family, "child") == [(1, 1, 1), (2, 1, 2), (3, 5, None)]

    def test_relations_that_become_equal_lose_only_the_copies(self, family: Connection) -> None:
        self.merge(family, "parent")
        assert self.rows(family, "keyed") == [(1, 1), (1, 2), (4, 1), (5, 9)]
        assert self.rows(family, "noted") == [(1, 1, "n"), (2, 1, "n")]
        assert self.rows(family, "bare") == [(1, 1), (1, 2), (2, 1)]

    def test_rows_that_differ_are_never_dropped_for_a_key(self, family: Connection) -> None:
        family.execute("UPDATE noted SET note = 'another' WHERE parent_id = 7")
        before = self.rows(family, "noted")
        with pytest.raises(errors.UniqueViolation, match="noted_x_parent_id_key"):
            self.merge(family, "parent")
        assert self.rows(family, "noted") == before

    def test_a_table_without_an_id_loses_its_copies(self, family: Connection) -> None:
        assert self.merge(family, "bare") == 1
        assert self.rows(family, "bare") == [(1, 1), (2, 1), (3, 1), (7, 2)]

    def test_a_table_without_copies_stays_as_it_is(self, family: Connection) -> None:
        self.merge(family, "parent")
        before = {table: self.rows(family, table) for table in ("parent", "child", "keyed", "noted", "bare")}
        assert self.merge(family, "parent") == 0
        assert {table: self.rows(family, table) for table in before} == before

    def test_no_helping_index_or_table_stays(self, family: Connection, database: str) -> None:
        before = catalog(database)
        self.merge(family, "parent")
        assert catalog(database) == before

    def test_nothing_hangs_in_the_air_afterwards(self, family: Connection) -> None:
        self.merge(family, "parent")
        orphans = "SELECT count(*) FROM {} WHERE parent_id NOT IN (SELECT id FROM parent)"
        for table in ("keyed", "noted", "bare"):
            assert family.execute(orphans.format(table).encode()).fetchone() == (0,)

    def test_a_reference_to_something_else_than_the_id_is_refused(self, family: Connection) -> None:
        family.execute("ALTER TABLE parent ADD UNIQUE (id, name)")
        family.execute("CREATE TABLE odd (id integer, name text, FOREIGN KEY (id, name) REFERENCES parent (id, name))")
        with pytest.raises(errors.RaiseException, match=r"foreign key odd_id_name_fkey of public\.odd refers to no"):
            self.merge(family, "parent")

    def test_writers_wait_and_readers_go_on_while_it_works(self, family: Connection, database: str) -> None:
        with psycopg.connect(database) as merging, psycopg.connect(database, autocommit=True) as other:
            merging.execute("SELECT merge_duplicates('parent')")
            other.execute("SET lock_timeout = '100ms'")
            assert other.execute("SELECT count(*) FROM child").fetchone() == (3,)
            for insert in ("INSERT INTO parent VALUES (8)", "INSERT INTO child (mother) VALUES (7)"):
                with pytest.raises(errors.LockNotAvailable):
                    other.execute(insert.encode())
            locked = other.execute(
                "SELECT relation::regclass::text FROM pg_locks WHERE pid = %s AND mode = 'ShareRowExclusiveLock'",
                (merging.info.backend_pid,),
            ).fetchall()
            assert {table for (table,) in locked} == {"parent", "child", "keyed", "noted", "bare"}
