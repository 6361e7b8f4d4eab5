"""The library's own queries: their types are committed, current, and held by mypy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from thoth_storages.sql.catalog import STUB
from thoth_storages.sql.named import NamedQueries, catalog, queries
from thoth_storages.sql.stubs import render_stub

RIGHT = """\
from contextlib import closing
from datetime import datetime
from psycopg import Connection
from thoth_storages import GraphDatabase, queries
from thoth_storages.exceptions import NotFoundError

def answers(graph: GraphDatabase, connection: Connection[tuple[object, ...]]) -> None:
    dependencies: dict[str | None, list[tuple[str, str | None]]] = graph.get_depends_on(
        "flask", "2.0", extras=frozenset((None, "async")), marker_evaluation_result=True
    )
    last: datetime = graph.get_last_solver_datetime(os_name="rhel")
    names: list[str] = graph.get_python_package_version_names_all(count=None, distinct=True)
    exists: bool = queries.python_package_exists(connection, "flask")
    identifier: str = graph.get_python_cve_records_all("flask")[0]["cve_id"]
    with closing(graph.iterate_python_packages_all(distinct=True)) as packages:
        package: tuple[str, str] = next(packages)
    identifiers: list[str] = [record["cve_id"] for record in queries.iterate_python_cve_records_all(connection, "a")]
"""

WRONG = {
    "a number for a name": "graph.get_depends_on(5)",
    "an unknown keyword": 'graph.get_depends_on("flask", versoin="1.0")',
    "a keyword-only argument by position": 'graph.get_depends_on("flask", "1.0", None, "rhel")',
    "a missing argument": "graph.get_depends_on()",
    "a text for a set": 'graph.get_depends_on("flask", extras="async")',
    "a text for a flag": 'graph.get_python_packages_all(distinct="yes")',
    "an unknown column of a record": 'graph.get_python_cve_records_all("flask")[0]["severity"]',
    "a list for a dict": 'graph.get_depends_on("flask").append(("a", "b"))',
    "a datetime for a number": "graph.get_last_solver_datetime() + 1",
    "a query that isn't there": "graph.get_everything()",
    "a list for an iteration": "graph.iterate_python_packages_all()[0]",
    "an iteration over a dict": 'graph.iterate_depends_on("flask")',
    "no connection": 'queries.python_package_exists("flask")',
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What mypy says of each use, by its name; nothing where it is content."""
    folder = tmp_path_factory.mktemp("uses")
    head = "from thoth_storages import GraphDatabase, queries\n\ndef use(graph: GraphDatabase) -> None:\n    "
    files = {"the right uses": RIGHT, **{name: f"{head}{use}\n" for name, use in WRONG.items()}}
    paths = {name: folder / f"use_{number}.py" for number, name in enumerate(files)}
    for name, path in paths.items():
        path.write_text(files[name], encoding="utf-8")
    said = mypy(list(paths.values()))
    return {
        name: "\n".join(line for line in said.splitlines() if f"{path.name}:" in line) for name, path in paths.items()
    }


def mypy(files: list[Path]) -> str:
    """Check files, in one run as starting mypy takes seconds."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", *map(str, files)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout


def test_the_committed_types_are_what_the_server_says(connection: psycopg.Connection) -> None:
    assert STUB.read_text(encoding="utf-8") == render_stub(catalog, connection), "run `make stubs`"


def test_right_uses_pass_the_type_checker(verdicts: dict[str, str]) -> None:
    assert verdicts["the right uses"] == ""


@pytest.mark.parametrize("use", WRONG)
def test_a_wrong_use_is_caught_by_the_type_checker(verdicts: dict[str, str], use: str) -> None:
    assert "error:" in verdicts[use]


def test_every_query_is_a_method_under_each_of_its_names() -> None:
    for query in catalog.in_namespace(""):
        for name in query.names:
            assert getattr(NamedQueries, name).__doc__ == query.documentation
            assert hasattr(queries, name)


def test_every_list_that_is_only_read_has_an_iterating_form() -> None:
    for query in catalog.in_namespace(""):
        is_read_list = query.header.returns and query.header.returns.is_list and not query.statement.writes
        if is_read_list and not query.name.startswith("_"):
            assert set(query.source.iterating_names) == set(query.names)
        for name in query.source.iterating_names.values():
            assert getattr(NamedQueries, name).__doc__ == query.iterating_documentation
            assert hasattr(queries, name)


def test_queries_of_a_folder_are_held_by_an_object_of_its_name() -> None:
    for namespace in catalog.namespaces:
        for query in catalog.in_namespace(namespace):
            assert callable(getattr(getattr(queries, namespace), query.name))


def test_every_public_query_says_what_it_answers() -> None:
    silent = [query.name for query in catalog.in_namespace("") if not query.header.prose]
    assert silent == []
