"""Services that import ``thoth.storages``, and run on this library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import thoth_storages
from tests.compat.original_names import ORIGINAL_NAMES
from thoth_storages.compat.finder import MODULES, NOT_COVERED


def run(code: str, *, before: str = "import thoth_storages.compat", path: Path | None = None) -> str:
    """Run code in a process of its own; answers what it writes to both streams."""
    paths = [*([str(path)] if path else []), str(Path(thoth_storages.__file__).parents[1])]
    program = f"import sys\nsys.path[:0] = {paths!r}\n{before}\n{code}"
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return process.stdout + process.stderr


def test_each_module_of_the_original_has_its_names() -> None:
    imports = [
        f"from {f'thoth.storages.{module}'.rstrip('.')} import {', '.join(names)}"
        for module, names in ORIGINAL_NAMES.items()
    ]
    assert ORIGINAL_NAMES.keys() == MODULES.keys()
    assert run("\n".join([*imports, "print('all there')"])) == "all there\n"


def test_the_names_are_those_of_this_library() -> None:
    code = """
from thoth.storages import GraphDatabase, SolverResultsStore, __version__
from thoth.storages.graph.postgres import GraphDatabase as Same
import thoth.storages.exceptions, thoth_storages
print(GraphDatabase is Same is thoth_storages.GraphDatabase, __version__ == thoth_storages.__version__)
print(thoth.storages.exceptions.NotFoundError is thoth_storages.NotFoundError)
"""
    assert run(code) == "True True\nTrue\n"


def test_everything_can_be_imported_at_once() -> None:
    assert run("from thoth.storages import *\nprint(GraphDatabase.__name__)") == "GraphDatabase\n"


def test_what_is_there_can_be_listed() -> None:
    assert run("import thoth.storages\nprint('GraphDatabase' in dir(thoth.storages))") == "True\n"


def test_models_of_the_orm_are_not_covered() -> None:
    code = f"""
import importlib
for name in {sorted(NOT_COVERED)}:
    try:
        importlib.import_module(f"thoth.storages.{{name}}")
    except ImportError as error:
        print(error)
"""
    assert run(code).splitlines() == [
        f"thoth.storages.{name} isn't there: thoth_storages has no ORM; its queries are methods of GraphDatabase, and "
        "'thoth-storages sql list' names them"
        for name in sorted(NOT_COVERED)
    ]


def test_a_module_that_never_was_is_not_found() -> None:
    assert "ModuleNotFoundError: No module named 'thoth.storages.nothing'" in run("import thoth.storages.nothing")


def test_a_name_that_never_was_is_not_found() -> None:
    assert "ImportError: cannot import name 'nothing' from 'thoth.storages'" in run(
        "from thoth.storages import nothing"
    )


def test_other_packages_of_the_namespace_stay(tmp_path: Path) -> None:
    (tmp_path / "thoth").mkdir()
    (tmp_path / "thoth" / "common.py").write_text("NAME = 'common'\n")
    code = (
        "from thoth.common import NAME\nfrom thoth.storages import GraphDatabase\nprint(NAME, GraphDatabase.__module__)"
    )
    assert run(code, path=tmp_path).startswith("common thoth_storages.")


def test_an_installed_original_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "thoth" / "storages").mkdir(parents=True)
    (tmp_path / "thoth" / "storages" / "__init__.py").write_text("GraphDatabase = 'the original'\n")
    code = "from thoth.storages import GraphDatabase\nprint(GraphDatabase.__name__)"
    assert run(code, path=tmp_path) == "GraphDatabase\n"
    said = run("import thoth_storages.compat", before="import thoth.storages", path=tmp_path)
    assert said.endswith("is to be imported before thoth.storages, whose modules are in use now\n")


def test_without_the_line_nothing_changes() -> None:
    assert "No module named 'thoth'" in run("import thoth.storages", before="import thoth_storages")


def test_it_is_installed_once() -> None:
    code = """
from thoth_storages.compat import install
before = len(sys.meta_path)
install()
print(len(sys.meta_path) - before)
"""
    assert run(code) == "0\n"


class TestAProgram:
    """``python -m thoth_storages.compat``."""

    @pytest.fixture
    def service(self, tmp_path: Path) -> Path:
        path = tmp_path / "service.py"
        path.write_text(
            "import sys\nfrom thoth.storages import GraphDatabase\n"
            "if __name__ == '__main__':\n    print(GraphDatabase.__name__, sys.argv[1:])\n"
        )
        return path

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "thoth_storages.compat", *arguments]
        environment = {"PYTHONPATH": f"{Path(thoth_storages.__file__).parents[1]}:{folder}"}
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    def test_runs_a_script(self, service: Path) -> None:
        assert self.run(service.parent, str(service), "--flag", "x").stdout == "GraphDatabase ['--flag', 'x']\n"

    def test_runs_a_module(self, service: Path) -> None:
        assert self.run(service.parent, "-m", "service", "x").stdout == "GraphDatabase ['x']\n"

    def test_says_how_it_is_used(self, service: Path) -> None:
        usage = "usage: python -m thoth_storages.compat (SCRIPT | -m MODULE) [ARGUMENT]…\n"
        called_wrongly = self.run(service.parent)
        assert (called_wrongly.stderr, called_wrongly.returncode) == (usage, 2)
        assert self.run(service.parent, "--help").returncode == 0
