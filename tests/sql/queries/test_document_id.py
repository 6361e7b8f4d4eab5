"""Whether documents were synced, by their ids."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import YESTERDAY, Rows
from thoth_storages import queries

Connection = psycopg.Connection[Any]

EXISTENCE = {
    "adviser_document_id_exist": "adviser-1",
    "provenance_checker_document_id_exist": "provenance-checker-1",
    "dependency_monkey_document_id_exists": "dependency-monkey-1",
    "inspection_document_id_exist": "inspection-1",
}


@pytest.fixture
def documents(rows: Rows) -> None:
    """One document of each kind; the inspection has the results 0 and 2."""
    rows.adviser_run("adviser-1")
    rows.add(
        "provenance_checker_run",
        provenance_checker_document_id="provenance-checker-1",
        datetime=YESTERDAY,
        provenance_checker_version="0.9.0",
        provenance_checker_name="thoth-provenance-checker",
        debug=False,
        provenance_checker_error=False,
        user_software_stack_id=rows.add("external_python_software_stack", external_python_requirements_id=None),
    )
    rows.add(
        "dependency_monkey_run",
        dependency_monkey_document_id="dependency-monkey-1",
        datetime=YESTERDAY,
        dependency_monkey_name="thoth-dependency-monkey",
        dependency_monkey_version="0.9.0",
        decision="all",
    )
    rows.inspection("inspection-1", 0)
    rows.inspection("inspection-1", 2, inspection_sync_state="PENDING", datetime=None)


@pytest.mark.usefixtures("documents")
class TestDocuments:
    @pytest.mark.parametrize(("name", "document_id"), EXISTENCE.items())
    def test_a_synced_document_exists(self, connection: Connection, name: str, document_id: str) -> None:
        assert getattr(queries, name)(connection, document_id) is True

    @pytest.mark.parametrize("name", EXISTENCE)
    @pytest.mark.parametrize("document_id", ["", "adviser-", "ADVISER-1", "solver-1"])
    def test_another_document_does_not(self, connection: Connection, name: str, document_id: str) -> None:
        assert getattr(queries, name)(connection, document_id) is False

    @pytest.mark.parametrize(
        ("document_id", "number", "exists"),
        [
            ("inspection-1", 0, True),
            ("inspection-1", 1, False),
            ("inspection-1", 2, True),
            ("inspection-2", 0, False),
        ],
    )
    def test_a_result_of_an_inspection_exists_by_its_number(
        self, connection: Connection, document_id: str, number: int, exists: bool
    ) -> None:
        assert queries.inspection_document_id_result_number_exists(connection, document_id, number) is exists


@pytest.mark.parametrize("name", EXISTENCE)
def test_an_empty_graph_has_no_documents(connection: Connection, name: str) -> None:
    assert getattr(queries, name)(connection, EXISTENCE[name]) is False
