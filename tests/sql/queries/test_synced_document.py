"""The ids of all documents that were synced, in the order in which an object store lists."""

from __future__ import annotations

import os
from typing import Any

import psycopg
import pytest

from tests.documents.made_kinds import MADE, write
from tests.fix_postgres import PREFIX
from thoth_storages import queries
from thoth_storages.ephemeral import Server
from thoth_storages.sql.migrating import migrate

Connection = psycopg.Connection[Any]

IDS = {
    "solver": "_get_solver_document_ids",
    "package": "_get_analysis_document_ids",
    "dependency": "_get_dependency_monkey_document_ids",
    "provenance": "_get_provenance_checker_document_ids",
    "adviser": "_get_adviser_document_ids",
    "security": "_get_security_indicators_document_ids",
}
# What stands before what by its bytes: a capital letter, a digit after a dash, and beyond ASCII last.
NAMES = [f"adviser-{name}" for name in ("1", "1-a", "10", "B", "a", "a-1", "é", "€", "😀")]


def fill(connection: Connection, name: str) -> list[str]:
    """Write the made documents of a kind; answers their ids in order."""
    made = MADE[name]
    if solved := made.solved():
        write(connection, MADE["solver"].synced.kind, solved)
    write(connection, made.synced.kind, made.documents())
    return sorted(document["metadata"]["document_id"] for document in made.documents())


@pytest.mark.parametrize(("name", "query"), IDS.items())
def test_each_document_of_a_kind_is_answered_once(connection: Connection, name: str, query: str) -> None:
    assert getattr(queries, query)(connection) == []
    ids = fill(connection, name)
    known = getattr(queries, query)(connection)
    assert [document_id for document_id in known if document_id in ids] == ids
    # beside them there are those that had to be solved before
    assert len(known) == len(ids)


def test_results_of_inspections_are_answered_by_their_numbers_when_they_were_synced(connection: Connection) -> None:
    write(connection, MADE["solver"].synced.kind, MADE["inspection"].solved())
    documents = MADE["inspection"].documents()
    write(connection, MADE["inspection"].synced.kind, documents)
    synced = sorted((each["document_id"], each["result_number"]) for each in documents)
    assert queries._get_inspection_results(connection) == synced
    connection.execute("UPDATE inspection_run SET inspection_sync_state = 'PENDING' WHERE inspection_result_number = 1")
    assert queries._get_inspection_results(connection) == [each for each in synced if each[1] != 1]


def add(connection: Connection, *document_ids: str) -> None:
    """Copy a run of the adviser to other documents."""
    write(connection, MADE["solver"].synced.kind, MADE["adviser"].solved())
    (document, *_) = MADE["adviser"].documents()
    metadata = document["metadata"]
    documents = [{**document, "metadata": {**metadata, "document_id": each}} for each in document_ids]
    write(connection, MADE["adviser"].synced.kind, documents)


@pytest.mark.parametrize("collation", ["C", "en-US"])
def test_the_order_is_that_of_the_bytes_in_any_collation(postgres: Server, collation: str) -> None:
    name = f"{PREFIX}{os.getpid()}_collated"
    options = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'" if collation != "C" else "LOCALE 'C'"
    with psycopg.connect(postgres.conninfo("postgres"), autocommit=True) as maintenance:
        try:
            maintenance.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {options}".encode())
        except psycopg.errors.FeatureNotSupported as error:
            pytest.skip(f"this server has no such collation: {error.diag.message_primary}")
    try:
        migrate(postgres.conninfo(name))
        with psycopg.connect(postgres.conninfo(name), autocommit=True) as connection:
            add(connection, *reversed(NAMES))
            assert queries._get_adviser_document_ids(connection) == NAMES
            assert sorted(NAMES, key=str.encode) == NAMES == sorted(NAMES)
    finally:
        postgres.drop_database(name)


def test_all_are_gone_through_from_a_cursor_on_the_server(connection: Connection) -> None:
    add(connection, *NAMES)
    assert list(queries._iterate_adviser_document_ids(connection)) == NAMES
