"""``thoth-storages generate-schema``: pictures of the tables."""

from __future__ import annotations

import shutil
from html import unescape
from pathlib import Path

import psycopg
import pytest

from tests.cli.calling import call
from tests.fix_postgres import PointTo
from thoth_storages.sql import migrating
from thoth_storages.sql.migrating.files import created

pytestmark = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz isn't installed")

ALL = len(created("TABLE"))
INDICATORS = len([table for table in created("TABLE") if table.startswith("pi_")])


def test_it_draws_what_the_migrations_make_and_asks_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_HOST", "nowhere.invalid")
    picture = tmp_path / "schema.svg"
    result = call("generate-schema", str(picture))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{picture}: {ALL} tables, their keys\n")
    assert f"at migration {migrating.head()}: {ALL} tables, their keys" in unescape(picture.read_text())


def test_it_draws_into_schema_png_unless_told_otherwise(
    database: str, point_to: PointTo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_to(database)
    monkeypatch.chdir(tmp_path)
    assert call("generate-schema", "--live").stderr == f"schema.png: {ALL} tables, their keys\n"
    assert (tmp_path / "schema.png").read_bytes().startswith(b"\x89PNG")


def test_it_draws_what_a_database_has(database: str, point_to: PointTo, tmp_path: Path) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE notes (note text)")
    point_to(database)
    result = call("generate-schema", "--live", str(tmp_path / "schema.svg"))
    assert result.stderr == f"{tmp_path / 'schema.svg'}: {ALL + 1} tables, their keys\n"
    picture = (tmp_path / "schema.svg").read_text()
    assert ">notes<" in picture
    assert ">other<" in picture
    assert "password" not in picture.lower()


def test_it_draws_what_is_included(database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(database)
    options = ("--include", "PythonPackageIndex", "-i", "solve.*")
    result = call("generate-schema", "--live", *options, str(tmp_path / "some.svg"))
    assert result.stderr.endswith(f": 2 of {ALL} tables\n")
    picture = (tmp_path / "some.svg").read_text()
    assert f"2 of {ALL} tables" in picture
    assert 'id="solved"' in picture
    assert "depends_on" not in picture


def test_it_leaves_out_performance_indicators(database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(database)
    result = call("generate-schema", "--live", "--no-performance-indicators", str(tmp_path / "some.svg"))
    assert result.stderr.endswith(f": {ALL - INDICATORS} of {ALL} tables, their keys\n")
    assert "pi_conv" not in (tmp_path / "some.svg").read_text()


@pytest.mark.parametrize(
    ("arguments", "name", "is_all"),
    [
        ([], "many.svg", False),
        ([], "many.html", True),
        (["--columns", "all"], "many.svg", True),
        (["--columns", "keys"], "many.html", False),
        (["-i", "adviser_run"], "one.svg", True),
        (["-i", "adviser_run", "--columns", "keys"], "one.svg", False),
    ],
)
def test_columns_that_tell_little_are_shown_where_there_is_room(
    database: str, point_to: PointTo, tmp_path: Path, arguments: list[str], name: str, is_all: bool
) -> None:
    point_to(database)
    result = call("generate-schema", "--live", *arguments, str(tmp_path / name))
    picture = (tmp_path / name).read_text()
    assert (">requirements_format<" in picture, "more columns" in picture) == (is_all, not is_all)
    assert ("their keys" in result.stderr) is not is_all


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["schema.gif"], "schema.gif must end in .png, .svg, .pdf or .html."),
        (["--include", "(", "schema.svg"], "'(' is no regular expression: "),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_started(arguments: list[str], said: str) -> None:
    result = call("generate-schema", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_names_that_no_table_has_are_an_error(database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(database)
    result = call("generate-schema", "--live", "-i", "nothing", str(tmp_path / "no.svg"))
    assert (result.exit_code, result.stderr) == (1, "Error: no table is named like 'nothing'\n")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_an_error(empty_database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(empty_database)
    result = call("generate-schema", "--live", str(tmp_path / "no.svg"))
    assert result.exit_code == 1
    assert "'thoth-storages db migrate' makes them" in result.stderr


def test_a_machine_without_graphviz_is_told_how_to_get_it(
    database: str, point_to: PointTo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_to(database)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = call("generate-schema", "--live", str(tmp_path / "no.svg"))
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: Graphviz, which draws the picture, isn't installed: 'apt-get install graphviz' does that on Debian\n"
    )


def test_the_title_can_be_given(database: str, point_to: PointTo, tmp_path: Path) -> None:
    point_to(database)
    call("generate-schema", "--live", "-i", "solved", "--title", "What <solvers> say", str(tmp_path / "solved.html"))
    assert "<h1>What &lt;solvers&gt; say</h1>" in (tmp_path / "solved.html").read_text()
