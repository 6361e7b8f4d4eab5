"""The report of documents that failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thoth_storages.exceptions import DocumentError
from thoth_storages.sync.outcome import Outcome, Progress
from thoth_storages.sync.report import Failure, failure_report, read_report

FAILED = Progress("some-folder/solver-1.json", Outcome.FAILED, DocumentError("solver-1: result:\n  no"), "solver")


def test_failures_are_written_when_they_happen_and_read_again(tmp_path: Path) -> None:
    path = str(tmp_path / "failures.jsonl")
    expected = Failure("some-folder/solver-1.json", "solver", "solver-1: result: no", True)
    with failure_report(path, is_local=True) as write:
        write(Progress("solver-0", Outcome.SYNCED, None, "solver"))
        write(FAILED)
        assert read_report(path) == [expected]
        write(FAILED._replace(document_id="solver-ü", error=ValueError()))
    assert read_report(path) == [expected, Failure("solver-ü", "solver", "ValueError", True)]
    assert json.loads(Path(path).read_text().splitlines()[0]) == expected._asdict()


def test_a_report_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "failures.jsonl"
    path.write_text("something else")
    with failure_report(str(path), is_local=True):
        pass
    assert read_report(str(path)) == []


def test_without_a_path_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with failure_report(None, is_local=True) as write:
        write(FAILED)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("line", ["{", "[]", '{"document_id": "solver-1"}', '{"other": 1}', '"text"'])
def test_what_is_no_report_is_refused_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "failures.jsonl"
    path.write_text("\n" + line)
    with pytest.raises(DocumentError, match=r"failures\.jsonl:2: a line of a report of failures is needed: "):
        read_report(str(path))
