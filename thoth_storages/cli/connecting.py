"""The knowledge graph that the environment names, for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from ..graph import GraphDatabase
from ..settings import DatabaseSettings


@contextmanager
def connected_graph() -> Iterator[GraphDatabase]:
    """Lend a connected adapter; a variable that can't be read is an error of the command."""
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


@contextmanager
def readable_settings() -> Iterator[None]:
    """Turn the ValueError of a variable that can't be read into an error of the command."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def address(settings: DatabaseSettings) -> dict[str, str]:
    """Say where the settings lead: host, port and database, from libpq's own variables where they stand in."""
    known = {option.keyword.decode(): (option.val or b"").decode() for option in pq.Conninfo.get_defaults()}
    known |= {key: str(value) for key, value in conninfo_to_dict(settings.conninfo()).items()}
    return {"host": known["host"], "port": known["port"], "database": known["dbname"]}
