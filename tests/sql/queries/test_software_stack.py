"""Stacks of Python packages: how many there are."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_rows import Rows
from thoth_storages import queries
from thoth_storages.enums import SoftwareStackTypeEnum

Connection = psycopg.Connection[Any]


@pytest.fixture
def stacks(rows: Rows) -> None:
    """Three advised stacks, two inspected ones, one without a type, and four of users."""
    for score in range(3):
        rows.add("python_software_stack", software_stack_type="ADVISED", overall_score=score)
    for score in range(2):
        rows.add("python_software_stack", software_stack_type="INSPECTION", overall_score=score)
    rows.add("python_software_stack", overall_score=0)
    for number in range(4):
        rows.user_stack(rows.entity(f"package-{number}"))


@pytest.mark.usefixtures("stacks")
@pytest.mark.parametrize(
    ("software_stack_type", "number"),
    [("ADVISED", 3), (SoftwareStackTypeEnum.INSPECTION, 2), ("USER", 0), (None, 1)],
    ids=str,
)
def test_stacks_of_a_type_are_counted_and_with_distinct_whether_there_is_one(
    connection: Connection, software_stack_type: str | None, number: int
) -> None:
    assert queries.get_python_software_stack_count_all(connection, False, software_stack_type) == number
    assert queries.get_python_software_stack_count_all(connection, False, software_stack_type, True) == min(number, 1)


@pytest.mark.usefixtures("stacks")
@pytest.mark.parametrize("distinct", [False, True])
@pytest.mark.parametrize("software_stack_type", [None, "ADVISED", "USER", "BOGUS"])
def test_stacks_of_users_are_counted_whatever_type_is_asked_for(
    connection: Connection, software_stack_type: str | None, distinct: bool
) -> None:
    assert queries.get_python_software_stack_count_all(connection, True, software_stack_type, distinct) == 4


@pytest.mark.parametrize("is_external", [False, True])
@pytest.mark.parametrize("distinct", [False, True])
def test_an_empty_graph_has_no_stacks(connection: Connection, is_external: bool, distinct: bool) -> None:
    assert queries.get_python_software_stack_count_all(connection, is_external, "ADVISED", distinct) == 0


@pytest.mark.parametrize("software_stack_type", ["BOGUS", "advised", ""])
def test_an_unknown_type_is_refused_with_those_that_there_are(connection: Connection, software_stack_type: str) -> None:
    with pytest.raises(ValueError, match=r"software_stack_type.*one of USER, INSPECTION, ADVISED is needed"):
        queries.get_python_software_stack_count_all(connection, software_stack_type=software_stack_type)
