"""``sql verify`` as it is called: in a small checkout, whose table lost a column since it was tagged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.calling import call
from tests.sql.checking.repository import NAMES, TABLE, Repository
from thoth_storages.ephemeral import Server

Verify = Callable[..., Result]

POST = "-- stage: post\nALTER TABLE maker DROP COLUMN country;\n"
COUNTRIES = NAMES.replace("maker_names", "maker_countries").replace("m.name", "m.country AS name", 1)
SAID = "v1:sql/queries/country.sql:3:8: [get_maker_countries_all] on this schema: column m.country does not exist\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a checkout."""
    repository = Repository(tmp_path_factory.mktemp("checkout"))
    files = {"queries/maker.sql": NAMES, "queries/country.sql": COUNTRIES, "migrations/0001.maker.sql": TABLE}
    repository.commit("v1", files)
    repository.write({"queries/country.sql": None, "migrations/0002.drop.sql": POST})
    return repository.folder


@pytest.fixture
def verify(checkout: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> Verify:
    """A function that calls the command as it is where the checkout's queries are this library's."""

    def verify(*arguments: str, folder: Path = checkout) -> Result:
        monkeypatch.setattr("thoth_storages.cli.verify.SQL_FOLDER", folder)
        return call("sql", "verify", "--dsn", postgres.conninfo("postgres"), *arguments)

    return verify


def test_what_breaks_is_listed_and_the_exit_code_says_so(verify: Verify) -> None:
    done = verify("--against", "v1")
    assert (done.exit_code, done.stdout) == (3, SAID)
    assert done.stderr == "1 finding: 2 queries of v1 on this schema, 1 query of these sources on the schema of v1\n"


def test_nothing_breaks_while_services_are_updated(verify: Verify) -> None:
    done = verify("--against", "v1", "--rollout")
    between = "on this schema before 0002.drop"
    said = f"nothing breaks: 2 queries of v1 {between}, 1 query of these sources {between}\n"
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", said)


def test_json_is_a_list(verify: Verify) -> None:
    (finding,) = json.loads(verify("--against", "v1", "--output", "json").stdout)
    assert finding == {
        "file": "v1:sql/queries/country.sql",
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
        (["v1", "--dsn", "host=/nowhere"], "Can't connect to database 'postgres' on host '/nowhere': "),
    ],
)
def test_an_error_is_one_sentence(verify: Verify, arguments: list[str], said: str) -> None:
    done = verify("--against", *arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Error: {said}")


def test_without_a_checkout_the_error_says_where_to_run_it(verify: Verify, checkout: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(checkout, tmp_path / "installed")
    done = verify("--against", "v1", folder=folder)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {folder} is in no checkout of the sources, where other revisions are (")


def test_the_other_revision_has_to_be_named() -> None:
    result = call("sql", "verify")
    assert (result.exit_code, "Missing option '--against'" in result.stderr) == (2, True)
