"""Hardware as the named queries store, answer and delete it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import queries

Connection = psycopg.Connection[Any]

XEON: dict[str, Any] = {
    "cpu_vendor": 1,
    "cpu_model": 94,
    "cpu_cores": 4,
    "cpu_model_name": "Intel Xeon",
    "cpu_family": 6,
    "cpu_physical_cpus": 1,
    "gpu_model_name": "Tesla V100",
    "gpu_vendor": "NVIDIA",
    "gpu_cores": 5120,
    "gpu_memory_size": 16,
    "ram_size": 32,
}
UNKNOWN: dict[str, Any] = dict.fromkeys(XEON)
OWN_OR_EXTERNAL = pytest.mark.parametrize("is_external", [False, True], ids=["own", "external"])


def create(connection: Connection, hardware: dict[str, Any], is_external: bool) -> int:
    """Have hardware on one of the two sides, and answer its id."""
    query = queries._create_external_hardware_information if is_external else queries._create_hardware_information
    (hardware_id,) = query(connection, **hardware)
    return hardware_id


@OWN_OR_EXTERNAL
class TestCreating:
    @pytest.mark.parametrize("hardware", [XEON, UNKNOWN, {**UNKNOWN, "cpu_model_name": "Intel Xeon"}], ids=str)
    def test_hardware_is_answered_as_it_was_given(
        self, connection: Connection, is_external: bool, hardware: dict[str, Any]
    ) -> None:
        hardware_id = create(connection, hardware, is_external)
        assert queries._get_hardware_environments(connection, is_external) == [{"id": hardware_id, **hardware}]
        assert queries._get_hardware_environments(connection, not is_external) == []

    @pytest.mark.parametrize("hardware", [XEON, UNKNOWN], ids=["known", "unknown"])
    def test_the_same_hardware_is_one_row_and_uses_up_no_ids(
        self, connection: Connection, is_external: bool, hardware: dict[str, Any]
    ) -> None:
        assert [create(connection, hardware, is_external) for _ in range(3)] == [1, 1, 1]
        assert create(connection, {**hardware, "ram_size": 64}, is_external) == 2

    def test_each_part_tells_hardware_apart(self, connection: Connection, is_external: bool) -> None:
        variants = [XEON, *({**XEON, name: None} for name in XEON)]
        assert len({create(connection, variant, is_external) for variant in variants}) == len(XEON) + 1

    def test_a_value_of_another_kind_is_refused(self, connection: Connection, is_external: bool) -> None:
        with pytest.raises(ValueError, match="ram_size='plenty'"):
            create(connection, {**XEON, "ram_size": "plenty"}, is_external)
        assert queries._get_hardware_environments(connection, is_external) == []

    def test_two_who_create_it_at_once_get_the_same_row(
        self, connection: Connection, database: str, is_external: bool
    ) -> None:
        with psycopg.connect(database) as other:
            hardware_id = create(other, XEON, is_external)
            connection.execute("SET lock_timeout = '100ms'")
            # the first one's row can't be seen yet, but is waited for
            with pytest.raises(psycopg.errors.LockNotAvailable):
                create(connection, XEON, is_external)
            other.commit()
            assert create(connection, XEON, is_external) == hardware_id


@OWN_OR_EXTERNAL
def test_pages_concatenate_to_the_whole_in_the_order_of_storing(
    connection: Connection, rows: Rows, is_external: bool
) -> None:
    for ram_size in range(7):
        create(connection, {**UNKNOWN, "ram_size": ram_size}, is_external)
    create(connection, XEON, not is_external)
    table = f"{'external_' if is_external else ''}hardware_information"
    connection.execute(f"UPDATE {table} SET cpu_cores = 1 WHERE id < 4")
    whole = queries._get_hardware_environments(connection, is_external, count=None)
    assert [hardware["ram_size"] for hardware in whole] == list(range(7))
    for size in (1, 3, 7):
        pages = [queries._get_hardware_environments(connection, is_external, at, size) for at in range(0, 8, size)]
        assert [hardware for page in pages for hardware in page] == whole


class TestDeleting:
    @OWN_OR_EXTERNAL
    def test_hardware_is_deleted_on_its_side_only(self, connection: Connection, is_external: bool) -> None:
        kept, deleted = create(connection, XEON, not is_external), create(connection, XEON, is_external)
        assert kept == deleted
        delete = queries._delete_external_hardware_information if is_external else queries._delete_hardware_information
        assert [delete(connection, deleted) for _ in range(2)] == [1, 0]
        assert queries._get_hardware_environments(connection, is_external) == []
        assert len(queries._get_hardware_environments(connection, not is_external)) == 1

    def test_runs_of_the_adviser_go_with_hardware_of_a_user(self, connection: Connection, rows: Rows) -> None:
        mine, other = create(connection, XEON, True), create(connection, UNKNOWN, True)
        rows.adviser_run("adviser-mine", external_hardware_information_id=mine)
        rows.adviser_run("adviser-other", external_hardware_information_id=other)
        rows.adviser_run("adviser-none")
        assert queries._delete_external_hardware_information(connection, mine) == 1
        left = connection.execute("SELECT adviser_document_id FROM adviser_run ORDER BY id").fetchall()
        assert left == [("adviser-other",), ("adviser-none",)]
