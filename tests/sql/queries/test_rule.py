"""Rules that keep versions of Python packages from being used."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, Rows
from thoth_storages import queries
from thoth_storages.exceptions import NotFoundError

OTHER_INDEX = "https://index.example.com/simple"

Connection = psycopg.Connection[Any]


@pytest.fixture
def rules(rows: Rows) -> list[int]:
    """The ids of four rules: two of flask, on one index each, and two of click and six, on all indexes."""
    return [
        rows.rule("flask", version_range="<1", description="old", python_package_index_id=rows.index(PYPI)),
        rows.rule("click", version_range="==7.0", description="broken"),
        rows.rule("flask", version_range=None, python_package_index_id=rows.index(OTHER_INDEX)),
        rows.rule("six", version_range=""),
    ]


def test_a_rule_is_described(connection: Connection, rules: list[int]) -> None:
    assert [queries.get_python_rule(connection, rule_id) for rule_id in rules[:3]] == [
        {"id": rules[0], "package_name": "flask", "version_range": "<1", "description": "old", "index_url": PYPI},
        {"id": rules[1], "package_name": "click", "version_range": "==7.0", "description": "broken", "index_url": None},
        {"id": rules[2], "package_name": "flask", "version_range": None, "description": None, "index_url": OTHER_INDEX},
    ]


def test_an_unknown_rule_is_an_error(connection: Connection, rules: list[int]) -> None:
    with pytest.raises(NotFoundError, match="4711"):
        queries.get_python_rule(connection, 4711)


@pytest.mark.parametrize(
    ("filters", "positions"),
    [
        ({}, [3, 2, 1, 0]),
        ({"package_name": "Flask"}, [2, 0]),
        ({"index_url": PYPI}, [0]),
        ({"package_name": "flask", "index_url": OTHER_INDEX}, [2]),
        ({"package_name": "click", "index_url": PYPI}, []),
        ({"start_offset": 1, "count": 2}, [2, 1]),
        ({"count": None}, [3, 2, 1, 0]),
    ],
)
def test_rules_are_listed_from_the_newest(
    connection: Connection, rules: list[int], filters: dict[str, Any], positions: list[int]
) -> None:
    answer = queries.get_python_rule_all(connection, **filters)
    assert [rule["id"] for rule in answer] == [rules[position] for position in positions]
    assert answer == [queries.get_python_rule(connection, rule["id"]) for rule in answer]


class TestSolverRules:
    @pytest.fixture(autouse=True)
    def applied(self, rows: Rows) -> int:
        """One rule on two versions on PyPI, one on another index, and one without an index."""
        entities = [
            rows.entity("flask", "1.0"),
            rows.entity("flask", "1.1"),
            rows.entity("flask", "1.0", index_url=None),
        ]
        entities.append(rows.entity("flask", "1.0", index_url=OTHER_INDEX))
        return rows.rule("flask", entity_ids=tuple(entities), version_range="<2", description="old")

    @pytest.mark.parametrize(
        ("asked", "index_urls"),
        [
            (("Flask",), [PYPI, PYPI, OTHER_INDEX]),
            (("flask", "01.0"), [PYPI, OTHER_INDEX]),
            (("flask", "1.0", PYPI), [PYPI]),
            (("flask", "1.1", OTHER_INDEX), []),
            (("click",), []),
        ],
    )
    def test_a_rule_stands_once_a_version_and_index_that_it_applies_to(
        self, connection: Connection, applied: int, asked: tuple[str, ...], index_urls: list[str]
    ) -> None:
        answer = queries.get_python_package_version_solver_rules_all(connection, *asked)
        assert answer == [(applied, "<2", index_url, "old") for index_url in index_urls]

    def test_rules_are_in_the_order_of_their_ids(self, connection: Connection, rows: Rows, applied: int) -> None:
        later = rows.rule("flask", entity_ids=(rows.entity("flask", "1.0"),), version_range="==1.0")
        answer = queries.get_python_package_version_solver_rules_all(connection, "flask", "1.0", PYPI)
        assert answer == [(applied, "<2", PYPI, "old"), (later, "==1.0", PYPI, None)]


class TestDeleting:
    def test_a_rule_is_deleted_with_what_it_is_tied_to(self, connection: Connection, rows: Rows) -> None:
        rule_id, other = (rows.rule("flask", entity_ids=(rows.entity("flask"),), description=text) for text in "ab")
        assert queries.delete_python_rule(connection, rule_id) == 1
        assert [rule["id"] for rule in queries.get_python_rule_all(connection)] == [other]
        assert [row[0] for row in queries.get_python_package_version_solver_rules_all(connection, "flask")] == [other]

    def test_deleting_an_unknown_rule_deletes_nothing(self, connection: Connection, rules: list[int]) -> None:
        assert queries.delete_python_rule(connection, 4711) == 0
        assert len(queries.get_python_rule_all(connection)) == len(rules)
