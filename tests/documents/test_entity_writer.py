"""Package versions by name: their indexes, and the rules about them."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.documents.making import PYPI, entity
from tests.documents.writing import select, select_column, sequences
from tests.fix_rows import Rows
from thoth_storages.documents.entity_writer import write_entities

Connection = psycopg.Connection[Any]

OTHER_INDEX = "https://example.com/simple"
ENTITIES = [
    entity("flask", "1.0"),
    entity("flask", "1.0", OTHER_INDEX),
    entity("flask", "1.0", None),
    entity("flask", None),
    entity("flask", None, None),
    entity("flask", "1.1"),
]


def stored(connection: Connection) -> dict[Any, int]:
    query = """
    SELECT entity.package_name, entity.package_version, i.url, entity.id
    FROM python_package_version_entity AS entity
    LEFT JOIN python_package_index AS i ON i.id = entity.python_package_index_id
    """
    return {entity(*row[:3]): row[3] for row in select(connection, query)}


def test_entities_that_differ_in_a_null_are_different(connection: Connection) -> None:
    ids = write_entities(connection, ENTITIES)
    assert set(ids) == set(ENTITIES)
    assert ids == stored(connection)


def test_known_entities_are_found_and_use_up_no_id(connection: Connection) -> None:
    first = write_entities(connection, ENTITIES)
    before = sequences(connection)
    assert write_entities(connection, ENTITIES[::-1]) == first
    assert sequences(connection) == before
    assert stored(connection) == first


def test_new_entities_join_known_ones(connection: Connection) -> None:
    known = write_entities(connection, ENTITIES[:3])
    ids = write_entities(connection, ENTITIES)
    assert ids == stored(connection)
    assert known.items() <= ids.items()


def test_nothing_is_written_for_no_entities(connection: Connection) -> None:
    assert write_entities(connection, []) == {}
    assert stored(connection) == {}


def test_a_new_index_is_not_enabled_and_checks_certificates(connection: Connection) -> None:
    write_entities(connection, [entity()])
    indexes = "SELECT url, enabled, verify_ssl, only_if_package_seen, warehouse_api_url FROM python_package_index"
    assert select(connection, indexes) == [(PYPI, False, True, True, None)]


def test_a_known_index_stays_as_it_is(connection: Connection, rows: Rows) -> None:
    rows.index(PYPI, enabled=True, verify_ssl=False, warehouse_api_url="https://pypi.org/pypi")
    write_entities(connection, [entity()])
    assert select_column(
        connection, "SELECT warehouse_api_url FROM python_package_index WHERE enabled AND NOT verify_ssl"
    ) == ["https://pypi.org/pypi"]


def applies_to(connection: Connection) -> list[tuple[str | None, str | None]]:
    query = """
    SELECT entity.package_version, i.url
    FROM python_package_version_entity_rules_association AS applies
    JOIN python_package_version_entity AS entity ON entity.id = applies.python_package_version_entity_id
    LEFT JOIN python_package_index AS i ON i.id = entity.python_package_index_id
    ORDER BY entity.package_name, entity.package_version, i.url
    """
    return [(row[0], row[1]) for row in select(connection, query)]


@pytest.mark.parametrize(
    ("version_range", "versions"),
    [
        (None, ["1.0", "1.1rc1", "2.0", "2004d", None]),
        ("", ["1.0", "1.1rc1", "2.0", "2004d", None]),
        ("<2", ["1.0", "1.1rc1"]),
        (">=1.1rc1,<2", ["1.1rc1"]),
        ("==2.*", ["2.0"]),
        ("===1.0", ["1.0"]),
        (">9", []),
    ],
)
def test_a_rule_is_tied_to_the_versions_in_its_range(
    connection: Connection, rows: Rows, version_range: str | None, versions: list[str | None]
) -> None:
    rows.rule("flask", version_range=version_range)
    every = ["1.0", "1.1rc1", "2.0", "2004d", None]
    write_entities(connection, [entity(version=version) for version in every] + [entity("other")])
    assert applies_to(connection) == [(version, PYPI) for version in versions]


def test_a_rule_of_one_index_is_tied_to_that_index_only(connection: Connection, rows: Rows) -> None:
    rows.rule("flask", python_package_index_id=rows.index(PYPI))
    write_entities(connection, [entity(), entity(index_url=OTHER_INDEX), entity(index_url=None)])
    assert applies_to(connection) == [("1.0", PYPI)]


def test_a_rule_without_an_index_is_tied_to_all(connection: Connection, rows: Rows) -> None:
    rows.rule("flask")
    write_entities(connection, [entity(), entity(index_url=OTHER_INDEX), entity(index_url=None)])
    assert applies_to(connection) == [("1.0", OTHER_INDEX), ("1.0", PYPI), ("1.0", None)]


def test_every_rule_about_a_package_is_tied_once(connection: Connection, rows: Rows) -> None:
    for description in ("one", "two"):
        rows.rule("flask", description=description)
    for _ in range(2):
        write_entities(connection, [entity()])
    assert applies_to(connection) == [("1.0", PYPI)] * 2


def test_a_rule_that_came_later_is_tied_to_known_entities_when_they_are_written_again(
    connection: Connection, rows: Rows
) -> None:
    write_entities(connection, [entity()])
    rows.rule("flask")
    write_entities(connection, [entity()])
    assert applies_to(connection) == [("1.0", PYPI)]


def test_a_rule_with_an_unreadable_range_stops_nobody(
    connection: Connection, rows: Rows, caplog: pytest.LogCaptureFixture
) -> None:
    rule_id = rows.rule("flask", version_range="newer than 1")
    rows.rule("flask", version_range="==1.0")
    write_entities(connection, [entity()])
    assert applies_to(connection) == [("1.0", PYPI)]
    assert caplog.messages == [f"Rule {rule_id} is passed over: its version range 'newer than 1' can't be read"]
