"""Can the database be used at all?"""

from __future__ import annotations

import time

from ...ephemeral.programs import OLDEST_MAJOR
from ...exceptions import DatabaseNotInitializedError, DatabaseUnreachableError
from ...settings import POOL_SIZE
from ...sql import migrating
from ...sql.migrating import SchemaState
from ...sql.named import queries
from ...words import listed
from ..examination import Examination, Finding, Status, check

_MIGRATE = "run 'thoth-storages db migrate'"
_SCHEMA = {
    SchemaState.EMPTY: Finding(Status.FAIL, "the database holds no schema", _MIGRATE),
    SchemaState.UNMANAGED: Finding(Status.FAIL, "the schema is the original's, not adopted yet", _MIGRATE),
    SchemaState.OLDER: Finding(Status.FAIL, "the schema is older than this library needs", _MIGRATE),
    SchemaState.NEWER: Finding(Status.WARN, "the schema is newer than this library knows", "update the library"),
    SchemaState.INCOMPATIBLE: Finding(
        Status.FAIL, "the schema is newer than this library can work with", "update the library"
    ),
}
_SLOW_SECONDS = 0.1
_MOST_NAMED = 3


@check("connection")
def connection(examination: Examination) -> Finding:
    """Whether the database answers, and how fast."""
    try:
        connected = examination.connection
    except (DatabaseUnreachableError, DatabaseNotInitializedError) as error:
        return Finding(Status.FAIL, str(error))
    started = time.perf_counter()
    connected.execute("SELECT 1")
    seconds = time.perf_counter() - started
    tls = "with TLS" if connected.pgconn.ssl_in_use else "without TLS"
    said = f"{examination.settings.address}, as {connected.info.user}, {tls}; it answers in {seconds * 1000:.1f} ms"
    if seconds > _SLOW_SECONDS:
        return Finding(Status.WARN, said, "see what the server is busy with, or how far away it is")
    return Finding(Status.OK, said)


@check("server-version")
def server_version(examination: Examination) -> Finding:
    """Whether the server is new enough for the schema."""
    info = examination.connection.info
    said = f"PostgreSQL {info.parameter_status('server_version')}"
    if info.server_version // 10000 < OLDEST_MAJOR:
        return Finding(Status.FAIL, said, f"upgrade the server to PostgreSQL {OLDEST_MAJOR} or newer")
    return Finding(Status.OK, said)


@check("schema")
def schema(examination: Examination) -> Finding:
    """Whether the schema is the one that this library needs."""
    state = migrating.schema_state(examination.connection)
    if state in _SCHEMA:
        return _SCHEMA[state]
    edited = [each.id for each in migrating.status(examination.connection) if each.checksum_matches is False]
    if edited:
        return Finding(
            Status.WARN,
            f"migrations were changed after they were applied: {', '.join(edited)}",
            "see 'thoth-storages db diff' for what that means",
        )
    if found := examination.differences:
        named = listed([f"{each.fact.kind} {each.fact.name}" for each in found], most=_MOST_NAMED, separator="; ")
        remedy = "'thoth-storages db diff' shows both sides"
        return Finding(Status.WARN, f"the schema isn't what the migrations make: {named}", remedy)
    return Finding(Status.OK, f"up to date, at {migrating.head()}")


@check("pool")
def pool(examination: Examination) -> Finding:
    """Whether a process can have as many connections as its pool may open."""
    numbers = queries._get_connection_numbers(examination.connection)
    assert numbers is not None
    size, free = examination.settings.pool_size, numbers["allowed"] - numbers["used"]
    said = f"a process opens up to {size} connections; {numbers['used']} of {numbers['allowed']} are used"
    if numbers["idle_in_transaction"]:
        return Finding(
            Status.WARN,
            f"{said}; {numbers['idle_in_transaction']} have done nothing in an open transaction for over five minutes",
            "see pg_stat_activity for whose they are: they keep VACUUM from its work",
        )
    if free < size:
        return Finding(Status.WARN, said, f"raise max_connections of the server, or lower {POOL_SIZE.name}")
    return Finding(Status.OK, said)
