"""No query without a test: every public name is called by a test module, and every file has a module of its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.shared import shared_file
from thoth_storages import GraphDatabase
from thoth_storages.sql.catalog import QUERIES_FOLDER
from thoth_storages.sql.named import catalog

TESTS = Path(__file__).resolve().parents[2]

QUERIES = sorted(name for query in catalog.in_namespace("") for name in query.names if not name.startswith("_"))

# What the original's GraphDatabase answers without writing; a few of them are Python over queries, or need none.
READS = (TESTS / "data/original-reads.txt").read_text(encoding="utf-8").split()

WRITING = r"(connect|disconnect|initialize|drop|cache_clear|create|delete|purge|register|set|sync|update)(_|\b)"


def called(source: str) -> set[str]:
    """The names that a test module calls: ``x.name(…)``, and texts where it also has a ``getattr(x, variable)``."""
    nodes = list(ast.walk(ast.parse(source)))
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = {function.attr for function in calls if isinstance(function, ast.Attribute)}
    if any(_is_getattr_of_a_variable(node) for node in nodes):
        names |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return names


def _is_getattr_of_a_variable(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Name(), *_]):
            return True
    return False


def untested(names: Iterable[str], sources: Iterable[str]) -> set[str]:
    """Those of the names that no module calls."""
    return set(names).difference(*map(called, sources))


@cache
def modules() -> dict[Path, str]:
    """The test modules but this one, with their sources."""
    paths = set(TESTS.rglob("test_*.py")) - {Path(__file__).resolve()}
    return {path: path.read_text(encoding="utf-8") for path in sorted(paths)}


def test_every_public_query_is_called_by_a_test() -> None:
    assert untested(QUERIES, modules().values()) == set()


def test_every_question_that_the_original_answers_is_asked_by_a_test() -> None:
    assert untested(READS, modules().values()) == set()


def test_every_question_that_the_original_answers_can_be_asked() -> None:
    assert [name for name in READS if not hasattr(GraphDatabase, name)] == []


def test_no_question_is_forgotten() -> None:
    text = shared_file("reference/API.md").read_text(encoding="utf-8")
    (methods,) = re.findall(r"^## GraphDatabase .*?```\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    names = re.findall(r"^[C ] (\w+)\(", methods, re.MULTILINE)
    assert {name for name in names if not re.match(WRITING, name)} == set(READS)


@pytest.mark.parametrize("file", sorted(QUERIES_FOLDER.glob("*.sql")), ids=lambda file: file.stem)
def test_every_file_of_queries_has_a_test_module_of_its_name(file: Path) -> None:
    assert Path(__file__).with_name(f"test_{file.stem}.py").exists()


class TestCounting:
    """That a missing test is noticed."""

    @pytest.mark.parametrize(
        "source",
        [
            "queries.get_it(connection)",
            "assert graph.get_it() == []",
            "with pytest.raises(ValueError):\n    adapter.get_it()",
            "parametrize('name', ['get_it'])\ndef test(name):\n    getattr(queries, name)(connection)",
            "NAMES = {'get_it': 1}\ndef test(name):\n    getattr(graph, name)()",
        ],
    )
    def test_a_call_counts(self, source: str) -> None:
        assert untested(["get_it"], ["pass", source]) == set()

    @pytest.mark.parametrize(
        "source",
        [
            "# queries.get_it(connection)",
            "'queries.get_it(connection)'",
            "NAMES = ['get_it']",
            "def get_it():\n    pass",
            "graph.get_it",
            "graph.get_it.cache_clear()",
            "get_it(graph)",
            "NAMES = ['get_it']\ngetattr(queries, 'get_that')()",
            "'''get_it is tested elsewhere'''\ngetattr(queries, name)()",
            "queries.get_it_all(connection)",
        ],
    )
    def test_a_mention_does_not(self, source: str) -> None:
        assert untested(["get_it"], ["pass", source]) == {"get_it"}

    @pytest.mark.parametrize("name", ["get_last_solver_datetime", "adviser_document_id_exist", "solver_records_exist"])
    def test_a_query_is_untested_as_soon_as_its_tests_are_gone(self, name: str) -> None:
        names, sources = [*QUERIES, *READS], modules().values()
        without = [re.sub(rf"\b{name}\b", "gone", source) for source in sources]
        assert untested(names, without) - untested(names, sources) == {name}

    def test_a_file_without_a_module_is_noticed(self) -> None:
        with pytest.raises(AssertionError):
            test_every_file_of_queries_has_a_test_module_of_its_name(QUERIES_FOLDER / "unheard_of.sql")
