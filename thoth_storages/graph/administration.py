"""What is asked of the database itself: how many rows its tables hold, and whether it is damaged."""

from __future__ import annotations

import logging
from typing import Any

import psycopg
from psycopg import errors, sql

from ..exceptions import DatabaseError
from ..sql.migrating.files import created
from ..sql.named import queries
from .connected import ConnectedAdapter

_LOGGER = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]

# What PostgreSQL ends a statement with that finds an index or a page that can't be so.
_DAMAGE = (errors.IndexCorrupted, errors.DataCorrupted)
# Why amcheck can't be had: not installed on the machine, not allowed to this role, not on a standby.
_NO_AMCHECK = (
    errors.FeatureNotSupported,
    errors.UndefinedFile,
    errors.InsufficientPrivilege,
    errors.ReadOnlySqlTransaction,
)


class DatabaseAdministration(ConnectedAdapter):
    """The part of ``GraphDatabase`` that asks about the database rather than about what it says."""

    def get_entity_count(self, entity: str) -> int:
        """How many rows a table holds; raises ValueError, which names the tables, for one that isn't of the graph.

        >>> graph.get_entity_count("python_package_version")
        """
        tables = created("TABLE")
        if entity not in tables:
            raise ValueError(f"entity is the name of a table, not {entity!r}; tables are {', '.join(sorted(tables))}")
        if not self._schema_is_usable:
            self._check_schema()
        return self.database.read(lambda connection: _count_rows(connection, entity))

    def is_database_corrupted(self) -> bool:
        """Whether a B-tree index of the database is damaged, as PostgreSQL's extension amcheck finds out.

        False doesn't prove that all is well: other indexes and the rows aren't looked at. Where the database lacks the
        extension, it is created for the time of the check only, which takes a superuser; on a large database have it
        created for good, so that the indexes that were checked already aren't locked against changes of the schema
        until the end. Raises DatabaseError when there is no way to use amcheck, so that nothing can be said.

        >>> graph.is_database_corrupted()
        False
        """
        return self.database.read(find_damage) is not None


def _count_rows(connection: Connection, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))).fetchone()
    assert row is not None
    return int(row[0])


def find_damage(connection: Connection) -> str | None:
    """Name the first damaged B-tree index, or answer None; raises DatabaseError when there is no way to use amcheck."""
    try:
        if schema := queries._get_amcheck_schema(connection):
            return _damaged_index(connection, schema)
        with connection.transaction(force_rollback=True):
            connection.execute("CREATE EXTENSION amcheck SCHEMA public")
            return _damaged_index(connection, "public")
    except _NO_AMCHECK as error:
        raise DatabaseError(
            f"Without amcheck nobody can tell whether the database is corrupted ({error.diag.message_primary}): "
            "have a superuser run 'CREATE EXTENSION amcheck', and let this role execute bt_index_check(regclass)"
        ) from error


def _damaged_index(connection: Connection, schema: str) -> str | None:
    check = sql.SQL("SELECT {}(%s::oid)").format(sql.Identifier(schema, "bt_index_check"))
    for oid, name in queries._get_btree_indexes(connection):
        try:
            connection.execute(check, (oid,))
        except _DAMAGE as error:
            _LOGGER.error("Index %s is damaged: %s", name, error.diag.message_primary)
            return name
    return None
