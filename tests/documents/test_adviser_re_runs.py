"""Runs of the adviser that repeat others: the first needs no re-run once one has resolved all packages."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from tests.contents import contents
from tests.documents.making import Document
from tests.documents.making_advisers import adviser_document, unresolved_document, write_advisers
from tests.documents.writing import select, select_column
from tests.fix_rows import Rows
from tests.waiting import wait_until
from thoth_storages.documents.adviser import adviser_rows
from thoth_storages.documents.adviser_writer import write_adviser_results

Connection = psycopg.Connection[Any]

FIRST = unresolved_document("lost", document_id="adviser-first")
STILL_UNRESOLVED = unresolved_document(
    "lost", document_id="adviser-still", asked={"re_run_adviser_id": "adviser-first"}
)
RESOLVED = adviser_document(document_id="adviser-resolved", asked={"re_run_adviser_id": "adviser-first"})
KILLED = adviser_document(
    document_id="adviser-killed",
    asked={"re_run_adviser_id": "adviser-first"},
    result={"error": True, "report": None},
)
RESOLVED_LATER = adviser_document(document_id="adviser-later", asked={"re_run_adviser_id": "adviser-still"})


def needs(connection: Connection) -> dict[str, bool]:
    """Answer which runs need a re-run, by their documents."""
    return dict(select(connection, "SELECT adviser_document_id, need_re_run FROM adviser_run ORDER BY 1"))


def test_a_run_with_unresolved_packages_needs_a_re_run(connection: Connection) -> None:
    write_advisers(connection, FIRST, adviser_document(document_id="adviser-other"))
    assert needs(connection) == {"adviser-first": True, "adviser-other": False}


@pytest.mark.parametrize("order", list(itertools.permutations([FIRST, STILL_UNRESOLVED, RESOLVED])))
@pytest.mark.parametrize("together", [True, False])
def test_a_re_run_that_resolved_all_makes_up_for_the_first_whatever_the_order(
    connection: Connection, order: tuple[Document, ...], together: bool
) -> None:
    for batch in [order] if together else [[document] for document in order]:
        write_advisers(connection, *batch)
    expected = {"adviser-first": False, "adviser-resolved": False, "adviser-still": True}
    assert needs(connection) == expected
    for document in order:
        write_advisers(connection, document)
        assert needs(connection) == expected


@pytest.mark.parametrize("re_run", [STILL_UNRESOLVED, KILLED])
@pytest.mark.parametrize("first_comes_first", [True, False])
def test_a_re_run_that_resolved_nothing_makes_up_for_none(
    connection: Connection, re_run: Document, first_comes_first: bool
) -> None:
    for document in [FIRST, re_run] if first_comes_first else [re_run, FIRST]:
        write_advisers(connection, document)
    assert needs(connection)["adviser-first"] is True


@pytest.mark.parametrize("order", list(itertools.permutations([FIRST, STILL_UNRESOLVED, RESOLVED_LATER])))
def test_a_re_run_of_a_re_run_makes_up_for_that_one_only(connection: Connection, order: tuple[Document, ...]) -> None:
    """Also when the first is synced again after its own re-run, which still was in need, ceased to be."""
    for document in [*order, FIRST]:
        write_advisers(connection, document)
    assert needs(connection) == {"adviser-first": True, "adviser-later": False, "adviser-still": False}


def test_a_re_run_of_a_document_that_is_not_there_is_stored(connection: Connection) -> None:
    write_advisers(connection, RESOLVED)
    assert needs(connection) == {"adviser-resolved": False}
    assert select_column(connection, "SELECT re_run_adviser_id FROM adviser_run") == ["adviser-first"]


def test_other_runs_stay_as_they_are(connection: Connection) -> None:
    other = unresolved_document("lost", document_id="adviser-other")
    write_advisers(connection, FIRST, other)
    write_advisers(connection, RESOLVED)
    assert needs(connection) == {"adviser-first": False, "adviser-other": True, "adviser-resolved": False}


def leave_rows_of_the_original(connection: Connection) -> None:
    """Leave two rows of the first document that differ in the need only, as the original does, and another one."""
    rows = Rows(connection)
    lost = rows.entity("lost", None, index_url=None)
    for need_re_run in (False, True):
        rows.adviser_run("adviser-first", need_re_run=need_re_run, unresolved=(lost,))
    rows.adviser_run("adviser-first", need_re_run=True, duration=99)


def test_of_several_rows_of_a_document_none_needs_a_re_run_any_more(connection: Connection) -> None:
    leave_rows_of_the_original(connection)
    write_advisers(connection, RESOLVED)
    query = """
    SELECT duration, need_re_run, (SELECT count(*) FROM has_unresolved WHERE adviser_run_id = run.id)
    FROM adviser_run AS run
    WHERE adviser_document_id = 'adviser-first'
    ORDER BY id
    """
    # The second row would have been the first's double.
    assert select(connection, query) == [(None, False, 1), (99, False, 0)]
    write_advisers(connection, FIRST)
    assert select_column(connection, "SELECT adviser_document_id FROM adviser_run WHERE need_re_run") == []


@pytest.mark.parametrize("documents", [(FIRST, RESOLVED), (RESOLVED, FIRST)])
def test_of_two_transactions_at_once_the_second_knows_of_the_first(
    connection: Connection, database: str, documents: tuple[Document, Document]
) -> None:
    """Neither would see the other's run, were it not for the lock of the document that both are about."""
    holds, waits = documents
    with ThreadPoolExecutor() as pool, psycopg.connect(database) as holding:
        write_adviser_results(holding, [adviser_rows(holds)])
        with psycopg.connect(database, autocommit=True) as other:
            written = pool.submit(write_advisers, other, waits)
            waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            wait_until(lambda: written.done() or select(connection, waiting), "a transaction that waits for a lock")
            assert not written.done()
            holding.commit()
            written.result()
    assert needs(connection) == {"adviser-first": False, "adviser-resolved": False}


def test_many_re_runs_at_once_make_up_for_all_they_repeat(connection: Connection, other_connection: Connection) -> None:
    firsts = [unresolved_document("lost", document_id=f"adviser-{number}") for number in range(5)]
    re_runs = [
        adviser_document(document_id=f"adviser-again-{number}", asked={"re_run_adviser_id": f"adviser-{number}"})
        for number in range(5)
    ]
    write_advisers(connection, *firsts)
    write_advisers(connection, *re_runs)
    for document in [*re_runs, *firsts]:
        write_advisers(other_connection, document)
    assert contents(connection) == contents(other_connection)
    assert not any(needs(connection).values())
