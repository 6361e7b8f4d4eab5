"""``thoth-storages sql``: listing, showing and running the named queries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.calling import call, start, succeed
from tests.cli.terminal import open_terminal
from tests.fix_postgres import PointTo
from tests.fix_rows import PYPI, Rows
from thoth_storages.sql.named import catalog

Connection = psycopg.Connection[Any]


@pytest.fixture
def flask(database: str, point_to: PointTo, rows: Rows) -> int:
    """A database that the environment names, with a package and what it depends on."""
    point_to(database)
    version = rows.version("flask", "2.0")
    rows.depends_on(version, "werkzeug", "2.0")
    rows.depends_on(version, "asgiref", "3.2", extra="async")
    return version


def listed(*arguments: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(succeed("sql", "list", *arguments, "--output", "json"))
    return entries


def ran(name: str, *parameters: str) -> Any:
    options = [text for each in parameters for text in ("-p", each)]
    return json.loads(succeed("sql", "run", name, *options, "--output", "json"))


def test_the_list_has_every_query() -> None:
    assert [entry["name"] for entry in listed()] == list(catalog)


def test_the_list_says_what_a_query_takes_and_answers() -> None:
    (entry,) = listed("is_python_package_index_enabled")
    path = Path(entry.pop("path"))
    line = entry.pop("line")
    assert path.read_text().splitlines()[line - 1] == "-- name: is_python_package_index_enabled$"
    assert entry == {
        "name": "is_python_package_index_enabled",
        "aliases": [],
        "parameters": "url",
        "returns": "enabled",
        "about": "Whether a registered Python package index is enabled.",
    }


def test_the_list_reads_as_text() -> None:
    assert succeed("sql", "list", "is_python_package_index_enabled") == (
        "is_python_package_index_enabled(url)\n    Whether a registered Python package index is enabled.\n"
    )


def test_the_list_names_aliases() -> None:
    text = succeed("sql", "list", "get_solved_python_package_versions_all")
    assert text.startswith("get_python_package_versions_all(package_name=None, ")
    assert "\n    alias get_solved_python_package_versions_all\n" in text


@pytest.mark.parametrize("text", ["DEPENDS_ON", "grouped by the extra", "get_depends_on"])
def test_the_list_is_filtered_by_a_text_in_names_and_sentences(text: str) -> None:
    assert "get_depends_on" in [entry["name"] for entry in listed(text)]
    assert len(listed(text)) < len(catalog)


def test_a_list_without_a_query_is_empty_and_says_so() -> None:
    result = call("sql", "list", "no such thing")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no query is about 'no such thing'\n")
    assert listed("no such thing") == []


def test_the_list_is_as_wide_as_the_terminal() -> None:
    with open_terminal() as terminal:
        start("sql", "list", "depends_on", stdout=terminal.descriptor)
    assert len(terminal.screen) > 200
    assert max(map(len, terminal.screen.splitlines())) <= 80


@pytest.mark.parametrize("name", ["get_python_package_versions_all", "get_solved_python_package_versions_all"])
def test_a_query_is_shown_as_it_stands_in_its_file(name: str) -> None:
    result = call("sql", "show", name)
    path, _, line = result.stderr.strip().rpartition(":")
    lines = Path(path).read_text().splitlines()[int(line) - 1 :]
    assert result.stdout.splitlines() == lines[: len(result.stdout.splitlines())]
    assert result.stdout.startswith("-- name: get_python_package_versions_all\n")
    assert result.stdout.endswith(";\n")


def test_a_query_is_shown_to_programs() -> None:
    shown = json.loads(succeed("sql", "show", "get_index_url_from_id", "--output", "json"))
    assert shown["name"] == "get_index_url_from_id"
    assert shown["sql"] == catalog["get_index_url_from_id"].source.text


@pytest.mark.parametrize("command", ["show", "run", "explain"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("get_depend_on", "there is no query 'get_depend_on'; did you mean 'get_depends_on'?"),
        ("zzz", "there is no query 'zzz'; 'thoth-storages sql list' names them"),
    ],
)
def test_an_unknown_query_is_a_wrong_call(command: str, name: str, said: str) -> None:
    result = call("sql", command, name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.usefixtures("flask")
def test_an_answer_is_a_table() -> None:
    result = call("sql", "run", "get_depends_on", "-p", "package_name=Flask", "--param", "package_version=v2.0")
    assert (result.exit_code, result.stderr) == (0, "2 rows\n")
    assert result.stdout.splitlines() == [
        "extra  package_name  package_version",
        "-----  ------------  ---------------",
        "null   werkzeug      2.0",
        "async  asgiref       3.2",
    ]


@pytest.mark.usefixtures("flask")
def test_an_answer_is_a_list_of_objects() -> None:
    assert ran("get_depends_on", "package_name=flask", "extras=null,") == [
        {"extra": None, "package_name": "werkzeug", "package_version": "2.0"}
    ]


@pytest.mark.usefixtures("flask")
def test_one_row_is_no_plural() -> None:
    asked = ["sql", "run", "get_depends_on", "-p", "package_name=flask", "-p", "extras=async"]
    assert call(*asked).stderr == "1 row\n"


@pytest.mark.usefixtures("flask")
def test_a_value_stands_by_itself() -> None:
    asked = ["sql", "run", "python_package_exists", "-p", "package_name=flask"]
    result = call(*asked)
    assert (result.stdout, result.stderr) == ("true\n", "")
    assert ran("python_package_exists", "package_name=flask") is True


@pytest.mark.usefixtures("flask")
def test_what_is_not_there_is_an_error() -> None:
    result = call("sql", "run", "get_depends_on", "-p", "package_name=unheard-of")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: get_depends_on: no record for package_name='unheard-of'\n"


@pytest.mark.usefixtures("flask")
def test_a_full_page_says_how_to_get_the_rest(rows: Rows) -> None:
    for number in range(3):
        rows.version(f"package-{number}")
    asked = ["sql", "run", "get_python_packages_all", "-p"]
    assert call(*asked, "count=2").stderr == "2 rows; the page is full: -p count=null answers all\n"
    assert call(*asked, "count=null").stderr == "4 rows\n"
    assert call(*asked, "count=5").stderr == "4 rows\n"


@pytest.mark.usefixtures("flask")
def test_an_alias_runs_its_query() -> None:
    assert ran("get_solved_python_package_versions_all", "package_name=flask") == [
        {"package_name": "flask", "package_version": "2.0", "index_url": PYPI}
    ]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ([], "get_depends_on needs -p package_name=… (a text)"),
        (["package_nam=flask"], "get_depends_on takes no 'package_nam'; did you mean 'package_name'?"),
        (["package_name=flask", "is_missing=maybe"], "takes true or false or null, not 'maybe'"),
    ],
)
@pytest.mark.parametrize("command", ["run", "explain"])
def test_wrong_parameters_are_a_wrong_call_before_anything_is_connected(
    command: str, parameters: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWLEDGE_GRAPH_HOST", "/nowhere")
    result = call("sql", command, "get_depends_on", *(text for each in parameters for text in ("-p", each)))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.usefixtures("flask")
def test_a_query_of_a_folder_runs_and_is_committed(connection: Connection) -> None:
    given = ["package_names=new,newer", "package_versions=1.0,null", f"index_urls={PYPI},null"]
    result = call("sql", "run", "sync.insert_entities", *(text for each in given for text in ("-p", each)))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "2\n", "rows written\n")
    written = connection.execute(
        "SELECT e.package_name, e.package_version, i.url FROM python_package_version_entity AS e"
        " LEFT JOIN python_package_index AS i ON i.id = e.python_package_index_id"
        " WHERE e.package_name LIKE 'new%' ORDER BY e.package_name"
    ).fetchall()
    assert written == [("new", "1.0", PYPI), ("newer", None, None)]


@pytest.mark.usefixtures("flask")
def test_before_a_query_that_deletes_somebody_is_asked(connection: Connection) -> None:
    asked = [
        "sql",
        "run",
        "_delete_solvers",
        *["-p", "os_name=plan9", "-p", "os_version=null", "-p", "python_version=null"],
    ]
    result = call(*asked)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Run _delete_solvers, which deletes rows for good? There is no terminal to ask on" in result.stderr
    assert call(*asked, "--yes").stdout == "0\n"


@pytest.mark.usefixtures("flask")
@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("ndjson", '{"extra": null, "package_name": "werkzeug", "package_version": "2.0"}\n'),
        ("csv", "extra,package_name,package_version\n,werkzeug,2.0\n"),
    ],
)
def test_an_answer_is_lines_for_other_programs(form: str, written: str) -> None:
    asked = ["get_depends_on", "-p", "package_name=flask", "-p", "extras=null,", "--output", form]
    assert succeed("sql", "run", *asked) == written


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "get_ecosystem_solver_all"),
        ("run", "sync.insert_entities", "-p", "package_names=a", "-p", "package_versions=1", "-p", "index_urls=null,"),
        ("explain", "get_ecosystem_solver_all"),
    ],
    ids=" ".join,
)
def test_a_database_without_schema_is_an_error_with_the_command_that_helps(
    arguments: tuple[str, ...], empty_database: str, point_to: PointTo
) -> None:
    point_to(empty_database)
    result = call("sql", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: The database holds no schema: run 'thoth-storages db migrate'")
    assert len(result.stderr.splitlines()) == 1
