"""Client programs of PostgreSQL: which one is chosen, and what of a connection everybody may see."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from thoth_storages.backup.programs import Access, failure, find_client, find_clients, major
from thoth_storages.ephemeral import BINDIR_VARIABLE, find_programs
from thoth_storages.exceptions import BackupError


def make_programs(folder: Path, versions: Mapping[str, str]) -> None:
    """Programs that tell a version, and can't do anything else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, version in versions.items():
        (folder / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which PostgreSQL is looked for, as <folder>/<version>/bin, and nowhere else."""
    monkeypatch.delenv(BINDIR_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr("thoth_storages.backup.programs._INSTALLED", (f"{tmp_path}/*/bin".removeprefix("/"),))
    monkeypatch.setattr("thoth_storages.backup.programs.embedded_programs", lambda: None)
    return tmp_path


class TestFinding:
    @pytest.mark.parametrize(("at_least", "chosen"), [(0, "15"), (15, "15"), (16, "17"), (17, "17"), (18, "18")])
    def test_the_lowest_version_that_is_high_enough_is_taken(self, machine: Path, at_least: int, chosen: str) -> None:
        for version in ("18.1", "15.3", "17beta1"):
            make_programs(machine / version / "bin", {"pg_dump": version})
        assert find_client("pg_dump", at_least=at_least).parent.parent.name.startswith(chosen)

    def test_an_older_one_is_refused_and_it_is_said_how_to_get_another(self, machine: Path) -> None:
        make_programs(machine / "15/bin", {"pg_dump": "15.3"})
        with pytest.raises(BackupError) as caught:
            find_client("pg_dump", at_least=17)
        assert str(caught.value) == (
            f"pg_dump of PostgreSQL 17 or newer is needed, and {machine}/15/bin/pg_dump is of 15: "
            "get it by apt-get install postgresql-client-17, or pip install 'thoth-storages[embedded]'"
        )

    def test_without_any_it_is_said_how_to_get_one(self, machine: Path) -> None:
        with pytest.raises(BackupError, match=r"^There is no psql on this machine: get it by apt-get install"):
            find_client("psql")

    def test_what_is_on_the_path_counts(self, machine: Path) -> None:
        make_programs(machine / "path", {"pg_dump": "16.2", "psql": "16.2"})
        assert find_client("psql") == machine / "path/psql"

    def test_a_script_that_chooses_by_itself_is_passed_over(self, machine: Path) -> None:
        make_programs(machine / "share", {"pg_wrapper": "15.3"})
        (machine / "path").mkdir()
        (machine / "path/pg_dump").symlink_to(machine / "share/pg_wrapper")
        with pytest.raises(BackupError, match="There is no pg_dump"):
            find_client("pg_dump")

    def test_what_the_wheel_brings_counts(self, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        make_programs(machine / "wheel", {"pg_dump": "18.1"})
        monkeypatch.setattr("thoth_storages.backup.programs.embedded_programs", lambda: machine / "wheel")
        assert find_clients("pg_dump") == [machine / "wheel/pg_dump"]

    def test_a_directory_that_is_named_is_the_only_one(self, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        make_programs(machine / "15/bin", {"pg_dump": "15.3", "psql": "15.3"})
        make_programs(machine / "mine", {"pg_dump": "16.2"})
        monkeypatch.setenv(BINDIR_VARIABLE, str(machine / "mine"))
        assert find_clients("pg_dump") == [machine / "mine/pg_dump"]
        with pytest.raises(BackupError, match=f"There is no psql {machine}/mine"):
            find_client("psql")

    def test_what_tells_no_version_is_the_last_to_be_taken(self, machine: Path) -> None:
        make_programs(machine / "x/bin", {"pg_dump": "unknown"})
        assert major(machine / "x/bin/pg_dump") == -1
        with pytest.raises(BackupError):
            find_client("pg_dump", at_least=15)


class TestAccess:
    def test_the_password_is_in_the_environment_only(self) -> None:
        access = Access.of("host=db.example.com user=thoth password='se cret' dbname=graph", {"PATH": "/bin"})
        assert "cret" not in access.conninfo
        assert access.environment["PGPASSWORD"] == "se cret"
        assert access.environment["PATH"] == "/bin"
        assert "host=db.example.com" in access.conninfo

    def test_without_a_password_libpqs_own_variables_count(self) -> None:
        access = Access.of("host=localhost", {"PGPASSFILE": "/root/pass", "PGPASSWORD": "other"})
        assert access.environment["PGPASSFILE"] == "/root/pass"
        assert access.environment["PGPASSWORD"] == "other"

    def test_an_empty_password_keeps_libpq_from_using_another(self) -> None:
        assert Access.of("password=''", {"PGPASSWORD": "other"}).environment["PGPASSWORD"] == ""


class TestFailure:
    def test_says_how_a_program_ended_and_what_it_said(self) -> None:
        error = failure(Path("/usr/bin/pg_dump"), 1, "pg_dump: error: no\npg_dump: detail: so\n\n")
        assert str(error) == "pg_dump ended with code 1: error: no; detail: so"

    def test_names_the_signal_that_ended_it(self) -> None:
        assert str(failure("pg_dump", -9, "")) == "pg_dump was ended by SIGKILL"

    def test_keeps_to_the_first_lines(self) -> None:
        assert str(failure("psql", 3, "\n".join("abcdefgh"))) == "psql ended with code 3: a; b; c; d"


def test_the_clients_of_the_tests_own_server_are_among_those_that_are_found() -> None:
    said = subprocess.run([find_programs() / "psql", "--version"], capture_output=True, text=True, check=True).stdout
    assert major(find_programs() / "psql") == int(said.split()[2].partition(".")[0])
    assert any(path.parent == find_programs() for path in find_clients("psql"))
