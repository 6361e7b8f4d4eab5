"""``thoth-storages db``: planning, stepping back, the history, new migrations, and what differs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.cli.calling import call, succeed
from tests.fix_postgres import PointTo
from tests.sql.migrating.conftest import Write, folder  # noqa: F401 - a fixture
from thoth_storages.cli import confirming
from thoth_storages.sql import migrating
from thoth_storages.sql.migrating.files import baseline

MIGRATIONS = migrating.read_migrations()
KNOWN = [migration.id for migration in MIGRATIONS]
BASELINE = [migration.id for migration in baseline(MIGRATIONS)]


def applied(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as connection:
        return migrating.applied(connection)


class TestPlanning:
    """``db migrate --dry-run`` and ``--show-sql``."""

    def test_names_what_is_missing_and_does_nothing(self, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        assert succeed("db", "migrate", "--dry-run").split() == KNOWN
        assert json.loads(succeed("db", "migrate", "--dry-run", "--to", KNOWN[1], "--output", "json")) == {
            "missing": KNOWN[:2]
        }
        assert applied(empty_database) == []

    def test_shows_the_files_that_would_be_run(self, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        shown = succeed("db", "migrate", "--show-sql", "--to", KNOWN[0])
        assert shown == f"-- {KNOWN[0]}\n{MIGRATIONS[0].path.read_text()}\n"

    def test_shows_what_is_run_before_a_file(self, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        shown = succeed("db", "migrate", "--show-sql")
        heads = [line.removeprefix("-- ") for line in shown.splitlines() if line.startswith("-- 0015")]
        assert heads == ["0015.unique-packages.prepare", "0015.unique-packages"]

    def test_says_what_would_be_adopted(self, alembic_database: str, point_to: PointTo) -> None:
        point_to(alembic_database)
        result = call("db", "migrate", "--dry-run")
        assert result.stdout.split() == KNOWN[len(BASELINE) :]
        assert result.stderr.splitlines() == [
            f"The schema of the original library is there; {len(BASELINE)} migrations would be marked only",
            "No two rows say the same: none would be merged",
        ]

    def test_says_which_copies_would_be_merged(self, alembic_database: str, point_to: PointTo) -> None:
        with psycopg.connect(alembic_database) as connection:
            connection.execute("INSERT INTO import_package (import_package_name) VALUES ('six'), ('six')")
            connection.execute(
                "INSERT INTO python_artifact (artifact_hash_sha256, present)"
                " SELECT 'a', n = 1 FROM generate_series(1, 2000) AS n"
            )
        point_to(alembic_database)
        result = call("db", "migrate", "--dry-run")
        assert result.stderr.splitlines()[1:] == [
            "Copies that would be merged into the row that they copy, at least 2,000: "
            "python_artifact 1,999, import_package 1",
            "Copies among them that say something else, 1: "
            "what the row that stays doesn't say would be kept in _yoyo_set_aside",
        ]
        told = json.loads(call("db", "migrate", "--dry-run", "--output", "json").stdout)
        assert told["copies"] == [
            {"table": "python_artifact", "rows": 1999, "differing": 1},
            {"table": "import_package", "rows": 1, "differing": 0},
        ]
        assert applied(alembic_database) == []

    def test_finds_nothing_to_do(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        assert succeed("db", "migrate", "--dry-run") == ""

    def test_refuses_a_migration_that_is_not_there(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        result = call("db", "migrate", "--dry-run", "--to", "0000.nothing")
        assert (result.exit_code, result.stderr) == (
            1,
            f"Error: there is no migration 0000.nothing: the newest is {KNOWN[-1]}\n",
        )


def test_migrating_may_stop_on_the_way(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    assert succeed("db", "migrate", "--to", KNOWN[1]).split() == KNOWN[:2]


class TestForgettingAlembic:
    """``db migrate --forget-alembic``."""

    def test_ends_the_life_with_the_original(self, alembic_database: str, point_to: PointTo) -> None:
        point_to(alembic_database)
        result = call("db", "migrate", "--forget-alembic", "--yes")
        assert result.exit_code == 0
        assert result.stderr.endswith("only this library works on the database from now on\n")
        with psycopg.connect(alembic_database) as connection:
            assert connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,)
        again = call("db", "migrate", "--forget-alembic", "--yes")
        assert again.stderr == f"0 migrations applied to database {conninfo_to_dict(alembic_database)['dbname']!r}\n"

    def test_keeps_the_tables_from_being_rolled_back(self, alembic_database: str, point_to: PointTo) -> None:
        point_to(alembic_database)
        succeed("db", "migrate", "--forget-alembic", "--yes")
        result = call("db", "rollback", "--count", "100", "--yes")
        assert result.exit_code == 1
        assert f"{BASELINE[-1]} can't be rolled back: this database was adopted" in result.stderr
        assert applied(alembic_database) == KNOWN

    def test_is_asked_for_first(self, alembic_database: str, point_to: PointTo) -> None:
        point_to(alembic_database)
        result = call("db", "migrate", "--forget-alembic")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Drop Alembic's record in database " in result.stderr
        with psycopg.connect(alembic_database) as connection:
            assert connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone() == (True,)

    def test_waits_for_all_migrations(self, alembic_database: str, point_to: PointTo) -> None:
        point_to(alembic_database)
        result = call("db", "migrate", "--to", KNOWN[-2], "--forget-alembic", "--yes")
        assert result.exit_code == 1
        assert result.stderr.endswith("Alembic's record is kept until all migrations are applied: migrate first\n")


class TestRollingBack:
    """``db rollback``."""

    def test_undoes_the_newest(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        assert succeed("db", "rollback", "--yes") == f"{KNOWN[-1]}\n"
        assert json.loads(succeed("db", "rollback", "--to", KNOWN[-4], "--yes", "--output", "json")) == {
            "undone": [KNOWN[-2], KNOWN[-3]]
        }
        assert applied(database) == KNOWN[:-3]

    def test_goes_back_to_where_it_is(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        assert succeed("db", "rollback", "--to", KNOWN[-1]) == ""

    def test_asks_first(self, database: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch) -> None:
        point_to(database)
        name = conninfo_to_dict(database)["dbname"]
        monkeypatch.setattr(confirming, "_can_ask", lambda: True)
        result = call("db", "rollback", answer="n\n")
        assert result.exit_code == 1
        assert f"Undo {KNOWN[-1]} in database {name!r}? [y/N]" in result.stderr
        assert applied(database) == KNOWN
        assert call("db", "rollback", answer="y\n").stdout == f"{KNOWN[-1]}\n"

    def test_does_nothing_when_nobody_can_be_asked(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        result = call("db", "rollback")
        assert result.exit_code == 2
        assert result.stderr.endswith("? There is no terminal to ask on: --yes says so beforehand.\n")
        assert applied(database) == KNOWN

    def test_is_told_one_way(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        result = call("db", "rollback", "--to", KNOWN[0], "--count", "1")
        assert (result.exit_code, "give one of them" in result.stderr) == (2, True)

    def test_refuses_to_go_where_it_never_was(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        result = call("db", "rollback", "--to", "0000.nothing")
        assert result.stderr == "Error: there is no migration 0000.nothing to go back to: it isn't applied\n"


class TestTheHistory:
    """``db history``."""

    def test_tells_what_was_done(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        succeed("db", "rollback", "--yes")
        lines = succeed("db", "history").splitlines()
        assert lines[0].split() == ["AT", "(UTC)", "WHAT", "MIGRATION", "ROLE", "HOST"]
        assert [line.split()[2:4] for line in lines[2:]] == [
            *(["applied", name] for name in KNOWN),
            ["undone", KNOWN[-1]],
        ]

    def test_tells_programs(self, alembic_database: str, point_to: PointTo) -> None:
        point_to(alembic_database)
        succeed("db", "migrate")
        entries = json.loads(succeed("db", "history", "--output", "json"))
        assert [entry["operation"] for entry in entries] == ["mark"] * len(BASELINE) + ["apply"] * (
            len(KNOWN) - len(BASELINE)
        )
        assert entries[0].keys() == {"at", "operation", "migration", "role", "host"}

    def test_of_an_empty_database_is_empty(self, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        assert json.loads(succeed("db", "history", "--output", "json")) == []

    def test_needs_a_database(self, missing: str, point_to: PointTo) -> None:
        point_to(missing)
        result = call("db", "history")
        assert re.fullmatch(
            r"Error: There is no database 'thoth_test_nowhere' on host '\S+', port \d+; "
            r"'thoth-storages db migrate' makes it\n",
            result.stderr,
        )

    @pytest.fixture
    def missing(self, database: str) -> str:
        return f"{database} dbname=thoth_test_nowhere"


class TestANewMigration:
    """``db new``."""

    def test_is_two_files_that_can_be_applied(self, folder: Write, empty_database: str) -> None:  # noqa: F811
        directory = folder(m0001_apples="CREATE TABLE apple (id integer);")
        shown = succeed("db", "new", "add-pears", "--directory", str(directory))
        paths = [directory / "0002.add-pears.sql", directory / "0002.add-pears.rollback.sql"]
        assert list(map(Path, shown.split())) == paths
        assert all(path.exists() for path in paths)
        assert migrating.migrate(empty_database, directory=directory) == ["0001.apples", "0002.add-pears"]
        assert migrating.rollback(empty_database, directory=directory) == ["0002.add-pears"]

    def test_says_in_its_header_how_it_runs(self, folder: Write) -> None:  # noqa: F811
        directory = folder(m0001_apples="CREATE TABLE apple (id integer);")
        succeed("db", "new", "x", "--stage", "post", "--no-transaction", "--directory", str(directory))
        newest = migrating.read_migrations(directory)[-1]
        assert (newest.stage, newest.transactional) == (migrating.Stage.POST, False)

    @pytest.mark.parametrize("slug", ["Pears", "a b", "a--b", "-a", "ä"])
    def test_has_a_name_of_small_letters(self, folder: Write, slug: str) -> None:  # noqa: F811
        directory = folder(m0001_apples="CREATE TABLE apple (id integer);")
        result = call("db", "new", "--directory", str(directory), "--", slug)
        assert (result.exit_code, result.stderr) == (
            1,
            f"Error: {slug!r} can't name a migration: small letters, digits and single hyphens may, "
            "as in add-licenses\n",
        )
        assert len(list(directory.iterdir())) == 1


class TestADifference:
    """``db diff``."""

    def test_is_not_there_after_migrating(self, database: str, point_to: PointTo) -> None:
        point_to(database)
        result = call("db", "diff")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "0 differences to what the migrations make\n"

    def test_is_shown_either_way(
        self, connection: psycopg.Connection[object], database: str, point_to: PointTo
    ) -> None:
        connection.execute("DROP INDEX adviser_run_origin_idx")
        connection.execute("ALTER TABLE cve ADD COLUMN severity integer")
        point_to(database)
        result = call("db", "diff")
        assert (result.exit_code, result.stderr) == (3, "2 differences to what the migrations make\n")
        assert result.stdout.splitlines() == [
            "column cve.severity isn't expected: integer",
            "index adviser_run.adviser_run_origin_idx is missing: "
            "CREATE INDEX adviser_run_origin_idx ON adviser_run USING btree (origin)",
        ]
        told = json.loads(call("db", "diff", "--output", "json").stdout)
        assert told[0] == {
            "kind": "column",
            "owner": "cve",
            "name": "cve.severity",
            "expected": None,
            "found": "integer",
        }
