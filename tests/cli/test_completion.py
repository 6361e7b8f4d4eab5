"""Completion, as shells ask for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from tests.cli.calling import call, succeed
from thoth_storages.cli import main
from thoth_storages.cli.document_kinds import OTHER_KINDS, SYNCED_KINDS
from thoth_storages.doctor import known_checks
from thoth_storages.sql import migrating
from thoth_storages.sql.named import catalog

PUBLIC = {name for query in catalog.in_namespace("") for name in query.names if not name.startswith("_")}


def completed(*words: str) -> list[str]:
    """What is offered for the last word, which is typed by half."""
    *before, incomplete = words
    completer = ShellComplete(main, {}, "thoth-storages", "_THOTH_STORAGES_COMPLETE")
    return [item.value for item in completer.get_completions(before, incomplete)]


def test_commands_are_completed() -> None:
    assert completed("d") == ["db", "doctor", "documents"]
    assert completed("sql", "e") == ["explain"]


def test_options_and_their_choices_are_completed() -> None:
    assert completed("db", "status", "--o") == ["--output"]
    assert completed("db", "status", "--output", "") == ["text", "json", "ndjson", "csv"]


@pytest.mark.parametrize("command", ["show", "run", "explain"])
def test_queries_are_completed_by_their_names_and_aliases(command: str) -> None:
    assert set(completed("sql", command, "get_")) == {name for name in PUBLIC if name.startswith("get_")}
    assert completed("sql", command, "get_solved_python_package_versions_a") == [
        "get_solved_python_package_versions_all"
    ]


def test_every_query_is_offered() -> None:
    every = {f"{q.qualified_name.rpartition('.')[0]}.{n}".lstrip(".") for q in catalog.values() for n in q.names}
    found = {*completed("sql", "run", ""), *completed("sql", "run", "_"), *completed("sql", "run", "sync._")}
    assert found == every


def test_queries_for_the_library_only_are_offered_once_their_underscore_is_typed() -> None:
    assert [name for name in completed("sql", "run", "") if name.startswith("_")] == []
    assert "_get_btree_indexes" in completed("sql", "run", "_get_b")


def test_parameters_are_those_of_the_query_that_are_not_given_yet() -> None:
    query = ["sql", "run", "get_depends_on"]
    assert completed(*query, "-p", "package_") == ["package_name=", "package_version="]
    assert completed(*query, "-p", "package_name=flask", "-p", "package_") == ["package_version="]
    assert completed(*query, "-p", "package_name=fl") == []
    assert completed("sql", "run", "no_such_query", "-p", "") == []


@pytest.mark.parametrize("command", ["list", "count", "show", "remove"])
def test_kinds_of_documents_are_completed(command: str) -> None:
    assert completed("documents", command, "") == sorted((*SYNCED_KINDS, *OTHER_KINDS))
    assert completed("documents", command, "prov") == ["provenance-cache", "provenance-checker"]


def test_paths_are_completed_where_documents_are_files() -> None:
    assert completed("sync", "--local", "sol") == ["sol"]  # of the type "file", which the shell takes over
    assert completed("sync", "sol") == []


def test_tables_migrations_and_checks_are_completed() -> None:
    assert completed("sql", "uses", "depends") == ["depends_on"]
    migrations = [migration.id for migration in migrating.read_migrations()]
    assert completed("db", "migrate", "--to", "0001") == migrations[:1]
    assert completed("db", "rollback", "--to", "") == migrations
    assert completed("doctor", "") == sorted(known_checks())


def test_the_words_of_help_are_commands_and_topics() -> None:
    assert completed("help", "e") == ["environment", "exit-codes"]
    assert completed("help", "sql", "") == [
        "check",
        "explain",
        "grants",
        "list",
        "run",
        "show",
        "top",
        "uses",
        "verify",
    ]
    assert completed("help", "sync", "") == completed("help", "nonsense", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_says_how_to_install_it(shell: str) -> None:
    script = succeed("completion", shell)
    assert f"thoth-storages completion {shell}" in script
    assert f"_THOTH_STORAGES_COMPLETE={shell}_complete" in script
    assert script.endswith("\n")


def test_zsh_finds_the_line_that_it_looks_for_at_the_beginning() -> None:
    assert succeed("completion", "zsh").startswith("#compdef thoth-storages\n")


def test_another_shell_is_a_wrong_call() -> None:
    result = call("completion", "tcsh")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in result.stderr


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with the program on its PATH."""
    program = tmp_path / "thoth-storages"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom thoth_storages.cli import main\nmain(prog_name='thoth-storages')\n"
    )
    program.chmod(0o755)
    paths = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": paths}


# In a shell, Ctrl-X is made to show the line as Tab left it, and to end the shell.
INTERACTIVE = {
    "bash": ["source <(thoth-storages completion bash)", """bind -x '"\\C-x": echo "[$READLINE_LINE]"; exit'"""],
    "zsh": [
        "autoload -Uz compinit; compinit -D -u; source <(thoth-storages completion zsh)",
        'tell() { print -r -- "[$BUFFER]"; exit }; zle -N tell; bindkey "^X" tell',
    ],
}
COMMANDS = {"bash": "bash --norc --noprofile -i", "zsh": "zsh -f -i"}


def after_tab(shell: str, typed: str, environment: dict[str, str], folder: Path) -> str:
    """The line of an interactive shell, in a terminal, after Tab was pressed at the end of what is typed."""
    lines = "\n".join([*INTERACTIVE[shell], f"{typed}\t\x18"])
    command = ["script", "--quiet", "--return", "--command", COMMANDS[shell], os.devnull]
    ended = subprocess.run(
        command, input=lines, env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    line: str = re.findall(r"\[(thoth-storages .*?)\]", ended.stdout)[-1]
    return line


@pytest.mark.parametrize("shell", INTERACTIVE)
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("sql show get_depends", "sql show get_depends_on "),
        ("sql run get_depends_on -p package_n", "sql run get_depends_on -p package_name="),
        ("sync --local sol", "sync --local solver-1.json "),
    ],
)
def test_a_shell_completes(shell: str, typed: str, completed: str, environment: dict[str, str], tmp_path: Path) -> None:
    if missing := [program for program in (shell, "script") if shutil.which(program) is None]:
        pytest.skip(f"needs {missing[0]}")
    (tmp_path / "solver-1.json").touch()
    line = after_tab(shell, f"thoth-storages {typed}", environment, tmp_path)
    assert line == f"thoth-storages {completed}"


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sql run get_depends_on -p package_n", ["package_name="]),
        ("sync --local sol", ["solver-1.json"]),
        ("db migrate --forget", ["--forget-alembic\tDrop Alembic's record, too; the original library stops working."]),
    ],
)
def test_fish_offers(typed: str, offered: list[str], environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "solver-1.json").touch()
    lines = f'thoth-storages completion fish | source; complete -C "thoth-storages {typed}"'
    ended = subprocess.run(
        ["fish", "--no-config", "-c", lines], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ended.stdout.splitlines(), ended.stderr) == (offered, "")
