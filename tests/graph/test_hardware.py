"""Hardware by the methods of the graph."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import GraphDatabase
from thoth_storages.exceptions import DatabaseError
from thoth_storages.graph import hardware
from thoth_storages.graph.batches import ADVISER_RUNS

Connection = psycopg.Connection[Any]

UNKNOWN: dict[str, Any] = dict.fromkeys(
    (
        "cpu_vendor",
        "cpu_model",
        "cpu_cores",
        "cpu_model_name",
        "cpu_family",
        "cpu_physical_cpus",
        "gpu_model_name",
        "gpu_vendor",
        "gpu_cores",
        "gpu_memory_size",
        "ram_size",
    )
)
XEON = {**UNKNOWN, "cpu_model_name": "Intel Xeon", "cpu_cores": 4}
OWN_OR_EXTERNAL = pytest.mark.parametrize("is_external", [False, True], ids=["own", "external"])


class TestAsking:
    @OWN_OR_EXTERNAL
    def test_an_id_is_answered_when_asked_for(self, graph: GraphDatabase, is_external: bool) -> None:
        hardware_id = graph.create_hardware_information(XEON, is_external)
        assert graph.get_hardware_environments_all(is_external) == [XEON]
        with_id = graph.get_hardware_environments_all(is_external, without_id=False)
        assert with_id == [{"id": hardware_id, **XEON}]
        assert list(with_id[0]) == ["id", *XEON]
        assert graph.get_hardware_environments_all(not is_external) == []

    def test_pages_are_rows_in_the_order_of_storing(self, graph: GraphDatabase) -> None:
        for ram_size in range(3):
            graph.create_hardware_information({**UNKNOWN, "ram_size": ram_size})
        page = graph.get_hardware_environments_all(True, start_offset=1, count=1)
        assert page == [{**UNKNOWN, "ram_size": 1}]
        assert len(graph.get_hardware_environments_all(True, count=None)) == 3

    @OWN_OR_EXTERNAL
    def test_all_of_it_comes_one_by_one(self, graph: GraphDatabase, is_external: bool) -> None:
        ids = [graph.create_hardware_information({**XEON, "ram_size": size}, is_external) for size in range(103)]
        listed = graph.get_hardware_environments_all(is_external, count=None)
        assert list(graph.iterate_hardware_environments_all(is_external)) == listed
        with_ids = graph.iterate_hardware_environments_all(is_external, start_offset=1, count=2, without_id=False)
        assert [each["id"] for each in with_ids] == ids[1:3]
        assert list(graph.iterate_hardware_environments_all(not is_external)) == []


class TestCreating:
    def test_hardware_is_a_user_s_unless_told_otherwise(self, graph: GraphDatabase) -> None:
        graph.create_hardware_information(XEON)
        assert graph.get_hardware_environments_all(is_external=True) == [XEON]
        assert graph.get_hardware_environments_all() == []

    def test_the_same_hardware_is_the_same_record(self, graph: GraphDatabase) -> None:
        assert graph.create_hardware_information(XEON) == graph.create_hardware_information(dict(XEON))
        assert graph.create_hardware_information(UNKNOWN) != graph.create_hardware_information(XEON)

    def test_many_at_once_create_one(self, graph: GraphDatabase) -> None:
        with ThreadPoolExecutor(4) as pool:
            ids = set(pool.map(lambda _: graph.create_hardware_information(XEON), range(16)))
        assert len(ids) == len(graph.get_hardware_environments_all(True)) == 1

    def test_a_missing_part_is_refused_and_nothing_is_stored(self, graph: GraphDatabase) -> None:
        part = {name: value for name, value in XEON.items() if name not in {"gpu_cores", "ram_size"}}
        with pytest.raises(ValueError, match="hardware lacks gpu_cores, ram_size: "):
            graph.create_hardware_information(part)
        assert graph.get_hardware_environments_all(True) == []

    def test_what_isn_t_stored_is_named_in_a_warning(
        self, graph: GraphDatabase, caplog: pytest.LogCaptureFixture
    ) -> None:
        given = {**XEON, "cpu_flags": ["avx2"], "bogomips": 5000}
        with caplog.at_level(logging.WARNING, logger=hardware.__name__):
            graph.create_hardware_information(given)
        assert "bogomips, cpu_flags" in caplog.text
        assert given == {**XEON, "cpu_flags": ["avx2"], "bogomips": 5000}
        assert graph.get_hardware_environments_all(True) == [XEON]


class TestDeleting:
    def test_runs_of_the_adviser_go_with_a_user_s_hardware(
        self, graph: GraphDatabase, rows: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hardware, "ADVISER_RUNS", ADVISER_RUNS._replace(documents_at_once=2))
        hardware_id = graph.create_hardware_information(XEON)
        for number in range(5):
            rows.adviser_run(f"adviser-{number}", external_hardware_information_id=hardware_id)
        rows.adviser_run("adviser-without")
        assert graph.delete_hardware_information(hardware_id) == 1
        assert graph.get_hardware_environments_all(True) == []
        assert [graph.adviser_document_id_exist(f"adviser-{number}") for number in range(5)] == [False] * 5
        assert graph.adviser_document_id_exist("adviser-without")

    def test_no_hardware_is_not_all_hardware(self, graph: GraphDatabase, rows: Rows) -> None:
        rows.adviser_run("adviser-1", external_hardware_information_id=graph.create_hardware_information(XEON))
        with pytest.raises(ValueError, match="external_hardware_information_id is needed"):
            graph.delete_hardware_information(None)  # type: ignore[arg-type]
        assert graph.adviser_document_id_exist("adviser-1")

    @OWN_OR_EXTERNAL
    def test_unknown_hardware_deletes_nothing(self, graph: GraphDatabase, is_external: bool) -> None:
        hardware_id = graph.create_hardware_information(XEON, is_external)
        assert graph.delete_hardware_information(hardware_id + 1, is_external) == 0
        assert graph.delete_hardware_information(hardware_id, not is_external) == 0
        assert graph.get_hardware_environments_all(is_external) == [XEON]

    def test_inspections_go_with_the_service_s_own(self, graph: GraphDatabase, rows: Rows) -> None:
        hardware_id = graph.create_hardware_information(XEON, is_external=False)
        rows.inspection("inspection-1", run_hardware_information_id=hardware_id)
        assert graph.delete_hardware_information(hardware_id, is_external=False) == 1
        assert not graph.inspection_document_id_exist("inspection-1")

    def test_hardware_with_measurements_stays(self, graph: GraphDatabase, rows: Rows) -> None:
        hardware_id = graph.create_hardware_information(XEON, is_external=False)
        rows.inspection("inspection-1", run_hardware_information_id=hardware_id)
        measured = rows.inspection("inspection-2", run_hardware_information_id=hardware_id)
        rows.performance_indicator("pi_matmul", measured, "tensorflow")
        with pytest.raises(DatabaseError, match="pi_matmul"):
            graph.delete_hardware_information(hardware_id, is_external=False)
        assert graph.inspection_document_id_exist("inspection-1")
        assert graph.get_hardware_environments_all() == [XEON]
