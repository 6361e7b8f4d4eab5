"""Writing software stacks: identified by what they hold."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.making import RHEL_8, entity
from tests.documents.writing import select, select_column, sequences
from tests.fix_rows import Rows
from tests.statements import counted_statements
from thoth_storages.documents.rows import Entity
from thoth_storages.documents.stack import ExternalStack, Requirement, Stack
from thoth_storages.documents.stack_writer import write_external_stacks, write_requirement_lines, write_stacks
from thoth_storages.exceptions import SolverNotRunError

Connection = psycopg.Connection[Any]

FLASK = Requirement("flask", ">=1.0", False, None)
SIX = Requirement("six", "*", False, None)
LINES = [
    FLASK,
    SIX,
    Requirement("six", "*", True, None),
    Requirement("six", "*", False, "https://example.com/simple"),
    Requirement("six", "*" * 5_000, False, None),
]
EXTERNAL = [
    ExternalStack(frozenset({FLASK, SIX}), frozenset({entity("flask", "1.0"), entity("six", "1.16")})),
    ExternalStack(frozenset({FLASK, SIX}), frozenset({entity("flask", "1.0")})),
    ExternalStack(frozenset({FLASK}), frozenset({entity("flask", "1.0")})),
    ExternalStack(frozenset({FLASK}), frozenset()),
    ExternalStack(frozenset({FLASK}), None),
    ExternalStack(frozenset(), None),
    ExternalStack(None, None),
    ExternalStack(None, frozenset({entity("six", None, None)})),
]


def stack(*names: str, score: float | None = 0.5, environment: Any = RHEL_8) -> Stack:
    return Stack("ADVISED", None, score, frozenset({FLASK}), frozenset(entity(name) for name in names), environment)


@pytest.fixture
def solved(rows: Rows) -> Rows:
    for name in ("flask", "six"):
        rows.version(name, "1.0", os_name="rhel", os_version="8", python_version="3.8")
    return rows


def test_lines_that_differ_in_anything_are_different(connection: Connection) -> None:
    ids = write_requirement_lines(connection, LINES)
    query = """
    SELECT line.name, line.version_range, line.develop, i.url, line.id
    FROM python_package_requirement AS line
    LEFT JOIN python_package_index AS i ON i.id = line.python_package_index_id
    """
    assert ids == {Requirement(*row[:4]): row[4] for row in select(connection, query)}
    assert set(ids) == set(LINES)


def test_external_stacks_are_written_with_what_they_hold(connection: Connection) -> None:
    ids = write_external_stacks(connection, EXTERNAL)
    assert len(set(ids.values())) == len(EXTERNAL)
    query = """
    SELECT
      stack.id,
      ARRAY(
        SELECT name
        FROM has_external_python_requirement
        JOIN python_package_requirement AS line ON line.id = python_package_requirement_id
        WHERE external_python_requirements_id = stack.external_python_requirements_id
      ),
      ARRAY(
        SELECT package_name
        FROM has_external_python_requirement_lock
        JOIN python_package_version_entity AS entity ON entity.id = python_package_version_entity_id
        WHERE external_python_requirements_locked_id = stack.external_python_requirements_lock_id
      )
    FROM external_python_software_stack AS stack
    """
    held = {stack_id: (set(lines), set(pins)) for stack_id, lines, pins in select(connection, query)}
    assert held == {
        ids[stack]: ({line.name for line in stack.requirements or ()}, {pin.package_name for pin in stack.locked or ()})
        for stack in EXTERNAL
    }


def test_no_lock_file_is_the_row_that_the_original_wrote_for_it(connection: Connection) -> None:
    write_external_stacks(connection, [ExternalStack(frozenset({FLASK}), None)])
    assert select_column(connection, "SELECT requirements_lock_hash FROM external_python_requirements_lock") == ["3::"]


@pytest.mark.usefixtures("solved")
def test_stacks_are_identified_by_files_scores_and_environment(connection: Connection) -> None:
    stacks = [stack("flask"), stack("flask", "six"), stack("flask", score=None), stack("flask", score=0.25)]
    ids = write_stacks(connection, stacks)
    assert len(set(ids.values())) == len(stacks)
    assert select_column(connection, "SELECT count(*) FROM python_requirements") == [1]
    assert select_column(connection, "SELECT count(*) FROM python_requirements_lock") == [2]


@pytest.mark.usefixtures("solved")
def test_known_stacks_are_found_and_use_up_no_id(connection: Connection) -> None:
    stacks = [stack("flask"), stack("flask", "six"), stack()]
    first = write_external_stacks(connection, EXTERNAL), write_stacks(connection, stacks)
    before = sequences(connection), contents(connection)
    assert (write_external_stacks(connection, EXTERNAL[::-1]), write_stacks(connection, stacks[::-1])) == first
    assert (sequences(connection), contents(connection)) == before


def test_the_order_in_which_stacks_come_leaves_no_trace(connection: Connection, other_connection: Connection) -> None:
    write_external_stacks(connection, EXTERNAL)
    for each in reversed(EXTERNAL):
        write_external_stacks(other_connection, [each])
    assert contents(connection) == contents(other_connection)


def test_a_version_that_is_not_solved_is_refused(connection: Connection, solved: Rows) -> None:
    solved.version("numpy", "1.0", os_name="rhel", os_version="9", python_version="3.8")
    with pytest.raises(
        SolverNotRunError, match=r"numpy 1\.0 from \S+ is locked but wasn't solved by a solver for rhel 8 3\.8:"
    ):
        write_stacks(connection, [stack("flask", "numpy")])
    with pytest.raises(SolverNotRunError, match=r"lost 1\.0 .* \(and 1 more\)"):
        write_stacks(connection, [stack("lost", "numpy")])
    assert select_column(connection, "SELECT count(*) FROM python_requirements") == [0]


@pytest.mark.usefixtures("solved")
def test_the_document_that_tells_of_an_unsolved_stack_is_named(connection: Connection) -> None:
    told_by = {stack("flask"): "adviser-1", stack("flask", "lost"): "adviser-2", stack("gone", "lost"): "adviser-3"}
    with pytest.raises(SolverNotRunError, match=r"^adviser-2: lost 1\.0 from \S+ is locked but [^()]*$"):
        write_stacks(connection, told_by, told_by)


def test_without_an_environment_nothing_counts_as_solved(connection: Connection, solved: Rows) -> None:
    with pytest.raises(SolverNotRunError, match="by any solver, as its environment isn't known"):
        write_stacks(connection, [stack("flask", environment=None)])


def test_statements_do_not_grow_with_the_stacks(connection: Connection) -> None:
    def many(number: int) -> list[ExternalStack]:
        return [
            ExternalStack(
                frozenset(Requirement(f"p{number}-{line}", "*", False, None) for line in range(each + 1)),
                frozenset(Entity(f"p{number}-{line}", "1.0", None) for line in range(each + 1)),
            )
            for each in range(number)
        ]

    with counted_statements(connection) as few:
        write_external_stacks(connection, many(2))
    with counted_statements(connection) as lots:
        write_external_stacks(connection, many(20))
    assert few.statements == lots.statements
