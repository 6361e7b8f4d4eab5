"""The registered indexes of Python packages."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

ENABLED, DISABLED, UNDECIDED = "https://b.example.com", "https://a.example.com", "https://c.example.com"

Connection = psycopg.Connection[Any]


@pytest.fixture
def indexes(rows: Rows) -> dict[str, int]:
    """The ids of three indexes by their URLs."""
    return {
        ENABLED: rows.index(ENABLED, enabled=True, warehouse_api_url="https://b.example.com/pypi"),
        DISABLED: rows.index(DISABLED, enabled=False, verify_ssl=False, only_if_package_seen=False),
        UNDECIDED: rows.index(UNDECIDED, enabled=None),
    }


def test_an_index_is_described(connection: Connection, indexes: dict[str, int]) -> None:
    assert queries.get_python_package_index_all(connection)[:2] == [
        {"url": DISABLED, "warehouse_api_url": None, "verify_ssl": False, "only_if_package_seen": False},
        {
            "url": ENABLED,
            "warehouse_api_url": "https://b.example.com/pypi",
            "verify_ssl": True,
            "only_if_package_seen": True,
        },
    ]


@pytest.mark.parametrize(
    ("enabled", "urls"), [(None, [DISABLED, ENABLED, UNDECIDED]), (True, [ENABLED]), (False, [DISABLED])]
)
def test_indexes_can_be_asked_for_by_state(
    connection: Connection, indexes: dict[str, int], enabled: bool | None, urls: list[str]
) -> None:
    assert queries.get_python_package_index_urls_all(connection, enabled) == urls
    assert [index["url"] for index in queries.get_python_package_index_all(connection, enabled=enabled)] == urls


def test_without_indexes_the_lists_are_empty(connection: Connection) -> None:
    assert queries.get_python_package_index_urls_all(connection) == []
    assert queries.get_python_package_index_all(connection) == []


@pytest.mark.parametrize(("url", "enabled"), [(ENABLED, True), (DISABLED, False), (UNDECIDED, False)])
def test_an_index_is_enabled_or_not(connection: Connection, indexes: dict[str, int], url: str, enabled: bool) -> None:
    assert queries.is_python_package_index_enabled(connection, url) is enabled


def test_an_older_url_of_an_index_is_understood(connection: Connection, rows: Rows) -> None:
    rows.index(PYPI)
    assert queries.is_python_package_index_enabled(connection, "https://pypi.python.org/simple") is True


def test_an_unknown_index_is_an_error(connection: Connection, indexes: dict[str, int]) -> None:
    with pytest.raises(NotFoundError, match=r"unknown\.example\.com"):
        queries.is_python_package_index_enabled(connection, "https://unknown.example.com")


def test_the_url_of_an_index_is_found_by_its_id(connection: Connection, indexes: dict[str, int]) -> None:
    assert {queries.get_index_url_from_id(connection, number): number for number in indexes.values()} == indexes


def test_an_unknown_id_is_an_error(connection: Connection) -> None:
    with pytest.raises(NotFoundError, match="4711"):
        queries.get_index_url_from_id(connection, 4711)


class TestWriting:
    def test_a_new_index_is_registered_as_described(self, connection: Connection) -> None:
        warehouse = "https://b.example.com/pypi"
        assert queries.register_python_package_index(connection, ENABLED, warehouse, False, True, False) is True
        assert queries.is_python_package_index_enabled(connection, ENABLED) is True
        assert queries.get_python_package_index_all(connection) == [
            {"url": ENABLED, "warehouse_api_url": warehouse, "verify_ssl": False, "only_if_package_seen": False}
        ]

    def test_an_index_isn_t_enabled_unless_asked_for(self, connection: Connection) -> None:
        queries.register_python_package_index(connection, ENABLED)
        assert queries.is_python_package_index_enabled(connection, ENABLED) is False
        assert queries.get_python_package_index_all(connection) == [
            {"url": ENABLED, "warehouse_api_url": None, "verify_ssl": True, "only_if_package_seen": True}
        ]

    def test_registering_again_changes_how_the_index_is_used(
        self, connection: Connection, indexes: dict[str, int]
    ) -> None:
        assert queries.register_python_package_index(connection, ENABLED, verify_ssl=False) is False
        assert queries.get_index_url_from_id(connection, indexes[ENABLED]) == ENABLED
        assert queries.is_python_package_index_enabled(connection, ENABLED) is False
        assert queries.get_python_package_index_all(connection)[1] == {
            "url": ENABLED,
            "warehouse_api_url": None,
            "verify_ssl": False,
            "only_if_package_seen": True,
        }

    @pytest.mark.parametrize("enabled", [True, False])
    @pytest.mark.parametrize("url", [ENABLED, DISABLED, UNDECIDED])
    def test_an_index_is_enabled_and_disabled(
        self, connection: Connection, indexes: dict[str, int], url: str, enabled: bool
    ) -> None:
        others = {other: queries.is_python_package_index_enabled(connection, other) for other in indexes}
        queries.set_python_package_index_state(connection, url, enabled=enabled)
        states = {other: queries.is_python_package_index_enabled(connection, other) for other in indexes}
        assert states == {**others, url: enabled}

    def test_the_state_of_an_unknown_index_is_an_error(self, connection: Connection, indexes: dict[str, int]) -> None:
        with pytest.raises(NotFoundError, match=r"unknown\.example\.com"):
            queries.set_python_package_index_state(connection, "https://unknown.example.com", enabled=True)

    def test_an_index_is_deleted_with_its_package_versions(self, connection: Connection, rows: Rows) -> None:
        rows.solved(rows.version("flask", index_url=ENABLED))
        rows.version("flask", index_url=PYPI)
        assert queries.delete_python_package_index(connection, ENABLED) == 1
        assert queries.get_python_package_index_urls_all(connection) == [PYPI]
        assert queries.get_python_package_versions_all(connection) == [("flask", "1.0", PYPI)]

    def test_deleting_an_unknown_index_deletes_nothing(self, connection: Connection, rows: Rows) -> None:
        rows.index(PYPI)
        assert queries.delete_python_package_index(connection, ENABLED) == 0
        assert queries.get_python_package_index_urls_all(connection) == [PYPI]

    def test_an_older_url_of_an_index_is_understood(self, connection: Connection) -> None:
        older = "https://pypi.python.org/simple"
        assert queries.register_python_package_index(connection, older, enabled=True) is True
        assert queries.register_python_package_index(connection, PYPI, enabled=True) is False
        assert queries.get_python_package_index_urls_all(connection) == [PYPI]
        assert queries.set_python_package_index_state(connection, older, enabled=False) is False
        assert queries.is_python_package_index_enabled(connection, PYPI) is False
        assert queries.delete_python_package_index(connection, older) == 1
