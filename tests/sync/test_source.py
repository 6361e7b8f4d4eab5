"""Documents in local files: one a file, or an inspection as a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thoth_storages.exceptions import DocumentError
from thoth_storages.sync.source import Files, InspectionFiles, Listed, file_id


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


@pytest.fixture
def inspection(tmp_path: Path) -> Path:
    """The folder of an inspection with results 0, 2 and 10."""
    folder = tmp_path / "some-folder" / "inspection-test-1a2b"
    write(folder / "build" / "specification", {"base": "ubi8"})
    for number in (10, 2, 0):
        write(folder / "results" / str(number) / "result", {"number": number})
        write(folder / "results" / str(number) / "hwinfo", {})
    write(folder / "results" / "notes.txt", "")
    return folder


def test_a_file_is_named_after_its_document() -> None:
    assert file_id("some-folder/solver-1.json") == "solver-1"
    assert list(Files().expand("some-folder/solver-1.json")) == [Listed("some-folder/solver-1.json", "solver-1")]


def test_a_file_is_read(tmp_path: Path) -> None:
    write(tmp_path / "solver-1.json", {"result": {}})
    for name in ("solver-1.json", "solver-1"):
        (listed,) = Files().expand(str(tmp_path / name))
        assert Files().read(listed) == {"result": {}}


def test_a_folder_of_an_inspection_stands_for_its_results(inspection: Path) -> None:
    listed = list(InspectionFiles().expand(str(inspection)))
    assert [(each.document_id, each.result_number) for each in listed] == [
        ("inspection-test-1a2b", number) for number in (0, 2, 10)
    ]
    assert InspectionFiles().read(listed[1]) == {
        "document_id": "inspection-test-1a2b",
        "result_number": 2,
        "specification": {"base": "ubi8"},
        "result": {"number": 2},
    }


def test_a_folder_may_be_given_by_any_name(inspection: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(inspection)
    assert [each.document_id for each in InspectionFiles().expand(".")] == ["inspection-test-1a2b"] * 3


def test_failures_of_results_are_told_apart(inspection: Path) -> None:
    listed = list(InspectionFiles().expand(str(inspection)))
    assert [each.name for each in listed] == [str(inspection)] * 3
    assert [each.label for each in listed] == [f"{inspection}, result {number}" for number in (0, 2, 10)]
    assert Listed("solver-1.json", "solver-1").label == "solver-1.json"


def test_an_inspection_without_results_stands_for_nothing(tmp_path: Path) -> None:
    write(tmp_path / "inspection-1" / "build" / "specification", {})
    assert list(InspectionFiles().expand(str(tmp_path / "inspection-1"))) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "can't be read: No such file or directory"), (b"{", "holds no JSON"), (b"\xff", "holds no JSON")],
)
def test_what_cannot_be_read_is_refused_by_its_path(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "solver-1.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DocumentError, match=rf"solver-1\.json: the file {reason}"):
        Files().read(Listed(str(path), "solver-1"))


def test_a_folder_without_a_specification_is_refused(inspection: Path) -> None:
    (inspection / "build" / "specification").unlink()
    with pytest.raises(
        DocumentError, match=r"the folder of an inspection is needed, but there is no build/specification in it"
    ):
        InspectionFiles().expand(str(inspection))


def test_a_folder_of_another_kind_is_no_document(tmp_path: Path) -> None:
    (listed,) = Files().expand(str(tmp_path))
    with pytest.raises(DocumentError, match="the file can't be read: Is a directory"):
        Files().read(listed)


def test_a_result_may_be_in_a_file_of_its_own(tmp_path: Path) -> None:
    document = {"document_id": "inspection-1", "result_number": 3, "specification": {}, "result": {}}
    write(tmp_path / "inspection-1.3.json", document)
    (listed,) = InspectionFiles().expand(str(tmp_path / "inspection-1.3.json"))
    assert InspectionFiles().read(listed) == document
