"""A database that is filled aside, and takes another one's place when all went well."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Literal, LiteralString

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from ..exceptions import BackupError, DatabaseUnreachableError
from ..sql.migrating.server import Connection, connect
from ..sql.named import queries

_LOGGER = logging.getLogger(__name__)

SCRATCH_PREFIX = "thoth_scratch_"
_MAINTENANCE = "postgres"
_OTHER_MAINTENANCE = "template1"
_SWAP_ATTEMPTS = 5
# A scratch database is nobody's until its maker is connected to it: meanwhile nobody looks for abandoned ones.
_LOCK = "SELECT pg_advisory_lock(hashtext(%s))"
# Options of CREATE DATABASE by the columns of the query that tells them.
_NAMES: dict[LiteralString, Literal["owner_name", "tablespace_name", "locale_provider"]] = {
    "OWNER": "owner_name",
    "TABLESPACE": "tablespace_name",
    "LOCALE_PROVIDER": "locale_provider",
}
_TEXTS: dict[
    LiteralString,
    Literal["encoding", "lc_collate", "lc_ctype", "icu_locale", "builtin_locale", "connection_limit"],
] = {
    "ENCODING": "encoding",
    "LC_COLLATE": "lc_collate",
    "LC_CTYPE": "lc_ctype",
    "ICU_LOCALE": "icu_locale",
    "BUILTIN_LOCALE": "builtin_locale",
    "CONNECTION LIMIT": "connection_limit",
}


def maintenance(conninfo: str, name: str) -> Connection:
    """Connect to a database of the same server from which the one of a ``name`` can be renamed and dropped."""
    return connect(make_conninfo(conninfo, dbname=_MAINTENANCE if name != _MAINTENANCE else _OTHER_MAINTENANCE))


@contextmanager
def scratch_database(conninfo: str, name: str) -> Iterator[str]:
    """Lend the name of a new, empty database on the same server, made like the one of ``name`` where that is there.

    It is dropped at the block's end, unless it has another name by then; those that others left behind, who were killed
    meanwhile, at its beginning. Raises BackupError when this role may not create databases.
    """
    scratch = f"{SCRATCH_PREFIX}{secrets.token_hex(6)}"
    keeper = _make(conninfo, scratch, like=name)
    try:
        with closing(keeper):
            yield scratch
    finally:
        _drop(conninfo, name, scratch)


def drop_abandoned(connection: Connection) -> None:
    """Drop the scratch databases of this server that those left behind who were killed meanwhile."""
    for name, _ in queries._get_abandoned_databases(connection, prefix=SCRATCH_PREFIX):
        try:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        except errors.ObjectInUse:
            continue  # somebody looks at it just now
        _LOGGER.warning("dropped the database %s, which an interrupted restore had left behind", name)


def swap(conninfo: str, scratch: str, name: str) -> None:
    """Give a scratch database the name of another, which is dropped, with whatever is set and granted for it.

    Those who are connected to the old one are disconnected. Raises BackupError when they won't go; the old database
    then is there as it was.
    """
    replaced = f"{SCRATCH_PREFIX}{secrets.token_hex(6)}_replaced"
    with maintenance(conninfo, name) as connection:
        _copy_settings(connection, name, scratch)
        is_there = queries._get_database_options(connection, database_name=name) is not None
        for attempt in range(_SWAP_ATTEMPTS):
            try:
                _rename(connection, {name: replaced, scratch: name} if is_there else {scratch: name})
                break
            except errors.ObjectInUse as error:
                if attempt == _SWAP_ATTEMPTS - 1:
                    raise BackupError(
                        f"Database {name!r} is as it was: others go on connecting to it, so it can't be replaced; "
                        "stop the services, and restore again"
                    ) from error
    _drop(conninfo, name, replaced)


def _drop(conninfo: str, name: str, scratch: str) -> None:
    """Drop what isn't wanted any more; a server that can't do that now hides nothing that was said before."""
    try:
        with maintenance(conninfo, name) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(scratch)))
    except (DatabaseUnreachableError, psycopg.Error) as error:
        _LOGGER.warning("the database %s couldn't be dropped, which the next restore does: %s", scratch, error)


def _make(conninfo: str, scratch: str, *, like: str) -> Connection:
    """Create a scratch database, and connect to it: so nobody takes it for abandoned."""
    with maintenance(conninfo, like) as connection:
        connection.execute(_LOCK, (SCRATCH_PREFIX,))
        drop_abandoned(connection)
        try:
            connection.execute(_creation(connection, scratch, like=like))
        except errors.InsufficientPrivilege as error:
            raise BackupError(
                "A database is made aside for this, which takes a role that may create databases: "
                f"{error.diag.message_primary}"
            ) from error
        return connect(make_conninfo(conninfo, dbname=scratch))


def _rename(connection: Connection, names: dict[str, str]) -> None:
    """Rename databases, all of them or none."""
    for name in names:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            (name,),
        )
    with connection.transaction():
        for name, new in names.items():
            statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(new)))


def _creation(connection: Connection, scratch: str, *, like: str) -> sql.Composed:
    options = queries._get_database_options(connection, database_name=like)
    parts: list[sql.Composable] = [sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(scratch))]
    if options is None:
        return sql.SQL(" ").join([*parts, sql.SQL("ENCODING UTF8")])
    named = {name: sql.Identifier(options[key]) for name, key in _NAMES.items()}
    texts = {name: sql.Literal(value) for name, key in _TEXTS.items() if (value := options[key]) is not None}
    parts += [sql.SQL("{} {}").format(sql.SQL(name), value) for name, value in {**named, **texts}.items()]
    return sql.SQL(" ").join(parts)


def _copy_settings(connection: psycopg.Connection[Any], source: str, target: str) -> None:
    """Set for a database what is set for another, and grant the same rights."""
    for role, name, value in queries._get_database_settings(connection, database_name=source):
        # the server knows which settings are lists, and how these are quoted
        with connection.transaction():
            connection.execute("SELECT set_config(%s, %s, TRUE)", (name, value))
            of_role = sql.SQL("ROLE {} IN ").format(sql.Identifier(role)) if role else sql.SQL("")
            statement = sql.SQL("ALTER {}DATABASE {} SET {} FROM CURRENT")
            connection.execute(statement.format(of_role, sql.Identifier(target), sql.Identifier(*name.split("."))))
    _copy_rights(connection, source, target)


def _copy_rights(connection: psycopg.Connection[Any], source: str, target: str) -> None:
    rights = queries._get_database_rights(connection, database_name=source)
    if rights:
        # what everybody may do unless something else is said
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(target)))
    for role, right, is_grantable in rights:
        grantee = sql.Identifier(role) if role else sql.SQL("PUBLIC")
        statement = sql.SQL("GRANT {} ON DATABASE {} TO {}" + (" WITH GRANT OPTION" if is_grantable else ""))
        connection.execute(statement.format(sql.SQL(right), sql.Identifier(target), grantee))
