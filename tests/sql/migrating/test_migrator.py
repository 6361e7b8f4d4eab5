from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.databases import catalog
from tests.sql.migrating.conftest import Write
from tests.sql.migrating.running import ids, run
from thoth_storages.exceptions import DatabaseUnreachableError, MigrationError
from thoth_storages.sql.migrating import (
    Progress,
    SchemaState,
    database_exists,
    migrate,
    rollback,
    schema_state,
    status,
)


def test_a_missing_database_is_created_and_migrated(missing_database: str, two: Path) -> None:
    assert migrate(missing_database, directory=two) == ["0001.apples", "0002.pears"]
    assert ids(missing_database) == ["0001.apples", "0002.pears"]


def test_an_up_to_date_database_is_left_alone(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    before = catalog(empty_database)
    assert migrate(empty_database, directory=two) == []
    assert catalog(empty_database) == before


def test_only_what_is_missing_is_applied(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    assert migrate(empty_database, directory=folder(m0003_plums="CREATE TABLE plum (id integer);")) == ["0003.plums"]


def test_migrating_may_end_at_a_named_migration(empty_database: str, two: Path) -> None:
    assert migrate(empty_database, to="0001.apples", directory=two) == ["0001.apples"]
    assert migrate(empty_database, to="0001.apples", directory=two) == []
    assert migrate(empty_database, directory=two) == ["0002.pears"]


def test_the_migration_to_end_at_must_exist(missing_database: str, two: Path) -> None:
    with pytest.raises(MigrationError, match=r"there is no migration 0003: the newest is 0002\.pears"):
        migrate(missing_database, to="0003", directory=two)
    assert not database_exists(missing_database)


def test_twenty_at_once_on_a_missing_database_all_succeed(missing_database: str, two: Path) -> None:
    def run_one(_: int) -> list[str]:
        return migrate(missing_database, directory=two)

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(run_one, range(20)))
    assert sorted(answers)[-1] == ["0001.apples", "0002.pears"]
    assert sorted(answers)[:-1] == [[]] * 19


def test_a_database_of_this_library_is_made_from_nothing(missing_database: str) -> None:
    assert migrate(missing_database)[0] == "0001.python-packages"
    with psycopg.connect(missing_database) as connection:
        assert schema_state(connection) is SchemaState.CURRENT


def test_nothing_is_printed_and_each_migration_is_logged(
    empty_database: str, folder: Write, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="thoth_storages")
    migrate(empty_database, directory=folder(m0001_a="SELECT 1 AS number;", m0001_a_rollback="SELECT 2;"))
    rollback(empty_database, directory=folder())
    assert capfd.readouterr() == ("", "")
    messages = [record.getMessage() for record in caplog.records if record.name.startswith("thoth_storages")]
    assert [message.rpartition(" in ")[0] for message in messages] == [
        "migration 0001.a applied",
        "migration 0001.a rolled back",
    ]


def test_progress_is_told_before_and_after_each_statement(empty_database: str, two: Path) -> None:
    told: list[Progress] = []
    migrate(empty_database, directory=two, on_progress=told.append)
    assert [(each.migration, each.number, each.migrations, each.statements_done, each.statements) for each in told] == [
        ("0001.apples", 1, 2, 0, 1),
        ("0001.apples", 1, 2, 1, 1),
        ("0002.pears", 2, 2, 0, 2),
        ("0002.pears", 2, 2, 1, 2),
        ("0002.pears", 2, 2, 2, 2),
    ]
    assert all(0 <= each.seconds < 60 for each in told)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $f$ BEGIN PERFORM ';'; RETURN 1; END $f$;",
        "CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END",
        "DO $$ BEGIN EXECUTE $x$ CREATE FUNCTION f() RETURNS text LANGUAGE sql RETURN '100 %'; $x$; END $$;",
    ],
)
def test_bodies_with_semicolons_and_percent_signs_arrive_whole(empty_database: str, folder: Write, text: str) -> None:
    migrate(empty_database, directory=folder(m0001_f=text))
    run(empty_database, "SELECT f()")


def test_a_failing_statement_is_shown_and_nothing_of_its_migration_stays(
    empty_database: str, two: Path, folder: Write
) -> None:
    directory = folder(m0003_plums="CREATE TABLE plum (id integer);\nALTER TABLE plum\n  ADD taste flavour;")
    with pytest.raises(MigrationError) as caught:
        migrate(empty_database, directory=directory)
    assert str(caught.value).splitlines() == [
        '0003.plums.sql:4:13: type "flavour" does not exist',
        "  ADD taste flavour;",
        "            ^",
    ]
    assert ids(empty_database) == ["0001.apples", "0002.pears"]
    assert "plum" not in catalog(empty_database)
    assert migrate(empty_database, directory=folder(m0003_plums="CREATE TABLE plum (id integer);")) == ["0003.plums"]


def test_an_edited_migration_is_refused_by_name(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    folder(m0001_apples="CREATE TABLE apple (id bigint);", m0003_plums="CREATE TABLE plum (id integer);")
    for act in (migrate, rollback):
        with pytest.raises(MigrationError, match=r"edited after being applied.*: 0001\.apples;"):
            act(empty_database, directory=two)
    assert ids(empty_database) == ["0001.apples", "0002.pears"]


def test_a_vanished_migration_is_refused_by_name(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    (two / "0001.apples.sql").unlink()
    (two / "0001.apples.rollback.sql").unlink()
    folder(m0003_plums="SELECT 1;")
    with pytest.raises(MigrationError, match=r"applied, but not among this library's migrations: 0001\.apples"):
        migrate(empty_database, directory=two)


def test_a_newer_schema_is_left_alone_with_a_warning(
    empty_database: str, two: Path, folder: Write, caplog: pytest.LogCaptureFixture
) -> None:
    migrate(empty_database, directory=folder(m0003_plums="CREATE TABLE plum (id integer);"))
    (two / "0003.plums.sql").unlink()
    folder()
    assert migrate(empty_database, directory=two) == []
    assert "newer than this library: 0003.plums" in caplog.text


def test_a_newer_schema_that_lacks_a_known_migration_is_refused(empty_database: str, two: Path, folder: Write) -> None:
    migrate(empty_database, directory=two)
    run(empty_database, "INSERT INTO _yoyo_migration VALUES ('hash', '0009.figs', now())")
    with pytest.raises(MigrationError, match=r"0009\.figs; it lacks 0003\.plums"):
        migrate(empty_database, directory=folder(m0003_plums="SELECT 1;"))


def test_an_index_is_built_concurrently_while_another_migrator_waits(empty_database: str, folder: Write) -> None:
    run(empty_database, "CREATE TABLE apple AS SELECT id FROM generate_series(1, 1000) AS id")
    directory = folder(
        m0001_index="-- stage: pre\n-- transactional: false\nCREATE INDEX CONCURRENTLY apple_idx ON apple (id);"
    )
    with ThreadPoolExecutor(3) as threads:
        runs = [threads.submit(migrate, empty_database, directory=directory) for _ in range(3)]
        assert sorted(each.result(timeout=60) for each in runs) == [[], [], ["0001.index"]]


def test_an_unreachable_server_is_an_error_that_names_it() -> None:
    for act in (migrate, rollback):
        with pytest.raises(DatabaseUnreachableError, match=r"host '127\.0\.0\.1', port 1"):
            act("host=127.0.0.1 port=1 dbname=x")


def test_a_database_that_takes_no_record_is_an_error(empty_database: str, two: Path) -> None:
    read_only = f"{empty_database} options='-c default_transaction_read_only=on'"
    with pytest.raises(MigrationError, match="the tables that record migrations can't be created: cannot execute"):
        migrate(read_only, directory=two)


def test_a_database_that_was_never_migrated_has_nothing_to_roll_back(empty_database: str, two: Path) -> None:
    assert rollback(empty_database, directory=two) == []
    with psycopg.connect(empty_database) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_class WHERE relname LIKE '!_yoyo%' ESCAPE '!'"
        ).fetchone() == (0,)


def test_a_step_back_leaves_the_catalog_as_it_was(empty_database: str, two: Path) -> None:
    empty = catalog(empty_database)
    migrate(empty_database, directory=two)
    both = catalog(empty_database)
    assert rollback(empty_database, directory=two) == ["0002.pears"]
    assert ids(empty_database) == ["0001.apples"]
    assert rollback(empty_database, directory=two) == ["0001.apples"]
    assert catalog(empty_database) == empty
    assert migrate(empty_database, directory=two) == ["0001.apples", "0002.pears"]
    assert catalog(empty_database) == both


def test_several_steps_back_go_newest_first(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    assert rollback(empty_database, count=5, directory=two) == ["0002.pears", "0001.apples"]
    assert rollback(empty_database, directory=two) == []


def test_a_rollback_file_runs_as_it_is_written(empty_database: str, folder: Write) -> None:
    say = "INSERT INTO log (said) VALUES"
    directory = folder(
        m0001_log="CREATE TABLE log (line serial, said text);",
        m0001_log_rollback="SELECT 1;",
        m0002_talk=f"{say} ('up');\n{say} ('up too');",
        m0002_talk_rollback=f"{say} ('first');\n{say} ('second');\nSELECT 1;",
    )
    migrate(empty_database, directory=directory)
    rollback(empty_database, directory=directory)
    with psycopg.connect(empty_database) as connection:
        said = connection.execute("SELECT said FROM log ORDER BY line").fetchall()
    assert said == [("up",), ("up too",), ("first",), ("second",)]


def test_without_a_rollback_file_nothing_is_rolled_back(empty_database: str, two: Path) -> None:
    (two / "0001.apples.rollback.sql").unlink()
    migrate(empty_database, directory=two)
    with pytest.raises(
        MigrationError, match=r"0001\.apples can't be rolled back: there is no 0001\.apples\.rollback\.sql"
    ):
        rollback(empty_database, count=2, directory=two)
    assert ids(empty_database) == ["0001.apples", "0002.pears"]


def test_a_failing_rollback_leaves_everything_as_it_was(empty_database: str, two: Path, folder: Write) -> None:
    folder(m0002_pears_rollback="DROP TABLE pear;\nDROP TABLE nothing;")
    migrate(empty_database, directory=two)
    with pytest.raises(MigrationError, match=r'^0002\.pears\.rollback\.sql:2:1: table "nothing" does not exist'):
        rollback(empty_database, directory=two)
    assert ids(empty_database) == ["0001.apples", "0002.pears"]
    assert "CREATE TABLE public.pear" in catalog(empty_database)


def test_a_migration_that_this_library_does_not_know_is_not_rolled_back(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    run(empty_database, "INSERT INTO _yoyo_migration VALUES ('hash', '0009.figs', now())")
    with pytest.raises(MigrationError, match=r"0009\.figs can't be rolled back: this library doesn't know it"):
        rollback(empty_database, directory=two)


def test_yoyo_itself_reads_the_record(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    with psycopg.connect(empty_database) as connection:
        info = connection.info
        uri = f"postgresql+psycopg://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"
    command = [sys.executable, "-m", "yoyo", "list", "--batch", "--no-config-file", "--database", uri, str(two)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert [line.split()[:2] for line in listed.splitlines() if ".apples" in line or ".pears" in line] == [
        ["A", "0001.apples"],
        ["A", "0002.pears"],
    ]


def test_who_migrated_what_is_logged_in_the_database(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    rollback(empty_database, directory=two)
    with psycopg.connect(empty_database) as connection:
        rows = connection.execute(
            "SELECT operation, migration_id, username, hostname FROM _yoyo_log ORDER BY created_at_utc"
        ).fetchall()
        user = connection.info.user
    host = os.uname().nodename
    assert rows == [
        ("apply", "0001.apples", user, host),
        ("apply", "0002.pears", user, host),
        ("rollback", "0002.pears", user, host),
    ]


def test_a_migrator_holds_no_lock_when_it_is_done(empty_database: str, two: Path) -> None:
    migrate(empty_database, directory=two)
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() == (0,)
        assert connection.execute("SELECT to_regclass('yoyo_lock')").fetchone() == (None,)
        assert all(each.checksum_matches for each in status(connection, directory=two))


def test_migrating_works_outside_the_main_thread(empty_database: str, two: Path) -> None:
    answers: list[list[str]] = []
    thread = threading.Thread(target=lambda: answers.append(migrate(empty_database, directory=two)))
    thread.start()
    thread.join()
    assert answers == [["0001.apples", "0002.pears"]]
