"""Every environment variable that this library reads, in one place.

A variable is read when the object that needs it is made (a ``GraphDatabase``, a store), not at import.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .exceptions import SettingMissingError

T = TypeVar("T")


@dataclass(frozen=True)
class Variable(Generic[T]):
    """An environment variable: its name, what it is when unset, how its text is read, and what it is for."""

    name: str
    default: T
    read: Callable[[str], T]
    description: str
    libpq: str | None = None
    """The variable of libpq that is used where this one is unset."""

    def get(self, environment: Mapping[str, str] = os.environ) -> T:
        """Answer the variable's value; raise ValueError, which names the variable, for a text that can't be read."""
        text = environment.get(self.name)
        if text is None:
            return self.default
        try:
            return self.read(text)
        except ValueError:
            default = f"{self.default:g}" if isinstance(self.default, bool | float) else self.default
            raise ValueError(f"{self.name}={text!r} can't be read ({self.description}; default: {default})") from None


def needed(variable: Variable[str | None]) -> str:
    """Answer a variable that has no default; raises SettingMissingError, which names it, when it is unset or empty."""
    if value := variable.get():
        return value
    raise SettingMissingError(f"{variable.name} isn't set: {variable.description}")


def _switch(text: str) -> bool:
    return bool(int(text))


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _positive(text: str) -> int:
    if _natural(text) == 0:
        raise ValueError(text)
    return int(text)


HOST = Variable("KNOWLEDGE_GRAPH_HOST", "localhost", str, "host of the server, or a socket's folder", "PGHOST")
PORT = Variable("KNOWLEDGE_GRAPH_PORT", 5432, _positive, "port of the server", "PGPORT")
USER = Variable("KNOWLEDGE_GRAPH_USER", "postgres", str, "role that connects", "PGUSER")
PASSWORD = Variable("KNOWLEDGE_GRAPH_PASSWORD", "postgres", str, "password of the role", "PGPASSWORD")
DATABASE = Variable("KNOWLEDGE_GRAPH_DATABASE", "postgres", str, "name of the database", "PGDATABASE")
SSL_DISABLED = Variable("KNOWLEDGE_GRAPH_SSL_DISABLED", False, _switch, "1: connect without TLS (0 or 1)")
POOL_SIZE = Variable("KNOWLEDGE_GRAPH_POOL_SIZE", 10, _positive, "most connections of one process, a number")
POOL_TIMEOUT = Variable("KNOWLEDGE_GRAPH_POOL_TIMEOUT", 30.0, float, "seconds to wait for a free connection")
CONNECT_TIMEOUT = Variable("KNOWLEDGE_GRAPH_CONNECT_TIMEOUT", 10, _positive, "whole seconds to wait for the server")
STATEMENT_TIMEOUT = Variable(
    "KNOWLEDGE_GRAPH_STATEMENT_TIMEOUT", 600, _natural, "seconds that a statement may run; 0: as long as it takes"
)
PREPARED_STATEMENTS = Variable(
    "KNOWLEDGE_GRAPH_PREPARED_STATEMENTS", True, _switch, "0: prepare nothing, as PgBouncer in transaction mode needs"
)
ANY_SCHEMA = Variable(
    "KNOWLEDGE_GRAPH_ANY_SCHEMA", False, _switch, "1: query a schema older than this library needs, or too new for it"
)
DEBUG_QUERIES = Variable("THOTH_STORAGES_DEBUG_QUERIES", False, _switch, "1: log every statement (0 or 1)")
RANDOMIZE_LISTING = Variable(
    "THOTH_STORAGES_RANDOMIZE_LISTING", False, _switch, "1: sync documents in random order (0 or 1)"
)
VERBOSE = Variable("THOTH_STORAGES_VERBOSE", False, _switch, "1: the command line logs to stderr (0 or 1)")
NO_COLOR: Variable[str | None] = Variable("NO_COLOR", None, str, "anything: no colours on a terminal")
S3_ENDPOINT_URL: Variable[str | None] = Variable(
    "THOTH_S3_ENDPOINT_URL", None, str, "URL of the object store, like https://s3.example.com"
)
S3_KEY_ID: Variable[str | None] = Variable("THOTH_CEPH_KEY_ID", None, str, "access key of the object store")
S3_SECRET_KEY: Variable[str | None] = Variable("THOTH_CEPH_SECRET_KEY", None, str, "secret key of the object store")
S3_BUCKET: Variable[str | None] = Variable("THOTH_CEPH_BUCKET", None, str, "bucket that holds the documents")
S3_REGION: Variable[str | None] = Variable(
    "THOTH_CEPH_REGION", None, str, "region that requests are signed for (us-east-1 when unset)"
)
S3_BUCKET_PREFIX: Variable[str | None] = Variable(
    "THOTH_CEPH_BUCKET_PREFIX", None, str, "what all keys of Thoth begin with"
)
DEPLOYMENT_NAME: Variable[str | None] = Variable(
    "THOTH_DEPLOYMENT_NAME", None, str, "name of the deployment, which follows in the keys"
)
S3_CONNECT_TIMEOUT = Variable("THOTH_S3_CONNECT_TIMEOUT", 10.0, float, "seconds to wait for a connection to the store")
S3_READ_TIMEOUT = Variable("THOTH_S3_READ_TIMEOUT", 60.0, float, "seconds to wait for the store to go on answering")
S3_RETRIES = Variable("THOTH_S3_RETRIES", 5, _natural, "how often a request to the store is sent again")
BACKUPS_KEPT = Variable("GRAPH_BACKUP_STORE_ROTATE", 21, _positive, "how many backups of the graph are kept")
LOG_STATS = Variable("THOTH_STORAGES_LOG_STATS", False, _switch, "1: log the caches' statistics at the end (0 or 1)")

# The password comes last: libpq takes it from a password file where neither variable says it.
_CONNECTION: tuple[tuple[str, Variable[str] | Variable[int]], ...] = (
    ("host", HOST),
    ("port", PORT),
    ("user", USER),
    ("dbname", DATABASE),
    ("password", PASSWORD),
)


class Address(NamedTuple):
    """Where a database is."""

    host: str
    port: str
    database: str

    def __str__(self) -> str:
        return f"database {self.database!r} on host {self.host!r}, port {self.port}"


@dataclass(frozen=True)
class DatabaseSettings:
    """How to connect to the knowledge graph."""

    parameters: Mapping[str, str | int]
    """libpq's connection parameters; what libpq takes from its own ``PG*`` variables isn't among them."""
    pool_size: int = POOL_SIZE.default
    pool_timeout: float = POOL_TIMEOUT.default
    connect_timeout: int = CONNECT_TIMEOUT.default
    statement_timeout: int = STATEMENT_TIMEOUT.default
    prepared_statements: bool = PREPARED_STATEMENTS.default
    any_schema: bool = ANY_SCHEMA.default
    debug_queries: bool = DEBUG_QUERIES.default

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> DatabaseSettings:
        """Read the variables; raises ValueError, which names the variable, for a value that can't be read."""
        return cls(
            parameters=_connection_parameters(environment),
            pool_size=POOL_SIZE.get(environment),
            pool_timeout=POOL_TIMEOUT.get(environment),
            connect_timeout=CONNECT_TIMEOUT.get(environment),
            statement_timeout=STATEMENT_TIMEOUT.get(environment),
            prepared_statements=PREPARED_STATEMENTS.get(environment),
            any_schema=ANY_SCHEMA.get(environment),
            debug_queries=DEBUG_QUERIES.get(environment),
        )

    def conninfo(self, **overrides: str | int) -> str:
        """Write libpq's connection string; ``overrides`` replace parameters, as ``dbname="postgres"`` does."""
        parameters = {"connect_timeout": self.connect_timeout, "application_name": "thoth_storages", **self.parameters}
        return make_conninfo("", **{**parameters, **overrides})

    @property
    def address(self) -> Address:
        """Where the settings lead; what libpq takes from its own variables is looked up there."""
        known = {option.keyword.decode(): (option.val or b"").decode() for option in pq.Conninfo.get_defaults()}
        known |= {key: str(value) for key, value in conninfo_to_dict(self.conninfo()).items()}
        return Address(known["host"], known["port"], known["dbname"] or known["user"])


def connection_url(environment: Mapping[str, str] = os.environ) -> str:
    """Write the connection as a URL of libpq, with the password in it: nothing for a log.

    The variables of libpq itself (``PGHOST``, …) stand in for those that are unset, and defaults for the rest.
    """
    values = {key: _text(variable, environment) for key, variable in _CONNECTION}
    options = {"sslmode": "disable"} if SSL_DISABLED.get(environment) else {}
    quoted = {key: quote(value, safe="") for key, value in values.items()}
    address = "{user}:{password}@{host}:{port}/{dbname}".format(**quoted)
    return f"postgresql://{address}" + (f"?{urlencode(options)}" if options else "")


def _connection_parameters(environment: Mapping[str, str]) -> dict[str, str | int]:
    parameters: dict[str, str | int] = {}
    for key, variable in _CONNECTION:
        if variable.name in environment or not _left_to_libpq(variable, environment):
            parameters[key] = variable.get(environment)
    if SSL_DISABLED.get(environment):
        parameters["sslmode"] = "disable"
    return parameters


def _left_to_libpq(variable: Variable[str] | Variable[int], environment: Mapping[str, str]) -> bool:
    named = {str(variable.libpq), "PGSERVICE"} | ({"PGPASSFILE"} if variable is PASSWORD else set())
    return not named.isdisjoint(environment)


def _text(variable: Variable[str] | Variable[int], environment: Mapping[str, str]) -> str:
    return str(environment.get(variable.name, environment.get(str(variable.libpq), variable.default)))
