"""What those who change something go by: the page on it, and the hooks before a commit."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def hooks() -> dict[str, dict[str, Any]]:
    described = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repository,) = described["repos"]
    assert repository["repo"] == "local"
    return {hook["id"]: hook for hook in repository["hooks"]}


class TestThePage:
    def test_is_one_page(self) -> None:
        assert len(PAGE.splitlines()) <= 60

    def test_names_targets_that_are_there(self) -> None:
        named = {word for call in re.findall(r"`make ([a-z -]+)", PAGE) for word in call.split()}
        assert {"check", "test"} <= named <= TARGETS

    @pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)]+)\)", PAGE))))
    def test_links_to_what_is_there(self, path: str) -> None:
        assert (ROOT / path).exists()

    @pytest.mark.parametrize("path", sorted(set(re.findall(r"`(thoth_storages/[\w/.]*|tests/|\.ci/run)`", PAGE))))
    def test_names_places_that_are_there(self, path: str) -> None:
        assert (ROOT / path).exists()


class TestTheHooks:
    @pytest.mark.parametrize("name", ["ruff-check", "ruff-format", "mypy", "check-sql"])
    def test_run_the_tools_of_the_virtual_environment(self, name: str) -> None:
        hook = hooks()[name]
        program = hook["entry"].split()[0]
        assert program.startswith(".venv/bin/")
        assert hook["language"] == "system"

    def test_look_at_queries_when_one_is_committed(self) -> None:
        pattern = hooks()["check-sql"]["files"]
        assert re.search(pattern, "thoth_storages/sql/queries/sync/version.sql")
        assert not re.search(pattern, "thoth_storages/sql/lexer.py")

    def test_are_what_the_tools_understand(self, tmp_path: Path) -> None:
        (tmp_path / "module.py").write_text("import os\n")
        for name in ("ruff-check", "ruff-format"):
            _, *options = hooks()[name]["entry"].split()
            command = [sys.executable, "-m", "ruff", *options, "module.py"]
            done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
        assert (tmp_path / "module.py").read_text() == ""


def test_the_quick_tests_wait_for_no_server(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("quick")


def test_a_test_with_a_database_is_not_quick(request: pytest.FixtureRequest, empty_database: str) -> None:
    assert not request.node.get_closest_marker("quick")
