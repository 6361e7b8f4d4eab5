"""The last release on this schema: services are updated one by one, and the schema before the first of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.cli.calling import ROOT, call
from tests.fix_postgres import variables_of
from thoth_storages.ephemeral import Server
from thoth_storages.sql.checking.revision import SQL_FOLDER, Revision, checked_out, unpacked
from thoth_storages.sql.checking.verifying import first_new_post


@pytest.fixture(scope="module")
def tag() -> str:
    """The newest tag."""
    command = ["git", "-C", str(ROOT), "describe", "--tags", "--abbrev=0"]
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("there is no tag to compare with, or this isn't a checkout")


@pytest.fixture
def rolled_out(tag: str, empty_database: str) -> str:
    """A database with this schema as it is while the release is still running: before the first ``post``."""
    this = Revision("", SQL_FOLDER, "")
    with checked_out(tag) as release:
        post = first_new_post(this, release)
    this.migrate(empty_database, to=post[0].id if post else None)
    return empty_database


def test_its_queries_run(tag: str, postgres: Server) -> None:
    result = call("sql", "verify", "--against", tag, "--rollout", "--dsn", postgres.conninfo("postgres"))
    assert (result.exit_code, result.stdout) == (0, "")
    number = re.fullmatch(rf"nothing breaks: (\d+) queries of {re.escape(tag)} on .*\n", result.stderr)
    assert number
    assert int(number[1]) > 100


def test_it_works_on_the_schema_as_its_own_code_sees_it(tag: str, rolled_out: str) -> None:
    program = (
        "from thoth_storages import GraphDatabase; graph = GraphDatabase(); graph.connect();"
        "graph.register_python_package_index('https://pypi.org/simple');"
        "print(graph.get_python_package_index_urls_all())"
    )
    with unpacked(tag, ROOT, "thoth_storages") as release:
        environment = {**os.environ, **variables_of(rolled_out), "PYTHONPATH": str(release)}
        run = subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment, cwd=release
        )
    assert "https://pypi.org/simple" in run.stdout
