"""The knowledge graph that the environment names, for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ..database import Connection, Database
from ..settings import DatabaseSettings

if TYPE_CHECKING:
    from ..graph import GraphDatabase


@contextmanager
def connected_graph() -> Iterator[GraphDatabase]:
    """Lend a connected adapter; a variable that can't be read is an error of the command."""
    from ..graph import GraphDatabase  # loads the named queries

    with readable_settings():
        graph = GraphDatabase()
        graph.connect()
    try:
        yield graph
    finally:
        graph.disconnect()


def database_settings() -> DatabaseSettings:
    """Read how to connect; a variable that can't be read is an error of the command."""
    with readable_settings():
        return DatabaseSettings.from_environment()


def connected(settings: DatabaseSettings) -> Connection:
    """Make one connection to a database that is there; raises DatabaseNotInitializedError where it isn't."""
    return Database(settings).connect_to_existing()


@contextmanager
def readable_settings() -> Iterator[None]:
    """Turn the ValueError of a variable that can't be read into an error of the command."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from error
