"""What the pages say is so: commands and targets that they name exist, and their tables are complete."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from scripts.docs_reference.variables import cache_sizes, variables
from tests.docs.blocks import DOCS, PAGES, ROOT, blocks
from thoth_storages.cli import main
from thoth_storages.sql.header import KEYS

TEXTS = {path: path.read_text(encoding="utf-8") for path in PAGES}
CHECKS = sorted((DOCS / "checks").glob("*.md"))


def _lines_of_commands() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        for block in blocks(path):
            if block.language == "console":
                for line in re.findall(r"^\$ (?:.*? )?(thoth-storages .+)$", block.text, re.MULTILINE):
                    yield path.stem, line.partition(" | ")[0]
    for path, text in TEXTS.items():
        yield from ((path.stem, line) for line in re.findall(r"`(thoth-storages [a-z][^`]*)`", text))


def _parse(line: str) -> None:
    """Parse a command as the program would, and raise click's error for what it wouldn't take."""
    command: click.Command = main
    words = shlex.split(line)[1:]
    context = click.Context(main, info_name="thoth-storages")
    while isinstance(command, click.Group) and words:
        name = words.pop(0)
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"no such command: {name}")
        command, context = found, click.Context(found, parent=context, info_name=name)
    command.make_parser(context).parse_args(args=words)


@pytest.mark.parametrize(("page", "line"), sorted(set(_lines_of_commands())))
def test_commands_are_such_as_the_program_takes(page: str, line: str) -> None:
    _parse(line)


@pytest.mark.parametrize("line", ["thoth-storages no-such", "thoth-storages db migrate --no-such"])
def test_others_are_refused(line: str) -> None:
    with pytest.raises(click.UsageError):
        _parse(line)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_targets_of_make_exist(path: Path) -> None:
    targets = set(re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|\$ )make ([a-z-]+)", TEXTS[path])) <= targets


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_variables_are_those_of_the_settings(path: Path) -> None:
    known = {variable.name for variable in variables()} | set(cache_sizes())
    named = set(re.findall(r"\b(?:KNOWLEDGE_GRAPH|THOTH|GRAPH_BACKUP)_[A-Z0-9_]*[A-Z0-9]\b", TEXTS[path]))
    assert sorted(named - known) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_files_of_the_project_exist(path: Path) -> None:
    named = re.findall(r"`((?:thoth_storages|tests|scripts|docs)/[\w./-]+)`", TEXTS[path])
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_language_of_query_files_is_told_with_all_its_keys() -> None:
    told = re.findall(r"^\| `(\w+):` \|", (DOCS / "query-language.md").read_text(), re.MULTILINE)
    assert set(told) == {"name", *KEYS}


def test_every_page_can_be_reached_from_the_first() -> None:
    index = (DOCS / "index.md").read_text()
    listed = set(re.findall(r"^([\w/-]+)$", index, re.MULTILINE))
    assert {path.relative_to(DOCS).with_suffix("").as_posix() for path in PAGES} - {"index"} <= listed


class TestTheHouse:
    @pytest.fixture(scope="class")
    @staticmethod
    def floors() -> dict[str, int]:
        """The floor of each package in the picture, counted from the top."""
        picture = (DOCS / "explanation/house.svg").read_text()
        found = re.findall(r'data-layer="(\d+)" data-name="(\w+)"', picture)
        return {name: int(floor) for floor, name in found}

    def test_has_a_room_for_each_package(self, floors: dict[str, int]) -> None:
        packages = {path.parent.name for path in (ROOT / "thoth_storages").glob("*/__init__.py")}
        assert packages - {"compat"} <= set(floors)

    def test_nothing_imports_what_is_above_or_beside_it(self, floors: dict[str, int]) -> None:
        climbing = [
            f"{path.relative_to(ROOT)} imports {name}"
            for path in (ROOT / "thoth_storages").rglob("*.py")
            for name in _imported(path)
            if (own := _room(path)) in floors and name in floors and name != own and floors[name] <= floors[own]
        ]
        assert climbing == []


def _room(path: Path) -> str:
    return path.relative_to(ROOT / "thoth_storages").with_suffix("").parts[0]


def _imported(path: Path) -> set[str]:
    """The packages and modules of this library that a module imports."""
    folders = path.relative_to(ROOT).parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = folders[: len(folders) - node.level + 1] if node.level else ()
            module = (*base, *(node.module or "").split(".")) if node.module else base
            if module[:1] == ("thoth_storages",):
                found |= {module[1]} if len(module) > 1 else {alias.name for alias in node.names}
    return found


def test_guides_name_every_check_where_there_are_pages_on_them() -> None:
    if not CHECKS:
        pytest.skip("there are no pages on checks")
    assert DOCS / "checks/README.md" in CHECKS


def test_what_is_generated_isnt_committed() -> None:
    ignored = subprocess.run(
        ["git", "check-ignore", "docs/reference/index.md"], cwd=ROOT, capture_output=True, check=False
    )
    assert ignored.returncode in (0, 128)  # 128: no checkout of git
