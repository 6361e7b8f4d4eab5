"""Writing hardware and software environments: one row each, in the tables of users or in the service's own."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.documents.writing import select, sequences
from thoth_storages.documents.environment import Hardware, SoftwareEnvironment
from thoth_storages.documents.environment_writer import write_hardware, write_software_environments

Connection = psycopg.Connection[Any]

MACHINES = [
    Hardware(),
    Hardware(1, 94, 4, "Xeon", 6, 1, "GV100", "Nvidia", 5120, 16, 64),
    Hardware(cpu_model=94),
    Hardware(cpu_family=94),
    Hardware(gpu_vendor="94"),
]
ENVIRONMENTS = [
    SoftwareEnvironment("RUNTIME"),
    SoftwareEnvironment("BUILDTIME"),
    SoftwareEnvironment("RUNTIME", "production"),
    SoftwareEnvironment("RUNTIME", None, "production"),
    SoftwareEnvironment("RUNTIME", *"abcdefghijk"),
    SoftwareEnvironment("RUNTIME", "x" * 10_000),
]
is_external = pytest.mark.parametrize("is_external", [False, True])


def stored(connection: Connection, table: str, row: Any) -> dict[Any, int]:
    columns = ", ".join(name if name != "environment_type" else f"{name}::text" for name in row._fields)
    return {row(*found[1:]): found[0] for found in select(connection, f"SELECT id, {columns} FROM {table}")}


@is_external
def test_hardware_that_differs_in_a_null_is_different(connection: Connection, is_external: bool) -> None:
    ids = write_hardware(connection, MACHINES, is_external=is_external)
    tables = ["hardware_information", "external_hardware_information"]
    assert stored(connection, tables[is_external], Hardware) == ids
    assert stored(connection, tables[not is_external], Hardware) == {}
    assert set(ids) == set(MACHINES)


@is_external
def test_environments_that_differ_in_a_null_are_different(connection: Connection, is_external: bool) -> None:
    ids = write_software_environments(connection, ENVIRONMENTS, is_external=is_external)
    tables = ["software_environment", "external_software_environment"]
    assert stored(connection, tables[is_external], SoftwareEnvironment) == ids
    assert stored(connection, tables[not is_external], SoftwareEnvironment) == {}
    assert set(ids) == set(ENVIRONMENTS)


@is_external
def test_known_rows_are_found_and_use_up_no_id(connection: Connection, is_external: bool) -> None:
    machines = write_hardware(connection, MACHINES, is_external=is_external)
    environments = write_software_environments(connection, ENVIRONMENTS, is_external=is_external)
    before = sequences(connection)
    assert write_hardware(connection, MACHINES[::-1], is_external=is_external) == machines
    assert write_software_environments(connection, ENVIRONMENTS[::-1], is_external=is_external) == environments
    assert sequences(connection) == before


def test_nothing_is_written_for_no_rows(connection: Connection) -> None:
    assert write_hardware(connection, [], is_external=True) == {}
    assert write_software_environments(connection, [], is_external=True) == {}
