"""``sql check`` as it is called: what it writes, how it ends, and that it starts when everything else refuses to."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, call
from thoth_storages.sql.checking.rule import all_rules

GOOD = "-- name: get_example_all\n-- params: *, start_offset=0, count=100\n-- returns: [url]\n" + (
    "SELECT i.url\nFROM python_package_index AS i\nORDER BY i.url\nLIMIT :count OFFSET :start_offset;\n"
)
BAD = GOOD.replace("ORDER BY i.url", "ORDER BY i.ulr").replace("get_example_all", "get_other_all")
SAID = "[prepares] PostgreSQL can't prepare get_other_all: column i.ulr does not exist"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a file that passes and one that fails."""
    (tmp_path / "good.sql").write_text(GOOD)
    (tmp_path / "bad.sql").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestHowItEnds:
    def test_with_0_when_nothing_is_found(self, folder: Path, database: str) -> None:
        result = call("sql", "check", "--dsn", database, "good.sql")
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing found in 1 query\n")

    def test_with_3_when_something_is(self, folder: Path, database: str) -> None:
        result = call("sql", "check", "--dsn", database, "good.sql", "bad.sql")
        assert (result.exit_code, result.stderr) == (3, "1 finding in 2 queries\n")
        first, line, caret = result.stdout.rstrip("\n").split("\n")
        assert first.startswith(f"bad.sql:6:10: {SAID} · every such call would end in this error · name a column")
        assert (line, caret) == ("    ORDER BY i.ulr", "             ^")

    def test_with_1_after_an_error_of_its_own(self, folder: Path, empty_database: str) -> None:
        result = call("sql", "check", "--dsn", empty_database, "good.sql")
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: the schema of database ")
        assert result.stdout == ""

    def test_with_2_when_it_is_called_wrongly(self, folder: Path) -> None:
        result = call("sql", "check", "none.sql")
        assert result.exit_code == 2
        assert "'none.sql' does not exist" in result.stderr

    def test_with_a_sentence_where_the_package_is_missing_that_reads_sql(
        self, folder: Path, database: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        all_rules.cache_clear()
        for name in [name for name in sys.modules if name.startswith("thoth_storages.sql.checking.")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "pglast", None)
        result = call("sql", "check", "--dsn", database, "good.sql")
        assert (result.exit_code, result.stderr) == (
            1,
            "Error: the checks read SQL with pglast: pip install 'thoth-storages[check]'\n",
        )


class TestWhatItWrites:
    def test_a_file_is_named_as_seen_from_the_working_folder(self, folder: Path, database: str) -> None:
        (folder / "below").mkdir()
        os.chdir(folder / "below")
        result = call("sql", "check", "--dsn", database, "../bad.sql")
        assert result.stdout.startswith("../bad.sql:6:10: ")
        result = call("sql", "check", "--dsn", database, str(folder / "bad.sql"))
        assert result.stdout.startswith(f"{folder}/bad.sql:6:10: ")
        os.chdir(folder)
        result = call("sql", "check", "--dsn", database, str(folder / "bad.sql"))
        assert result.stdout.startswith("bad.sql:6:10: ")

    def test_json_is_a_list(self, folder: Path, database: str) -> None:
        result = call("sql", "check", "--dsn", database, "--format", "json", "bad.sql")
        (finding,) = json.loads(result.stdout)
        assert (result.exit_code, finding["file"], finding["line"], finding["rule"]) == (3, "bad.sql", 6, "prepares")

    def test_sarif_is_a_log_with_and_without_findings(self, folder: Path, database: str) -> None:
        for name, number in (("bad.sql", 1), ("good.sql", 0)):
            log = json.loads(call("sql", "check", "--dsn", database, "--format", "sarif", name).stdout)
            assert len(log["runs"][0]["results"]) == number

    def test_github_gets_commands(self, folder: Path, database: str) -> None:
        written = call("sql", "check", "--dsn", database, "--format", "github", "bad.sql").stdout
        assert written.startswith("::error file=bad.sql,line=6,col=10,title=prepares::PostgreSQL can't prepare ")

    def test_the_help_names_every_rule_and_the_exit_code_of_a_finding(self) -> None:
        written = call("sql", "check", "--help").stdout
        assert all(f"  {rule.name} " in written for rule in all_rules())
        assert "exit code is 3 when something is found" in " ".join(written.split())


class TestWatching:
    @pytest.fixture
    def watching(self, folder: Path, database: str) -> Iterator[subprocess.Popen[str]]:
        """A check that watches the file that passes."""
        command = [
            sys.executable,
            "-u",
            "-m",
            "thoth_storages",
            "sql",
            "check",
            "--watch",
            "--dsn",
            database,
            "good.sql",
        ]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            yield process
            process.kill()

    def test_a_file_is_checked_whenever_it_is_saved_until_ctrl_c(
        self, folder: Path, watching: subprocess.Popen[str]
    ) -> None:
        assert watching.stdout is not None
        assert watching.stdout.readline() == "nothing found in 1 query\n"
        assert watching.stdout.readline() == "Waiting for files to be saved; Ctrl-C ends this.\n"
        (folder / "good.sql").write_text(BAD)
        assert SAID in watching.stdout.readline()
        assert [watching.stdout.readline() for _ in range(3)][-1] == "1 finding in 1 query\n"
        (folder / "good.sql").write_text(GOOD)
        assert watching.stdout.readline() == "nothing found in 1 query\n"
        watching.send_signal(signal.SIGINT)
        assert watching.wait(20) == 0


class TestAPackageWithABrokenFile:
    @pytest.fixture(scope="class")
    @staticmethod
    def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
        """A folder with a copy of the package, in which one file of queries has a mistake."""
        folder = tmp_path_factory.mktemp("broken")
        shutil.copytree(
            ROOT / "thoth_storages", folder / "thoth_storages", ignore=shutil.ignore_patterns("__pycache__")
        )
        path = folder / "thoth_storages/sql/queries/rule.sql"
        path.write_text(path.read_text().replace("-- returns:", "-- retruns:", 1))
        return folder

    @staticmethod
    def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "thoth_storages", *arguments]
        return subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)

    def test_is_checked(self, broken: Path, database: str) -> None:
        done = self._run(broken, "sql", "check", "--dsn", database, "thoth_storages/sql/queries/rule.sql")
        assert done.returncode == 3, done.stderr
        assert done.stdout.startswith("thoth_storages/sql/queries/rule.sql:")
        assert "[loader] unknown key 'retruns'" in done.stdout
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("arguments", [("sql", "list"), ("sql", "show", "get_python_rule"), ("sync", "--help")])
    def test_says_one_sentence_with_the_place_in_every_command_that_needs_it(
        self, broken: Path, arguments: tuple[str, ...]
    ) -> None:
        done = self._run(broken, *arguments)
        assert done.returncode == 1
        assert done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert line.startswith(f"Error: {broken}/thoth_storages/sql/queries/rule.sql:")
        assert line.endswith("unknown key 'retruns'; did you mean 'returns'?")

    def test_leaves_the_other_commands_alone(self, broken: Path) -> None:
        assert self._run(broken, "db", "--help").returncode == 0
        assert self._run(broken, "sql", "check", "--help").returncode == 0

    def test_keeps_a_service_from_starting(self, broken: Path) -> None:
        code = "from thoth_storages import GraphDatabase"
        done = subprocess.run([sys.executable, "-c", code], cwd=broken, text=True, capture_output=True, check=False)
        assert done.returncode == 1
        assert "rule.sql:" in done.stderr.splitlines()[-1]
