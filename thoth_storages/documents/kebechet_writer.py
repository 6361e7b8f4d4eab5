"""Writing what the files of a repository say of the installation of Kebechet in it."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import SerializationFailure

from ..sql.named import queries
from .entity_writer import write_entities
from .environment_writer import write_software_environments
from .kebechet import KebechetRows
from .stack_writer import write_external_stacks

Connection = psycopg.Connection[Any]


def write_kebechet_installation(connection: Connection, rows: KebechetRows) -> None:
    """Write the rows into the transaction that the connection is in: one installation a repository and environment.

    Retry the whole transaction after a deadlock or a serialization failure.
    """
    queries.sync.settle_plans(connection)
    queries._lock_kebechet_repository(connection, rows.installation.slug)
    stack, environment = rows.stack, rows.environment
    # Entities before environments, and these before stacks, as every writer takes the tables.
    write_entities(connection, stack.locked if stack and stack.locked else ())
    environments = [] if environment is None else [environment]
    environment_ids = write_software_environments(connection, environments, is_external=True)
    stack_ids = write_external_stacks(connection, [] if stack is None else [stack])
    _write_installation(
        connection,
        external_python_software_stack_id=None if stack is None else stack_ids[stack],
        external_software_environment_id=None if environment is None else environment_ids[environment],
        **rows.installation._asdict(),
    )


def _write_installation(connection: Connection, slug: str, runtime_environment_name: str | None, **said: Any) -> None:
    known = queries.sync.get_kebechet_installation(connection, slug, runtime_environment_name, **said)
    if known is None:
        if not queries.sync.insert_kebechet_installation(connection, slug, runtime_environment_name, **said):
            raise SerializationFailure(f"{slug} was written at the same time by a library that doesn't lock it")
        return
    installation_id, is_current = known
    if not is_current:
        queries.sync.update_kebechet_installation(connection, installation_id, **said)
