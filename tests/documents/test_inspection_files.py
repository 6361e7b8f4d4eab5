"""The files of an inspection, in a folder or in an object store, and the documents that they make up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.documents.making import Document
from tests.documents.making_inspections import INSPECTION_ID, inspection_document
from tests.shared import shared_file
from thoth_storages.documents.inspection import inspection_rows
from thoth_storages.documents.inspection_files import (
    SPECIFICATION,
    folder_inspection_id,
    folder_result_numbers,
    inspection_documents,
    result_name,
    result_numbers,
)


def test_a_result_is_found_by_its_number() -> None:
    assert result_name(0) == "results/0/result"
    assert result_numbers([result_name(12)]) == [12]


def test_results_come_in_the_order_of_their_numbers_and_may_be_missing() -> None:
    assert result_numbers(["results/10/result", "results/9/result", "results/0/result"]) == [0, 9, 10]
    assert result_numbers([]) == []


@pytest.mark.parametrize(
    "name",
    [
        "build/specification",
        "build/log",
        "results/0/hwinfo",
        "results/0/log",
        "results/0",
        "results/01/result",
        "results/-1/result",
        "results/x/result",
        "results/٣/result",
        "results/0/result/more",
        "more/results/0/result",
    ],
)
def test_other_files_are_no_results(name: str) -> None:
    assert result_numbers([name]) == []


def test_each_result_makes_a_document_with_the_specification() -> None:
    documents = inspection_documents(INSPECTION_ID, {"base": "x"}, [(0, {"exit_code": 0}), (2, {"exit_code": 1})])
    assert list(documents) == [
        {
            "document_id": INSPECTION_ID,
            "result_number": number,
            "specification": {"base": "x"},
            "result": {"exit_code": status},
        }
        for number, status in [(0, 0), (2, 1)]
    ]


def test_results_are_read_when_their_documents_are_asked_for() -> None:
    documents = inspection_documents(INSPECTION_ID, {}, ((number, 1 // (1 - number)) for number in (0, 1)))
    assert next(documents)["result_number"] == 0
    with pytest.raises(ZeroDivisionError):
        next(documents)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A local inspection, in a folder whose path has dashes in it."""
    folder = tmp_path / "inspection-results-of-may" / INSPECTION_ID
    for number in (0, 1, 10):
        document = inspection_document(number=number)
        write_json(folder / SPECIFICATION, document["specification"])
        write_json(folder / result_name(number), document["result"])
        write_json(folder / f"results/{number}/hwinfo", {})
    (folder / "results/lost+found").mkdir()
    return folder


def write_json(path: Path, content: Document) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def read_folder(folder: Path) -> list[Document]:
    numbers = folder_result_numbers(folder)
    results = ((number, json.loads((folder / result_name(number)).read_bytes())) for number in numbers)
    specification = json.loads((folder / SPECIFICATION).read_bytes())
    return list(inspection_documents(folder_inspection_id(folder), specification, results))


def test_a_folder_is_read_as_its_documents(folder: Path) -> None:
    assert read_folder(folder) == [inspection_document(number=number) for number in (0, 1, 10)]


def test_an_inspection_is_named_by_its_folder_however_the_path_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for path in (folder, Path(f"{folder}/"), Path(), Path("build/.."), Path(f"../{INSPECTION_ID}")):
        assert folder_inspection_id(path) == INSPECTION_ID
        assert folder_result_numbers(path) == [0, 1, 10]


def test_a_folder_without_results_makes_no_documents(tmp_path: Path) -> None:
    assert folder_result_numbers(tmp_path) == []


@pytest.mark.parametrize("name", ["missing", "file"])
def test_what_is_no_folder_is_refused_by_its_path(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        NotADirectoryError, match=f"{name} is no folder of an inspection, with build/specification in it"
    ):
        folder_result_numbers(tmp_path / name)


def test_folders_as_amun_writes_them_are_read() -> None:
    folders = sorted(shared_file("documents/inspection-unmodified").iterdir())
    documents = [document for folder in folders for document in read_folder(folder)]
    runs = [inspection_rows(document).run for document in documents]
    assert [(run.document_id, run.result_number) for run in runs] == [
        *(("inspection-iotf-2-matmul-u38m-fd697eb4", number) for number in range(5)),
        *(("inspection-rhtf-conv2d-0f845f38", number) for number in range(3)),
    ]
