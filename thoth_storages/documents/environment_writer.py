"""Writing hardware and software environments: those of the service's own, and those of users in tables of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import psycopg

from ..sql.named import queries
from .columns import Integers, Texts, columns_of, typed_columns
from .environment import Hardware, SoftwareEnvironment
from .identities import identify

Connection = psycopg.Connection[Any]

_HARDWARE_COLUMNS = [
    Texts if name in ("cpu_model_name", "gpu_model_name", "gpu_vendor") else Integers for name in Hardware._fields
]


def write_hardware(connection: Connection, rows: Collection[Hardware], *, is_external: bool) -> dict[Hardware, int]:
    """Have hardware in the graph, that of users where ``is_external``; answer its ids."""
    sync = queries.sync
    find, insert = (
        (sync.get_external_hardware_ids, sync.insert_external_hardware)
        if is_external
        else (sync.get_hardware_ids, sync.insert_hardware)
    )
    return identify(
        rows,
        lambda wanted: find(connection, *_hardware_columns(wanted)),
        lambda missing: insert(connection, *_hardware_columns(missing)),
    ).ids


def write_software_environments(
    connection: Connection, rows: Collection[SoftwareEnvironment], *, is_external: bool
) -> dict[SoftwareEnvironment, int]:
    """Have software environments in the graph, those of users where ``is_external``; answer their ids."""
    sync = queries.sync
    find, insert = (
        (sync.get_external_software_environment_ids, sync.insert_external_software_environments)
        if is_external
        else (sync.get_software_environment_ids, sync.insert_software_environments)
    )
    return identify(
        rows,
        lambda wanted: find(connection, *_environment_columns(wanted)),
        lambda missing: insert(connection, *_environment_columns(missing)),
    ).ids


def _hardware_columns(rows: Sequence[Hardware]) -> list[Any]:
    return typed_columns(_HARDWARE_COLUMNS, rows)


def _environment_columns(rows: Sequence[SoftwareEnvironment]) -> list[Any]:
    return list(columns_of(rows))
