"""What the pages tell people to type works: Python runs, migrations apply and are undone, queries prepare."""

from __future__ import annotations

import ast
import json
import os
import sys
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
import pytest

from scripts import squawk
from tests.cli.calling import call
from tests.databases import catalog
from tests.docs.blocks import DOCS, PAGES, ROOT, Block, blocks, module_for, run
from tests.fix_postgres import PointTo
from tests.fix_rows import PYPI, Rows
from thoth_storages.sql.catalog import Catalog
from thoth_storages.sql.checking.contract import FIELDS, read_all_contracts, read_contracts
from thoth_storages.sql.checking.facts.plans import OLDEST_SERVER
from thoth_storages.sql.describe import Describer
from thoth_storages.sql.migrating.statements import split
from thoth_storages.sql.named import queries

MIGRATIONS = "thoth_storages/sql/migrations"
QUERIES = Path("thoth_storages/sql/queries")
ALL_BLOCKS = [block for path in PAGES for block in blocks(path)]
RUNNABLE = sorted({block.path for block in ALL_BLOCKS if block.language in ("python", "pycon") and block.is_run})
WITH_MIGRATIONS = sorted({block.path for block in ALL_BLOCKS if (block.caption or "").startswith(MIGRATIONS)})


def _name(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


@pytest.fixture
def page(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Block]]:
    """A page's blocks, in a folder that holds the files that it asks the reader to save, with its own environment."""
    found = blocks(request.param)
    for block in found:
        if block.caption:
            file = tmp_path / block.caption
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text)
    monkeypatch.chdir(tmp_path)
    before = dict(os.environ)
    yield found
    for name in os.environ.keys() - before.keys():
        del os.environ[name]


def _migrations(page: list[Block]) -> list[Path]:
    captions = [block.caption for block in page if block.caption and block.caption.startswith(MIGRATIONS)]
    return [Path(caption) for caption in captions if not caption.endswith(".rollback.sql")]


def _apply(connection: psycopg.Connection[Any], file: Path) -> None:
    for statement in split(file):
        connection.execute(statement.text.encode())


@pytest.mark.parametrize("page", RUNNABLE, ids=_name, indirect=True)
def test_python_runs(page: list[Block], database: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch) -> None:
    if page[0].path.stem != "tutorial":  # there a server is started
        point_to(database)
    module = module_for(page[0].path)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for block in page:
        if block.is_run:
            run(block, vars(module))


@pytest.mark.parametrize("page", WITH_MIGRATIONS, ids=_name, indirect=True)
def test_migrations_apply_and_their_rollbacks_leave_nothing(
    page: list[Block], database: str, connection: psycopg.Connection[Any]
) -> None:
    before = catalog(database)
    files = _migrations(page)
    for file in files:
        assert file.read_text().startswith("-- stage: pre\n")
        _apply(connection, file)
    assert catalog(database) != before
    for file in reversed(files):
        _apply(connection, file.with_suffix(".rollback.sql"))
    assert catalog(database) == before


@pytest.mark.parametrize("page", WITH_MIGRATIONS, ids=_name, indirect=True)
def test_migrations_are_such_as_lint_takes(page: list[Block], tmp_path: Path) -> None:
    folder = tmp_path / "numbered"
    folder.mkdir()
    for number, file in enumerate(_migrations(page), 9001):
        for written in (file, file.with_suffix(".rollback.sql")):
            (folder / written.name.replace("NNNN", str(number))).write_bytes(written.read_bytes())
    assert squawk.main(folder) == 0


@pytest.mark.parametrize("page", [DOCS / "guides/add-a-query.md"], ids=_name, indirect=True)
def test_the_query_passes_every_check(page: list[Block], database: str) -> None:
    (file,) = [block.caption for block in page if block.language == "sql"]
    result = call("sql", "check", "--dsn", database, str(file))
    assert (result.exit_code, result.stdout) == (0, "")


class TestTuning:
    PLAIN, TUNED = (block.text for block in blocks(DOCS / "tuning.md") if block.language == "sql")
    BEFORE, AFTER = (tomllib.loads(block.text) for block in blocks(DOCS / "tuning.md") if block.language == "toml")

    @pytest.fixture
    def plain(self, tmp_path: Path) -> Path:
        """The query as it is before it is tuned, in a file of its own."""
        file = tmp_path / "plain.sql"
        file.write_text(self.PLAIN)
        return file

    def test_ends_at_the_query_that_there_is(self) -> None:
        assert self.TUNED in (ROOT / QUERIES / "python_package.sql").read_text()

    @pytest.mark.parametrize("given", [{}, {"distinct": True}, {"distinct": True, "os_name": "rhel", "count": 3}])
    def test_leaves_the_answers_as_they_are(
        self, plain: Path, given: dict[str, Any], rows: Rows, connection: psycopg.Connection[Any]
    ) -> None:
        for name, version, url, os_name in product(("b", "a"), ("1", "2"), (PYPI, "https://a.org"), ("rhel", "fedora")):
            rows.version(name, version, index_url=url, os_name=os_name)
        query = Catalog(plain.parent)["get_python_packages_all"]
        assert query(connection, **given) == queries.get_python_packages_all(connection, **given) != []

    def test_shows_what_the_contracts_say(
        self, plain: Path, database: str, connection: psycopg.Connection[Any]
    ) -> None:
        if connection.info.server_version // 10000 != OLDEST_SERVER:
            pytest.skip("contracts hold the costs of the oldest server")
        call("sql", "check", "--dsn", database, "--write", str(plain))
        written = read_contracts(plain.with_suffix(".toml"))["get_python_packages_all"]
        committed = read_all_contracts()["get_python_packages_all"]
        fields = FIELDS["plan"]
        assert {field: written[field] for field in fields if field in written} == self.BEFORE
        assert {field: committed[field] for field in fields if field in committed} == self.AFTER


@pytest.mark.parametrize("block", ALL_BLOCKS, ids=lambda block: f"{_name(block.path)}:{block.line}")
def test_every_block_is_in_its_language(block: Block, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if block.language == "json":
        assert json.loads(block.text)
    elif block.language == "toml":
        assert tomllib.loads(block.text)
    elif block.language == "python":
        is_entry = block.text.endswith(",\n")
        ast.parse(f"{{{block.text}}}" if is_entry else block.text)
    elif block.language == "sql" and "-- name:" in block.text and not (block.caption or "").startswith(str(QUERIES)):
        (tmp_path / "page.sql").write_text(block.text)
        connection = request.getfixturevalue("connection")
        for query in Catalog(tmp_path).values():
            assert Describer(connection).describe(query)
    else:
        assert block.language in ("console", "pycon", "sql", "text")
