"""The rules: each has a page and examples, and says of these exactly what the goldens hold."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from tests.shared import shared_file
from thoth_storages.sql.checking.checker import check
from thoth_storages.sql.checking.older_names import OLDER
from thoth_storages.sql.checking.reading import packaged_files, read
from thoth_storages.sql.checking.rule import Rule, all_rules
from thoth_storages.sql.checking.rules.convention import broken
from thoth_storages.sql.checking.session import Connection, Session

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs/checks"
EXAMPLES = ROOT / "tests/data/checking"
NAMES = {rule.name for rule in all_rules()}


def examples(pattern: str) -> list[Any]:
    return [
        pytest.param(rule, path, id=f"{rule.name}/{path.name}")
        for rule in all_rules()
        for path in sorted((EXAMPLES / rule.name).glob(pattern))
    ]


def said(rule: Rule, path: Path, connection: Connection) -> str:
    """What one rule says of a file that lies in the working folder."""
    found = check([Path(path.name)], Session(lambda: connection), rules=[rule]).findings
    return "".join(f"{finding}\n" for finding in found)


class TestEachRule:
    def test_has_a_page_and_examples_and_there_are_no_others(self) -> None:
        pages = {path.stem for path in PAGES.glob("*.md")} - {"README"}
        folders = {path.name for path in EXAMPLES.iterdir()}
        assert pages == NAMES
        assert folders == NAMES

    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_has_an_example_that_passes_one_that_fails_and_what_is_said_of_it(self, name: str) -> None:
        files = {path.name for path in (EXAMPLES / name).iterdir()}
        assert {"passes.sql", "fails.sql", "fails.txt"} <= files
        failing = {path.stem for path in (EXAMPLES / name).glob("fails*.sql")}
        assert {path.stem for path in (EXAMPLES / name).glob("*.txt")} == failing

    @pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: str(rule.name))
    def test_is_summed_up_in_one_sentence(self, rule: Rule) -> None:
        assert rule.summary.endswith(".")
        assert rule.summary.count(". ") == 0

    @pytest.mark.parametrize("name", sorted(NAMES))
    def test_shows_its_examples_on_its_page(self, name: str) -> None:
        page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# {name}\n")
        for example in ("fails.sql", "fails.txt", "passes.sql"):
            assert (EXAMPLES / name / example).read_text(encoding="utf-8").strip() in page

    @pytest.mark.parametrize(("rule", "path"), examples("passes*.sql"))
    def test_finds_nothing_where_nothing_is_wrong(
        self, rule: Rule, path: Path, migrated: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(path.parent)
        assert said(rule, path, migrated) == ""

    @pytest.mark.parametrize(("rule", "path"), examples("fails*.sql"))
    def test_says_exactly_what_is_wrong(
        self, rule: Rule, path: Path, migrated: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(path.parent)
        assert said(rule, path, migrated) == path.with_suffix(".txt").read_text(encoding="utf-8")

    def test_lets_the_others_say_what_is_wrong(self, migrated: Connection) -> None:
        """What one rule finds is no surprise to another: a mistake ends in findings of all files, not in an error."""
        paths = sorted(EXAMPLES.glob("*/fails*.sql"))
        for path in paths:
            assert check([path], Session(lambda: migrated)).findings != []
        assert len(paths) > 15


class TestOlderNames:
    @pytest.fixture(scope="class")
    @staticmethod
    def breaking() -> dict[str, set[str]]:
        """What each public name breaks, whatever is allowed."""

        def refuse() -> Connection:
            raise AssertionError("names are looked at without a server")

        queries = [query for query in read(packaged_files(), Session(refuse)).queries if not query.file.namespace]
        named = ((name, query) for query in queries for name in query.source.names if not name.startswith("_"))
        return {name: found for name, query in named if (found := broken(query, name))}

    def test_break_just_what_they_are_listed_for_and_no_other_name_breaks_anything(
        self, breaking: dict[str, set[str]]
    ) -> None:
        assert breaking == {name: set(what) for name, what in OLDER.items()}

    def test_are_names_of_the_original(self) -> None:
        assert OLDER.keys() <= set((ROOT / "tests/data/original-reads.txt").read_text(encoding="utf-8").split())

    def test_are_listed_for_no_parameters_but_those_of_the_original(self) -> None:
        text = shared_file("reference/API.md").read_text(encoding="utf-8")
        originals = dict(re.findall(r"^[C ] (\w+)\((.*)\) ->", text, re.MULTILINE))
        parameters = {"page", "keyword", "default"}
        beyond = {name: what & parameters - breaks_of(originals[name]) for name, what in OLDER.items()}
        assert {name: what for name, what in beyond.items() if what} == {}


def breaks_of(signature: str) -> set[str]:
    """What the original's signature of a method breaks, as API.md writes it."""
    (function,) = ast.parse(f"def method({signature}): ...").body
    assert isinstance(function, ast.FunctionDef)
    arguments = function.args
    names = {each.arg for each in [*arguments.args, *arguments.kwonlyargs]}
    optional = {each.arg for each in arguments.args[len(arguments.args) - len(arguments.defaults) :]}
    defaults = [*arguments.defaults, *arguments.kw_defaults]
    kinds = {
        "page": "start_offset" not in names,
        "keyword": bool(optional - {"package_name", "package_version", "index_url"}),
        "default": any(isinstance(each, ast.Constant) and each.value is True for each in defaults),
    }
    return {kind for kind, is_broken in kinds.items() if is_broken}
