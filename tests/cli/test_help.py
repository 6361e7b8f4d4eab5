"""``thoth-storages help``."""

from __future__ import annotations

import re

import pytest

from tests.cli.calling import ROOT, call, succeed
from tests.cli.commands import commands
from thoth_storages.cli import exit_codes
from thoth_storages.cli.help import variables
from thoth_storages.sql.named import catalog


def shown(*words: str) -> str:
    return " ".join(succeed("help", *words).split())


@pytest.mark.parametrize("path", [(), *(path for path, _ in commands())], ids=" ".join)
def test_it_shows_the_help_of_every_command(path: tuple[str, ...]) -> None:
    assert shown(*path) == " ".join(succeed(*path, "--help").split())


@pytest.mark.parametrize("words", [["drink"], ["sql", "drink"], ["sync", "drink"], ["environment", "drink"]], ids=str)
def test_what_is_no_command_is_a_wrong_call(words: list[str]) -> None:
    result = call("help", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no command " in result.stderr


def test_the_environment_has_every_variable_once() -> None:
    names = re.findall(r"^  ([A-Z][A-Z0-9_]+)(?:  .*)?$", succeed("help", "environment"), re.MULTILINE)
    assert sorted(set(names)) == sorted(names)
    assert set(names) == {variable.name for of_title in variables().values() for variable in of_title}


def test_the_environment_has_every_variable_that_the_sources_name() -> None:
    in_images = {"THOTH_S2I_NAME", "THOTH_S2I_VERSION"}  # variables of the images that are analysed
    named: set[str] = set()
    for path in (ROOT / "thoth_storages").rglob("*.py"):
        named |= set(re.findall(r'"((?:THOTH|KNOWLEDGE_GRAPH|GRAPH)_[A-Z0-9_]*[A-Z0-9])"', path.read_text()))
    named |= {query.header.cache.variable for query in catalog.values() if query.header.cache}
    assert named - {variable.name for of_title in variables().values() for variable in of_title} == in_images


@pytest.mark.parametrize(
    "line",
    [
        "KNOWLEDGE_GRAPH_HOST host of the server, or a socket's folder [default: PGHOST, else localhost]",
        "THOTH_S3_CONNECT_TIMEOUT seconds to wait for a connection to the store [default: 10]",
        "THOTH_DEPLOYMENT_NAME name of the deployment, which follows in the keys THOTH_S3",
        "THOTH_STORAGE_GET_DEPENDS_ON_CACHE_SIZE of get_depends_on [default: 8192]",
    ],
)
def test_the_environment_says_what_a_variable_is_for_and_its_default(line: str) -> None:
    assert line in shown("environment")


def test_the_exit_codes_are_a_table() -> None:
    shown_codes = " ".join(succeed("help", "exit-codes").split())
    assert shown_codes == " ".join(f"{code} {meaning}" for code, meaning in exit_codes.table())
