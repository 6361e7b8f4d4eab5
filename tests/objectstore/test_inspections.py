"""Inspections, as Amun leaves them."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.fix_s3 import S3
from tests.shared import shared_file
from thoth_storages import InspectionBuildsStore, InspectionResultsStore, InspectionStore
from thoth_storages.exceptions import NotConnectedError, NotFoundError


def _upload(s3: S3, inspection_id: str, objects: dict[str, str]) -> InspectionStore:
    ceph = s3.store(f"inspections/{inspection_id}")
    for key, content in objects.items():
        ceph.store_blob(content.encode(), key)
    inspection = InspectionStore(inspection_id)
    inspection.connect()
    return inspection


@pytest.fixture
def inspection(s3: S3) -> InspectionStore:
    """An inspection with eleven runs, connected."""
    runs = {f"results/{number}/result": f'{{"number": {number}}}' for number in range(11)}
    others = {
        "build/Dockerfile": "FROM scratch",
        "build/log": "é",
        "build/specification": '{"base": "ubi8"}',
        "results/10/log": "printed",
        "results/10/hwinfo": '{"cpu": 1}',
    }
    return _upload(s3, "inspection-a", {**runs, **others})


class TestOneInspection:
    def test_tells_how_it_was_built(self, inspection: InspectionStore) -> None:
        assert inspection.exists()
        assert inspection.retrieve_specification() == {"base": "ubi8"}
        assert inspection.build.retrieve_specification() == {"base": "ubi8"}
        assert inspection.build.retrieve_dockerfile() == "FROM scratch"
        assert inspection.build.retrieve_log() == "é"

    def test_tells_what_came_out_of_a_run(self, inspection: InspectionStore) -> None:
        assert inspection.results.retrieve_result(10) == {"number": 10}
        assert inspection.results.retrieve_log(10) == "printed"
        assert inspection.results.retrieve_hwinfo(10) == {"cpu": 1}
        with pytest.raises(NotFoundError):
            inspection.results.retrieve_hwinfo(0)

    def test_goes_over_its_runs_by_their_numbers(self, inspection: InspectionStore) -> None:
        assert inspection.results.get_results_count() == 11
        assert [result["number"] for result in inspection.results.iter_inspection_results()] == list(range(11))

    def test_warns_when_a_run_left_nothing(self, s3: S3, caplog: pytest.LogCaptureFixture) -> None:
        inspection = _upload(
            s3, "inspection-b", {"results/0/result": "{}", "results/3/result": "{}", "results/x/y": ""}
        )
        with caplog.at_level(logging.WARNING):
            assert inspection.results.get_results_count() == 4
        assert "Inspection inspection-b: 2 of 4 runs left no result" in caplog.text
        assert inspection.results.get_result_numbers() == [0, 3]
        assert len(list(inspection.results.iter_inspection_results())) == 2

    def test_that_is_not_there_has_nothing(self, s3: S3) -> None:
        inspection = _upload(s3, "inspection-none", {})
        assert not inspection.exists()
        assert inspection.results.get_results_count() == 0
        with pytest.raises(NotFoundError):
            inspection.retrieve_specification()

    def test_is_connected_once_it_is_told_to(self, s3: S3) -> None:
        inspection = InspectionStore("inspection-a")
        assert not inspection.is_connected()
        with pytest.raises(NotConnectedError):
            inspection.exists()
        inspection.connect()
        assert inspection.is_connected()
        assert inspection.build.is_connected()
        inspection.check_connection()

    def test_lies_where_amun_puts_it(self, s3: S3) -> None:
        assert InspectionBuildsStore("a").ceph.prefix == f"{s3.root}/inspections/a/build/"
        assert InspectionResultsStore("a").ceph.prefix == f"{s3.root}/inspections/a/results/"
        assert InspectionResultsStore.get_document_id({"inspection_id": "a"}) == "a"


class TestAllInspections:
    def test_are_listed_once_each_whatever_they_hold(self, s3: S3, inspection: InspectionStore) -> None:
        for name in ("inspection-b", "inspection-a-2"):
            _upload(s3, name, {"build/specification": "{}", "results/0/result": "{}"})
        assert sorted(InspectionStore.iter_inspections()) == ["inspection-a", "inspection-a-2", "inspection-b"]
        assert InspectionStore.get_inspection_count() == 3

    def test_may_be_none(self, s3: S3) -> None:
        assert list(InspectionStore.iter_inspections()) == []
        assert InspectionStore.get_inspection_count() == 0


@pytest.mark.parametrize("name", ["inspection-iotf-2-matmul-u38m-fd697eb4", "inspection-rhtf-conv2d-0f845f38"])
def test_a_real_inspection_is_read(ceph_s3: S3, name: str) -> None:
    folder = shared_file(f"documents/inspection-unmodified/{name}")
    files = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
    inspection = _upload(ceph_s3, name, files)
    numbers = sorted(int(Path(each).parts[1]) for each in files if each.endswith("/result"))
    assert inspection.results.get_results_count() == numbers[-1] + 1
    assert "build" in inspection.retrieve_specification()
    assert len(list(inspection.results.iter_inspection_results())) == len(numbers)
