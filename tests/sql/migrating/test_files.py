from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sql.migrating.conftest import Write
from thoth_storages.exceptions import MigrationError
from thoth_storages.sql.migrating import Stage, head, read_migrations
from thoth_storages.sql.migrating.files import baseline, created


def test_migrations_come_in_the_order_of_their_numbers(folder: Write) -> None:
    directory = folder(m0010_last="SELECT 1;", m0002_middle="SELECT 1;", m0001_first="SELECT 1;")
    assert [migration.id for migration in read_migrations(directory)] == ["0001.first", "0002.middle", "0010.last"]
    assert head(directory) == "0010.last"


def test_the_head_needs_neither_a_connection_nor_yoyo() -> None:
    program = "import sys; from thoth_storages.sql.migrating import head; print(head(), 'yoyo' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert said.split() == [head(), "False"]


@pytest.mark.parametrize(
    ("header", "stage", "transactional"),
    [
        ("-- stage: baseline", Stage.BASELINE, True),
        ("-- stage: pre\n-- transactional: true", Stage.PRE, True),
        ("-- Why.\n--\n-- transactional: false\n-- stage: post", Stage.POST, False),
        ("--stage:pre", Stage.PRE, True),
    ],
)
def test_the_header_says_when_and_how_a_migration_runs(
    tmp_path: Path, header: str, stage: Stage, transactional: bool
) -> None:
    (tmp_path / "0001.a.sql").write_text(f"{header}\nSELECT 1;\n-- stage: post\n", encoding="utf-8")
    (migration,) = read_migrations(tmp_path)
    assert (migration.stage, migration.transactional) == (stage, transactional)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1;",
        "-- stage: sometime\nSELECT 1;",
        "-- stage: pre\n-- transactional: perhaps\n",
        "SELECT 1; -- stage: pre",
    ],
)
def test_a_header_that_says_nothing_valid_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "0001.a.sql").write_text(text, encoding="utf-8")
    with pytest.raises(MigrationError, match=r"0001\.a\.sql: the header needs a line '-- stage: baseline\|pre\|post'"):
        read_migrations(tmp_path)


@pytest.mark.parametrize("name", ["1.a.sql", "0001-a.sql", "0001.A.sql", "0001.a_b.sql", "0001.sql", "0001.a.roll.sql"])
def test_a_misnamed_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("-- stage: pre\n", encoding="utf-8")
    with pytest.raises(MigrationError, match=r"a migration is named NNNN\.slug\.sql"):
        read_migrations(tmp_path)


def test_a_number_is_given_once(folder: Write) -> None:
    directory = folder(m0001_a="SELECT 1;", m0001_b="SELECT 1;")
    with pytest.raises(MigrationError, match=r"0001\.a and 0001\.b share a number"):
        read_migrations(directory)


def test_a_rollback_of_nothing_is_refused(folder: Write) -> None:
    directory = folder(m0001_a="SELECT 1;", m0002_b_rollback="SELECT 1;")
    with pytest.raises(MigrationError, match=r"0002\.b\.rollback\.sql: there is no migration that it would undo"):
        read_migrations(directory)


def test_a_folder_without_migrations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match=r"holds no migrations: this library isn't installed whole"):
        head(tmp_path)


def test_the_hash_is_of_the_content_whatever_its_line_endings(folder: Write) -> None:
    (migration,) = read_migrations(folder(m0001_a="SELECT 1;\nSELECT 2;\n"))
    content = migration.path.read_bytes()
    assert migration.sha256 == hashlib.sha256(content).hexdigest()
    migration.path.write_bytes(content.replace(b"\n", b"\r\n"))
    assert migration.sha256 == hashlib.sha256(content).hexdigest()
    migration.path.write_bytes(content + b"-- a word more\n")
    assert migration.sha256 != hashlib.sha256(content).hexdigest()


def test_the_baseline_is_what_its_headers_say() -> None:
    ids = [migration.id for migration in baseline(read_migrations())]
    assert ids[0] == "0001.python-packages"
    assert ids[-1] == "0010.kebechet"
    assert len(ids) == 10


def test_what_migrations_create_is_read_from_them(folder: Write) -> None:
    directory = folder(
        m0001_a="CREATE TABLE a (\n  id integer\n);\nCREATE TYPE kind AS ENUM ('x');\n-- CREATE TABLE no (id integer);",
        m0002_b="CREATE OR REPLACE FUNCTION f() RETURNS integer LANGUAGE sql RETURN 1;\nCREATE INDEX i ON a (id);",
    )
    assert created("TABLE", directory) == ("a",)
    assert created("TYPE", directory) == ("kind",)
    assert created("FUNCTION", directory) == ("f",)
