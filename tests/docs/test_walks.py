"""The guides to changes, walked in a copy of the sources: what a page says is written where it says, its commands run.

The short walk leaves out the commands that check the whole project and take minutes.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, ROOT, Block, blocks
from tests.fix_postgres import PointTo

COPIED = [
    *(".sqlfluff", ".squawk.toml", "CHANGELOG.md", "MANIFEST.in", "Makefile", "README.md", "pyproject.toml"),
    *("setup.cfg", "benchmarks", "docs/images", "scripts", "tests", "thoth_storages"),
]
CHECKING = re.compile(r"make (lint|format|check-sql|test|schema|help-texts)|thoth-storages sql verify")
# Where a piece of a file goes, which the page tells in words: before this text, and else to the file's end.
BEFORE = {
    "thoth_storages/documents/performance_indicators.py": r'^}\n"""By the name',
    "thoth_storages/sql/checking/table_sizes.toml": r"^python_requirements = ",
    "tests/documents/making_inspections.py": r"^}\n\n\ndef python_stack",
}
COUNTED = "thoth_storages/sql/queries/table_count.sql"
COUNTING = {
    "add-a-performance-indicator": "get_performance_table_count",
    "sync-your-own-documents": "get_relation_table_count",
}
# What the lines of the table in the guide to a kind of documents need to be imported.
IMPORTS = {
    "thoth_storages/objectstore/__init__.py": "from .results import YankedResultsStore\n",
    "thoth_storages/sync/stored.py": "from ..objectstore import YankedResultsStore\n",
    "thoth_storages/documents/kinds.py": (
        "from .yanked import yanked_rows\nfrom .yanked_writer import write_yanked_results\n"
    ),
}


class Walk:
    """A copy of the sources, which is changed as a page says."""

    def __init__(self, page: Path, folder: Path) -> None:
        """Copy what the commands need."""
        self._page, self._folder = page, folder
        self._numbers: dict[str, str] = {}
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, folder / name)
        (folder / ".git").write_text(f"gitdir: {_git_folder()}\n")  # where the released version is
        self._make_programs()

    def go(self, *, is_long: bool) -> None:
        """Do what the page says, from its beginning to its end."""
        steps: dict[int, Block | tuple[str, str, str]] = {block.line: block for block in blocks(self._page)}
        for number, line in enumerate(self._page.read_text().splitlines(), 1):
            if row := re.fullmatch(r"\| `([\w/]+\.py)` \| (?:`(\w+)`)? ?\| `(.+)` \|", line):
                steps[number] = (row[1], row[2] or "", row[3])
        for _, step in sorted(steps.items()):
            if isinstance(step, tuple):
                self._add_line(*step)
            elif step.caption:
                self._save(step)
            elif step.language == "console":
                self._run_all(step.text, is_long=is_long)

    def change(self, name: str, pattern: str, text: str) -> None:
        """Insert a text before the first match of a pattern in a file."""
        path = self._folder / name
        before = path.read_text()
        match = re.search(pattern, before, re.MULTILINE)
        assert match, (name, pattern)
        path.write_text(before[: match.start()] + text + before[match.start() :])

    def _make_programs(self) -> None:
        """Have what is installed where the tests run as the copy's virtual environment."""
        programs = self._folder / ".venv/bin"
        programs.mkdir(parents=True)
        found = {"python": sys.executable, "thoth-storages": f"{sys.executable} -m thoth_storages"}
        found |= {name: f"{Path(sys.executable).parent}/{name}" for name in ("mypy", "ruff", "sqlfluff")}
        for name, command in found.items():
            (programs / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
            (programs / name).chmod(0o755)
        (programs.parent / ".dev").touch()

    def _save(self, block: Block) -> None:
        assert block.caption
        name = block.caption
        if slug := re.search(r"NNNN\.([\w-]+)\.", name):
            if slug[1] not in self._numbers:
                return  # an illustration
            name = name.replace("NNNN", self._numbers[slug[1]])
        path = self._folder / name
        if name in BEFORE:
            self.change(name, BEFORE[name], block.text)
        elif name == COUNTED:
            before, header, after = path.read_text().partition(f"-- name: {COUNTING[self._page.stem]}\n")
            path.write_text(before + header + after.replace("ORDER BY", f"{block.text}ORDER BY", 1))
        elif path.exists() and not slug:
            path.write_text(f"{path.read_text()}\n{block.text}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)

    def _add_line(self, name: str, inside: str, line: str) -> None:
        name = f"thoth_storages/{name}"
        if imports := IMPORTS.get(name):
            self.change(name, r"^(import|from \.)", imports)
        text = (self._folder / name).read_text()
        # a list of names ends where a line begins with its bracket, and that of SYNCED with its inner one
        start = text.index(f"\n{inside}") if inside else len(text)
        end = re.compile(r"^ *[])}]", re.MULTILINE).search(text, start)
        at = end.start() if inside and end else len(text)
        (self._folder / name).write_text(f"{text[:at]}{line}\n{text[at:]}")

    def _run_all(self, text: str, *, is_long: bool) -> None:
        for line, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            if line != "make test" and (is_long or not CHECKING.match(line)):
                assert shown in self._run(line)

    def _run(self, line: str) -> str:
        """Run a command that a page shows; answers what it wrote."""
        command = [*shlex.split(line), *(["--yes"] if "rollback" in line else [])]
        programs = f"{self._folder / '.venv/bin'}:{os.environ['PATH']}"
        environment = {**os.environ, "PATH": programs, "PYTHONPATH": str(self._folder)}
        done = subprocess.run(command, cwd=self._folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
        for number, slug in re.findall(r"/(\d{4})\.([\w-]+)\.sql$", done.stdout, re.MULTILINE):
            self._numbers[slug] = number
        return done.stdout + done.stderr


def _git_folder() -> str:
    command = ["git", "rev-parse", "--absolute-git-dir"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


@pytest.mark.parametrize("is_long", [False, pytest.param(True, marks=pytest.mark.long)], ids=["short", "long"])
@pytest.mark.parametrize("name", ["add-a-migration", "add-a-performance-indicator", "sync-your-own-documents"])
def test_guides_lead_where_they_say(
    tmp_path: Path, empty_database: str, point_to: PointTo, name: str, is_long: bool
) -> None:
    point_to(empty_database)
    walk = Walk(DOCS / f"guides/{name}.md", tmp_path)
    if name == "add-a-migration":  # as the page tells in words
        walk.change("tests/sql/test_migrations.py", r'^        "provides_source_distro",$', '        "is_yanked",\n')
    walk.go(is_long=is_long)
