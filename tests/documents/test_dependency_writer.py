"""What package versions depend on, in the table."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.documents.making import entity, version
from tests.documents.writing import select
from tests.fix_rows import Rows
from tests.statements import counted_statements
from thoth_storages.documents.dependency_writer import write_dependencies
from thoth_storages.documents.rows import Dependency

Connection = psycopg.Connection[Any]

WERKZEUG = entity("werkzeug", "2.0", None)
DEPENDENCIES = [
    Dependency(version(), WERKZEUG, ">=0.1", None, None, True),
    Dependency(version(), WERKZEUG, ">=0.1", "dev", None, True),
    Dependency(version(), WERKZEUG, ">=0.1", None, "m" * 5000, False),
]


def test_the_same_dependency_is_stored_once_under_each_extra_and_marker(connection: Connection, rows: Rows) -> None:
    version_id = rows.version("flask", "1.0", os_name="rhel", os_version="8", python_version="3.8")
    entity_id = rows.entity("werkzeug", "2.0", index_url=None)
    for dependencies in (DEPENDENCIES[:2], DEPENDENCIES, DEPENDENCIES[::-1]):
        write_dependencies(connection, dependencies, {version(): version_id}, {WERKZEUG: entity_id})
    query = "SELECT version_id, entity_id, version_range, extra, marker, marker_evaluation_result FROM depends_on"
    assert set(select(connection, query)) == {(version_id, entity_id, *each[2:]) for each in DEPENDENCIES}
    assert len(select(connection, query)) == 3


def test_nothing_is_sent_for_no_dependencies(connection: Connection) -> None:
    with counted_statements(connection) as sent:
        write_dependencies(connection, [], {}, {})
    assert sent.statements == 0
