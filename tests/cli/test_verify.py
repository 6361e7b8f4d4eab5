"""``sql verify`` as it is called: in a small checkout, whose table lost a column since it was tagged."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, call
from tests.sql.checking.repository import NAMES, TABLE, Repository
from thoth_storages.ephemeral import Server

POST = "-- stage: post\nALTER TABLE maker DROP COLUMN country;\n"
COUNTRIES = NAMES.replace("maker_names", "maker_countries").replace("m.name", "m.country AS name", 1)
SAID = (
    "v1:thoth_storages/sql/queries/country.sql:3:8: [get_maker_countries_all] on this schema: "
    "column m.country does not exist\n"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a checkout of this package, with queries and migrations of its own."""
    folder = tmp_path_factory.mktemp("checkout")
    ignored = shutil.ignore_patterns("__pycache__", "queries", "migrations")
    shutil.copytree(ROOT / "thoth_storages", folder / "thoth_storages", ignore=ignored)
    repository = Repository(folder / "thoth_storages")
    files = {"queries/maker.sql": NAMES, "queries/country.sql": COUNTRIES, "migrations/0001.maker.sql": TABLE}
    repository.commit("v1", files)
    repository.write({"queries/country.sql": None, "migrations/0002.drop.sql": POST})
    return folder


def run(folder: Path, postgres: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command of a checkout."""
    words = ["sql", "verify", "--dsn", postgres.conninfo("postgres"), *arguments]
    return subprocess.run([sys.executable, "-m", "thoth_storages", *words], cwd=folder, text=True, capture_output=True)


def test_what_breaks_is_listed_and_the_exit_code_says_so(checkout: Path, postgres: Server) -> None:
    done = run(checkout, postgres, "--against", "v1")
    assert (done.returncode, done.stdout) == (3, SAID)
    assert done.stderr == "1 finding: 2 queries of v1 on this schema, 1 query of these sources on the schema of v1\n"


def test_nothing_breaks_while_services_are_updated(checkout: Path, postgres: Server) -> None:
    done = run(checkout, postgres, "--against", "v1", "--rollout")
    between = "on this schema before 0002.drop"
    said = f"nothing breaks: 2 queries of v1 {between}, 1 query of these sources {between}\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)


def test_json_is_a_list(checkout: Path, postgres: Server) -> None:
    (finding,) = json.loads(run(checkout, postgres, "--against", "v1", "--output", "json").stdout)
    assert finding == {
        "file": "v1:thoth_storages/sql/queries/country.sql",
        "line": 3,
        "column": 8,
        "query": "get_maker_countries_all",
        "variant": None,
        "schema": "this schema",
        "message": "column m.country does not exist",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["v9"], "git knows no revision 'v9' here; fetch it ('git fetch --tags'), or name another"),
        (["v1", "--dsn", "host=/nowhere"], "no connection to database postgres, host /nowhere: "),
    ],
)
def test_an_error_is_one_sentence(checkout: Path, postgres: Server, arguments: list[str], said: str) -> None:
    done = run(checkout, postgres, "--against", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Error: {said}")


def test_without_a_checkout_the_error_says_where_to_run_it(checkout: Path, postgres: Server, tmp_path: Path) -> None:
    shutil.copytree(checkout / "thoth_storages", tmp_path / "thoth_storages")
    done = run(tmp_path, postgres, "--against", "v1")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {tmp_path}/thoth_storages/sql is in no checkout of the sources, where ")


def test_the_other_revision_has_to_be_named() -> None:
    result = call("sql", "verify")
    assert (result.exit_code, "Missing option '--against'" in result.stderr) == (2, True)
