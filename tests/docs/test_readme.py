"""What the README tells people to type works, in its order: a service, an operator and a DBA do what it says."""

from __future__ import annotations

import ast
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import call
from tests.docs.blocks import DOCS, ROOT, blocks, module_for, run
from tests.fix_postgres import PointTo
from tests.fix_s3 import S3, StartServer, place_in
from thoth_storages import SolverResultsStore, sync_solver_documents

README = ROOT / "README.md"
(DOCUMENT,) = (block for block in blocks(DOCS / "tutorial.md") if block.language == "json")
DOCUMENT_ID = Path(str(DOCUMENT.caption)).stem


def section(title: str, language: str) -> list[str]:
    """The blocks of code below a heading."""
    text = README.read_text(encoding="utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    return found


def commands(title: str) -> list[str]:
    """The commands of this library that a section shows."""
    return re.findall(r"^\$ thoth-storages (.*)$", "".join(section(title, "console")), re.MULTILINE)


def words(command: str) -> list[str]:
    """The words that a shell makes of a command, with the names of files that are there."""
    return [
        each for word in shlex.split(command, comments=True) for each in sorted(map(str, Path().glob(word))) or [word]
    ]


@pytest.fixture
def stored(start_s3_server: StartServer, monkeypatch: pytest.MonkeyPatch) -> S3:
    """A place in the object store that holds the document of the tutorial."""
    place = place_in(start_s3_server("seaweed"), monkeypatch)
    store = SolverResultsStore()
    store.connect()
    store.ceph.store_document(json.loads(DOCUMENT.text), DOCUMENT_ID)
    return place


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which holds that document, too."""
    (tmp_path / str(DOCUMENT.caption)).write_text(DOCUMENT.text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("stored")
def test_a_service_asks(database: str, point_to: PointTo, folder: Path) -> None:
    point_to(database)
    sync_solver_documents([str(folder / str(DOCUMENT.caption))], is_local=True)
    scope: dict[str, Any] = vars(module_for(README))
    first, *others = [block for block in blocks(README) if block.language == "python"]
    run(first, scope)
    question = ast.unparse(ast.parse(first.text).body[-1])
    assert eval(question, scope) == {None: [("click", "8.0.3")], "dotenv": [("python-dotenv", "0.19.2")]}
    for block in others:
        run(block, scope)
    assert (scope["document_id"], scope["document"]) == (DOCUMENT_ID, json.loads(DOCUMENT.text))
    assert scope["package_name"] in ("click", "flask", "python-dotenv")
    scope["graph"].disconnect()


@pytest.mark.usefixtures("stored", "folder")
def test_an_operator_migrates_syncs_and_backs_up(empty_database: str, point_to: PointTo) -> None:
    point_to(empty_database)
    done = {command: call(*words(command)) for command in commands("An operator migrates, syncs and backs up")}
    failed = {command: result.output for command, result in done.items() if result.exit_code}
    assert failed == {}
    synced = [result.stdout for command, result in done.items() if command.startswith("sync")]
    assert ["1 synced" in text for text in synced] == [True, False, False, False], synced


def test_a_dba_tunes_a_query(database: str, point_to: PointTo, monkeypatch: pytest.MonkeyPatch) -> None:
    point_to(database)
    monkeypatch.chdir(ROOT)
    for command in commands("A DBA tunes a query"):
        result = call(*words(command))
        assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("stored", "folder")
def test_metrics_that_the_guide_names_are_there(database: str, point_to: PointTo) -> None:
    point_to(database)
    assert [call(*command).exit_code for command in (["sync"], ["backup", "create"])] == [0, 0]
    guide = (DOCS / "guides/look-after-a-deployment.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bthoth_storages_\w+(?=[` ])", guide))
    assert len(named) > 2
    assert named <= set(re.findall(r"^\w+", call("metrics").stdout, re.MULTILINE))
