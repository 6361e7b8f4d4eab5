"""``thoth-storages backup``, and the targets of make that use it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.backup.making import FORMATS, flip_a_byte
from tests.cli.calling import ROOT, call, succeed
from tests.fix_postgres import PointTo, variables_of
from tests.fix_s3 import S3
from thoth_storages.backup import DumpFormat
from thoth_storages.sql.named import catalog

NAME = r"pg_dump(-\d\d){6}"


@pytest.fixture
def graph_database(database: str, point_to: PointTo) -> str:
    """A knowledge graph of a few rows, which the environment names."""
    point_to(database)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO python_package_index (url, verify_ssl)"
            " SELECT 'https://' || n, TRUE FROM generate_series(1, 9) AS n"
        )
    return database


def number_of_indexes(conninfo: str) -> int:
    with psycopg.connect(conninfo) as connection:
        row = connection.execute("SELECT count(*) FROM python_package_index").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("dump_format", FORMATS)
def test_a_backup_goes_into_a_folder_and_back(
    dump_format: DumpFormat, graph_database: str, empty_database: str, point_to: PointTo, tmp_path: Path
) -> None:
    made = call("backup", "create", "--format", dump_format.value, "--folder", str(tmp_path))
    (path,) = made.stdout.splitlines()
    assert re.fullmatch(rf"{tmp_path}/{NAME}", path)
    assert re.fullmatch(r"\d+(\.\d)? [KM]iB, \d+ tables, \d+ rows\n", made.stderr)
    point_to(empty_database)
    restored = call("backup", "restore", "--local", path)
    name = conninfo_to_dict(empty_database)["dbname"]
    assert (restored.exit_code, restored.stdout) == (0, "")
    assert restored.stderr == f"{Path(path).name} is restored into database {name!r}\n"
    assert number_of_indexes(empty_database) == 9


def test_a_database_that_is_not_empty_is_refused_unless_it_is_to_be_replaced(
    graph_database: str, tmp_path: Path
) -> None:
    path = succeed("backup", "create", "--folder", str(tmp_path)).strip()
    with psycopg.connect(graph_database, autocommit=True) as connection:
        connection.execute("DELETE FROM python_package_index")
    refused = call("backup", "restore", "--local", path)
    assert refused.exit_code == 1
    assert re.match(r"Error: Database '\S+' isn't empty, it holds .* --replace puts", refused.stderr)
    assert number_of_indexes(graph_database) == 0
    succeed("backup", "restore", "--local", "--replace", "--yes", path)
    assert number_of_indexes(graph_database) == 9


def test_an_empty_list_says_how_to_make_one(tmp_path: Path) -> None:
    result = call("backup", "list", "--folder", str(tmp_path), "--output", "ndjson")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "There is no backup; 'thoth-storages backup create' makes one\n"


def test_the_list_shows_what_there_is_and_what_is_wrong_with_it(graph_database: str, tmp_path: Path) -> None:
    path = Path(succeed("backup", "create", "--folder", str(tmp_path)).strip())
    (tmp_path / "pg_dump-19-01-01-00-00-00").write_text("--")
    (tmp_path / "pg_dump-20-01-01-00-00-00").touch()
    columns, rule, foreign, empty, good = succeed("backup", "list", "--folder", str(tmp_path)).splitlines()
    assert columns.split() == ["NAME", "MADE", "AT", "(UTC)", "SIZE", "FORMAT", "TABLES", "ROWS", "NOTE"]
    assert set(rule) == {"-", " "}
    assert foreign.split()[:3] == ["pg_dump-19-01-01-00-00-00", "2019-01-01", "00:00:00"]
    assert foreign.endswith(" no manifest")
    assert empty.endswith(" it is empty")
    assert good.split()[0] == path.name
    assert good.split()[4:6] == ["KiB", "custom"]
    entries = json.loads(succeed("backup", "list", "--folder", str(tmp_path), "--output", "json"))
    assert [entry["flaw"] for entry in entries] == [None, "it is empty", None]
    assert entries[2] | {"bytes": 0, "rows": 0, "tables": 0} == {
        "name": path.name,
        "made_at": entries[2]["made_at"],
        "bytes": 0,
        "format": "custom",
        "tables": 0,
        "rows": 0,
        "schema_version": entries[2]["schema_version"],
        "flaw": None,
    }


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    result = call("backup", "list", "--folder", str(tmp_path / "nowhere"))
    assert (result.exit_code, result.stderr) == (1, f"Error: {tmp_path}/nowhere: No such file or directory\n")


def test_verifying_says_what_was_proven(graph_database: str, tmp_path: Path) -> None:
    made = json.loads(succeed("backup", "create", "--folder", str(tmp_path), "--output", "json"))
    path = made["backup"]
    arguments = ["backup", "verify", "--local", "--same-server", path]
    assert succeed(*arguments) == (
        f"{Path(path).name}: {made['tables']} tables with {made['rows']} rows are restored, as they were dumped; "
        f"{len(catalog)} queries run\n"
    )
    assert json.loads(succeed(*arguments, "--output", "json")) == {
        "name": Path(path).name,
        "tables": made["tables"],
        "rows": made["rows"],
        "is_compared": True,
        "state": "current",
        "queries": len(catalog),
    }
    Path(f"{path}.manifest.json").unlink()
    assert call(*arguments).stderr == (
        f"{Path(path).name} has no manifest: it could only be restored and asked, not compared\n"
    )


def test_a_damaged_backup_is_no_success(graph_database: str, tmp_path: Path) -> None:
    path = succeed("backup", "create", "--folder", str(tmp_path)).strip()
    flip_a_byte(Path(path), 0.5)
    for command in (["verify"], ["restore", "--replace", "--yes"]):
        result = call("backup", *command, "--local", path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (f"Error: {path} isn't what was dumped: it has the right size, but other bytes in it\n")
    assert number_of_indexes(graph_database) == 9


def test_rotating_names_what_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"pg_dump-20-01-0{day}-00-00-00" for day in range(1, 8)]
    for name in names:
        (tmp_path / name).write_text("--")
    assert succeed("backup", "rotate", "--yes", "--folder", str(tmp_path)) == ""
    assert succeed("backup", "rotate", "--yes", "--folder", str(tmp_path), "--keep", "5").split() == names[:2]
    monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", "4")
    assert json.loads(succeed("backup", "rotate", "--yes", "--folder", str(tmp_path), "--output", "json")) == {
        "removed": names[2:3]
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == names[3:]


@pytest.mark.parametrize(
    "arguments", [["rotate", "--keep", "1", "--folder", "{folder}"], ["restore", "--local", "--replace", "{newest}"]]
)
def test_nothing_is_destroyed_unasked(arguments: list[str], graph_database: str, tmp_path: Path) -> None:
    (tmp_path / "pg_dump-19-01-01-00-00-00").write_text("--")
    newest = succeed("backup", "create", "--folder", str(tmp_path)).strip()
    before = sorted(path.name for path in tmp_path.iterdir())
    result = call("backup", *(each.format(folder=tmp_path, newest=newest) for each in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no terminal to ask on: --yes says so beforehand." in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert number_of_indexes(graph_database) == 9


def test_a_number_of_backups_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPH_BACKUP_STORE_ROTATE", "none")
    result = call("backup", "rotate", "--yes", "--folder", str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: GRAPH_BACKUP_STORE_ROTATE='none'")


def test_without_a_folder_the_object_store_is_used(
    s3: S3, graph_database: str, empty_database: str, point_to: PointTo
) -> None:
    name = succeed("backup", "create", "--format", "plain").strip()
    assert re.fullmatch(NAME, name)
    (entry,) = json.loads(succeed("backup", "list", "--output", "json"))
    assert (entry["name"], entry["format"], entry["flaw"]) == (name, "plain", None)
    assert succeed("backup", "rotate") == ""
    point_to(empty_database)
    succeed("backup", "restore", name)
    assert number_of_indexes(empty_database) == 9


def test_a_store_that_is_not_configured_is_told() -> None:
    result = call("backup", "list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.match(r"Error: THOTH_\w+ isn't set: ", result.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["create", "--format", "directory"], "--format directory takes a --folder"),
        (["create", "--jobs", "2", "--folder", "x"], "--jobs goes with --format directory"),
        (["create", "--format", "tar"], "'tar' is not one of 'plain', 'custom', 'directory'"),
        (["rotate", "--yes", "--keep", "0"], "0 is not in the range x>=1"),
        (["restore"], "Missing argument 'BACKUP'"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: list[str], said: str) -> None:
    result = call("backup", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


class TestMake:
    @pytest.fixture
    def make(self, tmp_path: Path, graph_database: str) -> list[str]:
        """The command make, with the environment's own interpreter in the place of the one that it would install."""
        program = tmp_path / "bin/thoth-storages"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m thoth_storages "$@"\n')
        program.chmod(0o755)
        variables = [f"BIN={program.parent}", f"BACKUPS={tmp_path}/backups"]
        return ["make", "--assume-old=.venv/.demo", "--no-print-directory", *variables]

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")} | variables
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    def test_dumps_and_restores(self, make: list[str], empty_database: str, tmp_path: Path) -> None:
        dumped = self.run(*make, "dump")
        assert re.fullmatch(rf"{tmp_path}/backups/{NAME}\n", dumped.stdout), dumped.stderr
        restored = self.run(*make, "restore", f"DUMP={dumped.stdout.strip()}", **variables_of(empty_database))
        assert restored.returncode == 0, restored.stderr
        assert number_of_indexes(empty_database) == 9

    def test_proves_what_it_dumped(self, make: list[str]) -> None:
        done = self.run(*make, "dump-restore")
        assert re.fullmatch(rf"{NAME}: .* are restored, as they were dumped; \d+ queries run\n", done.stdout), (
            done.stderr
        )

    def test_restores_nothing_that_is_not_named(self, make: list[str]) -> None:
        done = self.run(*make, "restore")
        assert done.returncode == 2
        assert "name the dump: make restore DUMP=path" in done.stderr
