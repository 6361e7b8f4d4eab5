"""The command line as a whole: help, version, verbosity, and how it ends."""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
from pathlib import Path

import click
import pytest
from psycopg.conninfo import conninfo_to_dict

import thoth_storages
from tests.cli.calling import ROOT, call, start, succeed
from tests.cli.commands import FOLDER, commands, help_text, help_texts
from tests.cli.terminal import open_terminal
from tests.fix_postgres import PointTo
from thoth_storages import settings
from thoth_storages.cli import main

ALL = [path for path, _ in commands()]
LEAVES = [path for path, command in commands() if not isinstance(command, click.Group)]


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> str:
    """A server that isn't there, and the password for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("KNOWLEDGE_GRAPH_PORT", str(free.getsockname()[1]))
    monkeypatch.setenv("KNOWLEDGE_GRAPH_HOST", "127.0.0.1")
    monkeypatch.setenv("KNOWLEDGE_GRAPH_PASSWORD", "s3cr3t'word")
    return "s3cr3t'word"


def test_the_commands_of_the_first_version_are_there() -> None:
    assert {" ".join(path) for path in LEAVES} >= {
        "db migrate",
        "db status",
        "sync",
        "sql list",
        "sql show",
        "sql run",
        "sql explain",
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [("sycn", "No such command 'sycn'. Did you mean 'sync'?"), ("zzz", "No such command 'zzz'.")],
)
def test_an_unknown_command_is_refused_with_the_one_that_may_be_meant(name: str, said: str) -> None:
    result = call(name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {said}"


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_the_help_of_a_command_says_what_it_does_and_has_an_example(path: tuple[str, ...]) -> None:
    text = succeed(*path, "--help")
    assert text.startswith(f"Usage: thoth-storages {' '.join(path)} ")
    assert "Example:\n    " in text
    assert re.search(rf"^    (\w+=\S+ )?thoth-storages {' '.join(path)}\b", text, re.MULTILINE)


@pytest.mark.parametrize("path", [path for path in ALL if path not in LEAVES], ids=" ".join)
def test_the_help_of_a_group_has_an_example_of_its_commands(path: tuple[str, ...]) -> None:
    text = succeed(*path, "--help")
    examples = re.findall(rf"^    thoth-storages {' '.join(path)} ([\w-]+)", text, re.MULTILINE)
    assert examples
    assert {(*path, name) for name in examples} <= set(ALL)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_what_a_list_of_commands_says_of_one_is_a_whole_sentence(path: tuple[str, ...]) -> None:
    (listed,) = re.findall(rf"^  {path[-1]}  +(\S.*(?:\n   +.+)*)", help_text(path[:-1]), re.MULTILINE)
    assert listed.endswith(".")
    assert not listed.endswith("...")


@pytest.mark.parametrize("name", sorted({*help_texts(), *(path.name for path in FOLDER.glob("*.txt"))}))
def test_the_text_of_a_help_is_the_one_that_was_looked_at(name: str) -> None:
    path = FOLDER / name
    looked_at = path.read_text(encoding="utf-8") if path.exists() else None
    assert help_texts().get(name) == looked_at, "if this is as it should be: make help-texts"


def test_what_is_shown_is_the_text_that_was_looked_at() -> None:
    shown = start("sql", "run", "--help", env={**os.environ, "COLUMNS": "80"}).stdout
    assert shown.replace("python -m thoth_storages", "thoth-storages") == help_text(("sql", "run"))


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_data_comes_out_in_every_form(path: tuple[str, ...]) -> None:
    forms = {
        tuple(option.type.choices)
        for option in dict(commands())[path].params
        if "--output" in option.opts and isinstance(option.type, click.Choice)
    }
    # documents are nested, and what a check finds is for editors and forges
    others: dict[tuple[str, ...], set[tuple[str, ...]]] = {
        ("documents", "show"): {("json", "ndjson")},
        ("sql", "check"): {("text", "json", "sarif", "github")},
    }
    assert forms <= others.get(path, {("text", "json", "ndjson", "csv")})


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_every_option_of_a_command_is_explained(path: tuple[str, ...]) -> None:
    command = dict(commands())[path]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_an_option_with_a_variable_shows_it() -> None:
    everywhere = [("", main), *((" ".join(path), command) for path, command in commands())]
    variables = {
        option.envvar: option.show_envvar
        for _, command in everywhere
        for option in command.params
        if isinstance(option, click.Option) and option.envvar
    }
    assert variables == {"THOTH_STORAGES_VERBOSE": True}
    assert "[env var: THOTH_STORAGES_VERBOSE]" in succeed("--help")


@pytest.mark.parametrize("name", ["HOST", "PORT", "USER", "PASSWORD", "DATABASE", "SSL_DISABLED"])
def test_the_help_names_the_variables_that_say_which_database_is_meant(name: str) -> None:
    variable = getattr(settings, name)
    text = " ".join(succeed("--help").split())
    assert f"{variable.name} {variable.description}" in text
    assert f"{variable.libpq or 'default: 0'}" in text


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_the_help_tells_the_exit_codes(option: str) -> None:
    text = succeed(option).partition("Exit codes:\n")[2]
    assert re.findall(r"^  (\d+)  +\S", text, re.MULTILINE) == ["0", "1", "2", "3", "130"]


def test_the_version_is_that_of_the_library() -> None:
    assert succeed("--version") == f"thoth-storages {thoth_storages.__version__}\n"


def test_it_runs_as_a_module() -> None:
    ended = start("--version")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"thoth-storages {thoth_storages.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["drink"],
        ["db", "drink"],
        ["--loud"],
        ["sql", "run"],
        ["sql", "run", "get_depends"],
        ["sync", "--local"],
        ["sql", "list", "--output", "xml"],
        ["db", "status", "now"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_says_what_is_wrong(arguments: list[str]) -> None:
    ended = start(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Usage: ")
    assert re.search(r"^Error: .+", ended.stderr, re.MULTILINE)


@pytest.mark.parametrize(
    "arguments",
    [
        ["db", "migrate"],
        ["db", "status"],
        ["sql", "run", "get_ecosystem_solver_all"],
        ["sql", "explain", "get_ecosystem_solver_all"],
    ],
    ids=" ".join,
)
def test_an_error_is_one_sentence_on_stderr_without_the_password(arguments: list[str], unreachable: str) -> None:
    ended = start(*arguments)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(r"Error: .*127\.0\.0\.1.*\n", ended.stderr)
    assert unreachable not in ended.stderr


@pytest.mark.parametrize("variable", ["KNOWLEDGE_GRAPH_PORT", "KNOWLEDGE_GRAPH_POOL_SIZE"])
@pytest.mark.parametrize(
    "arguments", [["db", "migrate"], ["db", "status"], ["sql", "run", "get_ecosystem_solver_all"]], ids=" ".join
)
def test_a_variable_that_cannot_be_read_is_named(
    arguments: list[str], variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "many")
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Error: {variable}='many' can't be read (")


def test_the_size_of_a_cache_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE", "many")
    result = call("sql", "run", "get_ecosystem_solver_all")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE='many' can't be read (")


def test_a_switch_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THOTH_STORAGES_DEBUG_QUERIES", "perhaps")
    result = call("sql", "list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: THOTH_STORAGES_DEBUG_QUERIES='perhaps' can't be read (")


@pytest.mark.parametrize("is_option", [True, False], ids=["option", "variable"])
def test_verbose_shows_the_traceback_of_an_error(
    is_option: bool, unreachable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_option:
        monkeypatch.setenv("THOTH_STORAGES_VERBOSE", "1")
    ended = start(*(["--verbose"] if is_option else []), "db", "status")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Traceback (most recent call last)" in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("Error: Can't connect to database ")
    assert unreachable not in ended.stderr


def test_verbose_logs_to_stderr(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    ended = start("-v", "db", "migrate")
    assert ended.returncode == 0
    assert re.search(r"INFO thoth_storages\.sql\.migrating\.migrator: migration 0001\.", ended.stderr)
    assert "INFO" not in ended.stdout


def test_statements_are_logged_where_the_variable_says_so(
    database: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_to(database)
    asking = ["sql", "run", "python_package_exists", "-p", "package_name=flask"]
    assert call(*asking).stderr == ""
    monkeypatch.setenv("THOTH_STORAGES_DEBUG_QUERIES", "1")
    result = call(*asking)
    assert result.stdout == "false\n"
    assert re.match(r"INFO: python_package_exists [\d.]+ ms \{'package_name': 'flask'\}\n", result.stderr)


def test_logging_is_as_it_was_when_the_command_has_ended() -> None:
    names = ["", "thoth_storages", "thoth_storages.graph.connected", "psycopg", "yoyo"]

    def state() -> list[object]:
        return [logging.getLogger().handlers[:], *(logging.getLogger(name).level for name in names)]

    before = state()
    succeed("--verbose", "sql", "list", "get_depends_on")
    assert state() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device without room")
def test_a_full_disk_is_an_error() -> None:
    with Path("/dev/full").open("w") as full:
        ended = start("sql", "list", stdout=full)
    assert (ended.returncode, ended.stderr) == (1, "Error: No space left on device\n")


def test_a_reader_that_goes_away_is_no_reason_for_a_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = start("sql", "list", stdout=writing)
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, "")


def test_the_variables_of_libpq_lead_to_the_database_as_well(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, parameter in (("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGDATABASE", "dbname")):
        monkeypatch.setenv(variable, str(conninfo_to_dict(database)[parameter]))
    assert f"Database {conninfo_to_dict(database)['dbname']!r} on " in succeed("db", "status")
    assert succeed("db", "migrate") == ""


@pytest.fixture
def mistaken(tmp_path: Path) -> dict[str, str]:
    """An environment in which the library has a file of queries with a mistake."""
    package = tmp_path / "thoth_storages"
    shutil.copytree(ROOT / "thoth_storages", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "sql/queries/rule.sql").write_text("-- name: get_rules\n-- retruns: [id]\nSELECT id FROM rule;\n")
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


@pytest.mark.parametrize(
    "arguments",
    [["sync"], ["sync", "--help"], ["sql", "list"], ["sql", "run", "get_rules"], ["metrics"], ["purge", "solver"]],
    ids=" ".join,
)
def test_a_mistake_in_a_file_of_queries_is_one_sentence_with_its_place(
    arguments: list[str], mistaken: dict[str, str], tmp_path: Path
) -> None:
    ended = start(*arguments, env=mistaken, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert re.fullmatch(r"Error: \S*rule\.sql:2:\d+: .*\n", ended.stderr), ended.stderr


def test_a_mistake_in_a_file_of_queries_spoils_no_other_command(mistaken: dict[str, str], tmp_path: Path) -> None:
    helped = start("--help", env=mistaken, cwd=tmp_path)
    assert (helped.returncode, helped.stderr) == (0, "")
    assert re.search(r"sync +\(can't be loaded: a file of queries has a mistake\)", helped.stdout)
    assert start("db", "migrate", "--help", env=mistaken, cwd=tmp_path).returncode == 0


def test_ctrl_c_is_an_exit_code_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def press(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("thoth_storages.cli.sql.write", press)
    result = call("sql", "list")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "\nInterrupted.\n")


@pytest.mark.parametrize(("variable", "is_coloured"), [(None, True), ("1", False), ("", True)])
def test_colours_are_for_terminals_and_for_those_who_want_them(
    variable: str | None, is_coloured: bool, unreachable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable is not None:
        monkeypatch.setenv("NO_COLOR", variable)
    with open_terminal() as terminal:
        start("doctor", "connection", stdout=terminal.descriptor)
    assert "connection" in terminal.screen
    assert ("\x1b[" in terminal.screen) == is_coloured
    assert "\x1b[" not in start("doctor", "connection").stdout
