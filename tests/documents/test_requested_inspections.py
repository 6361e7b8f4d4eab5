"""Inspections that Dependency Monkey asked for: documents of both kinds, in whatever order they are synced."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.made_kinds import MADE, write
from tests.documents.making import Document
from tests.documents.making_inspections import full_document
from tests.documents.making_runs import monkey_document, renamed
from tests.documents.writing import select
from thoth_storages.documents.kinds import DEPENDENCY_MONKEY, INSPECTION, SOLVER, Kind

Connection = psycopg.Connection[Any]

FIRST, SECOND = "dependency-monkey-220101000000-01", "dependency-monkey-220102000000-02"
DOCUMENTS: list[tuple[Kind, Document]] = [
    (DEPENDENCY_MONKEY, renamed(monkey_document("inspection-a", count=1), FIRST)),
    (DEPENDENCY_MONKEY, renamed(monkey_document("inspection-a", "inspection-b", count=2), SECOND)),
    (INSPECTION, full_document(number=0, document_id="inspection-a")),
    (INSPECTION, full_document(number=1, document_id="inspection-a")),
    (INSPECTION, full_document(number=2, document_id="inspection-a")),
]
OWNERS = """
SELECT inspection_document_id, inspection_result_number, inspection_sync_state::text, run.dependency_monkey_document_id
FROM inspection_run AS inspection
LEFT JOIN dependency_monkey_run AS run ON run.id = inspection.dependency_monkey_run_id
ORDER BY 1, 2
"""


def sync(connection: Connection, documents: Iterable[tuple[Kind, Document]]) -> None:
    """Sync documents one by one into an empty database in which their packages are solved."""
    write(connection, SOLVER, MADE["inspection"].solved())
    for kind, document in documents:
        write(connection, kind, [document])


def test_a_result_belongs_to_the_run_that_asked_first_and_is_synced(connection: Connection) -> None:
    sync(connection, DOCUMENTS)
    assert select(connection, OWNERS) == [
        ("inspection-a", 0, "SYNCED", FIRST),
        ("inspection-a", 1, "SYNCED", SECOND),
        ("inspection-a", 2, "SYNCED", None),
        ("inspection-b", 0, "PENDING", SECOND),
        ("inspection-b", 1, "PENDING", SECOND),
    ]


# Every order of the runs and of a result that both asked for; the others stand behind, in two orders.
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
@pytest.mark.parametrize("others", [(3, 4), (4, 3)], ids=str)
def test_the_order_makes_no_difference(
    connection: Connection, other_connection: Connection, order: tuple[int, ...], others: tuple[int, ...]
) -> None:
    sync(other_connection, DOCUMENTS)
    ordered = [DOCUMENTS[number] for number in (*others, *order)]
    sync(connection, [*ordered, *reversed(ordered)])
    assert contents(connection) == contents(other_connection)


def test_a_sync_of_either_kind_waits_for_one_of_the_other_about_the_same_inspection(
    connection: Connection, database: str
) -> None:
    # All that both refer to is there, and the inspection isn't: there is nothing else to wait for.
    sync(connection, DOCUMENTS)
    request = (DEPENDENCY_MONKEY, renamed(monkey_document("inspection-new"), "dependency-monkey-new"))
    result = (INSPECTION, full_document(number=0, document_id="inspection-new"))
    for (first, first_document), (second, second_document) in itertools.permutations([request, result]):
        with psycopg.connect(database) as other, connection.transaction(force_rollback=True):
            first.write(connection, [first.rows(first_document)])
            other.execute("SET lock_timeout = '50ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                second.write(other, [second.rows(second_document)])
