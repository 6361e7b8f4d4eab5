"""The files around the code: the commands that people type, and the servers that they start with them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]


def _make(*targets: str) -> str:
    # The tests themselves are mostly run by make, and a make inside a make says more.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", *targets]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


class TestMake:
    def test_without_a_target_shows_the_help(self) -> None:
        assert _make() == _make("help")

    def test_help_lists_every_target_under_a_heading(self) -> None:
        makefile = (ROOT / "Makefile").read_text()
        targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE))
        listed = set(re.findall(r"^  ([a-z-]+) +\S", _make("help"), re.MULTILINE))
        assert listed == targets
        headings = re.findall(r"^\S.*$", _make("help"), re.MULTILINE)
        assert headings == ["First steps", "A database", "Development"]

    def test_help_fits_a_terminal(self) -> None:
        assert max(map(len, _make("help").splitlines())) <= 80

    @pytest.mark.parametrize("target", ["demo", "test"])
    def test_the_commands_of_the_readme_are_targets(self, target: str) -> None:
        assert f"make {target}" in (ROOT / "README.md").read_text()
        assert f"  {target} " in _make("help")


class TestTheVirtualEnvironment:
    @staticmethod
    def _venv(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "scripts").mkdir()
        shutil.copy(ROOT / "scripts/venv", tmp_path / "scripts")
        fake = tmp_path / "python3"
        fake.write_text(f"#!/bin/sh\n{python}\n")
        fake.chmod(0o755)
        environment = os.environ | {"PYTHON": str(fake)}
        command = (tmp_path / "scripts/venv", "embedded")
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    def test_needs_a_new_enough_python_and_says_how_to_get_it(self, tmp_path: Path) -> None:
        done = self._venv(tmp_path, "exit 1")
        assert done.returncode != 0
        assert "Python 3.11 or newer is needed" in done.stderr
        assert "apt-get install python3 python3-venv" in done.stderr
        assert not (tmp_path / ".venv").exists()

    def test_needs_the_package_that_debian_splits_off_and_says_which(self, tmp_path: Path) -> None:
        done = self._venv(tmp_path, 'case "$2" in *ensurepip*) exit 1;; esac')
        assert done.returncode != 0
        assert "apt-get install python3-venv" in done.stderr
        assert not (tmp_path / ".venv").exists()


class TestTheContainers:
    @pytest.fixture
    def compose(self) -> dict[str, Any]:
        """What docker-compose.yaml says."""
        described = yaml.safe_load((ROOT / "docker-compose.yaml").read_text())
        assert isinstance(described, dict)
        return described

    def test_are_postgresql_pgweb_and_an_object_store(self, compose: dict[str, Any]) -> None:
        assert set(compose["services"]) == {"postgres", "pgweb", "s3"}

    def test_are_pinned_to_a_release(self, compose: dict[str, Any]) -> None:
        for service in compose["services"].values():
            assert re.fullmatch(r"[a-z.]+/[a-z]+/[a-z]+:\d+(\.\d+)+", service["image"])

    def test_run_a_postgresql_that_the_schema_can_live_on(self, compose: dict[str, Any]) -> None:
        major = compose["services"]["postgres"]["image"].rpartition(":")[2].partition(".")[0]
        assert int(major) >= 15

    def test_tell_whether_they_are_healthy(self, compose: dict[str, Any]) -> None:
        for service in compose["services"].values():
            assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")

    def test_wait_for_what_they_need_to_be_healthy(self, compose: dict[str, Any]) -> None:
        assert compose["services"]["pgweb"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}

    @pytest.mark.parametrize(
        ("service", "port"), [("postgres", "5432:5432"), ("pgweb", "8081:8081"), ("s3", "8333:8333")]
    )
    def test_listen_on_this_machine_only_at_a_port_from_the_environment(
        self, compose: dict[str, Any], service: str, port: str
    ) -> None:
        outside, inside = port.split(":")
        (published,) = compose["services"][service]["ports"]
        assert re.fullmatch(rf"127\.0\.0\.1:\$\{{[A-Z0-9_]+:-{outside}\}}:{inside}", published)

    def test_keep_their_data_in_declared_volumes(self, compose: dict[str, Any]) -> None:
        used = {volume.partition(":")[0] for each in compose["services"].values() for volume in each.get("volumes", [])}
        assert used == set(compose["volumes"])

    def test_give_a_variable_the_same_default_everywhere(self) -> None:
        text = (ROOT / "docker-compose.yaml").read_text()
        defaults: dict[str, set[str]] = {}
        for variable, default in re.findall(r"\$\{([A-Z0-9_]+):-([^}]*)\}", text):
            defaults.setdefault(variable, set()).add(default)
        assert {variable: values for variable, values in defaults.items() if len(values) > 1} == {}
        assert defaults["KNOWLEDGE_GRAPH_USER"] == {"postgres"}


class TestContinuousIntegration:
    def test_goes_the_way_of_the_readme_and_ends_with_the_tests(self) -> None:
        lines = (ROOT / ".ci/run").read_text().split("\n")
        assert [line for line in lines if line.startswith("make ")][-1] == "make test"

    @pytest.mark.parametrize("script", [".ci/run", "scripts/venv"])
    def test_can_be_run_and_is_sound_shell(self, script: str) -> None:
        path = ROOT / script
        assert os.access(path, os.X_OK)
        shell = path.read_text().partition("\n")[0].split("/")[-1].split()[-1]
        subprocess.run([shell, "-n", str(path)], check=True)


def test_the_client_of_the_object_store_is_imported_when_a_store_is() -> None:
    code = "import sys, thoth_storages as t; print('minio' in sys.modules); t.CephStore; print('minio' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == ["False", "True"]
