"""Errors as sentences."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from thoth_storages.cli.errors import sentence
from thoth_storages.exceptions import MigrationError, NotFoundError

Connection = psycopg.Connection[Any]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotFoundError("no record for package_name='x'"), "no record for package_name='x'"),
        (NotFoundError("get_depends_on: no record"), "get_depends_on: no record"),
        (NotFoundError(), "NotFoundError"),
        (MigrationError("a.sql:1:2: no\nSELEC 1\n ^"), "a.sql:1:2: no\nSELEC 1\n ^"),
        (FileNotFoundError(2, "No such file or directory", "a.json"), "a.json: No such file or directory"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("odd"), "odd"),
        (psycopg.OperationalError("the connection is closed"), "The database says: the connection is closed"),
        (psycopg.OperationalError("gone\n\tand more"), "The database says: gone"),
        (psycopg.OperationalError(), "The database says: OperationalError"),
    ],
)
def test_an_error_is_said_in_its_own_words(error: Exception, said: str) -> None:
    assert sentence(error) == said


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "SELECT 1 FROM nowhere",
            'The database says: relation "nowhere" does not exist '
            "('thoth-storages db status' tells whether the schema fits this library)",
        ),
        (
            "SELECT i.urls FROM python_package_index AS i",
            'The database says: column i.urls does not exist (Perhaps you meant to reference the column "i.url".)',
        ),
        ("SELECT 1/0", "The database says: division by zero"),
        (
            "SET statement_timeout = '10ms'; SELECT pg_sleep(60)",
            "The database says: canceling statement due to statement timeout "
            "(KNOWLEDGE_GRAPH_STATEMENT_TIMEOUT says how many seconds a statement may take)",
        ),
    ],
)
def test_what_the_server_says_is_shortened_and_a_remedy_is_named(
    connection: Connection, statement: str, said: str
) -> None:
    with pytest.raises(psycopg.Error) as caught:
        connection.execute(statement.encode())
    assert sentence(caught.value) == said
