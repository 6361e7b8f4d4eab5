"""Finding package versions that solvers have seen, without writing anything."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.contents import contents
from tests.documents.making import RHEL_8, version
from tests.documents.writing import sequences
from tests.fix_rows import Rows
from tests.statements import counted_statements
from thoth_storages.documents.known_versions import find_versions
from thoth_storages.documents.rows import Version

Connection = psycopg.Connection[Any]


def seen(rows: Rows, wanted: Version) -> int:
    (name, package_version, index_url), environment = wanted
    return rows.version(name, package_version, index_url=index_url, **environment._asdict())


def test_versions_are_found_by_all_that_they_are(connection: Connection, rows: Rows) -> None:
    wanted = [
        version(),
        version(version="1.1"),
        version(version=None),
        version(index_url=None),
        version("click"),
        Version(version().entity, RHEL_8._replace(python_version="3.9")),
    ]
    ids = {each: seen(rows, each) for each in wanted}
    assert find_versions(connection, wanted) == ids
    assert find_versions(connection, wanted[:1]) == {wanted[0]: ids[wanted[0]]}


def test_versions_that_are_not_there_are_left_out(connection: Connection, rows: Rows) -> None:
    known = seen(rows, version())
    rows.entity("click", "1.0")
    elsewhere = Version(version().entity, RHEL_8._replace(os_version="9"))
    before = contents(connection), sequences(connection)
    assert find_versions(connection, [version("click"), version("gone"), version(), elsewhere]) == {version(): known}
    assert find_versions(connection, [version("gone")]) == {}
    assert (contents(connection), sequences(connection)) == before


def test_nothing_is_asked_for_no_versions(connection: Connection) -> None:
    with counted_statements(connection) as sent:
        assert find_versions(connection, []) == {}
    assert sent.statements == 0
